#include "shared/io/blob_intake.hpp"

#include <gtest/gtest.h>

#include "tests/support/prng.hpp"
#include "tests/support/temp_folder.hpp"

// Two stores, one that holds a file and one that wants it, and what is lost between them.
namespace hoso::io {
namespace {

using tests::Random;

class Intake : public testing::Test {
protected:
    Intake() : from_(*BlobStore::open(folder_.path() / "from", {})), to_(*BlobStore::open(folder_.path() / "to", {})) {}

    log::FileId file(std::size_t bytes) {
        Bytes noise;
        while (noise.size() < bytes) append_le(noise, random_.next());
        noise.resize(bytes);
        return *from_->add(noise);
    }
    sync::BlobChunk piece(const log::FileId& file, std::uint64_t offset, std::size_t bytes_max) {
        auto read = from_->read(file, offset, bytes_max);
        EXPECT_TRUE(read);
        return {file, offset, std::move(read->bytes), std::move(read->proof)};
    }
    // Answers what is asked for; `through` says what becomes of each piece: false loses it.
    std::uint64_t carry(BlobIntake& intake, BlobIntake::Step step, const std::function<bool(sync::BlobChunk&)>& through = {}) {
        std::uint64_t carried = 0;
        std::deque<sync::BlobWant> queue(step.wants.begin(), step.wants.end());
        while (!queue.empty()) {
            sync::BlobWant& asked = queue.front();
            sync::BlobChunk next = piece(asked.file, asked.offset, std::min<std::size_t>(asked.bytes, sync::piece_bytes_max));
            asked.offset += next.bytes.size();
            asked.bytes -= static_cast<std::uint32_t>(next.bytes.size());
            if (asked.bytes == 0) queue.pop_front();
            if (through && !through(next)) continue;
            carried += next.bytes.size();
            const auto taken = intake.take(next);
            queue.insert(queue.end(), taken.wants.begin(), taken.wants.end());
            EXPECT_LE(queue.size(), sync::blob_wants_max / 2);
            if (taken.failed) failed_ = taken.failed->code;
            std::uint64_t open = 0;
            for (const auto& each : queue) open += each.bytes;
            EXPECT_LE(open, sync::blob_window_bytes);
        }
        return carried;
    }

