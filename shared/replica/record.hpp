#pragma once

#include "shared/replica/judge.hpp"

// What an event does to a state, once it is judged.
namespace hoso::replica {

// An action about to be an event: its place in the log and when it was seen and received.
struct Arrival {
    Position position = 0;
    Instant received = 0;
    Instant seen_time = 0;
    std::uint8_t path = 0;
};

// The head the event has: stream, scope, version and sequence follow from the verdict.
log::Head head_of(const State& state, const Site& site, const domain::Action& action, const domain::Verdict& verdict,
                  const Arrival& arrival);
// Files the event under its stream and lets it take effect.
void record(State& state, domain::Action&& action, const ActionId& id, const log::Head& head);
// The first event of a log.
void record_genesis(State& state, domain::Action&& action, const ActionId& id, const log::Head& head);

}  // namespace hoso::replica
