#include "shared/io/database.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "shared/log/merkle.hpp"
#include "tests/support/disk_log.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/support/temp_folder.hpp"

namespace hoso::io {
namespace {

using tests::DiskLog;
using tests::LogBuilder;
using tests::SmallDisk;

class DatabaseTest : public testing::Test {
protected:
    Result<std::unique_ptr<Database>> open(bool create, bool read_only = false, std::uint64_t reserve_bytes = 0) {
        return Database::open(folder_ / "db", {Database::Size::desk, create, read_only, reserve_bytes});
    }
    static rocksdb::WriteBatch batch_of(Database& database, const std::string& key, const std::string& value) {
        rocksdb::WriteBatch batch;
        EXPECT_TRUE(batch.Put(database.family("meta"), key, value).ok());
        return batch;
    }
    tests::TempFolder folder_;
};

TEST_F(DatabaseTest, KeepsWhatItWasGiven) {
    EXPECT_EQ(open(false).error().code, Errc::not_found);
    {
        auto database = open(true);
        ASSERT_TRUE(database) << database.error().detail;
        for (const char* key : {"a1", "b1", "b2", "b3", "c1"}) {
            auto batch = batch_of(**database, key, std::string("of ") + key);
            ASSERT_TRUE((*database)->write(batch));
        }
    }
    const auto database = open(false);
    ASSERT_TRUE(database) << database.error().detail;
    EXPECT_EQ(*(*database)->get("meta", "b2"), "of b2");
    EXPECT_EQ((*database)->get("meta", "b4").error().code, Errc::not_found);
    EXPECT_EQ((*database)->get("events", "b2").error().code, Errc::not_found);
    std::string seen;
    const auto note = [&](ByteSpan key, ByteSpan) { return seen += as_text(key), seen.size() < 6; };
    ASSERT_TRUE((*database)->scan("meta", "", "b", note));
    EXPECT_EQ(seen, "b1b2b3");
    seen.clear();
    ASSERT_TRUE((*database)->scan("meta", "b2", "b", note));
    EXPECT_EQ(seen, "b2b3");
    seen.clear();
    ASSERT_TRUE((*database)->scan("meta", {}, {}, note));
    EXPECT_EQ(seen, "a1b1b2");
}

// The other program is forked while this one has no threads yet, and waits until the database is held here.
TEST_F(DatabaseTest, SecondProgramIsRefused) {
    int held[2];
    ASSERT_EQ(::pipe(held), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        char go = 0;
        if (::read(held[0], &go, 1) != 1) ::_exit(2);
        const auto second = open(true);
        const bool says_so = !second && second.error().code == Errc::locked &&
                             second.error().detail.find((folder_ / "db").string()) != std::string::npos;
        const auto look = open(false, true);
        ::_exit(says_so && look && (*look)->in_use() ? 0 : 1);
    }
    const auto first = open(true);
    EXPECT_TRUE(first) << first.error().detail;
    ASSERT_EQ(::write(held[1], "!", 1), 1);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(open(true).error().code, Errc::locked) << "nor twice in one program";
    ::close(held[0]);
    ::close(held[1]);
}

TEST_F(DatabaseTest, NewerFormatIsRefused) {
    {
        const auto database = open(true);
        rocksdb::ColumnFamilyHandle* family = nullptr;
        ASSERT_TRUE((*database)->rocks().CreateColumnFamily({}, "proofs", &family).ok());
        (*database)->rocks().DestroyColumnFamilyHandle(family);
    }
    const auto refused = open(true);
    EXPECT_EQ(refused.error().code, Errc::version);
    EXPECT_NE(refused.error().detail.find("proofs"), std::string::npos);
    EXPECT_EQ(open(false, true).error().code, Errc::version);
}

// Everything in a newer format may have another form: nothing of it is looked at, so nothing is taken for damaged.
TEST_F(DatabaseTest, NewerStorageFormatIsRefused) {
    {
        const auto database = open(true);
        const auto put = [&](rocksdb::ColumnFamilyHandle* family, ByteSpan key, ByteSpan value) {
            const rocksdb::Slice name{reinterpret_cast<const char*>(key.data()), key.size()};
            const rocksdb::Slice held{reinterpret_cast<const char*>(value.data()), value.size()};
            ASSERT_TRUE((*database)->rocks().Put({}, family, name, held).ok());
        };
        Byte format[8];
        store_le(format, std::uint64_t{2});
        put((*database)->rocks().DefaultColumnFamily(), as_bytes("format"), format);
        put((*database)->family("events"), Bytes(8, 0), as_bytes("HCK2 in a codec of its own"));
    }
    EXPECT_EQ(open(true).error().code, Errc::version);
    DiskLog disk{folder_.path()};
    for (const bool read_only : {true, false}) {
        const auto refused = disk.open({.read_only = read_only});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Errc::version) << refused.error().detail;
        EXPECT_NE(refused.error().detail.find("format 2"), std::string::npos);
    }
}

TEST_F(DatabaseTest, ALockThatCannotBeMadeIsNoOtherProgram) {
    ASSERT_TRUE(open(true));
    std::filesystem::remove(folder_ / "db" / "LOCK");
    std::filesystem::create_directory(folder_ / "db" / "LOCK");
    const auto refused = open(true);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::io) << refused.error().detail;
}

TEST_F(DatabaseTest, DamagedDatabaseIsRefused) {
    ASSERT_TRUE(open(true));
    tests::write_bytes(folder_ / "db" / "CURRENT", as_bytes("MANIFEST-999999\n"));
    EXPECT_EQ(open(true).error().code, Errc::corrupt);
}

