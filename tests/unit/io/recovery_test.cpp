#include <rocksdb/write_batch.h>

#include "shared/log/merkle.hpp"
#include "tests/support/disk_log.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temp_folder.hpp"

// What was acknowledged is there, or opening says that it is not: never a silent loss.
namespace hoso::io {
namespace {

using tests::DiskLog;
using tests::LogBuilder;

class Recovery : public testing::Test {
protected:
    Recovery() { builder_.grow(23); }

    // Appends the first `groups` groups of three events to what is there.
    void append_until(std::size_t groups) {
        ASSERT_TRUE(disk_.open());
        ASSERT_FALSE(disk_.log().amnesia()) << disk_.log().amnesia()->detail;
        for (std::size_t at = disk_.log().size(); at < groups * 3; at += 3) {
            const auto appended = disk_.log().append(events().subspan(at, 3));
            ASSERT_TRUE(appended) << appended.error().detail;
        }
        disk_.close();
    }
    std::span<const log::Event> events() const { return builder_.events(); }
    std::filesystem::path database() const { return folder_ / "db"; }
    std::filesystem::path watermark() const { return folder_ / "log"; }

    // The WAL that holds the log: the newest file that is not empty.
    std::filesystem::path wal() const {
        std::filesystem::path newest;
        for (const auto& entry : std::filesystem::directory_iterator(database())) {
            if (entry.path().extension() == ".log" && entry.file_size() > 0 && entry.path() > newest) newest = entry.path();
        }
        return newest;
    }
    void expect_amnesia(const std::string& words) {
        const auto opened = disk_.open();
        ASSERT_TRUE(opened) << opened.error().detail;
        ASSERT_TRUE(disk_.log().amnesia());
        EXPECT_EQ(disk_.log().amnesia()->code, Errc::amnesia);
        EXPECT_NE(disk_.log().amnesia()->detail.find(words), std::string::npos) << disk_.log().amnesia()->detail;
    }
    void expect_whole(std::size_t count) {
        const auto opened = disk_.open();
        ASSERT_TRUE(opened) << opened.error().detail;
        ASSERT_FALSE(disk_.log().amnesia()) << disk_.log().amnesia()->detail;
        const auto read = disk_.log().read(0, 1000, 1 << 20);
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_TRUE(
            std::equal(read->begin(), read->end(), events().begin(), events().begin() + static_cast<std::ptrdiff_t>(count)));
    }

