#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>

#include "shared/base/result.hpp"
#include "shared/io/blob_part.hpp"
#include "shared/io/disk_file.hpp"
#include "shared/log/file_tree.hpp"

namespace hoso::io {

// Files by content, whole or in parts, on the file system. One thread at a time.
//   <folder>/ab/<root>       the file; beside it <root>.<size>.tree, its chunks' hashes, which vouches for the size
//   <folder>/incoming/       parts (BlobPart) and what is being added
//   <folder>/damaged/<root>  what check() found changed
// No path is built from anything but a root and a size.
class BlobStore {
public:
    struct Options {
        std::uint64_t reserve_bytes = 64ull << 20;  // nothing comes in, with Errc::full, that would leave the disk less than this
        std::uint64_t file_bytes_max = log::file_bytes_max;
    };
    // Makes the folder, not those above it. Knows after it which files are whole and, by their marks, how much of each part is
    // there. A file without its tree is checked at once. A part is looked at, every byte, when it is first asked for.
    // Errc::not_found, io, denied, full.
    static Result<std::unique_ptr<BlobStore>> open(const std::filesystem::path& folder, const Options& options);
    // For a folder that cannot be opened: holds nothing, and whatever is to be kept is refused with `why`.
    static std::unique_ptr<BlobStore> closed(const std::filesystem::path& folder, Error why);
    BlobStore(const BlobStore&) = delete;
    BlobStore& operator=(const BlobStore&) = delete;

    std::optional<std::uint64_t> whole(const Hash& root) const;  // its size; empty unless every byte is here and synced
    bool is_whole(const log::FileId& file) const { return whole(file.root) == file.size; }
    std::uint64_t held_bytes(const log::FileId& file) const;  // of it that are here, verified or of coming chunks; for progress
    std::vector<log::FileId> files() const;                   // the whole ones, by root
    std::size_t count() const { return whole_.size(); }       // of them
    std::optional<log::FileId> next(const Hash& root) const;  // the whole one after it, by root; after the last the first
    std::vector<log::FileId> parts() const;                   // by root and size

    // Copies a file in and answers its name; the copy is whole and synced on return. The same content is kept once. Reads a file
    // twice that changed just before, since clocks of file systems are coarse. Errc::not_found, denied, invalid (0 bytes, no
    // file), limit, conflict (it changed while it was read, or `progress` said false), full, io: then nothing is left behind.
    using Progress = std::function<bool(std::uint64_t done, std::uint64_t size)>;
    Result<log::FileId> add(const std::filesystem::path& source, const Progress& progress = {});
    Result<log::FileId> add(ByteSpan bytes);

    struct Range {
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
        bool operator==(const Range&) const = default;
    };
    // The first run of missing bytes at or after `from`, at most bytes_max of it. Empty when nothing is missing there.
    std::optional<Range> missing(const log::FileId& file, std::uint64_t from, std::uint64_t bytes_max);
    // Verified ones; empty when there is no part of it.
    std::optional<log::ChunkMap> chunks(const log::FileId& file);

    Result<void> fits(const log::FileId& file) const;  // the rest of it, beside the reserve: Errc::full, limit

    enum class Took { piece, chunk, whole, again };  // again: it was here already
    // Takes a piece: it lies within one chunk and continues what has come of it. What was here already is cut off. Four
    // chunks of a part may be coming at a time: for a fifth, what has come of the last of them in the file is given up. The piece
    // that ends a chunk brings its proof. With the last chunk everything is read and verified again, synced and moved into its
    // place; if a chunk is found damaged then, it is missing again and the answer is `chunk`. Errc:
    //   gap          the piece begins after what is here; nothing changed: ask for what is missing()
    //   unauthentic  the chunk or its proof does not hold: what has come of this chunk is dropped, nothing else
    //   full         the rest of the file does not fit beside the reserve, or the disk is full; the same piece may be taken later
    //   invalid      it lies in no chunk, or the file has 0 bytes
    //   limit        the file is larger than this store takes
    //   io           the disk failed
    Result<Took> take(const log::FileId& file, std::uint64_t offset, ByteSpan bytes, std::span<const Hash> proof);

