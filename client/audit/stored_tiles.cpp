#include "client/audit/stored_tiles.hpp"

namespace hoso::client::audit {
namespace {

constexpr std::size_t tile_bytes = io::TileTree::width * Hash::size;
constexpr char row_level = '\xff';

std::string key_of(unsigned level, std::uint64_t index) {
    std::string key(1, static_cast<char>(level));
    append_be64(key, index);
    return key;
}

// How many leaves a full tile of this level lies over; none for a level that no log reaches.
std::uint64_t leaves_of(unsigned level) {
    const unsigned bits = io::TileTree::tile_levels * (level + 1);
    return bits < 64 ? std::uint64_t{1} << bits : 0;
}

}  // namespace

StoredTiles::StoredTiles(const io::Database& database) : database_(database) {
    const std::string rows(1, row_level);
    const auto scanned = database_.scan("tiles", rows, rows, [this](ByteSpan key, ByteSpan value) {
        if (key.size() != 9) return true;
        Position position = load_be64(key.data() + 1);
        for (; value.size() >= Hash::size; value = value.subspan(Hash::size)) {
            newest_[position++] = *Hash::from(value.first(Hash::size));
        }
        return true;
    });
    if (!scanned) newest_.clear();  // check_end says so
}

std::optional<Hash> StoredTiles::leaf(Position position) {
    const std::uint64_t index = position / io::TileTree::width;
    if (index != index_) {
        const auto tile = database_.get("tiles", key_of(0, index));
        tile_ = tile && tile->size() == tile_bytes ? *tile : std::string{};
        index_ = index;
    }
    if (tile_.empty()) {
        const auto row = newest_.find(position);
        return row == newest_.end() ? std::nullopt : std::optional{row->second};
    }
    return Hash::from(as_bytes(tile_).subspan(position % io::TileTree::width * Hash::size, Hash::size));
}

std::optional<Fault> StoredTiles::append(const Hash& leaf) {
    std::vector<io::TileTree::Tile> finished;
    tree_.append(leaf, finished);
    for (const io::TileTree::Tile& tile : finished) {
        const auto held = database_.get("tiles", key_of(tile.level, tile.index));
        std::string expected;
        for (const Hash& hash : tile.hashes) expected += as_text(hash.span());
        if (held && *held == expected) continue;
        const Position first = tile.index * leaves_of(tile.level);
        const std::string which =
            "tile " + std::to_string(tile.index) + " of level " + std::to_string(tile.level) + " of the tree ";
        return Fault{first, first + leaves_of(tile.level) - 1, Errc::corrupt,
                     which + (held ? "is not that of the events" : "is not there or cannot be read")};
    }
    return std::nullopt;
}

std::optional<Fault> StoredTiles::check_end(Position size) const {
    bool beyond = false;
    const auto scanned = database_.scan("tiles", {}, {}, [&](ByteSpan key, ByteSpan value) {
        const std::uint64_t number = key.size() == 9 ? load_be64(key.data() + 1) : ~std::uint64_t{0};
        if (key.size() == 9 && key[0] == static_cast<Byte>(row_level)) {
            beyond = number > size || value.size() / Hash::size > size - number;
        } else {
            const std::uint64_t leaves = key.size() == 9 ? leaves_of(key[0]) : 0;
            beyond = leaves == 0 || number >= size / leaves;
        }
        return !beyond;
    });
    if (!scanned)
        return Fault{size - size % io::TileTree::width, size, Errc::corrupt,
                     "the stored tree cannot be read: " + scanned.error().detail};
    if (beyond) return Fault{size, size, Errc::amnesia, "the stored tree covers events that are not there"};
    return std::nullopt;
}

}  // namespace hoso::client::audit
