#include <algorithm>

#include "shared/domain/action_codec.hpp"
#include "shared/replica/record.hpp"
#include "shared/replica/replica.hpp"

namespace hoso::replica {
namespace {

using namespace domain;

Error fault(Errc code, const log::Event& event, const std::string& what) {
    return {code, "event " + std::to_string(event.head.position) + ": " + what};
}

bool by_ledger(const Verdict& verdict) {
    return verdict.outcome == Outcome::voided &&
           (verdict.reason == Reason::unauthentic || verdict.reason == Reason::session_expired);
}

Verdict verdict_of(const log::Head& head) {
    return {static_cast<Outcome>(head.outcome), static_cast<Reason>(head.reason), head.against};
}

std::string text(const Verdict& verdict) { return std::string(name(verdict.outcome)) + " " + name(verdict.reason); }

// The logged head against the one that follows from judging again.
Result<void> compare(const log::Event& event, const log::Head& expected) {
    const log::Head& head = event.head;
    const Verdict logged = verdict_of(head);
    const Verdict judged = verdict_of(expected);
    if (logged != judged) {
        const Errc code = by_ledger(judged) ? Errc::unauthentic : Errc::conflict;
        return fault(code, event, "the log says " + text(logged) + ", judging again says " + text(judged));
    }
    if (head.judge_version != expected.judge_version) return fault(Errc::conflict, event, "another judge is in force");
    if (head.scope != expected.scope) return fault(Errc::conflict, event, "it is filed in another scope");
    if (head.stream_version != expected.stream_version) return fault(Errc::gap, event, "an event of its stream is missing");
    if (head.scope_sequence != expected.scope_sequence) return fault(Errc::gap, event, "an event of its scope is missing");
    return {};
}

bool of_header(const log::Head& head, const Header& header) {
    return head.device == header.device && head.epoch == header.epoch && head.seq == header.seq;
}

}  // namespace

Result<void> Replica::check_place(const log::Event& event, Check check) const {
    const log::Head& head = event.head;
    const bool whole = check == Check::everything;
    if (head.judge_version > judge_version_known_) {
        return fault(Errc::version, event, "it needs judge version " + std::to_string(head.judge_version) + "; update the program");
    }
    if (head.outcome > static_cast<std::uint8_t>(Outcome::voided) || head.reason >= reasons) {
        return fault(Errc::version, event, "its verdict is one this program does not know; update the program");
    }
    if (head.position < state_.size || (whole && head.position != state_.size)) {
        return fault(Errc::gap, event, "the position does not follow " + std::to_string(state_.size));
    }
    if (head.received < state_.last_received) return fault(Errc::conflict, event, "it was received before the event it follows");
    return {};
}

std::optional<Instant> Replica::audited_seen_time(std::uint64_t seen_size) const {
    const auto& known = audit_.received_from;
    if (seen_size > state_.size || known.empty()) return std::nullopt;
    const Position last = seen_size == 0 ? 0 : seen_size - 1;
    const auto after = [](Position position, const auto& from) { return position < from.first; };
    return std::prev(std::upper_bound(known.begin(), known.end(), last, after))->second;
}

// Sequence, grouping into pushes, and the seal where the event brings one. On success the open push goes on.
Result<void> Replica::check_chain(const log::Event& event, const Action& action, const ActionId& id) {
    const Header& header = action.header;
    const auto found = state_.chains.find(header.device);
    const Chain chain = found == state_.chains.end() ? Chain{} : found->second;
    if (header.epoch != chain.epoch || header.seq != chain.next_seq) {
        return fault(Errc::gap, event, "it does not continue its device's chain");
    }
    if (header.seen_size < chain.seen_size) return fault(Errc::conflict, event, "it has seen less than the action before it");
    OpenPush push = audit_.open.value_or(OpenPush{header.device, header.epoch, header.seq, {}});
    if (push.device != header.device) return fault(Errc::unauthentic, event, "the push before it has no seal");
    push.actions.push_back(id);
    if (!event.seal) {
        if (push.actions.size() >= log::push_actions_max) return fault(Errc::unauthentic, event, "its push has no seal");
        audit_.open = std::move(push);
        return {};
    }
    const log::Seal& seal = *event.seal;
    const auto device = state_.registry.devices.find(header.device);
    const auto* enrolled = std::get_if<DeviceEnrolled>(&action.body);
    if (device == state_.registry.devices.end() && !enrolled) return fault(Errc::unauthentic, event, "its device is not enrolled");
    const PublicKey& key = device == state_.registry.devices.end() ? enrolled->device_key : device->second.key;
    const bool holds = seal.first_seq == push.first_seq && seal.last_seq == header.seq && seal.previous == chain.seal_hash &&
                       seal.root == log::actions_root(push.actions) &&
                       verify(key, log::seal_statement(state_.log, header.device, header.epoch, seal), seal.signature);
    if (!holds) return fault(Errc::unauthentic, event, "its seal does not hold");
    audit_.open.reset();
    return {};
}

Result<void> Replica::fold_genesis(const log::Event& event, Check check) {
    auto action = decode(event.action);
    if (!action) return fault(action.error().code, event, action.error().detail);
    const auto* genesis = std::get_if<Genesis>(&action->body);
    if (!genesis || event.head.position != 0) return fault(Errc::gap, event, "a log begins with its genesis");
    const ActionId id = action_id(event.action);
    if (!event.seal) return fault(Errc::unauthentic, event, "the genesis is not sealed");
    const log::Push push{event.head.device, event.head.epoch, *event.seal, {{event.action, event.signatures}}};
    const auto made = make_genesis(push, event.head.received);
    if (!made) return fault(made.error().code, event, made.error().detail);
    if (made->head != event.head) return fault(Errc::conflict, event, "the genesis has another head");
    if (check == Check::everything) audit_.received_from.emplace_back(0, event.head.received);
    if (genesis->judge_version == 0 || genesis->judge_version > judge_version_known_) {
        return fault(Errc::version, event, "it needs judge version " + std::to_string(genesis->judge_version));
    }
    record_genesis(state_, std::move(*action), id, event.head);
    state_.chains[event.head.device].seal_hash = log::seal_hash(state_.log, event.head.device, event.head.epoch, *event.seal);
    return {};
}

Result<void> Replica::fold(const log::Event& event, Check check) {
    if (state_.size == 0) return fold_genesis(event, check);
    if (const auto placed = check_place(event, check); !placed) return placed;
    auto action = decode(event.action);
    if (!action) return fault(action.error().code, event, action.error().detail);
    const log::Head& head = event.head;
    const Header& header = action->header;
    if (header.log != state_.log || !of_header(head, header)) return fault(Errc::conflict, event, "the action belongs elsewhere");

    const auto* upgraded = std::get_if<JudgeUpgraded>(&action->body);
    if (upgraded && upgraded->judge_version > judge_version_known_ && verdict_of(head).outcome != Outcome::voided) {
        return fault(Errc::version, event, "from here on it needs judge version " + std::to_string(upgraded->judge_version));
    }
    const ActionId id = action_id(event.action);
    const Arrival arrival{head.position, head.received, head.seen_time, head.path};
    const Occasion occasion{header, id, head.position, head.received, head.seen_time};
    const Site site = site_of(state_, header.stream);
    const bool whole = check == Check::everything;
    if (whole && audited_seen_time(header.seen_size) != head.seen_time) {
        return fault(Errc::conflict, event, "it had seen events received at another time");
    }
    const auto forged = whole ? forgery(state_, occasion, action->body, event.signatures) : std::nullopt;
    Verdict verdict = verdict_of(head);
    if (forged) {
        verdict = {Outcome::voided, forged->reason, forged->against};
    } else if (whole || !by_ledger(verdict)) {
        verdict = judge(state_, site, occasion, action->body);
    }
    if (const auto same = compare(event, head_of(state_, site, *action, verdict, arrival)); !same) return same;
    const bool enrols = std::holds_alternative<DeviceEnrolled>(action->body) && verdict.outcome == Outcome::effective;
    if (enrols && state_.stream(header.device)) return fault(Errc::conflict, event, "the id of the device is taken");
    if (whole) {
        if (const auto chained = check_chain(event, *action, id); !chained) return chained;
        if (audit_.received_from.back().second != head.received) audit_.received_from.emplace_back(head.position, head.received);
    }
    record(state_, std::move(*action), id, head);
    if (event.seal) state_.chains[head.device].seal_hash = log::seal_hash(state_.log, head.device, head.epoch, *event.seal);
    return {};
}

}  // namespace hoso::replica
