#include "shared/io/headlog.hpp"

#include <gtest/gtest.h>

#include "tests/support/files.hpp"
#include "tests/support/temp_folder.hpp"

namespace hoso::io {
namespace {

constexpr std::size_t record = 128;
constexpr std::size_t records_of_a_file = (16 << 20) / record;

Watermark mark(std::uint64_t position) {
    Watermark made;
    made.position = position;
    made.entry.bytes[0] = static_cast<Byte>(position);
    made.root.bytes[31] = static_cast<Byte>(position >> 8);
    made.epoch = 7;
    return made;
}

class HeadlogTest : public testing::Test {
protected:
    std::unique_ptr<Headlog> open(bool create = false) {
        auto opened = Headlog::open(folder_.path(), create);
        EXPECT_TRUE(opened) << opened.error().detail;
        return opened ? std::move(*opened) : nullptr;
    }
    void write(std::uint64_t from, std::uint64_t to) {
        const auto headlog = open(true);
        for (std::uint64_t position = from; position <= to; ++position) ASSERT_TRUE(headlog->write(mark(position)));
    }
    std::filesystem::path file(int number) const { return folder_ / (number == 0 ? "headlog.0" : "headlog.1"); }

    tests::TempFolder folder_;
};

TEST_F(HeadlogTest, NoneIsNotFound) {
    EXPECT_EQ(Headlog::open(folder_.path(), false).error().code, Errc::not_found);
    EXPECT_EQ(Headlog::look(folder_.path()).error().code, Errc::not_found);
    EXPECT_FALSE(open(true)->newest());
    EXPECT_FALSE(open(false)->newest());
    EXPECT_FALSE(Headlog::look(folder_.path())->has_value());
}

TEST_F(HeadlogTest, NewestCounts) {
    write(1, 40);
    const auto headlog = open();
    EXPECT_EQ(headlog->newest(), mark(40));
    EXPECT_EQ(headlog->number(), 40u);
    EXPECT_TRUE(headlog->write(mark(41)));
    EXPECT_EQ(headlog->newest(), mark(41));
    EXPECT_EQ(open()->newest(), mark(41));
    EXPECT_EQ(Headlog::look(folder_.path()).value()->watermark, mark(41));
}

TEST_F(HeadlogTest, LiesAsTheFormatSays) {
    write(1, 2);
    const Bytes bytes = tests::read_bytes(file(0));
    const ByteSpan second = ByteSpan{bytes}.subspan(record, record);
    EXPECT_EQ(as_text(second.first(4)), "HWM1");
    EXPECT_EQ(load_le<std::uint32_t>(second.data() + 4), 7u);
    EXPECT_EQ(load_le<std::uint64_t>(second.data() + 8), 2u);
    EXPECT_EQ(load_le<std::uint64_t>(second.data() + 16), 2u);
    EXPECT_EQ(second[24], 2);
    // CRC-32C of this record, computed bit by bit from the polynomial.
    std::uint32_t crc = ~0u;
    for (const Byte byte : second.first(124)) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78u : 0u);
    }
    EXPECT_EQ(load_le<std::uint32_t>(second.data() + 124), ~crc);
}

TEST_F(HeadlogTest, TornLastRecordCountsAsNotWritten) {
    write(1, 9);
    const Bytes whole = tests::read_bytes(file(0));
    for (std::size_t kept = 0; kept < record; ++kept) {
        Bytes torn = whole;
        std::fill(torn.begin() + static_cast<std::ptrdiff_t>(8 * record + kept), torn.begin() + 9 * record, Byte{0});
        tests::write_bytes(file(0), torn);
        ASSERT_EQ(open()->newest(), mark(torn == whole ? 9 : 8)) << kept << " bytes of the record reached the disk";
    }
    // What follows is written over the torn record.
    ASSERT_TRUE(open()->write(mark(10)));
    EXPECT_EQ(open()->newest(), mark(10));
}

TEST_F(HeadlogTest, EveryFlippedBitOfTheNewestRecordIsSeen) {
    write(1, 3);
    for (std::size_t byte = 2 * record; byte < 3 * record; ++byte) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            tests::flip_bit(file(0), byte, bit);
            ASSERT_EQ(open()->newest(), mark(2)) << byte << "." << bit;
            tests::flip_bit(file(0), byte, bit);
        }
    }
    EXPECT_EQ(open()->newest(), mark(3));
}

TEST_F(HeadlogTest, EveryTruncationLeavesAnEarlierRecord) {
    write(1, 5);
    const Bytes whole = tests::read_bytes(file(0));
    for (std::size_t size = 0; size <= 5 * record; ++size) {
        tests::write_bytes(file(0), ByteSpan{whole}.first(size));
        const auto newest = open()->newest();
        ASSERT_EQ(newest.has_value(), size >= record) << size;
        ASSERT_TRUE(!newest || *newest == mark(size / record)) << size;
    }
    tests::write_bytes(file(0), ByteSpan{whole}.first(3 * record + 50));
    write(90, 91);
    EXPECT_EQ(open()->newest(), mark(91));
}

TEST_F(HeadlogTest, BytesWithoutARecordAreDamage) {
    write(1, 1);
    tests::flip_bit(file(0), 30, 0);
    EXPECT_EQ(Headlog::open(folder_.path(), true).error().code, Errc::corrupt);
    EXPECT_EQ(Headlog::look(folder_.path()).error().code, Errc::corrupt);
}

TEST_F(HeadlogTest, FilesTakeTurns) {
    const auto folder = std::filesystem::path("/dev/shm") / folder_.path().filename();  // a quarter million synced writes
    {
        auto headlog = Headlog::open(folder, true);
        ASSERT_TRUE(headlog) << headlog.error().detail;
        for (std::uint64_t position = 1; position <= 2 * records_of_a_file + 5; ++position) {
            ASSERT_TRUE((*headlog)->write(mark(position)));
            const bool turns = position % records_of_a_file <= 2;
            ASSERT_TRUE(!turns || Headlog::look(folder).value()->watermark == mark(position));
        }
    }
    EXPECT_EQ(std::filesystem::file_size(folder / "headlog.0"), 16u << 20);
    EXPECT_EQ(std::filesystem::file_size(folder / "headlog.1"), 16u << 20);
    auto headlog = Headlog::open(folder, false);
    EXPECT_EQ((*headlog)->newest(), mark(2 * records_of_a_file + 5));
    // A torn record in a file that is used again lies between a newer and an older one.
    tests::flip_bit(folder / "headlog.0", 4 * record + 20, 3);
    headlog = Headlog::open(folder, false);
    EXPECT_EQ((*headlog)->newest(), mark(2 * records_of_a_file + 4));
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace hoso::io
