#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <shared_mutex>

#include "shared/io/chunk_cache.hpp"
#include "shared/io/rocks_log.hpp"
#include "shared/io/tile_tree.hpp"
#include "shared/log/filing.hpp"

// What the files of RocksLog share.
namespace hoso::io {

inline rocksdb::Slice slice(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
inline ByteSpan span(const rocksdb::Slice& bytes) { return {reinterpret_cast<const Byte*>(bytes.data()), bytes.size()}; }

// "scope, first scope sequence" and "stream, first stream version" are keys of runs; so is the prefix alone.
std::string run_key(const Uuid& name, std::uint64_t first);
// "device, epoch, first seq": keys of pushes.
std::string push_key(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq);
void append_runs(Bytes& out, std::span<const log::Run> runs);
Result<std::vector<log::Run>> read_runs(ByteSpan value);  // Errc::corrupt

inline constexpr std::size_t run_size = 12;
inline constexpr std::string_view meta_number = "watermark";         // of the headlog record that vouches for what is written here
inline constexpr std::string_view meta_indexed = "streams_indexed";  // position up to which `streams` is written

// Row of leaf hashes, beside the full tiles: those of one append that stand in the unfinished tile.
inline constexpr char leaf_row_level = '\xff';
std::string leaf_row_key(Position first);

struct LogParts {
    LogParts(Database& on, RocksLog::Options chosen);
    LogParts(const LogParts&) = delete;
    LogParts& operator=(const LogParts&) = delete;

    Database& database;
    RocksLog::Options options;
    rocksdb::ColumnFamilyHandle* events;
    rocksdb::ColumnFamilyHandle* devices;
    rocksdb::ColumnFamilyHandle* streams;
    rocksdb::ColumnFamilyHandle* scopes;
    rocksdb::ColumnFamilyHandle* tiles;
    rocksdb::ColumnFamilyHandle* meta;

    // The writer's.
    std::unique_ptr<Headlog> headlog;
    log::ChunkBuilder builder;
    std::uint64_t number = 0;  // of the newest numbered batch
    LogId log_id;
    Hash last_leaf;
    std::vector<Position> leaf_rows;  // first positions of the rows of leaf hashes that no full tile holds yet
    std::optional<Error> amnesia;
    std::optional<Error> failed;
    bool head_accepted = false;

    // Everybody's.
    std::atomic<Position> size{0};
    mutable ChunkCache cache;
    mutable std::shared_mutex tree_mutex;
    TileTree tree;

    Position end() const { return size.load(std::memory_order_acquire); }  // of what is durable
    log::Extent extent() const { return options.whole ? log::Extent::whole : log::Extent::scoped; }
    TileTree::ReadTile tile_reader() const;
    Result<std::vector<Hash>> read_tile(unsigned level, std::uint64_t index) const;
    Watermark watermark() const;
    Result<void> ready() const;  // to write: neither amnesia nor an earlier failure
    // Both syncs: the numbered batch, then the watermark for the log as it will be.
    Result<void> commit(rocksdb::WriteBatch& batch, const Watermark& after);

    Result<void> recover(const std::filesystem::path& folder);
    Result<std::uint64_t> meta_u64(std::string_view key) const;  // 0 when there is none
    Result<log::Event> at(Position position) const;
    // The chunk that holds the first event at or after the position. Errc::not_found at the end.
    Result<std::shared_ptr<const log::Chunk>> chunk_at(Position position) const;

private:
    Result<void> recover_tree();
    Result<void> recover_watermark(const std::filesystem::path& folder);
    Result<void> compare(const std::optional<Headlog::Newest>& newest, const std::filesystem::path& folder);
    Result<void> watermark_lost(const std::filesystem::path& folder, const std::string& what);
    Result<void> start_watermark(const std::filesystem::path& folder);
};

// Chunk by chunk from a position to `end`, which is of what is durable.
class ChunkWalk {
public:
    ChunkWalk(const LogParts& parts, Position from, Position end, std::size_t bytes_expected);
    // The next chunk with events at or after the position; null at the end. Errc::corrupt, io.
    Result<std::shared_ptr<const log::Chunk>> next();

private:
    Result<std::shared_ptr<const log::Chunk>> load();

    const LogParts& parts_;
    Position at_;
    Position end_;
    std::size_t bytes_expected_;
    bool follows_ = false;  // the iterator stands on the chunk before at_
    std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace hoso::io
