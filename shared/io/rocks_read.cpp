#include <algorithm>

#include "shared/io/rocks_log_parts.hpp"
#include "shared/io/scope_walk.hpp"

namespace hoso::io {
namespace {

constexpr std::size_t readahead_bytes = 2 << 20;  // worth it only to who reads far

// Takes events until a limit is met; one event always fits.
class Taker {
public:
    Taker(std::size_t events_max, std::size_t bytes_max) : events_max_(events_max), bytes_max_(bytes_max) {}
    // False when the event is past a limit and was not taken. Errc::corrupt.
    Result<bool> take(const log::Chunk& chunk, std::size_t index) {
        const std::size_t size = chunk.leaf(index).size();
        if (events.size() >= events_max_ || (!events.empty() && bytes_ + size > bytes_max_)) return false;
        auto event = chunk.event(index);
        if (!event) return event.error();
        bytes_ += size;
        events.push_back(std::move(*event));
        return true;
    }

    std::vector<log::Event> events;

private:
    std::size_t events_max_;
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
};

Result<log::Log::ScopedEvents> read_everything(const LogParts& parts, Position from, Position end, std::size_t events_max,
                                               std::size_t bytes_max) {
    Taker taker{events_max, bytes_max};
    for (ChunkWalk walk{parts, from, end, bytes_max};;) {
        const auto chunk = walk.next();
        if (!chunk) return chunk.error();
        if (!*chunk) return log::Log::ScopedEvents{std::move(taker.events), end};
        for (std::size_t i = (*chunk)->find(from); i < (*chunk)->size(); ++i) {
            const auto taken = taker.take(**chunk, i);
            if (!taken) return taken.error();
            if (!*taken) return log::Log::ScopedEvents{std::move(taker.events), (*chunk)->position(i)};
        }
    }
}

Position first_of(const std::vector<ScopeWalk>& walks) {
    Position first = no_position;
    for (const ScopeWalk& walk : walks) first = std::min(first, walk.position());
    return first;
}

Result<log::Log::ScopedEvents> read_merged(const LogParts& parts, std::vector<ScopeWalk> walks, Position end, Taker taker) {
    std::shared_ptr<const log::Chunk> chunk;
    for (;;) {
        const Position position = first_of(walks);
        if (position >= end) return log::Log::ScopedEvents{std::move(taker.events), end};
        if (!chunk || position < chunk->first() || position > chunk->last()) {
            auto loaded = parts.chunk_at(position);
            if (!loaded) return loaded.error();
            chunk = std::move(*loaded);
        }
        const std::size_t index = chunk->find(position);
        if (index == chunk->size() || chunk->position(index) != position) {
            return Error{Errc::corrupt,
                         "The index of scopes names event " + std::to_string(position) + ", which is not in the log."};
        }
        const auto taken = taker.take(*chunk, index);
        if (!taken) return taken.error();
        if (!*taken) return log::Log::ScopedEvents{std::move(taker.events), position};
        for (ScopeWalk& walk : walks) {  // all that stand here: a scope may have been asked for twice
            if (walk.position() != position) continue;
            if (auto moved = walk.next(); !moved) return moved.error();
        }
    }
}

Error no_event(Position position) { return {Errc::not_found, "There is no event at position " + std::to_string(position) + "."}; }

}  // namespace

ChunkWalk::ChunkWalk(const LogParts& parts, Position from, Position end, std::size_t bytes_expected)
    : parts_(parts), at_(from), end_(end), bytes_expected_(bytes_expected) {}

Result<std::shared_ptr<const log::Chunk>> ChunkWalk::next() {
    if (at_ >= end_) return std::shared_ptr<const log::Chunk>{};
    auto chunk = parts_.cache.find(at_);
    follows_ = follows_ && !chunk;
    if (!chunk) {
        auto loaded = load();
        if (!loaded || !*loaded) return loaded;
        chunk = std::move(*loaded);
    }
    at_ = chunk->last() + 1;
    return chunk;
}

Result<std::shared_ptr<const log::Chunk>> ChunkWalk::load() {
    if (!iterator_) {
        rocksdb::ReadOptions read;
        read.fill_cache = false;
        if (bytes_expected_ >= readahead_bytes / 2) read.readahead_size = readahead_bytes;
        iterator_.reset(parts_.database.rocks().NewIterator(read, parts_.events));
    }
    if (follows_) {
        iterator_->Next();
    } else {
        std::string key;
        append_be64(key, at_);
        iterator_->SeekForPrev(slice(key));
        if (iterator_->status().ok() && !iterator_->Valid()) iterator_->SeekToFirst();
    }
    for (follows_ = true;; iterator_->Next()) {
        if (!iterator_->status().ok()) return parts_.database.error_of(iterator_->status(), "Reading");
        if (!iterator_->Valid()) return std::shared_ptr<const log::Chunk>{};
        auto chunk = log::Chunk::from_value(span(iterator_->value()));
        if (!chunk) return chunk.error();
        std::string key;
        append_be64(key, chunk->first());
        if (slice(key) != iterator_->key()) return Error{Errc::corrupt, "A chunk of the log lies under another event's key."};
        if (chunk->first() >= end_) return std::shared_ptr<const log::Chunk>{};
        if (chunk->last() < at_) continue;  // the cursor lies in a hole behind it
        auto shared = std::make_shared<const log::Chunk>(std::move(*chunk));
        parts_.cache.put(shared);
        return shared;
    }
}

Result<std::shared_ptr<const log::Chunk>> LogParts::chunk_at(Position position) const {
    auto chunk = ChunkWalk{*this, position, end(), 0}.next();
    if (chunk && !*chunk) return no_event(position);
    return chunk;
}

Result<log::Event> LogParts::at(Position position) const {
    const auto chunk = chunk_at(position);
    if (!chunk) return chunk.error();
    const std::size_t index = (*chunk)->find(position);
    if ((*chunk)->position(index) != position) return no_event(position);
    return (*chunk)->event(index);
}

Result<log::Event> RocksLog::at(Position position) const { return parts_->at(position); }

Result<std::vector<log::Event>> RocksLog::read(Position from, std::size_t events_max, std::size_t bytes_max) const {
    auto result = read_everything(*parts_, from, parts_->end(), events_max, bytes_max);
    if (!result) return result.error();
    return std::move(result->events);
}

Result<log::Log::ScopedEvents> RocksLog::read_scopes(std::span<const log::ScopeCursor> cursors, std::size_t events_max,
                                                     std::size_t bytes_max) const {
    const Position end = size();
    std::vector<ScopeWalk> walks;
    for (const log::ScopeCursor& cursor : cursors) {
        if (cursor.scope == whole_log_scope() && cursors.size() == 1)
            return read_everything(*parts_, cursor.after, end, events_max, bytes_max);
        if (cursor.scope == whole_log_scope()) return Error{Errc::invalid, "A cursor over all scopes stands alone."};
        walks.emplace_back(*parts_, cursor);
        if (auto started = walks.back().start(); !started) return started.error();
    }
    return read_merged(*parts_, std::move(walks), end, Taker{events_max, bytes_max});
}

Result<std::vector<log::PushRecord>> RocksLog::pushes(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
                                                      std::uint64_t last_seq) const {
    const Position end = size();
    const std::string prefix = push_key(device, epoch, 0).substr(0, DeviceId::size + 4);
    std::vector<log::PushRecord> result;
    rocksdb::ReadOptions read;
    read.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> iterator{parts_->database.rocks().NewIterator(read, parts_->devices)};
    iterator->SeekForPrev(slice(push_key(device, epoch, first_seq)));  // the push that first_seq may lie within
    if (!iterator->Valid() || !iterator->key().starts_with(slice(prefix))) iterator->Seek(slice(prefix));
    for (; iterator->Valid() && iterator->key().starts_with(slice(prefix)); iterator->Next()) {
        const ByteSpan key = span(iterator->key());
        const ByteSpan value = span(iterator->value());
        if (key.size() != prefix.size() + 8 || value.size() != 16 + Hash::size) {
            return Error{Errc::corrupt, "The index of pushes of device " + device.hex() + " is damaged."};
        }
        log::PushRecord push;
        push.first_seq = load_be64(key.data() + prefix.size());
        push.last_seq = load_le<std::uint64_t>(value.data());
        push.first_position = load_le<Position>(value.data() + 8);
        push.seal_hash = *Hash::from(value.subspan(16));
        if (push.first_seq > last_seq || push.first_position >= end) break;
        if (push.last_seq >= first_seq) result.push_back(push);
    }
    if (!iterator->status().ok()) return parts_->database.error_of(iterator->status(), "Reading");
    return result;
}

}  // namespace hoso::io
