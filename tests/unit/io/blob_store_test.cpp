#include "shared/io/blob_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/blob_folder.hpp"
#include "tests/support/small_disk.hpp"

namespace hoso::io {
namespace {

using tests::SampleFile;

constexpr std::size_t chunk = log::file_chunk_bytes;

class BlobStoreTest : public tests::BlobFolder {
protected:
    std::filesystem::path source(const Bytes& bytes) const {
        const auto path = folder_ / "source";
        tests::write_bytes(path, bytes);
        return path;
    }
    // As if nobody had touched the file for an hour.
    static void age(const std::filesystem::path& path) {
        std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) - std::chrono::hours{1});
    }
    static mode_t mode(const std::filesystem::path& path) {
        struct stat status {};
        EXPECT_EQ(::stat(path.c_str(), &status), 0);
        return status.st_mode & 0777;
    }
    std::size_t kept() const { return files_in(folder_ / "blobs"); }
};

TEST_F(BlobStoreTest, AddedFilesAreWholeAfterReopening) {
    std::vector<log::FileId> ids;
    for (const std::size_t size : {std::size_t{1}, chunk - 1, chunk, chunk + 1, 5 * chunk + 7}) {
        const SampleFile file{size};
        const auto id = store_->add(source(file.bytes));
        ASSERT_TRUE(id) << id.error().detail;
        EXPECT_EQ(*id, file.id);
        ids.push_back(*id);
    }
    std::sort(ids.begin(), ids.end());
    for (int times = 0; times < 2; ++times) {
        EXPECT_EQ(store_->files(), ids);
        for (const log::FileId& id : ids) {
            EXPECT_EQ(store_->whole(id.root), id.size);
            EXPECT_EQ(store_->held_bytes(id), id.size);
            EXPECT_EQ(store_->chunks(id), log::ChunkMap::all());
            EXPECT_FALSE(store_->missing(id, 0, 100));
            EXPECT_EQ(content(id), SampleFile{id.size}.bytes);
        }
        reopen();
    }
    EXPECT_EQ(kept(), 2 * ids.size()) << "a file and its tree";
}

TEST_F(BlobStoreTest, TheSameContentIsKeptOnce) {
    const SampleFile file{3 * chunk + 1};
    ASSERT_EQ(*store_->add(source(file.bytes)), file.id);
    ASSERT_EQ(*store_->add(source(file.bytes)), file.id);
    ASSERT_EQ(*store_->add(ByteSpan{file.bytes}), file.id);
    EXPECT_EQ(kept(), 2u);
    EXPECT_EQ(mode(stored(file.id.root)), 0600u);
    EXPECT_EQ(mode(stored(file.id.root).parent_path()), 0700u);
}

TEST_F(BlobStoreTest, AddingAFileEndsItsPart) {
    const SampleFile file{3 * chunk};
    send(file, chunk + 100);
    ASSERT_EQ(store_->parts(), std::vector{file.id});
    ASSERT_TRUE(store_->add(source(file.bytes)));
    EXPECT_TRUE(store_->parts().empty());
    EXPECT_EQ(kept(), 2u);
}

TEST_F(BlobStoreTest, WhatIsNoFileIsRefused) {
    EXPECT_EQ(store_->add(folder_ / "none").error().code, Errc::not_found);
    EXPECT_EQ(store_->add(source({})).error().code, Errc::invalid) << "0 bytes";
    EXPECT_EQ(store_->add(ByteSpan{}).error().code, Errc::invalid);
    EXPECT_EQ(store_->add(folder_.path()).error().code, Errc::invalid) << "a folder";
    EXPECT_EQ(store_->add("/dev/zero").error().code, Errc::invalid) << "a device";
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(store_->add(folder_ / "pipe").error().code, Errc::invalid) << "a pipe, without waiting for its writer";
    EXPECT_EQ(kept(), 0u);
}

TEST_F(BlobStoreTest, ALargeFileIsRefusedUnread) {
    const auto path = source({1});
    std::filesystem::resize_file(path, 5ull << 30);
    const auto progress = [](std::uint64_t, std::uint64_t) -> bool {
        ADD_FAILURE() << "it was read";
        return false;
    };
    const auto added = store_->add(path, progress);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, Errc::limit);
    EXPECT_NE(added.error().detail.find("5368709120"), std::string::npos);
    EXPECT_NE(added.error().detail.find("4294967296"), std::string::npos);
    EXPECT_EQ(store_->take({SampleFile{1}.id.root, 5ull << 30}, 0, Bytes{1}, {}).error().code, Errc::limit);
    EXPECT_EQ(kept(), 0u);
}

