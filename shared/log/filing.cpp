#include "shared/log/filing.hpp"

#include <string>

namespace hoso::log {

void extend(std::vector<Run>& runs, Position position) {
    if (!runs.empty() && runs.back().first + runs.back().count == position) {
        ++runs.back().count;
    } else {
        runs.push_back({position, 1});
    }
}

Result<void> continues(std::span<const Event> events, Position size, Extent extent) {
    for (const Event& event : events) {
        const Position position = event.head.position;
        const bool dense = extent == Extent::whole || size == 0;  // every log holds genesis
        if (position < size || (dense && position != size) || position == no_position) {
            return Error{Errc::gap,
                         "Event " + std::to_string(position) + " does not continue a log of " + std::to_string(size) + "."};
        }
        if (event.seal) {
            const bool fits =
                event.seal->last_seq >= event.seal->first_seq && event.seal->last_seq - event.seal->first_seq <= position;
            if (!fits) return Error{Errc::invalid, "The seal of event " + std::to_string(position) + " spans more than the log."};
        }
        size = position + 1;
    }
    return {};
}

PushRecord push_record(const LogId& log, const Event& event) {
    CHECK(event.seal.has_value());
    const Seal& seal = *event.seal;
    return {seal.first_seq, seal.last_seq, event.head.position - (seal.last_seq - seal.first_seq),
            seal_hash(log, event.head.device, event.head.epoch, seal)};
}

StreamId filed_in(const Head& head, const StreamId& named, bool exists) {
    if (head.scope != registry_scope) return named;
    return exists || head.stream_version == 0 ? named : registry_stream;
}

}  // namespace hoso::log