TEST_F(DatabaseTest, ReserveIsKept) {
    constexpr std::uint64_t more_than_any_disk = std::uint64_t{1} << 62;
    EXPECT_EQ(open(true, false, more_than_any_disk).error().code, Errc::full);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "db" / "CURRENT")) << "nothing was made";
    ASSERT_TRUE(open(true));
    auto database = open(false, false, more_than_any_disk);
    ASSERT_TRUE(database) << "what is there can be read";
    auto batch = batch_of(**database, "a", "b");
    EXPECT_EQ((*database)->write(batch).error().code, Errc::full);
    EXPECT_EQ((*database)->get("meta", "a").error().code, Errc::not_found);
}

TEST_F(DatabaseTest, FullReserveRefusesAnAppendWhole) {
    LogBuilder builder;
    builder.grow(20);
    DiskLog disk{folder_.path()};
    ASSERT_TRUE(disk.open());
    ASSERT_TRUE(disk.log().append(std::span{builder.events()}.first(10)));
    ASSERT_TRUE(disk.open({.reserve_bytes = std::uint64_t{1} << 62}));
    const Hash root = disk.log().tree().root();
    EXPECT_EQ(disk.log().append(std::span{builder.events()}.subspan(10)).error().code, Errc::full);
    EXPECT_EQ(disk.log().size(), 10u);
    EXPECT_EQ(disk.log().tree().root(), root);
    ASSERT_TRUE(disk.open());
    EXPECT_FALSE(disk.log().amnesia());
    EXPECT_TRUE(disk.log().append(std::span{builder.events()}.subspan(10)));
}

// A real file system of 16 MiB that fills up, is cleared and fills up again: what was acknowledged stays, and writing goes on
// without a restart.
TEST_F(DatabaseTest, FullDiskLosesNothingAndRecovers) {
    const SmallDisk small{folder_ / "small"};
    if (!small.mounted) GTEST_SKIP() << "needs the right to mount a small file system";
    LogBuilder builder;
    builder.grow(12'000, 1'000);
    DiskLog disk{small.folder};
    std::size_t size = 0;
    int times_full = 0;
    ASSERT_TRUE(disk.open());
    for (std::size_t ballast = 12 << 20; times_full < 3; ballast -= 3 << 20) {
        std::ofstream{small.folder / "ballast"} << std::string(ballast, 'x');
        Result<void> appended;
        for (std::size_t group = 1; appended && size < builder.events().size();
             size += appended ? group : 0, group = size % 40 + 1) {
            group = std::min(group, builder.events().size() - size);
            appended = disk.log().append(std::span{builder.events()}.subspan(size, group));
        }
        ASSERT_FALSE(appended) << "16 MiB do not hold it all";
        ASSERT_EQ(appended.error().code, Errc::full) << appended.error().detail;
        EXPECT_EQ(disk.log().size(), size);
        EXPECT_EQ(disk.log().append(std::span{builder.events()}.subspan(size, 40)).error().code, Errc::full) << "still full";
        ++times_full;
        std::filesystem::remove(small.folder / "ballast");
        // A flush in the background may still meet the full disk just before; the store takes it up again by itself.
        auto next = disk.log().append(std::span{builder.events()}.subspan(size, 1));
        for (int tries = 0; !next && next.error().code == Errc::full && tries < 100; ++tries) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            next = disk.log().append(std::span{builder.events()}.subspan(size, 1));
        }
        ASSERT_TRUE(next) << "there is room again: " << next.error().detail;
        ++size;
    }
    ASSERT_TRUE(disk.open());
    EXPECT_FALSE(disk.log().amnesia()) << disk.log().amnesia()->detail;
    const auto read = disk.log().read(0, 10'000, ~std::size_t{0});
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_TRUE(std::equal(read->begin(), read->end(), builder.events().begin(),
                           builder.events().begin() + static_cast<std::ptrdiff_t>(size)));
}

TEST_F(DatabaseTest, ReadersSeeOnlyWhatIsDurable) {
    LogBuilder builder;
    builder.grow(3'000);
    DiskLog disk{folder_.path()};
    ASSERT_TRUE(disk.open({.size = Database::Size::server}));
    RocksLog& log = disk.log();
    std::atomic<bool> wrong{false};
    const auto read_along = [&](std::size_t step) {
        std::vector<log::Event> seen;
        while (seen.size() < builder.events().size() && !wrong) {
            const Position size = log.size();
            auto part = log.read(seen.size(), step, 1 << 20);
            const auto stream = log.stream(tests::product(1));
            const auto node = size > 0 ? log.node(0, size - 1) : Hash{};
            const auto newest = log.read_scopes(std::vector{log::ScopeCursor{whole_log_scope(), size}}, 1'000, 1 << 20);
            if (!newest || (!newest->events.empty() && newest->events.back().head.position >= newest->through)) wrong = true;
            if (!part || !stream || !node || seen.size() + part->size() < std::min(size, seen.size() + step)) wrong = true;
            if (part) seen.insert(seen.end(), part->begin(), part->end());
        }
        if (seen != builder.events()) wrong = true;
    };
    std::thread one{read_along, 7};
    std::thread other{read_along, 1'000};
    for (std::size_t at = 0; at < builder.events().size();) {
        const std::size_t group = std::min<std::size_t>(at % 97 + 1, builder.events().size() - at);
        const bool done = log.append(std::span{builder.events()}.subspan(at, group)) && log.index_streams(100);
        EXPECT_TRUE(done);
        at += group;
    }
    one.join();
    other.join();
    EXPECT_FALSE(wrong);
}

}  // namespace
}  // namespace hoso::io