TEST_F(BlobStoreTest, AFileThatChangesWhileItIsReadIsRefused) {
    const Bytes before = tests::random_bytes(4 * chunk, 1);
    const Bytes after = tests::random_bytes(4 * chunk, 2);
    const auto path = folder_ / "source";
    const std::pair<const char*, std::function<void()>> changes[] = {
        {"grows",
         [&] {
             std::ofstream{path, std::ios::app} << "more";
         }},
        {"shrinks", [&] { std::filesystem::resize_file(path, 4 * chunk - 1); }},
        {"shrinks under what was read", [&] { std::filesystem::resize_file(path, 10); }},
        {"is rewritten with the same size", [&] { tests::write_bytes(path, after); }},
        {"changes in one bit", [&] { tests::flip_bit(path, 100, 3); }},
    };
    for (const bool aged : {false, true}) {
        for (const auto& row : changes) {
            const char* name = row.first;
            tests::write_bytes(path, before);
            if (aged) age(path);
            const auto added = store_->add(path, [&](std::uint64_t done, std::uint64_t) {
                if (done == 2 * chunk) row.second();
                return true;
            });
            ASSERT_FALSE(added) << name;
            EXPECT_EQ(added.error().code, Errc::conflict) << name;
            EXPECT_EQ(kept(), 0u) << name;
        }
    }
    tests::write_bytes(path, before);
    EXPECT_TRUE(store_->add(path)) << "nobody writes to it any more";
}

TEST_F(BlobStoreTest, AddingTellsHowFarItIsAndStops) {
    std::vector<std::uint64_t> steps;
    const auto path = source(tests::random_bytes(2 * chunk + 5));
    const auto stopped = store_->add(path, [&](std::uint64_t done, std::uint64_t) { return done < 2 * chunk; });
    EXPECT_EQ(stopped.error().code, Errc::conflict);
    EXPECT_EQ(kept(), 0u);
    ASSERT_TRUE(store_->add(path, [&](std::uint64_t done, std::uint64_t size) {
        EXPECT_EQ(size, 2 * chunk + 5);
        steps.push_back(done);
        return true;
    }));
    EXPECT_EQ(steps, (std::vector<std::uint64_t>{chunk, 2 * chunk, 2 * chunk + 5}));
}

