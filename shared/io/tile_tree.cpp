#include "shared/io/tile_tree.hpp"

#include <bit>

#include "shared/base/check.hpp"

namespace hoso::io {
namespace {

Hash fold(std::vector<Hash> hashes) {
    for (std::size_t count = hashes.size(); count > 1; count /= 2) {
        for (std::size_t i = 0; i < count / 2; ++i) hashes[i] = log::node_hash(hashes[2 * i], hashes[2 * i + 1]);
    }
    return hashes.front();
}

Error incomplete() { return {Errc::not_found, "That part of the tree is not complete."}; }

}  // namespace

Result<TileTree> TileTree::resume(std::uint64_t size, std::vector<Hash> tail, const ReadTile& read) {
    CHECK(tail.size() == size % width);
    TileTree made;
    made.partial_.push_back(std::move(tail));
    for (std::uint64_t count = size / width; count > 0; count /= width) {
        const auto below = static_cast<unsigned>(made.partial_.size()) - 1;
        std::vector<Hash> roots;
        for (std::uint64_t index = count - count % width; index < count; ++index) {
            auto tile = read(below, index);
            if (!tile) return tile.error();
            roots.push_back(fold(std::move(*tile)));
        }
        made.partial_.push_back(std::move(roots));
    }
    made.tree_ = log::CompactTree(size, std::vector<Hash>(static_cast<std::size_t>(std::popcount(size))));  // enough for node()
    auto frontier = made.frontier(size, read);
    if (!frontier) return frontier.error();
    made.tree_ = log::CompactTree(size, std::move(*frontier));
    return made;
}

void TileTree::append(const Hash& leaf, std::vector<Tile>& finished) {
    const std::uint64_t position = tree_.size();
    tree_.append(leaf, [&](unsigned node_level, const Hash& hash) {
        if (node_level % tile_levels != 0) return;
        const unsigned level = node_level / tile_levels;
        if (partial_.size() == level) partial_.emplace_back();
        partial_[level].push_back(hash);
        if (partial_[level].size() < width) return;
        finished.push_back({level, position >> (tile_levels * (level + 1)), std::exchange(partial_[level], {})});
    });
}

Result<Hash> TileTree::node(unsigned level, std::uint64_t index, const ReadTile& read) const {
    if (level >= 64 || index >= tree_.size() >> level) return incomplete();
    const unsigned tile_level = level / tile_levels;
    const unsigned within = level % tile_levels;
    const std::uint64_t first = index << within;  // among the hashes of this tile level
    const std::uint64_t tile = first / width;
    const auto begin = static_cast<std::ptrdiff_t>(first % width);
    const auto end = begin + (std::ptrdiff_t{1} << within);
    if (tile < tree_.size() >> (tile_levels * (tile_level + 1))) {
        const auto hashes = read(tile_level, tile);
        if (!hashes) return hashes.error();
        return fold({hashes->begin() + begin, hashes->begin() + end});
    }
    const std::vector<Hash>& hashes = partial_[tile_level];
    return fold({hashes.begin() + begin, hashes.begin() + end});
}

Result<Hash> TileTree::root_at(std::uint64_t size, const ReadTile& read) const {
    if (size > tree_.size()) return incomplete();
    if (size == tree_.size()) return tree_.root();
    auto hashes = frontier(size, read);
    if (!hashes) return hashes.error();
    return log::CompactTree(size, std::move(*hashes)).root();
}

Result<std::vector<Hash>> TileTree::frontier(std::uint64_t size, const ReadTile& read) const {
    std::vector<Hash> hashes;
    std::uint64_t begin = 0;
    for (unsigned level = 64; level-- > 0;) {
        if (!(size >> level & 1)) continue;
        const auto hash = node(level, begin >> level, read);
        if (!hash) return hash.error();
        hashes.push_back(*hash);
        begin += std::uint64_t{1} << level;
    }
    return hashes;
}

}  // namespace hoso::io
