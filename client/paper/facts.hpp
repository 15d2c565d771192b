#pragma once

#include <functional>
#include <optional>

#include "client/views/look.hpp"

// What papers of the programme say, gathered from a state. Texts are ready to print; units carry their names of that day.
namespace hoso::client::paper {

// Who signed a decision, and by which action.
struct Signing {
    ActionId action;
    AccountId actor;
};

struct Source {
    views::Look look;
    const replica::State& confirmed;  // what the province has answered: whatever stands elsewhere alone is a draft
    LogId log;
    bool training = false;
    std::function<Result<Signing>(const domain::Decision&)> signing;
    std::string lookup{};  // "https://HOST" of the public lookup; empty: none
    Date day{};            // that is looked at
    std::string as_of{};   // "vị trí 48 211, 23/11/2026 08:00"
};

// The head and the foot that papers of an authority share.
struct Authority {
    std::string unit;    // "Huyện Đà Bắc"
    std::string signer;  // the post that signs
    std::string number;
    Date date{};
};

struct Marks {
    bool draft = false;          // no decision stands behind it yet
    bool revoked = false;        // of a certificate
    bool training = false;       // of a practice log
    std::string illustrative{};  // whose criteria sheets are borrowed
};

struct CertificateFacts {
    Authority authority;  // of the decision
    std::string number;
    std::string product;
    std::string code;
    std::string subject;
    std::string address;
    std::uint8_t stars = 0;
    Date issued{};
    Date last_day{};
    std::string proof;  // what the QR code says; empty for a draft
    Marks marks;
};

struct DecisionRow {
    std::string product;
    std::string subject;
    std::string address;
    std::string certificate;
    std::uint8_t stars = 0;
};

struct DecisionFacts {
    Authority authority;
    domain::DecisionKind kind{};
    std::string stage;  // "cấp huyện"
    std::vector<std::string> regulations;
    std::vector<std::string> minutes;  // "số 05/BB-HĐ ngày 20/10/2023"
    std::vector<std::string> grounds;  // of a revocation
    unsigned months = 0;               // that a certificate holds; 0: not the same for all
    std::vector<DecisionRow> rows;
    Marks marks;
};

// How far a round is, as `progress` counts it.
struct ReportFacts {
    std::string unit;
    std::string round;
    std::string basis;  // of the round; empty: none
    Date date{};
    Date deadline{};
    std::int64_t days_left = 0;
    std::string as_of;  // "vị trí 48 211, 23/11/2026 08:00"
    struct Row {
        std::string unit;
        // Dossiers, but for `expired` and what follows: certificates.
        std::int64_t registered = 0, submitted = 0, tallied = 0, recognised = 0, stars_3 = 0, stars_4 = 0, stars_5 = 0, open = 0,
                     declined = 0, withdrawn = 0, expired = 0, renews = 0, does_not_renew = 0, no_answer = 0, revoked = 0;
    };
    std::vector<Row> rows;
    Row total;
    Marks marks;
};

struct MinutesFacts {
    std::string unit;
    std::string number;
    Date date{};
    std::string stage;
    bool written = false;
    bool closed = false;
    std::string agreed;  // what was filed with the minutes
    std::string chair;
    std::string secretary;
    struct Member {
        std::string title, seat, field, sheets;
    };
    std::vector<Member> members;
    struct Outcome {
        std::string product, subject, sheets, average, stars;
    };
    std::vector<Outcome> results;
    struct Score {
        std::string product, member, points;
    };
    std::vector<Score> scores;
    Marks marks;
};

// Errc::not_found: no such certificate, or products of the paper are not on this desk; invalid: several are called so; conflict:
// its paper is not this log's to print.
Result<CertificateFacts> certificate_facts(const Source& source, std::string_view number);
Result<DecisionFacts> decision_facts(const Source& source, const Uuid& decision);
Result<MinutesFacts> minutes_facts(const Source& source, const Uuid& meeting);
ReportFacts report_facts(const Source& source, const domain::Round& round);

}  // namespace hoso::client::paper