TEST_F(BlobStoreTest, PiecesCarryTheProofAtTheirChunksEnd) {
    const SampleFile file{2 * chunk + 10};
    ASSERT_TRUE(store_->add(file.bytes));
    const auto inner = store_->read(file.id, chunk + 100, 1'000);
    ASSERT_TRUE(inner);
    EXPECT_TRUE(std::equal(inner->bytes.begin(), inner->bytes.end(), file.bytes.begin() + chunk + 100));
    EXPECT_EQ(inner->bytes.size(), 1'000u);
    EXPECT_TRUE(inner->proof.empty());
    const auto end = store_->read(file.id, 2 * chunk - 5, 1'000);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->bytes.size(), 5u) << "within its chunk";
    EXPECT_EQ(end->proof, file.tree.proof(1));
    EXPECT_EQ(store_->read(file.id, 2 * chunk, 10)->proof, file.tree.proof(2));
    EXPECT_EQ(store_->read(file.id, file.id.size, 1).error().code, Errc::invalid);
    EXPECT_EQ(store_->read(file.id, 0, 0).error().code, Errc::invalid);
    EXPECT_EQ(store_->read(SampleFile{9}.id, 0, 1).error().code, Errc::not_found);
    EXPECT_EQ(store_->read({file.id.root, file.id.size + 1}, 0, 1).error().code, Errc::not_found) << "another size";
}

TEST_F(BlobStoreTest, AFlippedByteIsFoundAndSetAside) {
    const SampleFile file{3 * chunk};
    ASSERT_TRUE(store_->add(file.bytes));
    ASSERT_TRUE(store_->check(file.id.root));
    tests::flip_bit(stored(file.id.root), chunk + 3, 1);
    EXPECT_TRUE(store_->read(file.id, 0, 10)) << "this chunk is as it was";
    EXPECT_EQ(store_->read(file.id, chunk, 10).error().code, Errc::corrupt);
    EXPECT_EQ(store_->copy_out(file.id.root, folder_ / "out", false).error().code, Errc::corrupt);
    EXPECT_EQ(files_in(folder_.path()), 2u) << "no half copy stays";
    EXPECT_EQ(store_->check(file.id.root).error().code, Errc::corrupt);
    EXPECT_FALSE(store_->whole(file.id.root));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "blobs" / "damaged" / file.id.root.hex()));
    EXPECT_EQ(store_->check(file.id.root).error().code, Errc::not_found);
    reopen();
    EXPECT_TRUE(store_->files().empty());
    EXPECT_EQ(send(file), file.id.size) << "it is fetched again";
    EXPECT_EQ(content(file.id), file.bytes);
}

TEST_F(BlobStoreTest, ALostOrDamagedTreeIsComputedAgain) {
    const SampleFile file{3 * chunk};
    ASSERT_TRUE(store_->add(file.bytes));
    const std::filesystem::path tree = stored(file.id.root).parent_path() / (file.name().string() + ".tree");
    const Bytes was = tests::read_bytes(tree);
    ASSERT_EQ(was.size(), 3 * Hash::size);
    tests::flip_bit(tree, 40, 1);
    EXPECT_EQ(content(file.id), file.bytes);
    EXPECT_EQ(tests::read_bytes(tree), was);
    tests::flip_bit(tree, 40, 1);
    EXPECT_TRUE(store_->check(file.id.root));
    EXPECT_EQ(tests::read_bytes(tree), was);
    std::filesystem::remove(tree);
    reopen();
    EXPECT_TRUE(store_->is_whole(file.id));
    EXPECT_EQ(tests::read_bytes(tree), was);
}

TEST_F(BlobStoreTest, AFileThatWasCutIsNotCalledWhole) {
    const SampleFile file{3 * chunk};
    for (const std::uint64_t size : {3 * chunk - 1, chunk, std::size_t{0}}) {
        ASSERT_TRUE(store_->add(file.bytes));
        std::filesystem::resize_file(stored(file.id.root), size);
        reopen();
        EXPECT_FALSE(store_->whole(file.id.root)) << size;
        EXPECT_TRUE(store_->files().empty());
    }
    ASSERT_TRUE(store_->add(file.bytes));
    std::ofstream{stored(file.id.root), std::ios::app} << "x";
    EXPECT_EQ(store_->check(file.id.root).error().code, Errc::corrupt) << "while it is open";
}

TEST_F(BlobStoreTest, AFileIsCheckedInSlices) {
    const SampleFile file{5 * chunk + 1}, other{chunk, 2};
    ASSERT_TRUE(store_->add(file.bytes));
    ASSERT_TRUE(store_->add(other.bytes));
    const auto slices = [&] {
        auto checking = *store_->begin_check(file.id.root);
        for (int count = 1;; ++count) {
            if (const auto ended = store_->go_on(checking, 2 * chunk)) return std::pair{count, ended->has_value()};
            EXPECT_TRUE(store_->read(other.id, 0, 10)) << "other things go on";
        }
    };
    EXPECT_EQ(slices(), (std::pair{3, true}));
    tests::flip_bit(stored(file.id.root), 5 * chunk, 1);
    EXPECT_EQ(slices(), (std::pair{3, false}));
    EXPECT_FALSE(store_->whole(file.id.root)) << "set aside";
    ASSERT_TRUE(store_->add(file.bytes));
    auto checking = *store_->begin_check(file.id.root);
    EXPECT_FALSE(store_->go_on(checking, 1));
    ASSERT_TRUE(store_->evict(file.id.root));
    EXPECT_EQ(store_->go_on(checking, 1)->error().code, Errc::not_found) << "gone meanwhile";
    EXPECT_FALSE(store_->begin_check(file.id.root));
}

TEST_F(BlobStoreTest, ThatCannotBeOpenedRefusesWithItsReason) {
    tests::write_bytes(folder_ / "file", Bytes(1));
    const auto opened = BlobStore::open(folder_ / "file", {});
    ASSERT_FALSE(opened);
    const auto closed = BlobStore::closed(folder_ / "file", opened.error());
    const SampleFile file{chunk};
    EXPECT_EQ(closed->add(file.bytes).error().detail, opened.error().detail);
    EXPECT_EQ(closed->take(file.id, 0, file.bytes, {}).error().detail, opened.error().detail);
    EXPECT_EQ(closed->fits(file.id).error().detail, opened.error().detail);
    EXPECT_EQ(closed->read(file.id, 0, 1).error().code, Errc::not_found);
    EXPECT_TRUE(closed->files().empty());
}

TEST_F(BlobStoreTest, CopiesReplaceOnlyWhenTold) {
    const SampleFile file{2 * chunk + 1};
    const auto target = folder_ / "out.pdf";
    ASSERT_TRUE(store_->add(file.bytes));
    ASSERT_TRUE(store_->copy_out(file.id.root, target, false));
    EXPECT_EQ(tests::read_bytes(target), file.bytes);
    EXPECT_EQ(mode(target), 0600u);
    tests::write_bytes(target, Bytes{1});
    EXPECT_EQ(store_->copy_out(file.id.root, target, false).error().code, Errc::exists);
    EXPECT_EQ(tests::read_bytes(target), Bytes{1});
    ASSERT_TRUE(store_->copy_out(file.id.root, target, true));
    EXPECT_EQ(tests::read_bytes(target), file.bytes);
    EXPECT_EQ(store_->copy_out(file.id.root, folder_ / "no" / "folder", false).error().code, Errc::not_found);
    EXPECT_EQ(store_->copy_out(SampleFile{9}.id.root, target, true).error().code, Errc::not_found);
    EXPECT_EQ(files_in(folder_.path()), 3u) << "no temporary file stays";
}

TEST_F(BlobStoreTest, EvictedFilesAreGone) {
    const SampleFile file{chunk + 1};
    ASSERT_TRUE(store_->add(file.bytes));
    ASSERT_TRUE(store_->evict(file.id.root));
    EXPECT_EQ(kept(), 0u);
    EXPECT_FALSE(store_->whole(file.id.root));
    EXPECT_EQ(store_->read(file.id, 0, 1).error().code, Errc::not_found);
    EXPECT_EQ(store_->evict(file.id.root).error().code, Errc::not_found);
    ASSERT_TRUE(store_->add(file.bytes));
    EXPECT_EQ(content(file.id), file.bytes);
}

TEST_F(BlobStoreTest, WhatACrashLeftOfAddingIsSweptAway) {
    const SampleFile file{chunk + 1};
    ASSERT_TRUE(store_->add(file.bytes));
    tests::write_bytes(incoming("adding"), file.bytes);
    tests::write_bytes(incoming("adding.tree"), Bytes(32));
    tests::write_bytes(incoming(file.name()), file.bytes);  // of a file that became whole
    tests::write_bytes(incoming(file.name().string() + ".proofs"), Bytes(64));
    reopen();
    EXPECT_EQ(kept(), 2u);
    EXPECT_TRUE(store_->parts().empty());
}

TEST_F(BlobStoreTest, AFullDiskIsSaidAndForgiven) {
    const tests::SmallDisk small{folder_ / "small"};
    if (!small.mounted) GTEST_SKIP() << "needs the right to mount a small file system";
    for (const std::uint64_t reserve : {0, 4 << 20}) {
        auto opened = BlobStore::open(small.folder / "blobs", {reserve, log::file_bytes_max});
        ASSERT_TRUE(opened);
        store_ = *std::move(opened);
        const auto path = source(tests::random_bytes(6 << 20, reserve));
        tests::write_bytes(small.folder / "ballast", Bytes(11 << 20));
        const auto added = store_->add(path);
        ASSERT_FALSE(added);
        EXPECT_EQ(added.error().code, Errc::full);
        // The disk fills while the file is read.
        std::filesystem::remove(small.folder / "ballast");
        const auto filled = store_->add(path, [&](std::uint64_t done, std::uint64_t) {
            if (done == chunk) tests::write_bytes(small.folder / "ballast", Bytes(16 << 20));
            return true;
        });
        ASSERT_FALSE(filled);
        EXPECT_EQ(filled.error().code, Errc::full);
        EXPECT_EQ(files_in(small.folder / "blobs"), 0u) << "nothing is left behind";
        std::filesystem::remove(small.folder / "ballast");
        const auto id = store_->add(path);
        ASSERT_TRUE(id) << id.error().detail;
        ASSERT_TRUE(store_->evict(id->root));
    }
}

}  // namespace
}  // namespace hoso::io
