#pragma once

#include <deque>

#include "shared/domain/action_codec.hpp"
#include "shared/replica/kinds.hpp"
#include "shared/replica/replica.hpp"
#include "tests/support/names.hpp"
#include "tests/support/world_rules.hpp"

// A province in memory with real keys: genesis, units, desks, officers with sessions, rules, a council. Everything in it follows
// from the order of calls, so that a seed gives the same bytes again.
namespace hoso::tests {

struct Desk {
    DeviceId id;
    std::shared_ptr<const SigningKey> key;
    std::uint64_t next_seq = 0;
    Hash seal_hash;
};

// An officer at a desk of their own, signed in.
struct Officer {
    AccountId account;
    std::size_t desk = 0;
    std::shared_ptr<const SigningKey> key;
    ActionId session;
};

// What deviates from an ordinary action made now by somebody who has seen everything.
struct How {
    std::optional<std::uint64_t> seen_size = {};
    std::optional<ActionId> session = {};
    std::optional<std::size_t> desk = {};
    bool sign = true;
    std::vector<domain::FileReference> files = {};
};

class World : public Names {
public:
    // Names of officers: founder_0..2; officer_a1, officer_a2 (two communes of district a), officer_b1; adviser_a, secretary_a,
    // signer_a, chair_a, member_a and the same of b and of the province p.
    explicit World(std::uint32_t judge_version_known = replica::judge_version_max, const char* first_day = "2023-06-01");
    // A log with nothing in it but its genesis, whose first founder has a desk elsewhere.
    World(const domain::Founder& away, const char* first_day);

    replica::Replica replica;
    std::vector<log::Event> events;
    Instant now;
    std::deque<Desk> desks;  // 0 is the server's own
    std::map<std::string, Officer> officers;
    std::map<std::string, UnitId> units;   // p, a, b, a1, a2, b1
    std::map<std::string, Uuid> councils;  // a, b, p: chair, secretary and one member, quorum 2
    std::map<std::string, domain::Number>
        numbers;  // next free: "decision_a", "certificate_a" and of b and p, held by the signer's desk
    Uuid round;
    Hash rules;  // "practice"

    Date today() const { return local_date(now); }
    const domain::Registry& registry() const { return replica.state().registry; }

    // ---- actions and pushes ----------------------------------------------------------------------------------------
    // The next action of an officer's desk; `ahead` counts the actions made before it for the same push.
    domain::Action propose(const Officer& officer, const StreamId& stream, const domain::Body& body, const How& how = {},
                           std::uint64_t ahead = 0) const;
    log::SignedAction make(const Officer& officer, const StreamId& stream, const domain::Body& body, const How& how = {},
                           std::uint64_t ahead = 0) const;
    log::Push seal(std::size_t desk, std::vector<log::SignedAction> actions) const;
    // Logs a push one second later; the desk's chain goes on only if it was admitted.
    Result<std::vector<log::Event>> admit(std::size_t desk, const log::Push& push);
    // What an officer's desk has quoted: it may not quote less.
    std::uint64_t seen_by(const Officer& officer) const;
    // Of the first `size` events; zero for more than there are.
    Hash root(Position size) const;
    replica::PastAt past_at() const;

    // One action, one push: the event it became.
    log::Event log(const std::string& officer, const StreamId& stream, const domain::Body& body, const How& how = {});
    domain::Verdict act(const std::string& officer, const StreamId& stream, const domain::Body& body, const How& how = {});
    // For what has to work: answers the action's id.
    ActionId effective(const std::string& officer, const StreamId& stream, const domain::Body& body, const How& how = {});
    static domain::Verdict verdict(const log::Event& event);

    // ---- officers and desks ----------------------------------------------------------------------------------------
    // An account with an own desk in a unit, signed in until `expires`.
    Officer& hire(const std::string& called, const UnitId& unit);
    Uuid issue_slip(const AccountId& account, const UnitId& unit, const SigningKey& slip_key);
    Result<std::vector<log::Event>> enrol(std::size_t desk, const Uuid& slip, const SigningKey& slip_key, const AccountId& account,
                                          const PublicKey& officer_key);
    Officer& sign_in(Officer& officer, Instant valid_for = 400 * 86'400'000'000);
    Uuid grant(const std::string& officer, domain::Role role, const UnitId& unit, Date from, Date to = {});
    void appoint(const std::string& officer, domain::Role role, const std::string& unit);
    Hash publish(const std::string& json);
    // Of what the server's own device records.
    log::Event log_by_server(const StreamId& stream, const domain::Body& body);

private:
    domain::Header header(std::size_t desk, const StreamId& stream, const How& how, std::uint64_t ahead) const;

    static log::SignedAction sign(const domain::Action& action, const SigningKey& key);

    void found(const domain::Founder* away = nullptr);

    void add_unit(const std::string& called, const std::string& parent, const std::string& level);

    void settle();

    void establish(const std::string& unit);

    void number(const std::string& called, domain::NumberKind kind, const std::string& unit);

    mutable log::CompactTree tree_;  // over the events that somebody asked a root of
    mutable std::vector<Hash> roots_;
};

}  // namespace hoso::tests