    tests::TempFolder folder_;
    Random random_{20231215};
    std::unique_ptr<BlobStore> from_, to_;
    std::optional<Errc> failed_;
};

TEST_F(Intake, BringsAFileOnce) {
    for (const std::size_t size : {1ul, 16'384ul, 65'536ul, 65'537ul, 1'000'000ul}) {
        const log::FileId wanted = file(size);
        BlobIntake intake(*to_);
        EXPECT_EQ(carry(intake, intake.begin(wanted, log::ChunkMap::all())), size);
        EXPECT_TRUE(to_->is_whole(wanted)) << size;
        EXPECT_FALSE(intake.awaits(wanted));
    }
}

TEST_F(Intake, BringsManyFilesTogether) {
    std::vector<log::FileId> files;
    for (int i = 0; i < 20; ++i) files.push_back(file(1 + random_.below(200'000)));
    BlobIntake intake(*to_);
    BlobIntake::Step step;
    std::uint64_t total = 0;
    for (const auto& each : files) {
        const auto more = intake.begin(each, log::ChunkMap::all());
        step.wants.insert(step.wants.end(), more.wants.begin(), more.wants.end());
        total += each.size;
    }
    EXPECT_EQ(carry(intake, step), total);
    for (const auto& each : files) EXPECT_TRUE(to_->is_whole(each));
}

TEST_F(Intake, GoesOnWhereTheLineWasCut) {
    const log::FileId wanted = file(2'000'000);
    std::uint64_t carried = 0;
    while (!to_->is_whole(wanted)) {
        BlobIntake intake(*to_);  // of a new conversation
        std::size_t left = 1 + random_.below(30);
        carried +=
            carry(intake, intake.begin(wanted, log::ChunkMap::all()), [&](sync::BlobChunk&) { return left > 0 && left-- > 0; });
    }
    EXPECT_EQ(carried, wanted.size) << "no byte came twice";
}

TEST_F(Intake, AsksAgainForWhatCameWrong) {
    const log::FileId wanted = file(1'000'000);
    BlobIntake intake(*to_);
    int spoiled = 2;
    carry(intake, intake.begin(wanted, log::ChunkMap::all()), [&](sync::BlobChunk& next) {
        if (spoiled > 0 && random_.below(10) == 0) {
            --spoiled;
            next.bytes.front() ^= 1;
        }
        return true;
    });
    EXPECT_TRUE(to_->is_whole(wanted));
}

TEST_F(Intake, GivesUpOnWhoSendsOtherBytes) {
    const log::FileId wanted = file(300'000);
    BlobIntake intake(*to_);
    carry(intake, intake.begin(wanted, log::ChunkMap::all()), [&](sync::BlobChunk& next) {
        next.bytes.back() ^= 1;
        return true;
    });
    EXPECT_EQ(failed_, Errc::unauthentic);
    EXPECT_FALSE(to_->is_whole(wanted));
    EXPECT_FALSE(intake.awaits(wanted));
    EXPECT_EQ(to_->held_bytes(wanted), 0u);
}

TEST_F(Intake, BringsManySmallFilesWithoutMoreRangesThanAPeerHolds) {
    std::vector<log::FileId> files;
    BlobIntake intake(*to_);
    BlobIntake::Step step;
    for (int i = 0; i < 150; ++i) {
        files.push_back(file(100 + static_cast<std::size_t>(i)));
        const auto more = intake.begin(files.back(), log::ChunkMap::all());
        step.wants.insert(step.wants.end(), more.wants.begin(), more.wants.end());
    }
    EXPECT_EQ(step.wants.size(), sync::blob_wants_max / 2);
    carry(intake, step);
    for (const auto& each : files) EXPECT_TRUE(to_->is_whole(each));
}

TEST_F(Intake, AFileThatDoesNotFitKeepsNoOtherFromComing) {
    const std::uint64_t free = std::filesystem::space(folder_.path()).available;
    const log::FileId small = file(50'000);
    const log::FileId large{small.root, 4'000'000'000};
    to_ = *BlobStore::open(folder_.path() / "tight", {.reserve_bytes = free > 1'000'000'000 ? free - 1'000'000'000 : 0});
    BlobIntake intake(*to_);
    const auto refused = intake.begin(large, log::ChunkMap::all());
    ASSERT_TRUE(refused.failed);
    EXPECT_EQ(refused.failed->code, Errc::full);
    EXPECT_TRUE(refused.wants.empty()) << "not a byte of it is asked for";
    carry(intake, intake.begin(small, log::ChunkMap::all()));
    EXPECT_TRUE(to_->is_whole(small));
}

// Two peers that each hold every other chunk: neither has it all, and together they have.
TEST_F(Intake, FillsHolesFromWhoeverHoldsThem) {
    const log::FileId wanted = file(10 * log::file_chunk_bytes - 5);
    auto even = log::ChunkMap::none(10), odd = log::ChunkMap::none(10);
    for (std::uint64_t chunk = 0; chunk < 10; ++chunk) (chunk % 2 == 0 ? even : odd).set(chunk, true);
    BlobIntake first(*to_);
    carry(first, first.begin(wanted, even));
    EXPECT_FALSE(to_->is_whole(wanted));
    EXPECT_FALSE(first.awaits(wanted)) << "nothing more of it comes from there";
    EXPECT_EQ(to_->held_bytes(wanted), 5 * log::file_chunk_bytes);
    BlobIntake second(*to_);
    EXPECT_EQ(carry(second, second.begin(wanted, odd)), 5 * log::file_chunk_bytes - 5);
    EXPECT_TRUE(to_->is_whole(wanted));
}

// Both hold it all: each piece comes from one of them.
TEST_F(Intake, TwoPeersBringAFileTogether) {
    const log::FileId wanted = file(20 * log::file_chunk_bytes + 5);
    BlobClaims claims;
    BlobIntake first(*to_, claims, 1), second(*to_, claims, 2);
    std::deque<sync::BlobWant> asked[2];
    const auto ask = [&](std::size_t peer, const BlobIntake::Step& step) {
        asked[peer].insert(asked[peer].end(), step.wants.begin(), step.wants.end());
    };
    ask(0, first.begin(wanted, log::ChunkMap::all()));
    ask(1, second.begin(wanted, log::ChunkMap::all()));
    std::uint64_t carried[2] = {0, 0};
    while (!asked[0].empty() || !asked[1].empty()) {
        // One line is much slower than the other, and delivers all the same.
        const std::size_t peer = asked[0].empty() || (!asked[1].empty() && random_.below(5) == 0) ? 1 : 0;
        sync::BlobWant& want = asked[peer].front();
        const auto next = piece(want.file, want.offset, std::min<std::size_t>(want.bytes, sync::piece_bytes_max));
        want.offset += next.bytes.size();
        want.bytes -= static_cast<std::uint32_t>(next.bytes.size());
        if (want.bytes == 0) asked[peer].pop_front();
        carried[peer] += next.bytes.size();
        ask(peer, (peer == 0 ? first : second).take(next));
        for (const log::FileId& freed : claims.take_freed()) {
            ask(0, first.go_on(freed));
            ask(1, second.go_on(freed));
        }
    }
    EXPECT_TRUE(to_->is_whole(wanted));
    EXPECT_EQ(carried[0] + carried[1], wanted.size) << "no byte came twice";
    EXPECT_GT(carried[0], carried[1]) << "the faster brings more";
    EXPECT_GT(carried[1], 0u);
}

TEST_F(Intake, WhatAPeerLeavesIsAskedOfTheOther) {
    for (const std::size_t size : {100'000ul, 1'000'000ul}) {
        const log::FileId wanted = file(size);
        BlobClaims claims;
        BlobIntake first(*to_, claims, 1), second(*to_, claims, 2);
        std::size_t left = 3;
        std::uint64_t carried =
            carry(first, first.begin(wanted, log::ChunkMap::all()), [&](auto&) { return left > 0 && left-- > 0; });
        carried += carry(second, second.begin(wanted, log::ChunkMap::all()));
        EXPECT_FALSE(to_->is_whole(wanted)) << "what the first was asked for is not asked for twice";
        EXPECT_TRUE(second.awaits(wanted));
        for (const log::FileId& freed : claims.take_freed()) EXPECT_TRUE(second.go_on(freed).wants.empty());
        first.leave();
        EXPECT_EQ(claims.take_freed(), std::set{wanted});
        carried += carry(second, second.go_on(wanted));
        EXPECT_TRUE(to_->is_whole(wanted));
        EXPECT_EQ(carried, size);
    }
}

TEST_F(Intake, SomebodyWhoSendsOtherBytesKeepsNobodyFromBringingIt) {
    const log::FileId wanted = file(500'000);
    BlobClaims claims;
    BlobIntake bad(*to_, claims, 1), good(*to_, claims, 2);
    const auto spoiled = bad.begin(wanted, log::ChunkMap::all());
    carry(good, good.begin(wanted, log::ChunkMap::all()));
    carry(bad, spoiled, [&](sync::BlobChunk& next) {
        next.bytes.back() ^= 1;
        return true;
    });
    EXPECT_FALSE(bad.awaits(wanted)) << "it is given up";
    EXPECT_EQ(claims.take_freed(), std::set{wanted});
    carry(good, good.go_on(wanted));
    EXPECT_TRUE(to_->is_whole(wanted));
}

TEST_F(Intake, AsksNothingOfWhoHoldsNothingThatIsMissing) {
    const log::FileId wanted = file(3 * log::file_chunk_bytes);
    BlobIntake intake(*to_);
    const auto step = intake.begin(wanted, log::ChunkMap::none(3));
    EXPECT_TRUE(step.wants.empty());
    EXPECT_EQ(step.ended, std::vector{wanted});
    EXPECT_FALSE(intake.awaits(wanted));
}

TEST_F(Intake, AsksForOthersWhenOneIsWithdrawn) {
    const log::FileId one = file(400'000), two = file(400'000);
    BlobIntake intake(*to_);
    EXPECT_FALSE(intake.begin(one, log::ChunkMap::all()).wants.empty());
    EXPECT_TRUE(intake.begin(two, log::ChunkMap::all()).wants.empty()) << "the window is full";
    const auto instead = intake.drop(one);
    ASSERT_FALSE(instead.wants.empty());
    EXPECT_EQ(instead.wants.front().file, two);
    carry(intake, instead);
    EXPECT_TRUE(to_->is_whole(two));
}

}  // namespace
}  // namespace hoso::io
