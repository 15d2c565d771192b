#include <gtest/gtest.h>

#include "tests/support/blob_folder.hpp"
#include "tests/support/small_disk.hpp"

namespace hoso::io {
namespace {

using tests::SampleFile;
using Took = BlobStore::Took;
using Range = BlobStore::Range;

constexpr std::size_t chunk = log::file_chunk_bytes;
constexpr std::size_t piece = 16 * 1024;

class BlobTakeTest : public tests::BlobFolder {
protected:
    std::size_t kept() const { return files_in(folder_ / "blobs"); }
    std::filesystem::path beside(const SampleFile& file, const char* ending) const {
        return incoming(file.name().string() + ending);
    }
    Errc refused(const SampleFile& file, std::uint64_t offset, std::size_t size) {
        const auto took = take(file, offset, size);
        EXPECT_FALSE(took);
        return took ? Errc::internal : took.error().code;
    }
    void expect_whole(const SampleFile& file) {
        EXPECT_TRUE(store_->is_whole(file.id));
        EXPECT_EQ(tests::read_bytes(stored(file.id.root)), file.bytes);
        EXPECT_EQ(content(file.id), file.bytes);
        EXPECT_TRUE(store_->parts().empty());
        EXPECT_EQ(files_in(folder_ / "blobs" / "incoming"), 0u);
        EXPECT_TRUE(store_->check(file.id.root));
    }
};

TEST_F(BlobTakeTest, PiecesInOrderMakeTheFile) {
    for (const std::size_t size : {std::size_t{1}, chunk - 1, chunk, chunk + 1, 5 * chunk + piece + 3}) {
        const SampleFile file{size, size};
        std::uint64_t held = 0;
        for (std::uint64_t at = 0; at < size;) {
            const std::size_t bytes = std::min({piece, size - at, chunk - at % chunk});
            const bool ends = (at + bytes) % chunk == 0 || at + bytes == size;
            const auto took = take(file, at, bytes);
            ASSERT_TRUE(took) << took.error().detail;
            at = held += bytes;
            EXPECT_EQ(*took, held == size ? Took::whole : ends ? Took::chunk : Took::piece);
            EXPECT_EQ(store_->held_bytes(file.id), held);
            EXPECT_EQ(store_->is_whole(file.id), held == size);
        }
        expect_whole(file);
        EXPECT_EQ(*take(file, 0, 1), Took::again);
        reopen();
        expect_whole(file);
    }
}

TEST_F(BlobTakeTest, ACutCostsNothingThatWasTaken) {
    const SampleFile file{3 * chunk + 77};
    tests::Random random{5};
    std::uint64_t sent = 0;
    while (!store_->is_whole(file.id)) {
        const std::uint64_t bytes = 1 + random.below(40'000);
        sent += send(file, bytes, 1 + random.below(piece));
        reopen();
        ASSERT_EQ(store_->held_bytes(file.id), sent);
        const auto next = store_->missing(file.id, 0, 1'000'000);
        ASSERT_EQ(next, sent == file.id.size ? std::nullopt : (std::optional{Range{sent, file.id.size - sent}}));
    }
    EXPECT_EQ(sent, file.id.size) << "not a byte twice";
    expect_whole(file);
}

TEST_F(BlobTakeTest, ResendsOverlapAndGapsAreRefused) {
    const SampleFile file{2 * chunk};
    EXPECT_EQ(refused(file, 1, 10), Errc::gap);
    EXPECT_TRUE(store_->parts().empty());
    EXPECT_EQ(kept(), 0u);
    EXPECT_EQ(*take(file, 0, 1'000), Took::piece);
    EXPECT_EQ(*take(file, 0, 1'000), Took::again);
    EXPECT_EQ(*take(file, 200, 300), Took::again);
    EXPECT_EQ(*take(file, 500, 1'000), Took::piece) << "cut to what is new";
    EXPECT_EQ(store_->held_bytes(file.id), 1'500u);
    EXPECT_EQ(refused(file, 1'501, 10), Errc::gap);
    EXPECT_EQ(store_->held_bytes(file.id), 1'500u);
    EXPECT_EQ(*take(file, 0, chunk), Took::chunk);
    EXPECT_EQ(*take(file, 5, 10), Took::again);
    EXPECT_EQ(refused(file, chunk - 1, 2), Errc::invalid) << "in two chunks";
    EXPECT_EQ(store_->take(file.id, 2 * chunk, Bytes{1}, {}).error().code, Errc::invalid) << "behind the end";
    EXPECT_EQ(store_->take(file.id, ~0ull, Bytes{1}, {}).error().code, Errc::invalid);
    EXPECT_EQ(store_->take(file.id, chunk, {}, {}).error().code, Errc::invalid) << "no bytes";
    EXPECT_EQ(store_->take({file.id.root, 0}, 0, Bytes{1}, {}).error().code, Errc::invalid) << "no file";
    EXPECT_EQ(*take(file, chunk, chunk), Took::whole);
    expect_whole(file);
}

TEST_F(BlobTakeTest, WhatIsMissingComesInRuns) {
    const SampleFile file{6 * chunk};
    EXPECT_EQ(store_->missing(file.id, 0, 100), (Range{0, 100}));
    EXPECT_EQ(store_->missing(file.id, 0, 0), std::nullopt);
    EXPECT_EQ(store_->missing(file.id, 6 * chunk, 100), std::nullopt);
    EXPECT_EQ(store_->chunks(file.id), std::nullopt);
    ASSERT_EQ(*take(file, chunk, chunk), Took::chunk);
    ASSERT_EQ(*take(file, 4 * chunk, 1'000), Took::piece);
    EXPECT_EQ(store_->missing(file.id, 0, 9 * chunk), (Range{0, chunk}));
    EXPECT_EQ(store_->missing(file.id, chunk + 5, 9 * chunk), (Range{2 * chunk, 2 * chunk}));
    EXPECT_EQ(store_->missing(file.id, 4 * chunk, 9 * chunk), (Range{4 * chunk + 1'000, 2 * chunk - 1'000}));
    EXPECT_EQ(store_->missing(file.id, 5 * chunk + 3, 9 * chunk), (Range{5 * chunk + 3, chunk - 3}));
    const auto map = store_->chunks(file.id);
    ASSERT_TRUE(map);
    EXPECT_EQ(Bytes(map->bits().begin(), map->bits().end()), Bytes{2});
}

TEST_F(BlobTakeTest, AFewChunksComeAtATime) {
    const SampleFile file{6 * chunk};
    for (const std::uint64_t index : {5, 1, 4, 2}) ASSERT_EQ(*take(file, index * chunk, 100 + index), Took::piece);
    reopen();
    EXPECT_EQ(store_->held_bytes(file.id), 412u);
    EXPECT_EQ(*take(file, 4 * chunk + 104, 10), Took::piece);
    EXPECT_EQ(*take(file, 0, 100), Took::piece) << "a fifth";
    EXPECT_EQ(store_->held_bytes(file.id), 100u + 101 + 102 + 114);
    EXPECT_EQ(refused(file, 5 * chunk + 105, 10), Errc::gap) << "the last of them gave way";
    EXPECT_EQ(*take(file, 2 * chunk + 102, chunk - 102), Took::chunk);
    reopen();
    EXPECT_EQ(store_->held_bytes(file.id), chunk + 100 + 101 + 114);
    EXPECT_EQ(send(file), file.id.size - chunk - 100 - 101 - 114);
    expect_whole(file);
}

TEST_F(BlobTakeTest, ACorruptPieceDropsItsChunkAndNothingElse) {
    const SampleFile file{3 * chunk};
    send(file, chunk + 2 * piece);
    Bytes bad = file.bytes;
    bad[chunk + 3 * piece] ^= 1;
    const ByteSpan last = ByteSpan{bad}.subspan(chunk + 2 * piece, 2 * piece);
    EXPECT_EQ(store_->take(file.id, chunk + 2 * piece, last, file.tree.proof(1)).error().code, Errc::unauthentic);
    EXPECT_EQ(store_->held_bytes(file.id), chunk);
    EXPECT_EQ(store_->missing(file.id, 0, 9 * chunk), (Range{chunk, 2 * chunk}));
    for (const std::vector<Hash>& proof : {std::vector<Hash>{}, file.tree.proof(2), file.tree.proof(0)}) {
        EXPECT_EQ(store_->take(file.id, chunk, file.piece(chunk, chunk), proof).error().code, Errc::unauthentic);
    }
    EXPECT_EQ(send(file), 2 * chunk);
    expect_whole(file);
}

TEST_F(BlobTakeTest, AnotherSizeOfARootIsAnotherPart) {
    const SampleFile file{2 * chunk};
    const SampleFile wrong = [&file] {
        SampleFile made{2 * chunk + 1};
        made.id.root = file.id.root;
        return made;
    }();
    ASSERT_EQ(*take(wrong, 0, 10), Took::piece);
    ASSERT_EQ(*take(file, 0, 20), Took::piece);
    reopen();
    EXPECT_EQ(store_->parts(), (std::vector{file.id, wrong.id}));
    EXPECT_EQ(send(file), file.id.size - 20);
    EXPECT_EQ(store_->parts(), std::vector{wrong.id});
    EXPECT_EQ(store_->drop_part(file.id).error().code, Errc::not_found);
    EXPECT_TRUE(store_->drop_part(wrong.id));
    expect_whole(file);
}

TEST_F(BlobTakeTest, APartGivesWhatItHolds) {
    const SampleFile file{3 * chunk + 5};
    ASSERT_EQ(*take(file, 3 * chunk, 5), Took::chunk);
    ASSERT_EQ(*take(file, chunk, chunk), Took::chunk);
    ASSERT_EQ(*take(file, 0, 100), Took::piece);
    reopen();
    for (const std::uint64_t index : {1, 3}) {
        const auto read = store_->read(file.id, index * chunk, chunk);
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_TRUE(log::chunk_holds(file.id, index, read->bytes, read->proof));
    }
    EXPECT_TRUE(store_->read(file.id, chunk, 10)->proof.empty());
    EXPECT_EQ(store_->read(file.id, 0, 10).error().code, Errc::not_found) << "not verified yet";
    tests::flip_bit(incoming(file.name()), chunk + 9, 0);
    EXPECT_EQ(store_->read(file.id, chunk, 10).error().code, Errc::not_found) << "it holds no more";
    EXPECT_EQ(store_->missing(file.id, chunk, 9 * chunk), (Range{chunk, 2 * chunk}));
}

struct Damage {
    const char* name;
    std::function<void(const std::filesystem::path& part)> harm;  // to a part that holds the chunks 0 to 3 and a piece of the fifth
    std::uint64_t again;                                          // bytes that must come once more
};

const Damage damages[] = {
    {"Nothing", [](const auto&) {}, 0},
    {"FlippedByte", [](const auto& part) { tests::flip_bit(part, 2 * chunk + 7, 5); }, chunk},
    {"CutShort", [](const auto& part) { std::filesystem::resize_file(part, 2 * chunk + 7); }, 2 * chunk},
    {"GoneButForItsName", [](const auto& part) { std::filesystem::resize_file(part, 0); }, 4 * chunk},
    {"ProofsTorn", [](const auto& part) { std::filesystem::resize_file(part.string() + ".proofs", 128 + 100); }, 3 * chunk},
    {"ProofFlipped", [](const auto& part) { tests::flip_bit(part.string() + ".proofs", 128 + 40, 0); }, chunk},
    {"ProofsGone", [](const auto& part) { std::filesystem::remove(part.string() + ".proofs"); }, 4 * chunk},
    {"PieceFlipped", [](const auto& part) { tests::flip_bit(part.string() + ".piece0", 50, 0); }, piece},
    {"PieceTorn", [](const auto& part) { std::filesystem::resize_file(part.string() + ".piece0", 5'000); }, piece},
    {"PieceTornInItsHead", [](const auto& part) { std::filesystem::resize_file(part.string() + ".piece0", 40); }, piece},
    {"PieceGone", [](const auto& part) { std::filesystem::remove(part.string() + ".piece0"); }, piece},
    {"Longer",
     [](const auto& part) {
         std::ofstream{part, std::ios::app} << std::string(5 * chunk, 'x');
     },
     0},
};

class BlobDamageTest : public BlobTakeTest, public testing::WithParamInterface<Damage> {
protected:
    const SampleFile file_{5 * chunk};  // a record of its proofs has 128 bytes
};

TEST_P(BlobDamageTest, IsFoundAfterReopening) {
    send(file_, 4 * chunk + piece);
    store_.reset();
    GetParam().harm(incoming(file_.name()));
    reopen();
    EXPECT_EQ(send(file_), chunk - piece + GetParam().again);
    expect_whole(file_);
}

// Then some pieces may be asked for that the store believed it had; it never calls the file whole before it is.
TEST_P(BlobDamageTest, IsFoundWhileOpen) {
    send(file_, 4 * chunk + piece);
    GetParam().harm(incoming(file_.name()));
    for (int times = 0; times < 9 && !store_->is_whole(file_.id); ++times) {
        const auto range = store_->missing(file_.id, 0, chunk);
        ASSERT_TRUE(range);
        const auto took = take(file_, range->offset, std::min(range->bytes, chunk - range->offset % chunk));
        EXPECT_TRUE(took || took.error().code == Errc::gap) << took.error().detail;
    }
    expect_whole(file_);
}

INSTANTIATE_TEST_SUITE_P(Table, BlobDamageTest, testing::ValuesIn(damages), [](const auto& row) { return row.param.name; });

// A piece is written behind those that came before, and nothing twice: they stay as they are, byte for byte.
TEST_F(BlobTakeTest, APieceIsAppended) {
    const SampleFile file{3 * chunk};
    Bytes before;
    for (std::uint64_t at = 0; at < 2 * chunk; at += piece) {
        ASSERT_TRUE(take(file, at, piece));
        if (at % chunk == 0) before.clear();
        if ((at + piece) % chunk == 0) continue;
        Bytes after = tests::read_bytes(beside(file, ".piece0"));
        ASSERT_GE(after.size(), before.size() + piece);
        EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin())) << at;
        before.assign(after.begin(), after.begin() + static_cast<std::ptrdiff_t>((at % chunk / piece + 1) * (piece + 48)));
    }
}

TEST_F(BlobTakeTest, ATornTailCostsThePieceThatWasUnderWay) {
    const SampleFile file{2 * chunk};
    for (std::size_t torn = 0; torn <= 3; ++torn) {
        send(file, chunk + 3 * piece);
        store_.reset();
        std::filesystem::resize_file(beside(file, ".piece0"), torn * (piece + 48) + (torn < 3 ? 100 : 0));
        reopen();
        EXPECT_EQ(store_->held_bytes(file.id), chunk + torn * piece);
        EXPECT_EQ(store_->missing(file.id, 0, 9 * chunk), (Range{chunk + torn * piece, chunk - torn * piece}));
        ASSERT_TRUE(store_->drop_part(file.id));
    }
}

// The place of a chunk that is done serves the next one: what is left behind its records is of another chunk.
TEST_F(BlobTakeTest, WhatIsLeftOfAChunkBeforeIsNotTakenForTheNext) {
    const SampleFile file{3 * chunk};
    send(file, chunk + 5'000, 5'000);
    EXPECT_GT(std::filesystem::file_size(beside(file, ".piece0")), 50'000u);
    reopen();
    EXPECT_EQ(store_->held_bytes(file.id), chunk + 5'000);
    EXPECT_EQ(send(file), 2 * chunk - 5'000);
    expect_whole(file);
}

TEST_F(BlobTakeTest, TheReserveIsAskedForTheWholeFile) {
    const SampleFile file{3 * chunk};
    options_.reserve_bytes = 1ull << 60;
    reopen();
    EXPECT_EQ(refused(file, 0, 100), Errc::full);
    EXPECT_EQ(store_->add(file.bytes).error().code, Errc::full);
    EXPECT_EQ(kept(), 0u);
    EXPECT_TRUE(store_->parts().empty());
}

TEST_F(BlobTakeTest, AFullDiskIsSaidAndForgiven) {
    const tests::SmallDisk small{folder_ / "small"};
    if (!small.mounted) GTEST_SKIP() << "needs the right to mount a small file system";
    const auto ballast = small.folder / "ballast";
    store_ = *BlobStore::open(small.folder / "blobs", {0, log::file_bytes_max});
    const SampleFile file{40 * chunk};
    tests::write_bytes(ballast, Bytes(14 << 20));
    EXPECT_EQ(refused(file, 0, chunk), Errc::full) << "2.5 MiB do not fit in 2";
    EXPECT_EQ(files_in(small.folder / "blobs"), 0u) << "nothing is left behind";
    std::filesystem::remove(ballast);
    send(file, 20 * chunk + piece);
    tests::write_bytes(ballast, Bytes(16 << 20));
    EXPECT_EQ(refused(file, 20 * chunk + piece, piece), Errc::full);
    EXPECT_EQ(store_->held_bytes(file.id), 20 * chunk + piece);
    std::filesystem::remove(ballast);
    EXPECT_EQ(send(file), 20 * chunk - piece);
    EXPECT_TRUE(store_->is_whole(file.id));
    EXPECT_EQ(content(file.id), file.bytes);
}

}  // namespace
}  // namespace hoso::io
