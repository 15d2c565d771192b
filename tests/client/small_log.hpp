#pragma once

#include <gtest/gtest.h>
#include <rocksdb/write_batch.h>

#include <boost/json/parse.hpp>
#include <sstream>

#include "client/audit/audit.hpp"
#include "client/cli/run_command.hpp"
#include "tests/support/desk_talk.hpp"
#include "tests/support/disk_log.hpp"
#include "tests/support/story.hpp"
#include "tests/support/temp_folder.hpp"

// A small log, in memory and in a server's data directory, for tests of the audit.
namespace hoso::client::audit {

using namespace tests;

// A province's first year in small: every push alone in its group, as a quiet server has it, and one of three notes.
struct SmallLog {
    World world;
    std::vector<std::size_t> groups;  // events per push
    std::vector<Bytes> leaves;
    std::map<std::uint64_t, Hash> roots;  // after each group: what a watermark says
    StreamId product;
    DossierId file;

    SmallLog() {
        Story story(world, "a1");
        product = story.product;
        file = story.file;
        story.submit();
        story.receive();
        const Officer& officer = world.officers.at(story.officer());
        std::vector<log::SignedAction> notes;
        for (int i = 0; i < 3; ++i) {
            const domain::NoteAdded note{story.file, "Ghi chú " + std::to_string(i)};
            notes.push_back(world.make(officer, story.product, note, {}, static_cast<std::uint64_t>(i)));
        }
        CHECK(world.admit(officer.desk, world.seal(officer.desk, notes)).has_value());
        story.take(story.note());
        groups.push_back(0);
        for (const log::Event& event : world.events) {
            Bytes leaf;
            log::encode_leaf(event, leaf);
            leaves.push_back(std::move(leaf));
            ++groups.back();
            if (!event.seal) continue;
            roots[leaves.size()] = world.root(leaves.size());
            groups.push_back(0);
        }
        groups.pop_back();
    }
    Verifier::LeafHash hashes() const {
        return [this](Position position) { return std::optional{log::leaf_hash(leaves[position])}; };
    }
    // First and last position of the group an event was committed in.
    std::pair<Position, Position> group_of(Position position) const {
        Position first = 0;
        for (const std::size_t size : groups) {
            if (position < first + size) return {first, first + size - 1};
            first += size;
        }
        return {position, position};
    }
};

inline const SmallLog& small_log() {
    static const SmallLog made;
    return made;
}

class StoredLogTest : public testing::Test {
protected:
    void SetUp() override {
        DiskLog disk(temp_.path());
        ASSERT_TRUE(disk.open({.read_only = false}));
        Position first = 0;
        for (const std::size_t size : small_log().groups) {
            ASSERT_TRUE(disk.log().append(std::span{small_log().world.events}.subspan(first, size)));
            first += size;
            appended(first);
        }
    }
    virtual void appended(Position) {}
    // Held open while it is looked at: opening it anew for every byte would take most of the time.
    io::Database& database() {
        if (!database_) {
            auto opened = io::Database::open(temp_.path() / "db", {.size = io::Database::Size::desk, .reserve_bytes = 0});
            CHECK(opened.has_value());
            database_ = std::move(*opened);
        }
        return *database_;
    }
    std::string get(Position chunk) { return *database().get("events", key(chunk)); }
    void put(const char* family, const std::string& name, std::string_view value) {
        rocksdb::WriteBatch batch;
        CHECK(batch.Put(database().family(family), name, rocksdb::Slice(value.data(), value.size())).ok());
        CHECK(database().write_later(batch).has_value());
    }
    void put(Position chunk, std::string_view value) { put("events", key(chunk), value); }
    void remove(const char* family, const std::string& name) {
        rocksdb::WriteBatch batch;
        CHECK(batch.Delete(database().family(family), name).ok());
        CHECK(database().write(batch).has_value());
    }
    void remove(Position chunk) { remove("events", key(chunk)); }
    static std::string key(Position chunk) {
        std::string made;
        append_be64(made, chunk);
        return made;
    }
    // What `hoso audit verify --json` answers.
    int verify(boost::json::object& answer, const std::vector<std::string>& more = {}) {
        std::vector<std::string> args{"audit", "verify", "--json", "--log", temp_.path().string()};
        args.insert(args.end(), more.begin(), more.end());
        std::istringstream in;
        std::ostringstream out, err;
        answer.clear();
        const int code = cli::run_program(args, in, out, err);
        if (!out.str().empty()) answer = boost::json::parse(out.str()).as_object();
        said_ = err.str();
        return code;
    }
    // Fails the test unless the audit names this place and speaks of `word`.
    void expect_fault(Position position, const std::string& word, const std::vector<std::string>& more = {}) {
        boost::json::object answer;
        ASSERT_EQ(verify(answer, more), 1) << said_;
        EXPECT_EQ(answer["holds"], false);
        EXPECT_EQ(answer["position"].to_number<Position>(), position) << answer["detail"];
        EXPECT_NE(std::string(answer["detail"].as_string()).find(word), std::string::npos) << answer["detail"];
    }
    // A signed checkpoint of the log's first `size` events.
    std::string note_file(Position size) const {
        const auto path = temp_.path() / "checkpoint";
        CHECK(io::write_file(path, as_bytes(note_of(small_log().world, size)), 0600).has_value());
        return path.string();
    }
    static Position end() { return small_log().leaves.size(); }
    static Position start_of_last() { return small_log().group_of(end() - 1).first; }
    std::filesystem::path headlog() const { return temp_.path() / "log"; }
    TempFolder temp_;
    std::unique_ptr<io::Database> database_;
    std::string said_;
};

}  // namespace hoso::client::audit
