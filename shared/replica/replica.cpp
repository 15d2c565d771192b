#include "shared/replica/replica.hpp"

#include <algorithm>

#include "shared/replica/record.hpp"

namespace hoso::replica {

using namespace domain;

namespace {

// For an action that is not logged: it saw what it saw no later than it was made, and not before this log began.
Instant presumed_seen_time(const State& state, const Header& header) {
    if (header.seen_size == 0) return state.genesis_received;
    return std::max(state.genesis_received, std::min(state.last_received, header.claimed_time));
}

}  // namespace

Verdict Replica::preview(const Action& action, Instant now) const {
    const ActionId none{};
    const Instant received = std::max(now, state_.last_received);
    const Occasion occasion{action.header, none, state_.size, received, presumed_seen_time(state_, action.header)};
    return judge(state_, site_of(state_, action.header.stream), occasion, action.body);
}

Verdict Replica::fold_pending(const Action& action, const ActionId& id, Instant now) {
    const Arrival arrival{state_.size, std::max(now, state_.last_received), presumed_seen_time(state_, action.header), 0};
    const Site site = site_of(state_, action.header.stream);
    const Occasion occasion{action.header, id, arrival.position, arrival.received, arrival.seen_time};
    const Verdict verdict = judge(state_, site, occasion, action.body);
    const log::Head head = head_of(state_, site, action, verdict, arrival);
    const Instant last_received = state_.last_received;
    record(state_, Action{action}, id, head);
    state_.size = arrival.position;  // it has no place in the log yet
    state_.last_received = last_received;
    return verdict;
}

Replica Replica::fork(std::span<const StreamId> streams) const {
    Replica copy(judge_version_known_);
    State& to = copy.state_;
    to.size = state_.size;
    to.judge_version = state_.judge_version;
    to.log = state_.log;
    to.genesis_received = state_.genesis_received;
    to.last_received = state_.last_received;
    to.registry = state_.registry;
    const auto take = [&](const StreamId& id) {
        if (const Stream* stream = state_.stream(id)) to.streams[id] = *stream;
    };
    take(registry_stream);
    for (const StreamId& id : streams) take(id);
    return copy;
}

}  // namespace hoso::replica
