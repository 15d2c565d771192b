#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "shared/io/blob_store.hpp"
#include "tests/support/files.hpp"
#include "tests/support/prng.hpp"
#include "tests/support/temp_folder.hpp"

namespace hoso::tests {

inline Bytes random_bytes(std::size_t size, std::uint64_t seed = 1) {
    Random random{seed};
    Bytes bytes(size);
    for (Byte& byte : bytes) byte = static_cast<Byte>(random.next());
    return bytes;
}

// A file in memory, cut as a sender would.
struct SampleFile {
    explicit SampleFile(std::size_t size, std::uint64_t seed = 1)
        : bytes(random_bytes(size, seed)), tree(hashes(bytes)), id{tree.root(), size} {}
    static std::vector<Hash> hashes(const Bytes& bytes) {
        std::vector<Hash> made;
        for (std::uint64_t i = 0; i < log::chunks_of(bytes.size()); ++i) {
            made.push_back(log::leaf_hash(ByteSpan{bytes}.subspan(i * log::file_chunk_bytes, log::chunk_size(bytes.size(), i))));
        }
        return made;
    }
    ByteSpan piece(std::uint64_t offset, std::size_t size) const { return ByteSpan{bytes}.subspan(offset, size); }
    std::vector<Hash> proof_at(std::uint64_t offset) const { return tree.proof(offset / log::file_chunk_bytes); }
    std::filesystem::path name() const { return id.root.hex() + "." + std::to_string(id.size); }

    Bytes bytes;
    log::FileTree tree;
    log::FileId id;
};

// A store in a folder of its own, opened again as after a kill.
class BlobFolder : public testing::Test {
protected:
    using Store = io::BlobStore;
    using Took = Store::Took;
    BlobFolder() { reopen(); }
    void reopen() {
        store_.reset();
        auto opened = Store::open(folder_ / "blobs", options_);
        ASSERT_TRUE(opened) << opened.error().detail;
        store_ = *std::move(opened);
    }
    std::filesystem::path incoming(const std::filesystem::path& name) const { return folder_ / "blobs" / "incoming" / name; }
    std::filesystem::path stored(const Hash& root) const { return folder_ / "blobs" / root.hex().substr(0, 2) / root.hex(); }
    std::size_t files_in(const std::filesystem::path& folder) const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) count += entry.is_regular_file();
        return count;
    }
    Result<Took> take(const SampleFile& file, std::uint64_t offset, std::size_t size) {
        return store_->take(file.id, offset, file.piece(offset, size), file.proof_at(offset));
    }
    // Sends what the store misses, in pieces, until it has `bytes` more or is whole. Answers how many bytes went over the wire.
    std::uint64_t send(const SampleFile& file, std::uint64_t bytes = ~0ull, std::size_t piece_bytes = 16 * 1024) {
        std::uint64_t sent = 0;
        while (sent < bytes) {
            const auto range = store_->missing(file.id, 0, 256 * 1024);
            if (!range) return sent;
            const std::uint64_t in_chunk = log::file_chunk_bytes - range->offset % log::file_chunk_bytes;
            const auto size = std::min({range->bytes, in_chunk, std::uint64_t{piece_bytes}, bytes - sent});
            const auto took = take(file, range->offset, size);
            EXPECT_TRUE(took) << took.error().detail;
            if (!took) return sent;
            sent += size;
        }
        return sent;
    }
    Bytes content(const log::FileId& file) {
        Bytes all;
        while (all.size() < file.size) {
            const auto piece = store_->read(file, all.size(), 16 * 1024);
            EXPECT_TRUE(piece) << piece.error().detail;
            if (!piece) break;
            append(all, piece->bytes);
        }
        return all;
    }

    TempFolder folder_;
    Store::Options options_{0, log::file_bytes_max};
    std::unique_ptr<Store> store_;
};

}  // namespace hoso::tests
