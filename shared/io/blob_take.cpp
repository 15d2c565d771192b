#include "shared/io/blob_store.hpp"
#include "shared/io/disk_file.hpp"

namespace hoso::io {
namespace {

Error gap_at(const log::FileId& file, std::uint64_t offset) {
    return {Errc::gap, "The piece at byte " + std::to_string(offset) + " of the file " + file.root.hex() +
                           " does not continue what has come of its chunk."};
}

}  // namespace

BlobPart* BlobStore::part_of(const log::FileId& file) {
    const auto at = parts_.find(file);
    if (at == parts_.end()) return nullptr;
    at->second.look();
    return &at->second;
}

Result<void> BlobStore::fits(const log::FileId& file) const {
    if (file.size > options_.file_bytes_max)
        return Error{Errc::limit, "The file " + file.root.hex() + " is larger than a file may be."};
    return room(file.size - std::min(file.size, held_bytes(file)));
}

std::optional<BlobStore::Range> BlobStore::missing(const log::FileId& file, std::uint64_t from, std::uint64_t bytes_max) {
    if (is_whole(file)) return std::nullopt;
    const BlobPart* part = part_of(file);
    Range range;
    for (std::uint64_t chunk = from / log::file_chunk_bytes; chunk < log::chunks_of(file.size); ++chunk) {
        const std::uint64_t start = chunk * log::file_chunk_bytes;
        const std::size_t held = part ? part->held_of(chunk) : 0;
        if (range.bytes > 0 && held > 0) break;
        const std::uint64_t begin = std::max(from, start + held);
        const std::uint64_t end = start + log::chunk_size(file.size, chunk);
        if (begin >= end) continue;
        if (range.bytes == 0) range.offset = begin;
        range.bytes = std::min(bytes_max, end - range.offset);
        if (range.bytes == bytes_max) break;
    }
    return range.bytes > 0 ? std::optional{range} : std::nullopt;
}

std::optional<log::ChunkMap> BlobStore::chunks(const log::FileId& file) {
    if (is_whole(file)) return log::ChunkMap::all();
    const BlobPart* part = part_of(file);
    return part ? std::optional{part->chunks()} : std::nullopt;
}

Result<void> BlobStore::acceptable(const log::FileId& file, std::uint64_t offset, std::size_t bytes) const {
    if (file.size > options_.file_bytes_max) {
        return Error{Errc::limit, "The file " + file.root.hex() + " has " + std::to_string(file.size) + " bytes, more than the " +
                                      std::to_string(options_.file_bytes_max) + " bytes a file may have."};
    }
    const std::uint64_t chunk = offset / log::file_chunk_bytes;
    const bool inside =
        bytes > 0 && offset < file.size && bytes <= chunk * log::file_chunk_bytes + log::chunk_size(file.size, chunk) - offset;
    if (!inside) return Error{Errc::invalid, "The piece does not lie within a chunk of the file " + file.root.hex() + "."};
    return {};
}

Result<BlobStore::Took> BlobStore::take(const log::FileId& file, std::uint64_t offset, ByteSpan bytes,
                                        std::span<const Hash> proof) {
    if (auto fits = acceptable(file, offset, bytes.size()); !fits) return fits.error();
    if (is_whole(file)) return Took::again;
    BlobPart& part = parts_.try_emplace(file, incoming(), file).first->second;
    part.look();
    const auto took = take_into(part, offset, bytes, proof);
    const bool whole = took && *took == Took::whole;
    if (whole || part.held_bytes() == 0) {
        part.remove();
        parts_.erase(file);
    }
    return took;
}

Result<BlobStore::Took> BlobStore::take_into(BlobPart& part, std::uint64_t offset, ByteSpan bytes, std::span<const Hash> proof) {
    const log::FileId& file = part.file();
    const std::uint64_t chunk = offset / log::file_chunk_bytes;
    if (part.chunks().holds(chunk)) return Took::again;
    const std::uint64_t begin = offset - chunk * log::file_chunk_bytes;
    const std::size_t held = part.held_of(chunk);
    if (begin > held) return gap_at(file, offset);
    const std::size_t known = held - begin;
    if (bytes.size() <= known) return Took::again;
    if (auto enough = room(file.size - part.held_bytes()); !enough) return enough.error();
    const ByteSpan fresh = bytes.subspan(known);
    if (held + fresh.size() < log::chunk_size(file.size, chunk)) {
        if (auto added = part.add_piece(chunk, fresh); !added) return added.error();
        return Took::piece;
    }
    Bytes come = part.piece(chunk);
    if (come.size() < held) return gap_at(file, offset);
    append(come, fresh);
    return end_chunk(part, chunk, come, proof);
}

Result<BlobStore::Took> BlobStore::end_chunk(BlobPart& part, std::uint64_t chunk, ByteSpan bytes, std::span<const Hash> proof) {
    const Hash hash = log::leaf_hash(bytes);
    if (!log::chunk_holds(part.file(), chunk, hash, proof)) {
        part.drop_piece(chunk);
        return Error{Errc::unauthentic, "Chunk " + std::to_string(chunk) + " of the file " + part.file().root.hex() +
                                            " is not what the file's name says."};
    }
    if (auto written = part.write(chunk, bytes); !written) return written.error();
    if (part.missing_chunks() == 1) return finish(part, chunk, hash, proof);
    if (auto marked = part.mark(chunk, hash, proof); !marked) return marked.error();
    return Took::chunk;
}

// `chunk` is the last one to come. It is marked only if others are found damaged: until the file is whole something is missing,
// so that whoever asks for it comes back here.
Result<BlobStore::Took> BlobStore::finish(BlobPart& part, std::uint64_t chunk, const Hash& hash, std::span<const Hash> proof) {
    const log::FileId file = part.file();
    std::vector<Hash> hashes(log::chunks_of(file.size));
    for (std::uint64_t i = 0; i < hashes.size(); ++i) {
        if (i == chunk) {
            hashes[i] = hash;
        } else if (const auto held = part.read(i)) {
            hashes[i] = held->hash;
        }
    }
    if (part.missing_chunks() > 1) {
        if (auto marked = part.mark(chunk, hash, proof); !marked) return marked.error();
        return Took::chunk;
    }
    const log::FileTree tree{std::move(hashes)};
    if (tree.root() != file.root) return Error{Errc::unauthentic, "The file " + file.root.hex() + " is not what its name says."};
    if (auto settled = settle(file, tree, part.path()); !settled) return settled.error();
    return Took::whole;
}

}  // namespace hoso::io
