#include "shared/log/memory_log.hpp"

#include <algorithm>

#include "shared/base/hash.hpp"

namespace hoso::log {
namespace {

bool wanted(const Head& head, std::span<const ScopeCursor> cursors) {
    return std::any_of(cursors.begin(), cursors.end(), [&](const ScopeCursor& cursor) {
        return head.position >= cursor.after && (cursor.scope == whole_log_scope() || cursor.scope == head.scope);
    });
}

bool before(const Event& event, Position position) { return event.head.position < position; }

}  // namespace

MemoryLog::MemoryLog(Extent extent, StreamOf stream_of) : extent_(extent), stream_of_(std::move(stream_of)) {}

Position MemoryLog::size() const { return events_.empty() ? 0 : events_.back().head.position + 1; }

Result<void> MemoryLog::append(std::span<const Event> events) {
    if (auto fits = continues(events, size(), extent_); !fits) return fits;
    for (const Event& event : events) add(event);
    return {};
}

void MemoryLog::add(const Event& event) {
    if (event.head.position == 0) log_ = {action_id(event.action).bytes};
    if (extent_ == Extent::whole) add_leaf(event);
    if (event.seal) pushes_[{event.head.device, event.head.epoch}].push_back(push_record(log_, event));
    const StreamId named = stream_of_ ? stream_of_(event.action) : registry_stream;
    streams_[filed_in(event.head, named, streams_.contains(named))].push_back(event.head.position);
    events_.push_back(event);
}

void MemoryLog::add_leaf(const Event& event) {
    Bytes leaf;
    encode_leaf(event, leaf);
    Hash hash = leaf_hash(leaf);
    tree_.append(hash);
    for (std::size_t level = 0;; ++level) {
        if (levels_.size() == level) levels_.emplace_back();
        levels_[level].push_back(hash);
        if (levels_[level].size() % 2 != 0) return;
        hash = node_hash(*(levels_[level].end() - 2), hash);
    }
}

Result<Event> MemoryLog::at(Position position) const {
    const auto found = std::lower_bound(events_.begin(), events_.end(), position, before);
    if (found == events_.end() || found->head.position != position) {
        return Error{Errc::not_found, "There is no event at position " + std::to_string(position) + "."};
    }
    return *found;
}

Result<std::vector<Event>> MemoryLog::read(Position from, std::size_t events_max, std::size_t bytes_max) const {
    const ScopeCursor everything{whole_log_scope(), from};
    auto scoped = read_scopes({&everything, 1}, events_max, bytes_max);
    return std::move(scoped->events);
}

Result<Log::ScopedEvents> MemoryLog::read_scopes(std::span<const ScopeCursor> cursors, std::size_t events_max,
                                                 std::size_t bytes_max) const {
    const bool whole =
        std::any_of(cursors.begin(), cursors.end(), [](const ScopeCursor& cursor) { return cursor.scope == whole_log_scope(); });
    if (whole && cursors.size() > 1) return Error{Errc::invalid, "A cursor over all scopes stands alone."};
    ScopedEvents result{{}, size()};
    std::size_t bytes = 0;
    Position from = size();
    for (const ScopeCursor& cursor : cursors) from = std::min(from, cursor.after);
    for (auto event = std::lower_bound(events_.begin(), events_.end(), from, before); event != events_.end(); ++event) {
        if (!wanted(event->head, cursors)) continue;
        if (result.events.size() == events_max || (!result.events.empty() && bytes + leaf_size(*event) > bytes_max)) {
            result.through = event->head.position;
            break;
        }
        bytes += leaf_size(*event);
        result.events.push_back(*event);
    }
    return result;
}

Result<std::vector<PushRecord>> MemoryLog::pushes(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
                                                  std::uint64_t last_seq) const {
    std::vector<PushRecord> result;
    const auto chain = pushes_.find({device, epoch});
    if (chain == pushes_.end()) return result;
    for (const PushRecord& push : chain->second) {
        if (push.first_seq <= last_seq && push.last_seq >= first_seq) result.push_back(push);
    }
    return result;
}

Result<std::vector<Position>> MemoryLog::stream(const StreamId& stream) const {
    const auto found = streams_.find(stream);
    return found == streams_.end() ? std::vector<Position>{} : found->second;
}

Result<Hash> MemoryLog::node(unsigned level, std::uint64_t index) const {
    if (level >= levels_.size() || index >= levels_[level].size()) {
        return Error{Errc::not_found, "That part of the tree is not complete."};
    }
    return levels_[level][index];
}

}  // namespace hoso::log
