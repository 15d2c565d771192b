#pragma once

#include <functional>
#include <memory>
#include <span>

#include "shared/log/event.hpp"
#include "shared/log/merkle.hpp"

namespace hoso::log {

// What a reader asks for: events of the scope, or of every scope where it is whole_log_scope(), which stands alone.
struct ScopeCursor {
    UnitId scope;
    Position after = 0;  // wanted: events of the scope at positions >= after
};

// A range of a device's chain that one push brought.
struct PushRecord {
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    Position first_position = 0;  // its actions stand at consecutive positions
    Hash seal_hash;
};

// The stream that an action names: a log holds bytes, so whoever builds it says how to look.
using StreamOf = std::function<StreamId(ByteSpan action)>;

// An append-only log. One writer, many readers; readers see only what is durable.
class Log {
public:
    virtual ~Log() = default;

    // Position after the last event; 0 when empty. A whole log is dense; a scoped one has holes.
    virtual Position size() const = 0;
    // All or nothing, durable on return. Errc::gap unless the events continue the log in ascending position (densely for a whole
    // log), from genesis at position 0; Errc::invalid for a seal that spans more than the log.
    virtual Result<void> append(std::span<const Event> events) = 0;
    virtual Result<Event> at(Position position) const = 0;  // Errc::not_found
    // Events from `from` on, in order, at most `events_max` and about `bytes_max` of leaf bytes; empty at the end.
    virtual Result<std::vector<Event>> read(Position from, std::size_t events_max, std::size_t bytes_max) const = 0;
    // The same for the union of scopes, merged by position, each from its own cursor. `through`: complete up to there, exclusive.
    struct ScopedEvents {
        std::vector<Event> events;
        Position through = 0;
    };
    virtual Result<ScopedEvents> read_scopes(std::span<const ScopeCursor> cursors, std::size_t events_max,
                                             std::size_t bytes_max) const = 0;
    // Pushes of a device's epoch whose seq range touches [first_seq, last_seq], in order.
    virtual Result<std::vector<PushRecord>> pushes(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
                                                   std::uint64_t last_seq) const = 0;
    // Positions of the events filed in a stream, ascending.
    virtual Result<std::vector<Position>> stream(const StreamId& stream) const = 0;
    // Tree over the leaves of a whole log; zero-sized for a scoped one. For the writer: it changes with every append.
    virtual const CompactTree& tree() const = 0;
    // Hash of the complete subtree at (level, index), for proofs; leaves are level 0. Errc::not_found while it is not complete.
    virtual Result<Hash> node(unsigned level, std::uint64_t index) const = 0;
};

// Root of the first `size` events of a whole log, from its complete subtrees; also while its writer appends. Errc::not_found past
// its end, else as node().
Result<Hash> root_at(const Log& log, std::uint64_t size);

}  // namespace hoso::log
