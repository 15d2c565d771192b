#include "shared/log/file_tree.hpp"

#include <bit>

#include "shared/base/check.hpp"

namespace hoso::log {

std::uint64_t chunks_of(std::uint64_t size) { return size / file_chunk_bytes + (size % file_chunk_bytes != 0); }

std::size_t chunk_size(std::uint64_t size, std::uint64_t chunk) {
    CHECK(chunk < chunks_of(size));
    return static_cast<std::size_t>(std::min<std::uint64_t>(size - chunk * file_chunk_bytes, file_chunk_bytes));
}

unsigned proof_hashes(std::uint64_t size, std::uint64_t chunk) {
    std::uint64_t chunks = chunks_of(size);
    CHECK(chunk < chunks);
    unsigned hashes = 0;
    for (; chunks > 1; ++hashes) {
        const std::uint64_t left = std::bit_floor(chunks - 1);
        const bool goes_left = chunk < left;
        chunk -= goes_left ? 0 : left;
        chunks = goes_left ? left : chunks - left;
    }
    return hashes;
}

unsigned proof_hashes_max(std::uint64_t size) {
    const std::uint64_t chunks = chunks_of(size);
    return chunks < 2 ? 0 : static_cast<unsigned>(std::bit_width(chunks - 1));
}

FileTree::FileTree(std::vector<Hash> chunks) {
    CHECK(!chunks.empty());
    for (std::size_t nodes = chunks.size() / 2; nodes > 0; nodes /= 2) levels_.emplace_back().reserve(nodes);
    CompactTree tree;
    for (const Hash& chunk : chunks) {
        tree.append(chunk, [this](unsigned level, const Hash& hash) {
            if (level > 0) levels_[level - 1].push_back(hash);
        });
    }
    root_ = tree.root();
    levels_.insert(levels_.begin(), std::move(chunks));
}

std::vector<Hash> FileTree::proof(std::uint64_t chunk) const {
    return inclusion_proof(chunk, chunks().size(), [this](unsigned level, std::uint64_t index) { return levels_[level][index]; });
}

bool chunk_holds(const FileId& file, std::uint64_t chunk, const Hash& hash, std::span<const Hash> proof) {
    return verify_inclusion(hash, chunk, chunks_of(file.size), proof, file.root);
}

bool chunk_holds(const FileId& file, std::uint64_t chunk, ByteSpan bytes, std::span<const Hash> proof) {
    if (chunk >= chunks_of(file.size) || bytes.size() != chunk_size(file.size, chunk)) return false;
    return chunk_holds(file, chunk, leaf_hash(bytes), proof);
}

ChunkMap ChunkMap::none(std::uint64_t chunks) {
    CHECK(chunks > 0);
    ChunkMap made;
    made.bits_.resize(static_cast<std::size_t>(chunks / 8 + (chunks % 8 != 0)));
    return made;
}

std::optional<ChunkMap> ChunkMap::from(ByteSpan bits, std::uint64_t chunks) {
    ChunkMap made;
    made.bits_.assign(bits.begin(), bits.end());
    if (bits.empty()) return made;
    if (bits.size() != chunks / 8 + (chunks % 8 != 0)) return std::nullopt;
    if (chunks % 8 != 0 && bits.back() >> chunks % 8 != 0) return std::nullopt;
    return made;
}

bool ChunkMap::holds(std::uint64_t chunk) const {
    if (is_all()) return true;
    return chunk / 8 < bits_.size() && (bits_[chunk / 8] >> chunk % 8 & 1) != 0;
}

void ChunkMap::set(std::uint64_t chunk, bool held) {
    CHECK(chunk / 8 < bits_.size());
    const auto bit = static_cast<Byte>(1u << chunk % 8);
    bits_[chunk / 8] = static_cast<Byte>(held ? bits_[chunk / 8] | bit : bits_[chunk / 8] & ~bit);
}

}  // namespace hoso::log
