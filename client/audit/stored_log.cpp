#include "client/audit/stored_log.hpp"

#include "client/audit/chunk_walk.hpp"
#include "client/audit/watermarks.hpp"

namespace hoso::client::audit {
namespace {

constexpr std::size_t tile_hashes = 256;
constexpr std::string_view scopes_name = "desk.scopes";  // as client/desk.cpp writes it: per scope its unit and a u64
constexpr std::string_view checkpoint_name = "desk.checkpoint";

// Hashes of leaves out of the full tiles and, for the newest, out of the rows beside them. Keeps the tile it read last: positions
// are asked for in order.
class Tiles {
public:
    explicit Tiles(const io::Database& database) : database_(database) {
        const std::string rows(1, '\xff');
        const auto scanned = database_.scan("tiles", rows, rows, [this](ByteSpan key, ByteSpan value) {
            if (key.size() != 9) return true;
            Position position = load_be64(key.data() + 1);
            for (; value.size() >= Hash::size; value = value.subspan(Hash::size)) {
                newest_[position++] = *Hash::from(value.first(Hash::size));
            }
            return true;
        });
        if (!scanned) newest_.clear();  // the watermarks still vouch
    }
    std::optional<Hash> leaf(Position position) {
        const std::uint64_t index = position / tile_hashes;
        if (index != index_) {
            std::string key(1, '\0');
            append_be64(key, index);
            const auto tile = database_.get("tiles", key);
            tile_ = tile && tile->size() == tile_hashes * Hash::size ? *tile : std::string{};
            index_ = index;
        }
        if (tile_.empty()) {
            const auto row = newest_.find(position);
            return row == newest_.end() ? std::nullopt : std::optional{row->second};
        }
        return Hash::from(as_bytes(tile_).subspan(position % tile_hashes * Hash::size, Hash::size));
    }

private:
    const io::Database& database_;
    std::map<Position, Hash> newest_;
    std::uint64_t index_ = ~std::uint64_t{0};
    std::string tile_;
};

}  // namespace

Result<std::unique_ptr<StoredLog>> StoredLog::open(const std::filesystem::path& folder) {
    std::unique_ptr<StoredLog> log{new StoredLog};
    log->folder_ = folder;
    auto database = io::Database::open(folder / "db", {.size = io::Database::Size::desk, .create = false, .read_only = true});
    if (!database) return database.error();
    log->database_ = std::move(*database);
    if (const auto looked = log->look_at_ends(); !looked) return looked.error();
    return log;
}

Result<void> StoredLog::look_at_ends() {
    const auto scopes = database_->get("meta", scopes_name);
    if (scopes && scopes->size() >= 16) {
        whole_ = scopes->size() == 24 && UnitId::from(as_bytes(*scopes).first(16)) == whole_log_scope();
    }
    // Chunks are few beside events: looking at their keys is cheap, and only the last one is opened.
    std::string last;
    Position first = 0;
    const auto scanned = database_->scan("events", {}, {}, [&](ByteSpan key, ByteSpan value) {
        if (key.size() == 8) first = load_be64(key.data());
        last.assign(as_text(value));
        return true;
    });
    if (!scanned) return scanned.error();
    if (last.empty()) return Error{Errc::not_found, "There is no log yet in " + folder_.string() + ": sync first."};
    ChunkWalk walk(as_bytes(last), first);
    size_ = first;
    while (walk.next()) {
        const auto head = walk.leaf().size() < log::head_size ? Result<log::Head>{Error{Errc::corrupt, {}}}
                                                              : log::decode_head(walk.leaf().first(log::head_size));
        size_ = (whole_ || !head ? walk.position() : head->position) + 1;
    }
    return {};
}

Result<std::optional<Fault>> StoredLog::read(const Take& take) const {
    std::optional<Fault> fault;
    const auto scanned = database_->scan("events", {}, {}, [&](ByteSpan key, ByteSpan value) {
        const Position first = key.size() == 8 ? load_be64(key.data()) : 0;
        ChunkWalk walk(value, first);
        while (walk.next()) {
            if (!take(walk.position(), walk.leaf())) return false;
        }
        if (walk.fault()) fault = Fault{walk.position(), walk.position(), Errc::corrupt, *walk.fault()};
        return !fault;
    });
    if (!scanned) return scanned.error();
    return fault;
}

Verifier::LeafHash StoredLog::leaf_hashes() const {
    auto tiles = std::make_shared<Tiles>(*database_);
    return [tiles](Position position) { return tiles->leaf(position); };
}

Result<std::map<std::uint64_t, Hash>> StoredLog::watermark_roots() const { return audit::watermark_roots(folder_ / "log"); }

std::string StoredLog::checkpoint() const {
    const auto held = database_->get("meta", checkpoint_name);
    return held ? *held : std::string{};
}

}  // namespace hoso::client::audit
