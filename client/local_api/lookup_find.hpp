#pragma once

#include <functional>
#include <string>
#include <vector>

#include "client/local_api/rate_limit.hpp"
#include "client/paper/facts.hpp"
#include "shared/replica/state.hpp"

// What the public lookup finds: pure functions over what the province has answered. Texts are ready to show.
namespace hoso::client::local_api {

inline constexpr std::size_t asked_bytes_max = 200;  // of a number
inline constexpr std::size_t found_max = 20;         // certificates that are called alike

// Products by the numbers of their certificates, with accents and case folded, so that a page need not look through a province.
class CertificateIndex {
public:
    // Built anew when the state holds other events than before, at most every five seconds: a new number is found that late.
    void refresh(const replica::State& state, RateLimit::Moment now);
    std::vector<StreamId> products(std::string_view number) const;  // each once
    static std::string key(std::string_view number);

private:
    std::vector<std::pair<std::string, StreamId>> products_;  // by key, then id
    Position size_ = 0;
    RateLimit::Moment built_{};
};

// What was put right by a document. Before and after are empty where the item is one in words: those may name a person.
struct FoundCorrection {
    std::string item;  // "name", "stars", "issued", "decision", "decision_date"; empty: another one
    std::string before, after;
    std::string number;
    Date date{};
};

// What a certificate prints, and what became of it by a day.
struct FoundCertificate {
    std::string number, product, code, subject, address;  // units by their names on the day of issue
    std::uint8_t stars = 0;
    std::string decision;
    Date decision_date{}, issued{}, last_day{};
    std::string status;  // "good", "extended", "upcoming", "expired", "replaced", "revoked"
    Date good_until{};   // its last day, or a later one while it is evaluated again
    Date revoked_on{};   // Date{} for never; may be a day to come
    std::string replaced_by;
    Date replaced_on{};
    std::vector<FoundCorrection> corrections;
    std::string illustrative;  // as the rule set says it, in both languages
};

enum class Outcome : std::uint8_t {
    found,
    unknown,
    no_number,       // nothing was typed, or more than a number has
    other_log,       // the code of another province's log
    other_decision,  // there is such a number, and the code names another decision
};
const char* name(Outcome outcome);

struct LookedUp {
    Outcome outcome = Outcome::unknown;
    std::string asked;  // the number
    std::vector<FoundCertificate> found;
};

using SigningOf = std::function<Result<paper::Signing>(const domain::Decision&)>;

// `asked` is a number, or what a QR code says. Numbers compare as the log compares them; where none is the same, those that differ
// in accents alone.
LookedUp look_up(const replica::State& state, const CertificateIndex& index, std::string_view asked, Date day,
                 const SigningOf& signing);

}  // namespace hoso::client::local_api
