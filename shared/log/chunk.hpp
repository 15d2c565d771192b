#pragma once

#include <memory>

#include "shared/log/record.hpp"

// Events that were committed together lie in few chunks: one key, compressed as a whole. docs/log_format.md section 9.
namespace hoso::log {

inline constexpr std::size_t chunk_head = 16;
inline constexpr std::size_t chunk_events_max = 256;
inline constexpr std::size_t chunk_bytes_max = 256 * 1024;  // of records, before compression; a single event may be larger

// Collects events until the chunk is full. Keeps its compression context from one to the next.
class ChunkBuilder {
public:
    ChunkBuilder();
    ~ChunkBuilder();

    bool empty() const { return events_ == 0; }
    bool has_room_for(const Event& event) const;
    ByteSpan add(const Event& event);  // the leaf's bytes, good until the next call
    struct Built {
        ByteSpan value;  // as it is stored, good until the next call
        Bytes records;   // the same for Chunk::from_records: whoever wrote it need not decompress it to read it
    };
    Built take();  // the builder is empty after

private:
    struct Compressor;
    std::unique_ptr<Compressor> compressor_;
    std::size_t events_ = 0;
    Bytes records_;  // this and the next keep their room from one chunk to the next
    Bytes stored_;
};

// A chunk as it is read: its records stay where they are until somebody asks for one.
class Chunk {
public:
    static Result<Chunk> from_value(ByteSpan value);   // Errc::corrupt
    static Result<Chunk> from_records(Bytes records);  // Errc::corrupt unless they are whole leaves in ascending position

    std::size_t size() const { return entries_.size(); }
    Position first() const { return entries_.front().position; }
    Position last() const { return entries_.back().position; }
    Position position(std::size_t index) const { return entries_[index].position; }
    std::size_t find(Position from) const;  // index of the first event at or after `from`; size() if there is none
    ByteSpan leaf(std::size_t index) const { return ByteSpan{records_}.subspan(entries_[index].begin, entries_[index].size); }
    Result<Event> event(std::size_t index) const { return decode_leaf(leaf(index)); }

private:
    struct Entry {
        Position position;
        std::uint32_t begin;
        std::uint32_t size;
    };
    Bytes records_;
    std::vector<Entry> entries_;
};

}  // namespace hoso::log
