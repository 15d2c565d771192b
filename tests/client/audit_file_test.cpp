#include <rocksdb/db.h>

#include "tests/client/small_log.hpp"
#include "tests/support/files.hpp"

// One changed byte in a file of the database, under RocksDB's own checksums: verification fails and names a position.
namespace hoso::client::audit {
namespace {

class DamagedFile : public StoredLogTest {
protected:
    struct Table {
        std::filesystem::path path;
        std::string family;
        std::size_t data_bytes = 0;  // from its start: the blocks that hold keys and values
    };
    // Opening writes out what the write-ahead log held.
    std::vector<Table> tables() {
        std::vector<rocksdb::LiveFileMetaData> files;
        database().rocks().GetLiveFilesMetaData(&files);
        std::vector<Table> found;
        for (const auto& file : files) {
            if (file.column_family_name == rocksdb::kDefaultColumnFamilyName) continue;  // of no log
            rocksdb::TablePropertiesCollection properties;
            CHECK(database().rocks().GetPropertiesOfAllTables(database().family(file.column_family_name), &properties).ok());
            for (const auto& [path, held] : properties) {
                if (path.ends_with(file.name)) found.push_back({path, file.column_family_name, held->data_size});
            }
        }
        database_.reset();
        return found;
    }
    std::vector<std::filesystem::path> write_ahead_logs() const {
        std::vector<std::filesystem::path> found;
        for (const auto& entry : std::filesystem::directory_iterator(temp_.path() / "db")) {
            if (entry.path().extension() == ".log" && entry.file_size() > 0) found.push_back(entry.path());
        }
        return found;
    }
    // What is said with this byte changed; it is as it was afterwards.
    boost::json::object with_change(const std::filesystem::path& file, std::size_t byte, int expected) {
        boost::json::object answer;
        flip_bit(file, byte, byte % 8);
        EXPECT_EQ(verify(answer), expected) << file << " byte " << byte << ": " << said_;
        flip_bit(file, byte, byte % 8);
        return answer;
    }
};

TEST_F(DamagedFile, AnyByteOfATableOfEventsNamesThePositionWhereReadingEnds) {
    boost::json::object whole;
    std::size_t looked = 0;
    for (const Table& table : tables()) {
        if (table.family != "events") continue;
        Position before = 0;
        for (std::size_t byte = 0; byte < table.data_bytes; byte += 97) {
            auto answer = with_change(table.path, byte, 1);
            if (HasFailure()) return;
            const auto position = answer["position"].to_number<Position>();
            EXPECT_GE(position, before) << "byte " << byte << ": what lies before it is still checked";
            EXPECT_EQ(small_log().group_of(position).first, position) << "byte " << byte << ": a chunk begins there";
            before = position;
            ++looked;
        }
        EXPECT_GT(before, 0u) << "the last block lies behind others";
    }
    EXPECT_GT(looked, 50u);
    ASSERT_EQ(verify(whole), 0) << said_;
}

TEST_F(DamagedFile, AnyByteOfATableOfHashesIndexesOrSettingsIsNoticed) {
    std::size_t looked = 0;
    for (const Table& table : tables()) {
        if (table.family == "events") continue;
        for (std::size_t byte = 0; byte < table.data_bytes; byte += 41) {
            EXPECT_TRUE(with_change(table.path, byte, 1).contains("position")) << table.family << " byte " << byte;
            ++looked;
        }
    }
    EXPECT_GT(looked, 20u);
}

// Beyond its data a table holds its index, its properties and some filling: a change there is noticed, or it changes nothing.
TEST_F(DamagedFile, WhatIsNotNoticedChangesNothing) {
    boost::json::object whole;
    ASSERT_EQ(verify(whole), 0);
    std::size_t noticed = 0;
    for (const Table& table : tables()) {
        const auto size = std::filesystem::file_size(table.path);
        for (std::size_t byte = table.data_bytes; byte < size; byte += 37) {
            boost::json::object answer;
            flip_bit(table.path, byte, byte % 8);
            const int code = verify(answer);
            flip_bit(table.path, byte, byte % 8);
            if (code == 0) {
                EXPECT_EQ(answer["root"], whole["root"]) << table.path << " byte " << byte;
                continue;
            }
            ++noticed;
            EXPECT_EQ(code, 1) << table.path << " byte " << byte << ": " << said_;
            EXPECT_TRUE(answer.contains("position")) << table.path << " byte " << byte << ": " << said_;
        }
    }
    EXPECT_GT(noticed, 0u);
}

TEST_F(DamagedFile, AnyByteOfTheWriteAheadLogNamesWhatIsMissing) {
    std::size_t looked = 0;
    for (const auto& file : write_ahead_logs()) {
        const auto size = std::filesystem::file_size(file);
        for (std::size_t byte = 0; byte < size; byte += 101) {
            auto answer = with_change(file, byte, 1);
            if (HasFailure()) return;
            EXPECT_LE(answer["position"].to_number<Position>(), end());
            ++looked;
        }
    }
    EXPECT_GT(looked, 50u);
}

}  // namespace
}  // namespace hoso::client::audit
