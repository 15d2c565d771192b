#pragma once

#include <vector>

#include "shared/log/merkle.hpp"

// A file's name is the root of its tree: RFC 6962 over chunks of 64 KiB, the last one shorter (docs/log_format.md, "Files").
namespace hoso::log {

inline constexpr std::size_t file_chunk_bytes = 64 * 1024;
inline constexpr std::uint64_t file_bytes_max = 4ull << 30;

// What a file is called everywhere. `size` is never 0.
struct FileId {
    Hash root;
    std::uint64_t size = 0;
    auto operator<=>(const FileId&) const = default;
};

std::uint64_t chunks_of(std::uint64_t size);                      // how many
std::size_t chunk_size(std::uint64_t size, std::uint64_t chunk);  // in bytes; chunk < chunks_of(size)
unsigned proof_hashes(std::uint64_t size, std::uint64_t chunk);   // of that chunk's proof, exactly
unsigned proof_hashes_max(std::uint64_t size);                    // depth of the tree: no proof of a chunk is longer

// The hashes of a file's chunks and what follows from them. About 64 bytes of memory a chunk.
class FileTree {
public:
    explicit FileTree(std::vector<Hash> chunks);  // their leaf hashes in order, at least one
    const Hash& root() const { return root_; }
    const std::vector<Hash>& chunks() const { return levels_.front(); }
    std::vector<Hash> proof(std::uint64_t chunk) const;

private:
    std::vector<std::vector<Hash>> levels_;  // complete subtrees only
    Hash root_;
};

// True for the hash, or the bytes, of that chunk of that file and for its own proof only.
bool chunk_holds(const FileId& file, std::uint64_t chunk, const Hash& hash, std::span<const Hash> proof);
bool chunk_holds(const FileId& file, std::uint64_t chunk, ByteSpan bytes, std::span<const Hash> proof);

// Which chunks of a file somebody holds: a bit each, lowest bit of the first byte first. No bits at all stand for every chunk.
class ChunkMap {
public:
    static ChunkMap all() { return ChunkMap{}; }
    static ChunkMap none(std::uint64_t chunks);
    // What a peer says. Empty unless `bits` is empty or has a bit for each chunk and zeros after them.
    static std::optional<ChunkMap> from(ByteSpan bits, std::uint64_t chunks);

    bool is_all() const { return bits_.empty(); }
    bool holds(std::uint64_t chunk) const;     // false beyond the last one
    void set(std::uint64_t chunk, bool held);  // not of all()
    ByteSpan bits() const { return bits_; }
    bool operator==(const ChunkMap&) const = default;

private:
    Bytes bits_;
};

}  // namespace hoso::log
