#pragma once

#include <functional>

#include "shared/base/result.hpp"
#include "shared/log/merkle.hpp"

namespace hoso::io {

// The tree of a log on disk: full tiles of 256 hashes are stored, as in C2SP tlog-tiles, what is not yet a full tile is held here.
// A tile of level L holds nodes of level 8 * L, so a log of 16 million leaves holds at most three unfinished ones.
class TileTree {
public:
    static constexpr std::uint64_t width = 256;
    static constexpr unsigned tile_levels = 8;
    struct Tile {
        unsigned level = 0;
        std::uint64_t index = 0;
        std::vector<Hash> hashes;
    };
    // Hashes of the full tile at (level, index).
    using ReadTile = std::function<Result<std::vector<Hash>>(unsigned level, std::uint64_t index)>;

    TileTree() = default;
    // The tree of `size` leaves: `tail` are the leaf hashes since the last full tile. Hashes no older leaf again. Errc as `read`.
    static Result<TileTree> resume(std::uint64_t size, std::vector<Hash> tail, const ReadTile& read);

    void append(const Hash& leaf, std::vector<Tile>& finished);  // adds to `finished` the tiles that became full
    const log::CompactTree& tree() const { return tree_; }
    // Errc::not_found unless the subtree at (level, index) is complete; Errc as `read`.
    Result<Hash> node(unsigned level, std::uint64_t index, const ReadTile& read) const;
    Result<Hash> root_at(std::uint64_t size, const ReadTile& read) const;  // of the first `size` leaves

private:
    // The hashes of the complete subtrees that make up the first `size` leaves, largest first.
    Result<std::vector<Hash>> frontier(std::uint64_t size, const ReadTile& read) const;

    std::vector<std::vector<Hash>> partial_;  // by tile level: the hashes of the unfinished tile
    log::CompactTree tree_;
};

}  // namespace hoso::io
