#pragma once

#include <array>
#include <filesystem>

#include "shared/base/result.hpp"
#include "shared/log/file_tree.hpp"

namespace hoso::io {

// A file that is not whole yet: its verified chunks with their proofs, and a few chunks that are still coming. Nothing here is
// synced: a crash of the machine may tear it, which look() finds, since every byte is checked against the root before it counts.
//   <root>.<size>          the chunks, in their places
//   <root>.<size>.proofs   a record a chunk: its hash and its proof; zeros where none is held
//   <root>.<size>.piece0 to 3  what has come of a chunk, a record a piece: SHA-256 of the rest; the chunk's index, 8 bytes; where
//   in
//                              the chunk it begins, 4; how long it is, 4; its bytes. Counts as far as one record continues the
//                              other: behind them lies what was torn, or what is left of a chunk that came before.
class BlobPart {
public:
    // Takes up what lies in the folder, by its marks; empty when nothing does.
    BlobPart(const std::filesystem::path& folder, const log::FileId& file);

    const log::FileId& file() const { return file_; }
    std::uint64_t held_bytes() const;  // verified or of coming chunks
    std::uint64_t missing_chunks() const { return log::chunks_of(file_.size) - chunks_held_; }
    const log::ChunkMap& chunks() const { return chunks_; }
    std::size_t held_of(std::uint64_t chunk) const;  // bytes from the chunk's beginning
    void look();                                     // reads everything that is marked, once; what does not hold is missing

    Bytes piece(std::uint64_t chunk);  // what has come of it; fewer bytes than were held when it was damaged
    // Behind what has come of this chunk; when too many are coming, instead of the last of them in the file. Errc::gap: what had
    // come is not there any more; full, io: then it has what it had.
    Result<void> add_piece(std::uint64_t chunk, ByteSpan bytes);
    void drop_piece(std::uint64_t chunk);

    // The chunk's bytes were verified. It counts as held once it is marked. Errc::full, io.
    Result<void> write(std::uint64_t chunk, ByteSpan bytes);
    Result<void> mark(std::uint64_t chunk, const Hash& hash, std::span<const Hash> proof);
    struct Chunk {
        Bytes bytes;
        Hash hash;
        std::vector<Hash> proof;
    };
    // Verified. One that does not hold any more is missing again; its mark stays and is looked at anew after the next start.
    std::optional<Chunk> read(std::uint64_t chunk);

    const std::filesystem::path& path() const { return path_; }
    void remove();  // everything of it

private:
    struct Coming {
        std::uint64_t chunk = 0;
        std::size_t bytes = 0;  // 0: this place is free
        std::size_t end = 0;    // of their records in the file
    };
    std::size_t record_bytes() const { return Hash::size * (1 + log::proof_hashes_max(file_.size)); }
    std::optional<Chunk> read_verified(std::uint64_t chunk) const;
    void count_marks();
    void take_up_piece(Coming& coming);
    std::filesystem::path piece_path(const Coming& coming) const;
    Result<void> add_record(Coming& coming, std::uint64_t chunk, ByteSpan bytes);
    Coming* coming_of(std::uint64_t chunk);
    Coming& place_for(std::uint64_t chunk);
    void set(std::uint64_t chunk, bool held);

    log::FileId file_;
    std::filesystem::path path_;
    std::filesystem::path proofs_path_;
    log::ChunkMap chunks_;
    std::uint64_t chunks_held_ = 0;
    std::uint64_t bytes_held_ = 0;  // of those chunks
    std::array<Coming, 4> coming_;
    bool looked_ = false;
};

}  // namespace hoso::io
