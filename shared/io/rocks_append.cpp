#include <algorithm>
#include <map>

#include "shared/base/hash.hpp"
#include "shared/io/rocks_log_parts.hpp"

namespace hoso::io {
namespace {

// What one append writes, before any of it is visible.
class Staged {
public:
    explicit Staged(LogParts& parts) : parts_(parts), tree_(parts.tree), log_id_(parts.log_id) {}

    void add(const log::Event& event);
    void finish();

    rocksdb::WriteBatch batch;
    Watermark after;

    // Makes it visible, once it is durable.
    void publish();

private:
    struct ScopeRuns {
        std::uint64_t first_sequence = 0;
        std::vector<log::Run> runs;
    };

    void put(rocksdb::ColumnFamilyHandle* family, const std::string& key, ByteSpan value) {
        CHECK(batch.Put(family, slice(key), slice(value)).ok());
    }
    void put_chunk();
    void put_push(const log::Event& event);
    void put_tiles();
    void put_leaf_row();

    LogParts& parts_;
    TileTree tree_;
    std::vector<Hash> leaves_;
    std::vector<Position> leaf_rows_ = parts_.leaf_rows;
    std::vector<TileTree::Tile> tiles_;
    LogId log_id_;
    Position chunk_first_ = 0;
    std::map<UnitId, ScopeRuns> scopes_;
    std::vector<std::shared_ptr<const log::Chunk>> chunks_;
};

void Staged::add(const log::Event& event) {
    if (!parts_.builder.has_room_for(event)) put_chunk();
    if (parts_.builder.empty()) chunk_first_ = event.head.position;
    if (event.head.position == 0) log_id_ = {action_id(event.action).bytes};
    const ByteSpan leaf = parts_.builder.add(event);
    after.entry = log::leaf_hash(leaf);
    after.position = event.head.position + 1;
    if (parts_.options.whole) {
        tree_.append(after.entry, tiles_);
        leaves_.push_back(after.entry);
    }
    if (event.seal) put_push(event);
    const auto [scope, is_new] = scopes_.try_emplace(event.head.scope);
    if (is_new) scope->second.first_sequence = event.head.scope_sequence;
    log::extend(scope->second.runs, event.head.position);
}

void Staged::put_chunk() {
    std::string key;
    append_be64(key, chunk_first_);
    auto [value, records] = parts_.builder.take();
    put(parts_.events, key, value);
    auto chunk = log::Chunk::from_records(std::move(records));
    CHECK(chunk.has_value());
    chunks_.push_back(std::make_shared<const log::Chunk>(std::move(*chunk)));
}

void Staged::put_push(const log::Event& event) {
    const log::PushRecord push = log::push_record(log_id_, event);
    Bytes value;
    append_le(value, push.last_seq);
    append_le(value, push.first_position);
    append(value, push.seal_hash.span());
    put(parts_.devices, push_key(event.head.device, event.head.epoch, push.first_seq), value);
}

void Staged::put_tiles() {
    for (const TileTree::Tile& tile : tiles_) {
        std::string key(1, static_cast<char>(tile.level));
        append_be64(key, tile.index);
        Bytes value;
        value.reserve(tile.hashes.size() * Hash::size);
        for (const Hash& hash : tile.hashes) append(value, hash.span());
        put(parts_.tiles, key, value);
    }
}

// Until its tile is full, every leaf's hash stands here: so that a byte that changes on disk is found in its own event.
void Staged::put_leaf_row() {
    const Position tile = after.position - after.position % TileTree::width;
    const Position first = std::max(after.position - leaves_.size(), tile);
    std::erase_if(leaf_rows_, [&](Position row) {
        if (row >= tile) return false;
        CHECK(batch.Delete(parts_.tiles, slice(leaf_row_key(row))).ok());
        return true;
    });
    if (first == after.position) return;
    Bytes value;
    for (auto leaf = leaves_.end() - static_cast<std::ptrdiff_t>(after.position - first); leaf != leaves_.end(); ++leaf) {
        append(value, leaf->span());
    }
    put(parts_.tiles, leaf_row_key(first), value);
    leaf_rows_.push_back(first);
}

void Staged::finish() {
    put_chunk();
    for (const auto& [scope, held] : scopes_) {
        Bytes value;
        append_runs(value, held.runs);
        put(parts_.scopes, run_key(scope, held.first_sequence), value);
    }
    put_tiles();
    if (parts_.options.whole) put_leaf_row();
    after.root = tree_.tree().root();
    after.epoch = parts_.options.epoch;
}

void Staged::publish() {
    for (auto& chunk : chunks_) parts_.cache.put(std::move(chunk));
    parts_.log_id = log_id_;
    parts_.last_leaf = after.entry;
    parts_.leaf_rows = std::move(leaf_rows_);
    {
        const std::unique_lock lock{parts_.tree_mutex};
        parts_.tree = std::move(tree_);
    }
    parts_.size.store(after.position, std::memory_order_release);
}

}  // namespace

std::string leaf_row_key(Position first) {
    std::string key(1, leaf_row_level);
    append_be64(key, first);
    return key;
}

std::string push_key(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq) {
    std::string key{as_text(device.span())};
    for (int shift = 24; shift >= 0; shift -= 8) key.push_back(static_cast<char>(epoch >> shift));
    append_be64(key, first_seq);
    return key;
}

Result<void> RocksLog::append(std::span<const log::Event> events) {
    if (auto ready = parts_->ready(); !ready) return ready;
    if (auto fits = log::continues(events, size(), parts_->extent()); !fits) return fits;
    if (events.empty()) return {};
    Staged staged{*parts_};
    for (const log::Event& event : events) staged.add(event);
    staged.finish();
    if (auto durable = parts_->commit(staged.batch, staged.after); !durable) return durable;
    staged.publish();
    return {};
}

}  // namespace hoso::io
