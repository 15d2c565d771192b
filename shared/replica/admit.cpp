#include <algorithm>

#include "shared/domain/action_codec.hpp"
#include "shared/replica/record.hpp"
#include "shared/replica/replica.hpp"

namespace hoso::replica {
namespace {

using namespace domain;

struct Opened {
    std::vector<Action> actions;
    std::vector<ActionId> ids;
};

std::string seq_text(std::uint64_t seq) { return "action " + std::to_string(seq) + " of the push"; }

Result<void> check_form(const log::Push& push) {
    const std::size_t count = push.actions.size();
    if (count == 0 || count > log::push_actions_max) return Error{Errc::invalid, "a push holds 1 to 512 actions"};
    std::size_t bytes = 0;
    for (const log::SignedAction& action : push.actions) {
        bytes += action.action.size();
        if (action.signatures.size() > log::signatures_max) return Error{Errc::invalid, "an action carries more than 4 signatures"};
        for (const log::DetachedSignature& signature : action.signatures) bytes += signature.bytes.size();
    }
    if (bytes > log::push_bytes_max) return Error{Errc::invalid, "a push is larger than a frame"};
    const log::Seal& seal = push.seal;
    if (seal.last_seq < seal.first_seq || seal.last_seq - seal.first_seq != count - 1) {
        return Error{Errc::unauthentic, "the seal counts other actions than the push holds"};
    }
    return {};
}

// Whether an upgrade of the judge holds must not depend on who is asked: who does not know that judge does not answer.
Result<void> check_upgrade(const Body& body, std::uint32_t judge_version_known) {
    const auto* upgraded = std::get_if<JudgeUpgraded>(&body);
    if (!upgraded || upgraded->judge_version <= judge_version_known) return {};
    return Error{Errc::version, "it asks for judge version " + std::to_string(upgraded->judge_version) + "; update the program"};
}

Result<Opened> open(const log::Push& push, std::uint32_t judge_version_known) {
    Opened opened;
    opened.actions.reserve(push.actions.size());
    opened.ids.reserve(push.actions.size());
    for (const log::SignedAction& signed_action : push.actions) {
        auto action = decode(signed_action.action);
        if (!action) {
            const Errc code = action.error().code == Errc::version ? Errc::version : Errc::invalid;
            return Error{code, seq_text(push.seal.first_seq + opened.actions.size()) + ": " + action.error().detail};
        }
        if (const auto known = check_upgrade(action->body, judge_version_known); !known) return known.error();
        opened.ids.push_back(action_id(signed_action.action));
        opened.actions.push_back(std::move(*action));
    }
    return opened;
}

// The key that must have sealed the push: of the device, or of the enrolment that brings an unknown one.
Result<PublicKey> key_of(const State& state, const log::Push& push, const Opened& opened) {
    const auto device = state.registry.devices.find(push.device);
    if (device != state.registry.devices.end()) return device->second.key;
    const auto* enrolled = std::get_if<DeviceEnrolled>(&opened.actions.front().body);
    if (!enrolled || opened.actions.size() != 1) return Error{Errc::unauthentic, "the device is not enrolled in this log"};
    return enrolled->device_key;
}

Result<void> check_chain(const State& state, const log::Push& push) {
    const auto found = state.chains.find(push.device);
    const Chain chain = found == state.chains.end() ? Chain{} : found->second;
    const log::Seal& seal = push.seal;
    if (push.epoch != chain.epoch) return Error{Errc::gap, "the push belongs to another epoch of the device's chain"};
    if (seal.last_seq < chain.next_seq) return Error{Errc::exists, "these actions are logged already"};
    if (seal.first_seq != chain.next_seq) {
        return Error{Errc::gap, "the device's chain goes on at action " + std::to_string(chain.next_seq)};
    }
    if (seal.previous != chain.seal_hash) return Error{Errc::gap, "the seal follows another one than the device's last"};
    return {};
}

Result<void> check_headers(const State& state, const log::Push& push, const Opened& opened) {
    std::uint64_t seq = push.seal.first_seq;
    const auto chain = state.chains.find(push.device);
    std::uint64_t seen = chain == state.chains.end() ? 0 : chain->second.seen_size;
    for (const Action& action : opened.actions) {
        const Header& header = action.header;
        if (header.log != state.log || header.device != push.device || header.epoch != push.epoch || header.seq != seq) {
            return Error{Errc::invalid, seq_text(seq) + " was made for another log, device or place in its chain"};
        }
        if (header.seen_size > state.size) {
            return Error{Errc::amnesia, seq_text(seq) + " has seen " + std::to_string(header.seen_size) + " events, we hold " +
                                            std::to_string(state.size)};
        }
        if (header.seen_size < seen) {
            return Error{Errc::conflict, seq_text(seq) + " has seen " + std::to_string(header.seen_size) +
                                             " events, fewer than the action before it"};
        }
        seen = header.seen_size;
        ++seq;
    }
    return {};
}

Result<Opened> open_and_check(const State& state, const log::Push& push, std::uint32_t judge_version_known) {
    if (const auto formed = check_form(push); !formed) return formed.error();
    auto opened = open(push, judge_version_known);
    if (!opened) return opened;
    const auto key = key_of(state, push, *opened);
    if (!key) return key.error();
    const bool sealed = push.seal.root == log::actions_root(opened->ids) &&
                        verify(*key, log::seal_statement(state.log, push.device, push.epoch, push.seal), push.seal.signature);
    if (!sealed) return Error{Errc::unauthentic, "the seal of the push does not hold"};
    if (const auto chained = check_chain(state, push); !chained) return chained.error();
    if (const auto headed = check_headers(state, push, *opened); !headed) return headed.error();
    return opened;
}

// When what each action had seen was received, and that it is this log it saw: asked before the first one is folded. Most actions
// of a push have seen the same.
Result<std::vector<Instant>> seen_times(const State& state, const Opened& opened, const PastAt& past_at) {
    std::vector<Instant> times;
    times.reserve(opened.actions.size());
    std::uint64_t last = 0;
    Past past{state.genesis_received, {}};
    for (const Action& action : opened.actions) {
        const Header& header = action.header;
        if (header.seen_size != last) {
            auto found = header.seen_size == 0 ? Result<Past>{Past{state.genesis_received, {}}} : past_at(header.seen_size);
            if (!found && found.error().code == Errc::not_found) {
                return Error{Errc::conflict, seq_text(header.seq) + " quotes a log of " + std::to_string(header.seen_size) +
                                                 " events, which nobody was told of"};
            }
            if (!found) return found.error();
            past = *found;
            last = header.seen_size;
        }
        if (header.seen_size > 0 && header.seen_root != past.root) {
            return Error{Errc::conflict, seq_text(header.seq) + " has seen another history than this log's first " +
                                             std::to_string(header.seen_size) + " events"};
        }
        times.push_back(past.received);
    }
    return times;
}

Verdict verdict_on(const State& state, const Site& site, const Occasion& occasion, const Body& body,
                   std::span<const log::DetachedSignature> signatures) {
    const auto forged = forgery(state, occasion, body, signatures);
    return forged ? Verdict{Outcome::voided, forged->reason, forged->against} : judge(state, site, occasion, body);
}

// An unknown device enters only by an enrolment that takes effect; its id may not be that of a stream it could then write to.
Result<void> check_enrolment(const State& state, const log::Push& push, const Verdict& verdict) {
    if (state.registry.devices.contains(push.device)) return {};
    if (verdict.outcome != Outcome::effective)
        return Error{Errc::denied, std::string("the slip is refused: ") + name(verdict.reason)};
    if (state.stream(push.device)) return Error{Errc::denied, "the id of the device is taken"};
    return {};
}

}  // namespace

Result<std::vector<log::Event>> Replica::admit(log::Push&& push, Instant received, std::uint8_t path, const PastAt& past_at) {
    auto opened = open_and_check(state_, push, judge_version_known_);
    if (!opened) return opened.error();
    const auto seen = seen_times(state_, *opened, past_at);
    if (!seen) return seen.error();
    received = std::max(received, state_.last_received);
    std::vector<log::Event> events;
    events.reserve(push.actions.size());
    for (std::size_t i = 0; i < push.actions.size(); ++i) {
        Action& action = opened->actions[i];
        const Arrival arrival{state_.size, received, (*seen)[i], path};
        const Occasion occasion{action.header, opened->ids[i], arrival.position, arrival.received, arrival.seen_time};
        const Site site = site_of(state_, action.header.stream);
        log::SignedAction& made = push.actions[i];
        const Verdict verdict = verdict_on(state_, site, occasion, action.body, made.signatures);
        if (const auto enters = check_enrolment(state_, push, verdict); !enters) return enters.error();
        const log::Head head = head_of(state_, site, action, verdict, arrival);
        record(state_, std::move(action), opened->ids[i], head);
        events.push_back({head, std::move(made.action), std::move(made.signatures), std::nullopt});
    }
    events.back().seal = push.seal;
    state_.chains[push.device].seal_hash = log::seal_hash(state_.log, push.device, push.epoch, push.seal);
    return events;
}

namespace {

constexpr std::size_t founders_of_a_log = 3;

// Three people at three desks, none of which is the server.
bool founders_hold(const Genesis& genesis) {
    std::set<AccountId> accounts;
    std::set<DeviceId> devices{genesis.server_device};
    for (const Founder& founder : genesis.founders) {
        if (!may_name(founder.account) || !may_name(founder.device)) return false;
        if (!accounts.insert(founder.account).second || !devices.insert(founder.device).second) return false;
    }
    return genesis.founders.size() == founders_of_a_log;
}

}  // namespace

Result<log::Event> Replica::make_genesis(const log::Push& push, Instant received) {
    if (push.actions.size() != 1) return Error{Errc::invalid, "a log begins with one action"};
    const Bytes& bytes = push.actions.front().action;
    const auto action = decode(bytes);
    if (!action) return Error{action.error().code, action.error().detail};
    const auto* genesis = std::get_if<Genesis>(&action->body);
    const Header& header = action->header;
    if (!genesis || genesis->server_device != push.device || header.device != push.device || header.seq != 0 || header.epoch != 0 ||
        push.epoch != 0 || header.seen_size != 0 || !header.log.is_nil() || header.stream != registry_stream) {
        return Error{Errc::invalid, "a log begins with the genesis of its own server"};
    }
    if (!founders_hold(*genesis)) return Error{Errc::invalid, "a log is founded by three officers, each at a desk of their own"};
    if (!log::seal_holds(genesis->log_key, LogId{action_id(bytes).bytes}, push) || push.seal.first_seq != 0 ||
        push.seal.previous != Hash{}) {
        return Error{Errc::unauthentic, "the genesis is not sealed with the log key"};
    }
    log::Event event;
    event.head.judge_version = genesis->judge_version;
    event.head.received = event.head.seen_time = received;
    event.head.device = push.device;
    event.action = bytes;
    event.signatures = push.actions.front().signatures;
    event.seal = push.seal;
    return event;
}

}  // namespace hoso::replica
