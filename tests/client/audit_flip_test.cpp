#include <gtest/gtest.h>
#include <rocksdb/write_batch.h>

#include <boost/json/parse.hpp>
#include <sstream>

#include "client/audit/audit.hpp"
#include "client/cli/run_command.hpp"
#include "shared/log/chunk.hpp"
#include "tests/support/disk_log.hpp"
#include "tests/support/story.hpp"
#include "tests/support/temp_folder.hpp"

// One changed byte of one event: verification fails and names its place.
namespace hoso::client::audit {
namespace {

using namespace tests;

// A province's first year in small: every push alone in its group, as a quiet server has it, and one of three notes.
struct SmallLog {
    World world;
    std::vector<std::size_t> groups;  // events per push
    std::vector<Bytes> leaves;
    std::map<std::uint64_t, Hash> roots;  // after each group: what a watermark says

    SmallLog() {
        Story story(world, "a1");
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

const SmallLog& small_log() {
    static const SmallLog made;
    return made;
}

// Takes the changed leaf and those after it, until something does not hold.
std::optional<Fault> verify_from(Verifier verifier, Position at, const Bytes& changed) {
    const auto& leaves = small_log().leaves;
    auto fault = verifier.take(changed);
    for (Position next = at + 1; !fault && next < leaves.size(); ++next) fault = verifier.take(leaves[next]);
    return fault ? fault : verifier.finish();
}

// Changes every `step`-th byte of every event and looks at what is named.
template <typename Expect>
void flip_all(Verifier verifier, std::size_t step, const Expect& expect) {
    const auto& leaves = small_log().leaves;
    for (Position at = 0; at < leaves.size(); ++at) {
        for (std::size_t byte = at % step; byte < leaves[at].size(); byte += step) {
            Bytes changed = leaves[at];
            changed[byte] ^= static_cast<Byte>(1 << byte % 8);
            const auto fault = verify_from(verifier, at, changed);
            ASSERT_TRUE(fault) << "event " << at << ", byte " << byte << ": nobody noticed";
            expect(at, byte, *fault);
            if (testing::Test::HasFailure()) return;
        }
        ASSERT_FALSE(verifier.take(leaves[at]));
    }
}

TEST(AuditFlip, TheUnchangedLogHolds) {
    const SmallLog& log = small_log();
    Verifier verifier{log.hashes(), log.roots};
    for (const Bytes& leaf : log.leaves) {
        const auto fault = verifier.take(leaf);
        ASSERT_FALSE(fault) << fault->position << ": " << fault->detail;
    }
    EXPECT_FALSE(verifier.finish());
    EXPECT_EQ(verifier.root(), log.world.root(log.leaves.size()));
    EXPECT_EQ(replica::state_hash(verifier.replica().state()), replica::state_hash(log.world.replica.state()));
}

TEST(AuditFlip, AnyByteUnderATreeNamesItsEvent) {
    flip_all({small_log().hashes(), {}}, 1, [](Position at, std::size_t byte, const Fault& fault) {
        EXPECT_EQ(fault.position, at) << "byte " << byte << ": " << fault.detail;
        EXPECT_EQ(fault.last, at);
    });
}

TEST(AuditFlip, AnyByteUnderWatermarksNamesItsGroup) {
    flip_all({{}, small_log().roots}, 1, [](Position at, std::size_t byte, const Fault& fault) {
        const auto [first, last] = small_log().group_of(at);
        EXPECT_GE(fault.position, first) << "event " << at << " byte " << byte << ": " << fault.detail;
        EXPECT_LE(fault.last, last) << "event " << at << " byte " << byte << ": " << fault.detail;
        EXPECT_LE(fault.position, at);
        EXPECT_GE(fault.last, at);
    });
}

// With nothing beside the events but a signed checkpoint at the end, a change is still never missed.
TEST(AuditFlip, AnyByteUnderOneCheckpointIsNoticed) {
    const SmallLog& log = small_log();
    const std::map<std::uint64_t, Hash> end{{log.leaves.size(), log.world.root(log.leaves.size())}};
    flip_all({{}, end}, 41, [](Position at, std::size_t, const Fault& fault) { EXPECT_LE(fault.position, at); });
}

// ---- on disk ----------------------------------------------------------------------------------------------------------

// The chunk a push was stored in, plain, with one byte of the event's record changed.
Bytes changed_chunk(std::span<const log::Event> events, std::size_t which, std::size_t byte) {
    Bytes records;
    std::size_t at = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (i == which) at = records.size();
        log::append_record(events[i], records);
    }
    records[at + byte] ^= 0x10;
    Bytes value{'H', 'C', 'K', '1'};
    append_le(value, static_cast<std::uint32_t>(events.size()));
    append_le(value, std::uint32_t{0});
    append_le(value, static_cast<std::uint32_t>(records.size()));
    append(value, records);
    return value;
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
        }
    }
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
    void put(Position chunk, std::string_view value) {
        rocksdb::WriteBatch batch;
        CHECK(batch.Put(database().family("events"), key(chunk), rocksdb::Slice(value.data(), value.size())).ok());
        CHECK(database().write_later(batch).has_value());
    }
    void remove(Position chunk) {
        rocksdb::WriteBatch batch;
        CHECK(batch.Delete(database().family("events"), key(chunk)).ok());
        CHECK(database().write(batch).has_value());
        database_.reset();
    }
    static std::string key(Position chunk) {
        std::string made;
        append_be64(made, chunk);
        return made;
    }
    // What `hoso audit verify --json` answers.
    int verify(boost::json::object& answer) {
        std::istringstream in;
        std::ostringstream out, err;
        const int code = cli::run_program({"audit", "verify", "--json", "--log", temp_.path().string()}, in, out, err);
        if (!out.str().empty()) answer = boost::json::parse(out.str()).as_object();
        return code;
    }
    TempFolder temp_;
    std::unique_ptr<io::Database> database_;
};

TEST_F(StoredLogTest, HoldsAsItWasWritten) {
    boost::json::object answer;
    ASSERT_EQ(verify(answer), 0);
    const SmallLog& log = small_log();
    EXPECT_EQ(answer["size"], log.leaves.size());
    EXPECT_EQ(answer["root"].as_string(), log.world.root(log.leaves.size()).hex());
    EXPECT_EQ(answer["state_hash"].as_string(), replica::state_hash(log.world.replica.state()).hex());
    EXPECT_EQ(answer["training"], true);
}

TEST_F(StoredLogTest, NamesTheEventWithTheChangedByte) {
    const SmallLog& log = small_log();
    for (Position at = 0; at < log.leaves.size(); ++at) {
        const auto [first, last] = log.group_of(at);
        const auto group = std::span{log.world.events}.subspan(first, last - first + 1);
        const std::string held = get(first);
        // A byte of the record's own head, one of the leaf's head, one anywhere.
        for (const std::size_t byte : {at % log::record_head, log::record_head + at * 7 % log::head_size,
                                       log::record_head + at * 131 % log.leaves[at].size()}) {
            put(first, as_text(changed_chunk(group, at - first, byte)));
            boost::json::object answer;
            ASSERT_EQ(verify(answer), 1) << "event " << at << " byte " << byte;
            EXPECT_EQ(answer["position"].to_number<Position>(), at) << "byte " << byte << ": " << answer["detail"];
            EXPECT_FALSE(answer.contains("last_position")) << "event " << at << " byte " << byte << ": " << answer["detail"];
        }
        put(first, held);
    }
}

TEST_F(StoredLogTest, NamesTheChunkThatDoesNotUnpack) {
    const Position chunk = small_log().leaves.size() / 2;
    const auto [first, last] = small_log().group_of(chunk);
    const std::string held = get(first);
    for (std::size_t byte = 0; byte < held.size(); byte += 13) {
        std::string changed = held;
        changed[byte] = static_cast<char>(changed[byte] ^ 0x40);
        put(first, changed);
        boost::json::object answer;
        ASSERT_EQ(verify(answer), 1) << "byte " << byte;
        EXPECT_EQ(answer["position"].to_number<Position>(), first) << answer["detail"];
    }
}

TEST_F(StoredLogTest, NamesWhatIsMissingAtTheEnd) {
    const Position end = small_log().leaves.size();
    const auto [first, last] = small_log().group_of(end - 1);
    remove(first);
    boost::json::object answer;
    ASSERT_EQ(verify(answer), 1);
    EXPECT_EQ(answer["reason"], "amnesia");
    EXPECT_EQ(answer["position"].to_number<Position>(), first);
}

}  // namespace
}  // namespace hoso::client::audit
