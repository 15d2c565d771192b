#pragma once

#include <filesystem>
#include <functional>

#include "shared/io/blob_store.hpp"

namespace hoso::client {

// Files on a stick: BlobChunk frames of the sync protocol, each behind its length as u32 (docs/protocol.md 11). What is carried is
// verified against its name where it arrives, so anybody may carry it, in any order, and part of it is worth having.
inline constexpr std::uint64_t bundle_bytes_min = 1'000'000;

struct Packed {
    std::vector<std::filesystem::path> parts;
    std::size_t files = 0;
    std::uint64_t bytes = 0;  // of files
};
// Writes `files` into target.001, target.002, ... of at most bytes_max each, synced; a file may begin in one and end in another.
// Errc::exists for a part that is there, not_found for a file that is not whole here, limit, full, io: then no part is left.
Result<Packed> pack_files(io::BlobStore& from, std::span<const log::FileId> files, const std::filesystem::path& target,
                          std::uint64_t bytes_max);

struct Unpacked {
    std::size_t files = 0;    // that became whole by this
    std::uint64_t bytes = 0;  // taken
    std::uint64_t left = 0;   // bytes of files that nobody cites here: left where they are
};
// Takes in one part. `cited` says whether a document cites the file. Errc::corrupt where the part is no bundle or ends within a
// frame: what came before it is kept; not_found, full, io.
Result<Unpacked> unpack_files(io::BlobStore& to, const std::filesystem::path& part,
                              const std::function<bool(const log::FileId&)>& cited);

}  // namespace hoso::client
