#include <fcntl.h>
#include <time.h>

#include "shared/io/blob_store.hpp"
#include "shared/io/disk_file.hpp"

namespace hoso::io {
namespace {

constexpr std::int64_t coarse_seconds = 3;  // FAT keeps times of change to 2 seconds

bool same(const timespec& one, const timespec& other) { return one.tv_sec == other.tv_sec && one.tv_nsec == other.tv_nsec; }

Error changed(const std::filesystem::path& path) {
    return {Errc::conflict, path.string() + " changed while it was read: add it again when nobody writes to it."};
}

Result<void> check_source(const std::filesystem::path& path, const struct stat& status, std::uint64_t bytes_max) {
    if (!S_ISREG(status.st_mode)) return Error{Errc::invalid, path.string() + " is not a file."};
    if (status.st_size == 0) return Error{Errc::invalid, path.string() + " is empty."};
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size <= bytes_max) return {};
    return Error{Errc::limit, path.string() + " has " + std::to_string(size) + " bytes, more than the " +
                                  std::to_string(bytes_max) + " bytes a file may have."};
}

// A change soon after another may leave the same time behind, so such a file is read once more.
bool changed_just_now(const struct stat& status) {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec - std::max(status.st_mtim.tv_sec, status.st_ctim.tv_sec) < coarse_seconds;
}

Result<void> unchanged(const DiskFile& source, const struct stat& before, const std::vector<Hash>& chunks) {
    const auto size = static_cast<std::uint64_t>(before.st_size);
    if (changed_just_now(before)) {
        Bytes bytes(std::min<std::uint64_t>(size, log::file_chunk_bytes));
        for (std::uint64_t i = 0; i < chunks.size(); ++i) {
            const std::span<Byte> chunk = std::span{bytes}.first(log::chunk_size(size, i));
            const auto got = source.read_at(i * log::file_chunk_bytes, chunk);
            if (!got) return got.error();
            if (*got < chunk.size() || log::leaf_hash(chunk) != chunks[i]) return changed(source.path());
        }
    }
    const auto after = source.status();
    if (!after) return after.error();
    const bool same_times = same(after->st_mtim, before.st_mtim) && same(after->st_ctim, before.st_ctim);
    if (after->st_size != before.st_size || !same_times) return changed(source.path());
    return {};
}

}  // namespace

Result<log::FileId> BlobStore::add(const std::filesystem::path& path, const Progress& progress) {
    const auto source = DiskFile::open(path, O_RDONLY | O_NONBLOCK);  // a pipe must not hold us up
    if (!source) return source.error();
    const auto before = source->status();
    if (!before) return before.error();
    if (auto fits = check_source(path, *before, options_.file_bytes_max); !fits) return fits.error();
    const auto size = static_cast<std::uint64_t>(before->st_size);
    const Read read = [&](std::uint64_t offset, std::span<Byte> to) -> Result<void> {
        const auto got = source->read_at(offset, to);
        if (!got) return got.error();
        if (*got < to.size()) return changed(path);
        return {};
    };
    auto chunks = copy_in(size, read, progress);
    if (!chunks) return chunks.error();
    if (auto still = unchanged(*source, *before, *chunks); !still) {
        remove_file(adding());
        return still.error();
    }
    return keep(size, *std::move(chunks));
}

Result<log::FileId> BlobStore::add(ByteSpan bytes) {
    if (bytes.empty()) return Error{Errc::invalid, "A file of 0 bytes is not kept."};
    if (bytes.size() > options_.file_bytes_max) return Error{Errc::limit, "These bytes are more than a file may have."};
    const Read read = [&](std::uint64_t offset, std::span<Byte> to) -> Result<void> {
        const ByteSpan from = bytes.subspan(offset, to.size());
        std::copy(from.begin(), from.end(), to.begin());
        return {};
    };
    auto chunks = copy_in(bytes.size(), read, {});
    if (!chunks) return chunks.error();
    return keep(bytes.size(), *std::move(chunks));
}

// Into adding(), which is gone again after an error. Answers the chunks' hashes.
Result<std::vector<Hash>> BlobStore::copy_in(std::uint64_t size, const Read& read, const Progress& progress) {
    if (auto enough = room(size); !enough) return enough.error();
    const auto copied = [&]() -> Result<std::vector<Hash>> {
        const auto copy = DiskFile::create(adding(), O_WRONLY);
        if (!copy) return copy.error();
        std::vector<Hash> chunks;
        chunks.reserve(log::chunks_of(size));
        Bytes bytes(std::min<std::uint64_t>(size, log::file_chunk_bytes));
        for (std::uint64_t offset = 0; offset < size; offset += log::file_chunk_bytes) {
            const std::span<Byte> chunk = std::span{bytes}.first(log::chunk_size(size, chunks.size()));
            if (auto got = read(offset, chunk); !got) return got.error();
            if (auto put = copy->write_at(offset, chunk); !put) return put.error();
            chunks.push_back(log::leaf_hash(chunk));
            if (progress && !progress(offset + chunk.size(), size)) return Error{Errc::conflict, "Adding the file was stopped."};
        }
        return chunks;
    }();
    if (!copied) remove_file(adding());
    return copied;
}

Result<log::FileId> BlobStore::keep(std::uint64_t size, std::vector<Hash> chunks) {
    const log::FileTree tree{std::move(chunks)};
    const log::FileId file{tree.root(), size};
    if (!is_whole(file)) {
        if (auto settled = settle(file, tree, adding()); !settled) {
            remove_file(adding());
            return settled.error();
        }
    }
    remove_file(adding());
    if (parts_.contains(file)) (void)drop_part(file);
    return file;
}

}  // namespace hoso::io
