#pragma once

#include <map>
#include <span>

#include "shared/log/log.hpp"

namespace hoso::server {

// When events were received. Most actions of a push have seen the same event, so a few remembered answers save nearly every read.
class ReceivedTimes {
public:
    explicit ReceivedTimes(const log::Log& log) : log_(log) {}
    // `tail` holds the events from the log's size on that are not on disk yet.
    std::optional<Instant> at(Position position, std::span<const log::Event> tail);

private:
    const log::Log& log_;
    std::map<Position, Instant> remembered_;
};

}  // namespace hoso::server
