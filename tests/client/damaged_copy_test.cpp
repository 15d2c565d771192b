#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "tests/support/desk_folder.hpp"
#include "tests/support/files.hpp"

// A desk whose copy of the log is damaged records on, and fetches the log again.
namespace hoso::client {
namespace {

using namespace tests;

// The table files that hold the events, once opening has written them out.
std::vector<std::filesystem::path> event_files(const Desk& desk) {
    std::vector<rocksdb::LiveFileMetaData> files;
    desk.database().rocks().GetLiveFilesMetaData(&files);
    std::vector<std::filesystem::path> found;
    for (const auto& file : files) {
        if (file.column_family_name == "events") found.push_back(file.db_path + "/" + file.name);
    }
    return found;
}

std::vector<std::string> chunk_keys(const Desk& desk) {
    std::vector<std::string> keys;
    const auto done = desk.database().scan("events", {}, {}, [&](ByteSpan key, ByteSpan) {
        keys.emplace_back(as_text(key));
        return true;
    });
    CHECK(done.has_value());
    return keys;
}

void put_garbage(const Desk& desk, const std::string& key) {
    rocksdb::WriteBatch batch;
    CHECK(batch.Put(desk.database().family("events"), key, "no chunk").ok());
    CHECK(desk.database().write(batch).has_value());
}

// What has to work on a halted desk, and how it comes back.
void expect_usable_and_mended(DeskFolder& at) {
    ASSERT_TRUE(at.desk->halted().has_value());
    EXPECT_NE(at.desk->halted()->detail.find("hoso sync --again"), std::string::npos) << at.desk->halted()->detail;
    const auto size = at.desk->outbox().size();
    EXPECT_GT(size, 0u);
    at.unlock();
    const auto recorded = at.desk->record(at.subject("ghi khi hỏng"), {.force = true});
    ASSERT_TRUE(recorded.has_value()) << recorded.error().detail;
    EXPECT_TRUE(recorded->recorded);
    ASSERT_TRUE(at.desk->fetch_again().has_value());
    EXPECT_FALSE(at.desk->halted().has_value());
    at.sync();
    EXPECT_EQ(at.desk->outbox().at(recorded->seq).verdict.outcome, domain::Outcome::effective);
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), registry_stream), stream_hash(at.world.replica.state(), registry_stream));
    ASSERT_TRUE(at.reopen());
    EXPECT_FALSE(at.desk->halted().has_value()) << at.desk->halted()->detail;
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), registry_stream), stream_hash(at.world.replica.state(), registry_stream));
}

struct Place {
    const char* name;
    const char* unit;
    domain::Role role;
    std::size_t chunk;  // the first, the last, one between; counted from 0, clipped to the last
};
const Place places[] = {{"FirstOfScope", "a1", domain::Role::officer, 0},    {"MiddleOfScope", "a1", domain::Role::officer, 3},
                        {"LastOfScope", "a1", domain::Role::officer, 1'000}, {"FirstOfWhole", "p", domain::Role::officer, 0},
                        {"MiddleOfWhole", "p", domain::Role::officer, 3},    {"LastOfWhole", "p", domain::Role::officer, 1'000}};

class DamagedChunk : public testing::TestWithParam<Place> {};
TEST_P(DamagedChunk, LeavesTheOutboxUsable) {
    DeskFolder at(GetParam().unit, GetParam().role);
    at.settle();
    const auto keys = chunk_keys(*at.desk);
    put_garbage(*at.desk, keys[std::min(GetParam().chunk, keys.size() - 1)]);
    const auto opened = at.reopen();
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    expect_usable_and_mended(at);
}
INSTANTIATE_TEST_SUITE_P(Table, DamagedChunk, testing::ValuesIn(places), [](const auto& row) { return row.param.name; });

// With one byte of the file changed RocksDB itself refuses to read it, and once it merges files ends all writing.
TEST(DamagedFile, LeavesTheOutboxUsable) {
    DeskFolder at;
    at.settle();
    ASSERT_TRUE(at.reopen());
    const auto files = event_files(*at.desk);
    ASSERT_FALSE(files.empty());
    at.desk.reset();
    for (const auto& file : files) flip_bit(file, 100, 3);
    const auto opened = at.reopen();
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    expect_usable_and_mended(at);
    io::Database& database = at.desk->database();
    const auto merged = database.rocks().CompactRange({}, database.family("events"), nullptr, nullptr);
    EXPECT_TRUE(merged.ok()) << "the damaged file is gone: " << merged.ToString();
}

TEST(DamagedChunk, WhatCanStillBeReadIsShown) {
    DeskFolder at;
    at.settle();
    put_garbage(*at.desk, chunk_keys(*at.desk).back());
    ASSERT_TRUE(at.reopen());
    EXPECT_TRUE(at.desk->confirmed().state().registry.units.contains(at.slip.unit));
    at.unlock();
    const auto refused = at.desk->record(at.hopeless());
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().detail.find("--force"), std::string::npos) << refused.error().detail;
}

}  // namespace
}  // namespace hoso::client
