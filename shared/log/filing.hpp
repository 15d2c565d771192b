#pragma once

#include "shared/log/log.hpp"

// What every log derives from its events, in memory as on disk.
namespace hoso::log {

// Consecutive positions.
struct Run {
    Position first = 0;
    std::uint32_t count = 0;
    bool operator==(const Run&) const = default;
};
void extend(std::vector<Run>& runs, Position position);  // which follows all of them

enum class Extent { whole, scoped };  // whole: dense positions and a tree; scoped: a desk's copy, which has holes and no tree
// Errc::gap unless `events` continue a log of `size`, Errc::invalid for a seal that spans more than the log.
Result<void> continues(std::span<const Event> events, Position size, Extent extent);

// Of an event that carries its push's seal.
PushRecord push_record(const LogId& log, const Event& event);

// Where an event is filed whose action names stream `named`. `exists`: an earlier event is filed there. What names a stream that
// does not exist is filed in the registry; a device's stream in the registry's scope begins with version 0, which the registry gave
// to genesis.
StreamId filed_in(const Head& head, const StreamId& named, bool exists);

}  // namespace hoso::log
