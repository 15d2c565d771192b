#include "server/received_times.hpp"

namespace hoso::server {
namespace {

constexpr std::size_t remembered_max = 1024;

}  // namespace

std::optional<Instant> ReceivedTimes::at(Position position, std::span<const log::Event> tail) {
    if (const auto found = remembered_.find(position); found != remembered_.end()) return found->second;
    const Position size = log_.size();
    if (position >= size) {
        if (position - size >= tail.size()) return std::nullopt;
        return tail[position - size].head.received;
    }
    const auto event = log_.at(position);
    if (!event) return std::nullopt;
    if (remembered_.size() >= remembered_max) remembered_.erase(remembered_.begin());  // the oldest position
    remembered_.emplace(position, event->head.received);
    return event->head.received;
}

}  // namespace hoso::server