    struct Piece {
        Bytes bytes;
        std::vector<Hash> proof;
    };
    // At most bytes_max from `offset` on, within its chunk, verified; with the chunk's proof when they reach its end. Also out of a
    // part. Errc::invalid, not_found when that chunk is not held, corrupt when a whole file changed on disk: check() it, io.
    Result<Piece> read(const log::FileId& file, std::uint64_t offset, std::size_t bytes_max);

    // Every byte again. Errc::corrupt when it is not what its name says: it lies in damaged/ then and is not whole any more.
    // not_found, io.
    Result<void> check(const Hash& root);
    // The same a little at a time, between other things.
    struct Checking {
        log::FileId file;
        std::vector<Hash> chunks{};  // read so far
        std::optional<DiskFile> data{};
        Bytes bytes{};
    };
    Result<Checking> begin_check(const Hash& root) const;  // Errc::not_found
    // Reads that much more, in whole chunks. Empty while there is more to read; else what check() answers.
    std::optional<Result<void>> go_on(Checking& checking, std::uint64_t bytes_max);
    // Copies a whole file out, verified and synced; the target is not replaced unless told so, and never by half a file.
    // Errc::exists, corrupt, full, denied, limit, not_found, io.
    Result<void> copy_out(const Hash& root, const std::filesystem::path& target, bool replace);
    // Removes a whole file. The caller knows that somebody else holds it. Errc::not_found, io.
    Result<void> evict(const Hash& root);
    Result<void> drop_part(const log::FileId& file);  // Errc::not_found

private:
    using Read = std::function<Result<void>(std::uint64_t offset, std::span<Byte> to)>;  // all of `to`
    static constexpr std::uint64_t no_chunk = ~std::uint64_t{0};
    struct Kept {
        log::FileId file;
        log::FileTree tree;
        std::uint64_t chunk = no_chunk;  // read last, verified: a chunk leaves in several pieces
        Bytes bytes{};
    };
    BlobStore(const std::filesystem::path& folder, const Options& options) : folder_(folder), options_(options) {}

    std::filesystem::path folder_of(const Hash& root) const { return folder_ / root.hex().substr(0, 2); }
    std::filesystem::path path_of(const Hash& root) const { return folder_of(root) / root.hex(); }
    std::filesystem::path tree_path_of(const log::FileId& file) const;
    std::filesystem::path incoming() const { return folder_ / "incoming"; }
    std::filesystem::path adding() const { return incoming() / "adding"; }

    Result<void> find_files();
    Result<void> find_files_in(const std::filesystem::path& folder);
    Result<void> find_parts();
    Result<void> room(std::uint64_t bytes) const;
    Result<std::vector<Hash>> copy_in(std::uint64_t size, const Read& read, const Progress& progress);
    Result<log::FileId> keep(std::uint64_t size, std::vector<Hash> chunks);
    Result<void> write_tree(const log::FileId& file, const log::FileTree& tree) const;
    Result<void> settle(const log::FileId& file, const log::FileTree& tree, const std::filesystem::path& from);

    BlobPart* part_of(const log::FileId& file);  // looked at; null when there is none
    Result<void> acceptable(const log::FileId& file, std::uint64_t offset, std::size_t bytes) const;
    Result<Took> take_into(BlobPart& part, std::uint64_t offset, ByteSpan bytes, std::span<const Hash> proof);
    Result<Took> end_chunk(BlobPart& part, std::uint64_t chunk, ByteSpan bytes, std::span<const Hash> proof);
    Result<Took> finish(BlobPart& part, std::uint64_t chunk, const Hash& hash, std::span<const Hash> proof);

    static Result<bool> hash_more(Checking& checking, const std::filesystem::path& path, std::uint64_t bytes_max);
    Result<std::vector<Hash>> hash_again(const log::FileId& file) const;
    Result<void> end_check(const log::FileId& file, Result<std::vector<Hash>> chunks);
    Result<const log::FileTree*> tree_of(const log::FileId& file);              // good until the next call
    Result<ByteSpan> read_chunk(const log::FileId& file, std::uint64_t chunk);  // good until the next call
    Result<void> write_out(const log::FileId& file, const std::filesystem::path& target);
    Result<void> set_aside(const log::FileId& file);

    std::filesystem::path folder_;
    Options options_;
    std::map<Hash, std::uint64_t> whole_;  // and their sizes
    std::map<log::FileId, BlobPart> parts_;
    std::optional<Kept> kept_;  // the tree of the file that was read last
    std::optional<Error> closed_;
};

}  // namespace hoso::io