    tests::TempFolder folder_;
    LogBuilder builder_;
    DiskLog disk_{folder_.path()};
};

TEST_F(Recovery, FlippedBitInEveryByteOfTheWalIsDetected) {
    append_until(3);
    const auto file = wal();
    const std::size_t size = std::filesystem::file_size(file);
    ASSERT_GT(size, 500u);
    for (std::size_t byte = 0; byte < size; ++byte) {
        tests::flip_bit(file, byte, byte % 8);
        ASSERT_TRUE(disk_.finds_damage(events().first(9))) << "byte " << byte << " of " << size;
        tests::flip_bit(file, byte, byte % 8);
    }
    EXPECT_FALSE(disk_.finds_damage(events().first(9)));
}

TEST_F(Recovery, FlippedBitsAreDetectedByWhoOpensForWriting) {
    append_until(3);
    const std::size_t size = std::filesystem::file_size(wal());
    tests::copy_folder(folder_.path(), folder_.path().string() + ".kept");
    for (std::size_t byte = 0; byte < size; byte += size / 20) {
        tests::flip_bit(wal(), byte, byte % 8);
        const auto opened = disk_.open();
        ASSERT_TRUE(!opened || disk_.log().amnesia()) << "byte " << byte;
        if (opened) {
            EXPECT_EQ(disk_.log().append(events().subspan(disk_.log().size(), 1)).error().code, Errc::amnesia);
            ASSERT_TRUE(disk_.open());
            EXPECT_TRUE(disk_.log().amnesia()) << "opening again heals nothing";
        }
        disk_.close();
        tests::copy_folder(folder_.path().string() + ".kept", folder_.path());
    }
    std::filesystem::remove_all(folder_.path().string() + ".kept");
}

// RocksDB opened for writing would throw away what lies behind the flipped bit: somebody may still bring it back.
TEST_F(Recovery, DamageIsLeftAsItWasFound) {
    append_until(3);
    const auto file = wal();
    for (const std::size_t byte : {std::size_t{20}, std::filesystem::file_size(file) / 2}) {
        tests::flip_bit(file, byte, 3);
        const Bytes found = tests::read_bytes(file);
        expect_amnesia("were acknowledged");
        disk_.close();
        ASSERT_TRUE(std::filesystem::exists(file)) << "byte " << byte;
        EXPECT_EQ(tests::read_bytes(file), found) << "byte " << byte;
        tests::flip_bit(file, byte, 3);
    }
    expect_whole(9);
}

TEST_F(Recovery, EveryTruncationOfTheWalIsDetected) {
    append_until(3);
    const auto file = wal();
    const Bytes whole = tests::read_bytes(file);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        tests::write_bytes(file, ByteSpan{whole}.first(size));
        ASSERT_TRUE(disk_.finds_damage(events().first(9))) << size << " of " << whole.size();
    }
    tests::write_bytes(file, whole);
    EXPECT_FALSE(disk_.finds_damage(events().first(9)));
}

TEST_F(Recovery, DeletedWalIsDetected) {
    append_until(3);
    std::filesystem::remove(wal());
    const auto opened = disk_.open();
    EXPECT_TRUE(!opened || disk_.log().amnesia());
}

TEST_F(Recovery, OlderWalIsDetected) {
    append_until(2);
    const auto older = tests::read_bytes(wal());
    tests::copy_folder(folder_.path(), folder_.path().string() + ".kept");
    append_until(3);
    const auto newer_watermark = tests::read_bytes(watermark() / "headlog.0");
    tests::copy_folder(folder_.path().string() + ".kept", folder_.path());
    tests::write_bytes(watermark() / "headlog.0", newer_watermark);
    std::filesystem::remove_all(folder_.path().string() + ".kept");
    expect_amnesia("The log holds 6 events, but 9 were acknowledged");
}

TEST_F(Recovery, AmnesiaServesReadsAndAcknowledgesNothing) {
    append_until(3);
    auto shorter = tests::read_bytes(wal());
    shorter.resize(shorter.size() - 10);
    tests::write_bytes(wal(), shorter);
    expect_amnesia("but 9 were acknowledged");
    EXPECT_EQ(disk_.log().size(), 6u);
    EXPECT_EQ(*disk_.log().at(5), events()[5]);
    EXPECT_EQ(disk_.log().read(0, 100, 1 << 20)->size(), 6u);
    EXPECT_EQ(disk_.log().append(events().subspan(6, 3)).error().code, Errc::amnesia);
    EXPECT_EQ(disk_.log().put_meta("name", {}).error().code, Errc::amnesia);
    EXPECT_EQ(disk_.log().put_meta_later("name", {}).error().code, Errc::amnesia);
    EXPECT_TRUE(disk_.log().index_streams(1));
    const Hash held = disk_.log().node(0, 5).value();
    ASSERT_TRUE(disk_.open({.accept_head = held}));
    EXPECT_TRUE(disk_.log().amnesia()) << "nobody may accept a log that is behind its watermark";
}

TEST_F(Recovery, CrashBetweenTheTwoSyncsIsNoLoss) {
    for (std::size_t groups = 1; groups <= 4; ++groups) {
        const auto before = std::filesystem::exists(watermark()) ? tests::read_bytes(watermark() / "headlog.0") : Bytes{};
        append_until(groups);
        tests::write_bytes(watermark() / "headlog.0", before);
        expect_whole(groups * 3);
        disk_.close();
        EXPECT_EQ(Headlog::look(watermark()).value()->watermark.position, groups * 3) << "brought up to the log";
    }
    append_until(6);
    expect_whole(18);
}

TEST_F(Recovery, WatermarkThatLostRecordsIsDetected) {
    append_until(4);
    const Bytes whole = tests::read_bytes(watermark() / "headlog.0");
    for (std::size_t size = 0; size <= 4 * 128; ++size) {
        Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        tests::write_bytes(watermark() / "headlog.0", cut);
        ASSERT_TRUE(disk_.open({.read_only = true}));
        // One record may be missing after an honest crash; what it vouched for is in the log.
        ASSERT_EQ(disk_.log().amnesia().has_value(), size < 3 * 128) << size;
    }
}

TEST_F(Recovery, LostWatermarkIsAcceptedByWhoKnowsTheHead) {
    const std::function<void()> losses[] = {
        [&] { std::filesystem::remove_all(watermark()); },
        [&] { std::filesystem::remove(watermark() / "headlog.1"); },
        [&] { tests::write_bytes(watermark() / "headlog.0", {}); },
        [&] { tests::write_bytes(watermark() / "headlog.0", Bytes(4096, 0)); },
        [&] { tests::write_bytes(watermark() / "headlog.0", Bytes(4096, 7)); },
    };
    std::size_t groups = 2;
    for (const auto& lose : losses) {
        append_until(groups);
        lose();
        expect_amnesia("--accept-head");
        const Hash head = disk_.log().node(0, groups * 3 - 1).value();
        EXPECT_NE(disk_.log().amnesia()->detail.find(head.hex()), std::string::npos);
        ASSERT_TRUE(disk_.open({.accept_head = Hash{}}));
        EXPECT_TRUE(disk_.log().amnesia()) << "another head";
        ASSERT_TRUE(disk_.open({.accept_head = head}));
        EXPECT_FALSE(disk_.log().amnesia());
        EXPECT_TRUE(disk_.log().head_accepted());
        expect_whole(groups * 3);
        EXPECT_FALSE(disk_.log().head_accepted());
        disk_.close();
        ++groups;
    }
}

TEST_F(Recovery, LostDatabaseIsDetected) {
    append_until(2);
    std::filesystem::remove_all(database());
    expect_amnesia("The log holds 0 events, but 6 were acknowledged");
}

TEST_F(Recovery, OlderBackupIsDetected) {
    append_until(2);
    tests::copy_folder(database(), folder_ / "backup");
    append_until(5);
    tests::copy_folder(folder_ / "backup", database());
    expect_amnesia("The log holds 6 events, but 15 were acknowledged");
    EXPECT_EQ(*disk_.log().at(3), events()[3]);
}

TEST_F(Recovery, OtherHistoryIsDetected) {
    append_until(3);
    LogBuilder other;
    other.grow(23, 128);
    tests::TempFolder folder;
    DiskLog forged{folder.path()};
    ASSERT_TRUE(forged.open());
    for (std::size_t at = 0; at < 9; at += 3) ASSERT_TRUE(forged.log().append(std::span{other.events()}.subspan(at, 3)));
    forged.close();
    tests::copy_folder(folder / "db", database());
    expect_amnesia("is not the one that was acknowledged");
}

TEST_F(Recovery, LostSettingIsDetected) {
    append_until(2);
    ASSERT_TRUE(disk_.open());
    ASSERT_TRUE(disk_.log().put_meta("origin", as_bytes("ocop.example/log")));
    disk_.close();
    ASSERT_TRUE(disk_.open());
    EXPECT_EQ(as_text(*disk_.log().get_meta("origin")), "ocop.example/log");
    EXPECT_EQ(disk_.log().get_meta("other").error().code, Errc::not_found);
    ASSERT_TRUE(disk_.log().put_meta("origin", as_bytes("ocop.example/next")));
    disk_.close();
    auto shorter = tests::read_bytes(wal());
    shorter.resize(shorter.size() - 1);
    tests::write_bytes(wal(), shorter);
    expect_amnesia("settings");
}

TEST_F(Recovery, ASettingThatMayLagIsNoLoss) {
    append_until(2);
    ASSERT_TRUE(disk_.open());
    ASSERT_TRUE(disk_.log().put_meta_later("note", as_bytes("of six events")));
    disk_.close();
    ASSERT_TRUE(disk_.open({.read_only = true}));
    EXPECT_EQ(as_text(*disk_.log().get_meta("note")), "of six events");
    disk_.close();
    auto shorter = tests::read_bytes(wal());
    shorter.resize(shorter.size() - 1);
    tests::write_bytes(wal(), shorter);
    expect_whole(6);
    EXPECT_EQ(disk_.log().get_meta("note").error().code, Errc::not_found);
}

// Somebody writes to the database behind our back: the leaves since the last full tile are hashed again on opening, older ones by
// audit.
TEST_F(Recovery, RewrittenChunkIsDetected) {
    append_until(3);
    ASSERT_TRUE(disk_.open());
    std::string key;
    append_be64(key, 3);
    const auto value = disk_.database().get("events", key);
    ASSERT_TRUE(value) << value.error().detail;
    for (std::size_t byte = 0; byte < value->size(); byte += 7) {
        std::string other = *value;
        other[byte] = static_cast<char>(other[byte] ^ 1 << byte % 8);
        rocksdb::WriteBatch batch;
        ASSERT_TRUE(batch.Put(disk_.database().family("events"), key, other).ok());
        ASSERT_TRUE(disk_.database().write(batch));
        const auto opened = RocksLog::open(disk_.database(), watermark(), {});
        const auto read = opened ? (*opened)->read(0, 100, 1 << 20) : Result<std::vector<log::Event>>{opened.error()};
        const bool same = read && std::equal(read->begin(), read->end(), events().begin(), events().begin() + 9);
        ASSERT_TRUE(!opened || (*opened)->amnesia() || same) << "byte " << byte;
    }
}

TEST_F(Recovery, RewrittenTileIsDetected) {
    builder_.grow(600);
    ASSERT_TRUE(disk_.open());
    ASSERT_TRUE(disk_.log().append(events()));
    disk_.close();
    ASSERT_TRUE(disk_.open());
    ASSERT_FALSE(disk_.log().amnesia());
    std::string key(1, '\0');
    append_be64(key, 1);
    auto value = disk_.database().get("tiles", key);
    ASSERT_TRUE(value) << value.error().detail;
    (*value)[100] ^= 1;
    rocksdb::WriteBatch batch;
    ASSERT_TRUE(batch.Put(disk_.database().family("tiles"), key, *value).ok());
    ASSERT_TRUE(disk_.database().write(batch));
    expect_amnesia("is not the one that was acknowledged");
}

}  // namespace
}  // namespace hoso::io
