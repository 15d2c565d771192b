#include "client/identity.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/log/chunk.hpp"
#include "tests/client/small_log.hpp"
#include "tests/support/files.hpp"

// A data directory that was damaged or changed: verification fails and names the place.
namespace hoso::client::audit {
namespace {

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
    remove(start_of_last());
    expect_fault(start_of_last(), "were acknowledged");
}

// ---- a log that was shortened, or rewritten in part ---------------------------------------------------------------------

// Keeps the watermark as it was some groups before the end.
class ShortenedLog : public StoredLogTest {
protected:
    void appended(Position size) override {
        if (size != start_of_last()) return;
        copy_folder(headlog(), temp_.path() / "older");
    }
    void put_back_watermark() { copy_folder(temp_.path() / "older", headlog()); }
    void set_number(std::uint64_t number) {
        Bytes value;
        append_le(value, number);
        put("meta", "watermark", as_text(value));
    }
    std::uint64_t number() { return load_le<std::uint64_t>(as_bytes(*database().get("meta", "watermark")).data()); }
    static std::string row(Position first) {
        std::string made(1, '\xff');
        append_be64(made, first);
        return made;
    }
};

TEST_F(ShortenedLog, NeedsAWatermark) {
    std::filesystem::remove_all(headlog());
    expect_fault(end(), "no watermark");
}

TEST_F(ShortenedLog, NeedsTheWatermarkOfItsNewestBatch) {
    put_back_watermark();
    boost::json::object answer;
    EXPECT_EQ(verify(answer), 0) << "one batch ahead: a crash between the two syncs";
    set_number(number() + 1);
    expect_fault(end(), "batch");
    set_number(number() - 2);
    expect_fault(end(), "vouches for");
    set_number(number() - 1);
    expect_fault(end(), "batch");
}

TEST_F(ShortenedLog, HoldsNoHashesPastItsEnd) {
    remove(start_of_last());
    put_back_watermark();
    set_number(number() - 1);
    expect_fault(start_of_last(), "events that are not there");
    remove("tiles", row(start_of_last()));
    boost::json::object answer;
    EXPECT_EQ(verify(answer), 0) << "without a trace only a checkpoint tells: " << answer["detail"];
    expect_fault(start_of_last(), "covers", {"--checkpoint", note_file(end())});
}

// ---- a tile of the tree --------------------------------------------------------------------------------------------------

class LogWithATile : public StoredLogTest {
protected:
    void SetUp() override {
        StoredLogTest::SetUp();
        SmallLog& grown = grown_;
        const Officer& officer = grown.world.officers.at("officer_a1");
        const StreamId product = small_log().product;
        std::vector<log::SignedAction> notes;
        for (std::uint64_t i = 0; i < 300; ++i) {
            notes.push_back(grown.world.make(officer, product, domain::NoteAdded{small_log().file, "Ghi chú"}, {}, i));
        }
        const auto events = grown.world.admit(officer.desk, grown.world.seal(officer.desk, notes));
        ASSERT_TRUE(events.has_value());
        DiskLog disk(temp_.path());
        ASSERT_TRUE(disk.open({.read_only = false}));
        ASSERT_TRUE(disk.log().append(*events));
    }
    static std::string tile() { return std::string(1, '\0') + key(0); }
    SmallLog grown_ = small_log();
};

TEST_F(LogWithATile, HoldsItsTiles) {
    boost::json::object answer;
    ASSERT_EQ(verify(answer), 0) << said_;
    ASSERT_GT(answer["size"].to_number<Position>(), 256u);
    std::string held = *database().get("tiles", tile());
    remove("tiles", tile());
    expect_fault(0, "tile 0 of level 0");
    verify(answer);
    EXPECT_EQ(answer["last_position"].to_number<Position>(), 255u);
    held[40 * Hash::size] ^= 1;
    put("tiles", tile(), held);
    expect_fault(40, "whose hash stands in the tree");
}

// ---- what an auditor knows from elsewhere --------------------------------------------------------------------------------

// A desk of the auditor's, beside the log: join.json, and the newest checkpoint it was given.
class KnownLog : public StoredLogTest {
protected:
    std::string desk(const client::Province& province, const std::string& note) {
        const auto folder = temp_.path() / "desk";
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        CHECK(io::write_file(folder / "join.json", as_bytes(client::to_json(province)), 0600).has_value());
        auto database = io::Database::open(folder / "db", {.size = io::Database::Size::desk, .create = true, .reserve_bytes = 0});
        CHECK(database.has_value());
        rocksdb::WriteBatch batch;
        CHECK(batch.Put((*database)->family("meta"), "desk.checkpoint", note).ok());
        CHECK((*database)->write(batch).has_value());
        return folder.string();
    }
    const client::Province province_ = province_of(small_log().world);
};

TEST_F(KnownLog, IsComparedWithTheDesksGenesis) {
    boost::json::object answer;
    EXPECT_EQ(verify(answer, {"--data", desk(province_, {})}), 0) << said_;
    EXPECT_EQ(answer["checkpoint_size"], 0) << "none was compared";
    client::Province elsewhere = province_;
    auto genesis = *log::decode_leaf(elsewhere.genesis);
    auto action = *domain::decode(genesis.action);
    std::get<domain::Genesis>(action.body).title = "Tỉnh khác";
    genesis.action = domain::encode(action);
    elsewhere.genesis.clear();
    log::encode_leaf(genesis, elsewhere.genesis);
    elsewhere.log = LogId{action_id(genesis.action).bytes};
    expect_fault(0, "the desk follows log", {"--data", desk(elsewhere, {})});
    EXPECT_EQ(verify(answer, {"--data", (temp_.path() / "nobody").string()}), 3) << said_;
}

TEST_F(KnownLog, HoldsTheDesksNewestCheckpoint) {
    const World& world = small_log().world;
    boost::json::object answer;
    ASSERT_EQ(verify(answer, {"--data", desk(province_, note_of(world, end() - 2))}), 0) << said_;
    EXPECT_EQ(answer["checkpoint_size"].to_number<Position>(), end() - 2);
    const auto signed_by_log = [&](Position size, const Hash& root) {
        return log::sign_note({province_.origin, size, root}, *world.desks[0].key);
    };
    expect_fault(end(), "covers", {"--data", desk(province_, signed_by_log(end() + 5, sha256(as_bytes("later"))))});
    const std::string other = signed_by_log(end() - 2, sha256(as_bytes("another history")));
    expect_fault(end() - 3, "have another root", {"--data", desk(province_, other)});
    const SigningKey stranger = SigningKey::from_seed({});
    const std::string forged = log::sign_note({province_.origin, end(), world.root(end())}, stranger);
    expect_fault(0, "does not hold", {"--data", desk(province_, forged)});
}

TEST_F(KnownLog, HoldsTheCheckpointInAFile) {
    boost::json::object answer;
    ASSERT_EQ(verify(answer, {"--checkpoint", note_file(end())}), 0) << said_;
    EXPECT_EQ(answer["checkpoint_size"].to_number<Position>(), end());
    EXPECT_EQ(verify(answer, {"--checkpoint", "nowhere"}), 3);
    CHECK(io::write_file(temp_.path() / "note", as_bytes("no note"), 0600).has_value());
    EXPECT_EQ(verify(answer, {"--checkpoint", (temp_.path() / "note").string()}), 1);
}

// Of a desk that follows the whole log: no watermark, and a checkpoint of its own.
TEST_F(KnownLog, ADesksOwnCheckpointIsComparedOrMissed) {
    std::string scopes{as_text(whole_log_scope().span())};
    scopes += std::string(8, '\0');
    put("meta", "desk.scopes", scopes);
    std::filesystem::remove_all(headlog());
    const World& world = small_log().world;
    boost::json::object answer;
    put("meta", "desk.checkpoint", note_of(world, end()));
    ASSERT_EQ(verify(answer), 0) << said_;
    EXPECT_EQ(answer["source"], "desk");
    EXPECT_EQ(answer["checkpoint_size"].to_number<Position>(), end());
    put("meta", "desk.checkpoint", log::sign_note({province_.origin, end() + 7, sha256(as_bytes("later"))}, *world.desks[0].key));
    expect_fault(end(), "its own signed checkpoint covers");
}

}  // namespace
}  // namespace hoso::client::audit
