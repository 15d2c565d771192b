#include "shared/io/rocks_log.hpp"

#include "shared/base/hash.hpp"
#include "shared/io/rocks_log_parts.hpp"
#include "shared/io/stream_name.hpp"

namespace hoso::io {

std::string run_key(const Uuid& name, std::uint64_t first) {
    std::string key{as_text(name.span())};
    append_be64(key, first);
    return key;
}

void append_runs(Bytes& out, std::span<const log::Run> runs) {
    for (const log::Run& run : runs) {
        append_le(out, run.first);
        append_le(out, run.count);
    }
}

Result<std::vector<log::Run>> read_runs(ByteSpan value) {
    const Error corrupt{Errc::corrupt, "An index of the log is damaged: a list of runs has a wrong length or no order."};
    if (value.empty() || value.size() % run_size != 0) return corrupt;
    std::vector<log::Run> runs;
    Position end = 0;
    for (; !value.empty(); value = value.subspan(run_size)) {
        const log::Run run{load_le<Position>(value.data()), load_le<std::uint32_t>(value.data() + 8)};
        if (run.count == 0 || run.first < end || run.first > no_position - run.count) return corrupt;
        end = run.first + run.count;
        runs.push_back(run);
    }
    return runs;
}

LogParts::LogParts(Database& on, RocksLog::Options chosen)
    : database(on),
      options(std::move(chosen)),
      events(on.family("events")),
      devices(on.family("devices")),
      streams(on.family("streams")),
      scopes(on.family("scopes")),
      tiles(on.family("tiles")),
      meta(on.family("meta")),
      cache(on.options().size == Database::Size::server ? 16 : 2) {
    if (!options.stream_of) options.stream_of = stream_named_by;
}

RocksLog::RocksLog(std::unique_ptr<LogParts> parts) : parts_(std::move(parts)) {}
RocksLog::~RocksLog() = default;

Result<std::unique_ptr<RocksLog>> RocksLog::open(Database& database, const std::filesystem::path& folder, const Options& options) {
    auto parts = std::make_unique<LogParts>(database, options);
    if (auto recovered = parts->recover(folder); !recovered) return recovered.error();
    return std::unique_ptr<RocksLog>{new RocksLog(std::move(parts))};
}

const std::optional<Error>& RocksLog::amnesia() const { return parts_->amnesia; }

bool RocksLog::head_accepted() const { return parts_->head_accepted; }

Position RocksLog::size() const { return parts_->end(); }

const log::CompactTree& RocksLog::tree() const { return parts_->tree.tree(); }

Result<Hash> RocksLog::node(unsigned level, std::uint64_t index) const {
    const std::shared_lock lock{parts_->tree_mutex};
    return parts_->tree.node(level, index, parts_->tile_reader());
}

TileTree::ReadTile LogParts::tile_reader() const {
    return [this](unsigned level, std::uint64_t index) { return read_tile(level, index); };
}

Result<std::vector<Hash>> LogParts::read_tile(unsigned level, std::uint64_t index) const {
    std::string key(1, static_cast<char>(level));
    append_be64(key, index);
    const auto value = database.get("tiles", key);
    if (!value && value.error().code != Errc::not_found) return value.error();
    if (!value || value->size() != TileTree::width * Hash::size) {
        return Error{Errc::corrupt, "Tile " + std::to_string(index) + " of level " + std::to_string(level) +
                                        " of the tree is missing or damaged."};
    }
    std::vector<Hash> hashes(TileTree::width);
    for (std::size_t i = 0; i < hashes.size(); ++i) std::memcpy(hashes[i].bytes.data(), value->data() + i * Hash::size, Hash::size);
    return hashes;
}

Result<void> LogParts::ready() const {
    if (amnesia) return *amnesia;
    if (failed) return *failed;
    return {};
}

Watermark LogParts::watermark() const { return {size.load(), last_leaf, tree.tree().root(), options.epoch}; }

Result<void> LogParts::commit(rocksdb::WriteBatch& batch, const Watermark& after) {
    if (!options.acknowledges) return database.write_later(batch);
    if (!headlog) return database.write(batch);
    if (auto reserved = headlog->reserve(); !reserved) return reserved;
    Byte next[8];
    store_le(next, number + 1);
    CHECK(batch.Put(meta, slice(meta_number), slice(next)).ok());
    if (auto written = database.write(batch); !written) return written;
    ++number;
    auto marked = headlog->write(after, number);
    if (!marked) failed = Error{Errc::io, "The watermark could not be written: " + marked.error().detail};
    if (failed) return *failed;
    return {};
}

Result<void> RocksLog::put_meta(std::string_view key, ByteSpan value) {
    CHECK(key != meta_number && key != meta_indexed);
    if (auto ready = parts_->ready(); !ready) return ready;
    rocksdb::WriteBatch batch;
    CHECK(batch.Put(parts_->meta, slice(key), slice(value)).ok());
    return parts_->commit(batch, parts_->watermark());
}

Result<void> RocksLog::put_meta_later(std::string_view key, ByteSpan value) {
    CHECK(key != meta_number && key != meta_indexed);
    if (auto ready = parts_->ready(); !ready) return ready;
    rocksdb::WriteBatch batch;
    CHECK(batch.Put(parts_->meta, slice(key), slice(value)).ok());
    return parts_->database.write_later(batch);
}

Result<Bytes> RocksLog::get_meta(std::string_view key) const {
    const auto value = parts_->database.get("meta", key);
    if (!value) return value.error();
    const ByteSpan bytes = as_bytes(*value);
    return Bytes(bytes.begin(), bytes.end());
}

}  // namespace hoso::io
