#pragma once

#include <functional>
#include <memory>
#include <span>

#include "shared/domain/action.hpp"
#include "shared/log/event.hpp"
#include "shared/replica/state.hpp"

// Admit, judge, group, fold: the server's ledger, every client, the auditor and the simulator run this code and no other.
namespace hoso::replica {

inline constexpr std::uint32_t judge_version_max = 1;

// What stood after the first `size` events of the log, size > 0: when the last of them was received, and the root of the tree.
struct Past {
    Instant received = 0;
    Hash root;
};
// Errc::not_found for a size that was never acknowledged.
using PastAt = std::function<Result<Past>(std::uint64_t size)>;

class Replica {
public:
    // `judge_version_known` is the newest judge this program has; tests pretend to be a newer program with it.
    explicit Replica(std::uint32_t judge_version_known = judge_version_max) : judge_version_known_(judge_version_known) {}

    const State& state() const { return state_; }
    Position size() const { return state_.size; }  // position after the last event folded

    // Admission at the next position, for the one writer of a whole log. All or nothing for the push as a whole:
    //   Errc::unauthentic  unknown device, or the seal does not hold
    //   Errc::gap          it does not continue the device's chain (seq or previous seal)
    //   Errc::exists       all of it is logged already: a resend, answered from the log
    //   Errc::denied       an enrolment that would be void: nothing is logged and the device stays unknown
    //   Errc::conflict     it quotes another history: a root that this log never had at that size
    //   whatever past_at says when the log does not give what it holds
    //   Errc::amnesia      it has seen more of this log than we hold
    //   Errc::invalid      bytes that no action of this push can be: nobody can judge them
    //   Errc::version      a schema, kind or judge this program does not know: update first, nothing is judged
    // On success every action has become an event with a verdict, folded into the state, its push's seal on the last one. On error
    // the state is unchanged. A clock that went back is held at the last event's time. The events take the bytes of the push's
    // actions with them; on error it is left as it was.
    Result<std::vector<log::Event>> admit(log::Push&& push, Instant received, std::uint8_t path, const PastAt& past_at);

    // The first event of a log: Genesis, sealed by the server's own device.
    static Result<log::Event> make_genesis(const log::Push& push, Instant received);

    enum class Check { judge, everything };  // everything: seals, signatures and seen times too, needs the whole log from its start
    // Folds one event of a log. Errc::conflict when judging it again gives another verdict, Errc::unauthentic when a signature or
    // seal does not hold (Check::everything), Errc::gap when positions, versions or sequences are not dense, Errc::version when the
    // event needs a newer judge. On error the state is unchanged.
    Result<void> fold(const log::Event& event, Check check);
    // False while the last event folded with Check::everything waits for the seal of its push: a whole log does not end there.
    bool sealed() const { return !audit_.open; }

    // What the judge would say if the action were logged now, and why; changes nothing.
    domain::Verdict preview(const domain::Action& action, Instant now) const;
    // As fold, for an own action that is not yet logged: applied at no position, on a copy made by fork().
    domain::Verdict fold_pending(const domain::Action& action, const ActionId& id, Instant now);
    // A replica with a copy of the registry and of the named streams only: pending actions are folded on it.
    Replica fork(std::span<const StreamId> streams) const;

private:
    // What Check::everything remembers: the push that waits for its seal, and from which position on events have which received
    // time.
    struct OpenPush {
        DeviceId device;
        std::uint32_t epoch = 0;
        std::uint64_t first_seq = 0;
        std::vector<ActionId> actions;
    };
    struct Audit {
        std::optional<OpenPush> open;
        std::vector<std::pair<Position, Instant>> received_from;
    };
    Result<void> fold_genesis(const log::Event& event, Check check);
    Result<void> check_place(const log::Event& event, Check check) const;
    Result<void> check_chain(const log::Event& event, const domain::Action& action, const ActionId& id);
    std::optional<Instant> audited_seen_time(std::uint64_t seen_size) const;

    std::uint32_t judge_version_known_;
    State state_;
    Audit audit_;
};

// docs/log_format.md, "Digest" and "State hash".
Hash state_hash(const State& state);
Hash stream_hash(const State& state, const StreamId& stream);

}  // namespace hoso::replica
