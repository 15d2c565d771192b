#include <gtest/gtest.h>
#include <zstd.h>

#include "tests/support/sync_cast.hpp"

namespace hoso::sync::test {
namespace {

log::SignedAction signed_twice(Random& random) {
    log::SignedAction made = action(random, 20);
    made.signatures = {{1, random.bytes(64)}, {2, random.bytes(13)}};
    return made;
}

Events events_of(std::size_t count) {
    Random random{3};
    Events made{1000, {}};
    for (std::size_t i = 0; i < count; ++i) made.events.push_back(event(10 + 2 * i, signed_twice(random)));
    return made;
}

Events events_with_seal_and_head() {
    Events made = events_of(3);
    made.events[1].seal = log::Seal{4, 7, filled<Hash>(1), filled<Hash>(2), filled<Signature>(3)};
    made.events[2].action.clear();
    made.events[2].signatures.clear();
    return made;
}

log::Push push_of(std::size_t actions) {
    Random random{4};
    std::vector<log::SignedAction> made;
    for (std::size_t i = 0; i < actions; ++i) made.push_back(signed_twice(random));
    return push(7, filled<Hash>(5), std::move(made));
}

Hello hello() {
    return {1,
            3,
            log_id,
            desk_id,
            9,
            {12, filled<Hash>(6)},
            note(40),
            {{registry_scope, 3, 40}, {commune, 0, 7}},
            filled<Hash>(7),
            "hoso 1"};
}

struct Row {
    const char* name;
    Frame frame;
};

std::vector<Row> rows() {
    return {
        {"Hello", hello()},
        {"HelloOfAFirstContact", Hello{}},
        {"Welcome", Welcome{1, filled<Hash>(8), note(41), {2, filled<Hash>(9)}, {registry_scope, commune}, 1, 2, 3, 4, -5}},
        {"Auth", Auth{filled<Signature>(10)}},
        {"Ready", Ready{}},
        {"Enrol", Enrol{1, 2, push_of(1)}},
        {"Enrolled", Enrolled{Bytes(160, 3), Bytes(log::head_size, 4), note(42)}},
        {"Push", Push{push_of(1)}},
        {"PushOfMany", Push{push_of(200)}},
        {"Results", Results{7, heads(push_of(3), 50)}},
        {"Events", events_with_seal_and_head()},
        {"EventsOfMany", events_of(250)},
        {"EventsOfNone", Events{77, {}}},
        {"EventsWant", EventsWant{{1, 2, 1ull << 60}}},
        {"Checkpoint", NewCheckpoint{note(43)}},
        {"Credit", Credit{8}},
        {"Scope", Scope{{commune}, {other_commune, registry_scope}, "đơn vị mới"}},
        {"Bye", Bye{ByeReason::superseded, "máy khác đã nối", 60'000}},
        {"BlobHave", BlobHave{{filled<Hash>(11), 70'000}, true, {}}},
        {"BlobHaveOfSome", BlobHave{{filled<Hash>(11), 10 * log::file_chunk_bytes}, true, {0x55, 0x01}}},
        {"BlobHaveOfNothing", BlobHave{{filled<Hash>(11), 70'000}, false, {}}},
        {"BlobWant", BlobWant{{filled<Hash>(11), 70'000}, 65'536, 4'464, BlobState::wanted, 0, 1'000}},
        {"BlobWantOfNothing", BlobWant{{filled<Hash>(11), 70'000}, 0, 0, BlobState::stored, 77, 70'000}},
        {"BlobChunk",
         BlobChunk{{filled<Hash>(11), 1ull << 32}, 1ull << 31, Bytes(piece_bytes_max, 7), std::vector<Hash>(16, filled<Hash>(12))}},
        {"BlobChunkOfAByte", BlobChunk{{filled<Hash>(11), 1}, 0, {9}, {}}},
    };
}

class FrameRow : public testing::TestWithParam<Row> {};

TEST_P(FrameRow, ComesBackAsItWas) {
    const Frame& frame = GetParam().frame;
    const Bytes bytes = encode(frame);
    EXPECT_LE(bytes.size(), frame_bytes_max);
    const auto decoded = decode(bytes);
    ASSERT_TRUE(decoded) << decoded.error().detail;
    EXPECT_EQ(decoded->frame, frame);
    const bool in_transcript = std::holds_alternative<Hello>(frame) || std::holds_alternative<Welcome>(frame);
    EXPECT_EQ(decoded->message_hash, in_transcript ? message_hash(frame) : Hash{});
}

TEST_P(FrameRow, IsRefusedWhenCutShort) {
    const Bytes bytes = encode(GetParam().frame);
    const std::size_t step = bytes.size() > 4000 ? 101 : 1;
    for (std::size_t size = 0; size < bytes.size(); size += step) {
        const auto decoded = decode(ByteSpan{bytes}.first(size));
        ASSERT_FALSE(decoded) << "cut to " << size << " of " << bytes.size();
    }
}

TEST_P(FrameRow, IsRefusedWithSomethingBehindIt) {
    Bytes bytes = encode(GetParam().frame);
    bytes.insert(bytes.end(), 8, 0);
    EXPECT_FALSE(decode(bytes));
    if (bytes[1] != 0) return;
    store_le(bytes.data() + 4, static_cast<std::uint32_t>(bytes.size() - header_bytes));  // and the header owns up to it
    EXPECT_FALSE(decode(bytes));
}

// Whatever a flipped bit makes of it, it is an error or a frame: and a frame, once taken, can be sent again.
TEST_P(FrameRow, SurvivesEveryFlippedBit) {
    const Bytes good = encode(GetParam().frame);
    const std::size_t step = good.size() > 4000 ? 1009 : 1;
    for (std::size_t bit = 0; bit < good.size() * 8; bit += step) {
        Bytes bytes = good;
        bytes[bit / 8] ^= static_cast<Byte>(1 << (bit % 8));
        const auto decoded = decode(bytes);
        if (!decoded) continue;
        const auto again = decode(encode(decoded->frame));
        ASSERT_TRUE(again) << "bit " << bit << ": " << again.error().detail;
        ASSERT_EQ(again->frame, decoded->frame) << "bit " << bit;
    }
}

INSTANTIATE_TEST_SUITE_P(Table, FrameRow, testing::ValuesIn(rows()), [](const auto& row) { return row.param.name; });

// What the tables of sizes promise: a frame cut by them fits, also when nothing in it compresses.
TEST(FrameRoom, HoldsAFullPushOfNoise) {
    for (const std::size_t words : {8ul, 40ul, 8ul * 1024}) {
        Random random{words};
        std::vector<log::SignedAction> actions;
        for (std::size_t room = 0; actions.size() < log::push_actions_max;) {
            log::SignedAction next = action(random, words);
            next.signatures = {{1, random.bytes(64)}, {1, random.bytes(64)}, {1, random.bytes(64)}, {1, random.bytes(64)}};
            room += push_room(next);
            if (room > push_room_max) break;
            actions.push_back(std::move(next));
        }
        const Frame frame = Push{push(0, {}, std::move(actions))};
        const auto decoded = decode(encode(frame));
        ASSERT_TRUE(decoded) << decoded.error().detail;
        EXPECT_EQ(decoded->frame, frame);
    }
}

TEST(FrameRoom, HoldsAFullFrameOfEventsOfNoise) {
    for (const std::size_t words : {1ul, 40ul, 8ul * 1024}) {
        Random random{words};
        Events events{1'000'000, {}};
        for (std::size_t room = 0;;) {
            log::Event next = event(events.events.size(), action(random, words));
            room += events_room(next);
            if (room > events_room_max) break;
            events.events.push_back(std::move(next));
        }
        const auto decoded = decode(encode(events));
        ASSERT_TRUE(decoded) << decoded.error().detail;
        EXPECT_EQ(decoded->frame, Frame{events});
    }
}

TEST(FrameRoom, HoldsTheLargestEvent) {
    Random random{1};
    log::SignedAction largest = action(random, log::action_bytes_max / 8);
    for (int i = 0; i < 3; ++i) largest.signatures.push_back({1, random.bytes(signature_bytes_max)});
    EXPECT_LE(push_room(largest), push_room_max + 16 + 8 + 3 * 16);
    const Frame pushed = Push{push(0, {}, {largest})};
    const auto decoded = decode(encode(pushed));
    ASSERT_TRUE(decoded) << decoded.error().detail;
    log::Event one = event(0, largest);
    one.seal = decoded ? std::get<Push>(decoded->frame).push.seal : log::Seal{};
    EXPECT_TRUE(decode(encode(Events{1, {one}})));
}

TEST(FrameForm, IsCompressedWhenThatIsSmaller) {
    Random random{1};
    const Bytes small = encode(Credit{1});
    EXPECT_EQ(small[1], 0);
    std::vector<log::SignedAction> alike(200, action(random, 30));
    const Bytes packed = encode(Push{push(0, {}, alike)});
    EXPECT_EQ(packed[1], 1);
    EXPECT_LT(packed.size(), load_le<std::uint32_t>(packed.data() + 4) / 10);
    const Bytes noise = encode(Push{push(0, {}, {action(random, 8000)})});
    EXPECT_EQ(noise[1], 0);
}

TEST(FrameForm, DetailIsCutBetweenCharacters) {
    std::string detail;
    while (detail.size() < 3 * text_bytes_max) detail += "ệ";
    const auto decoded = decode(encode(Bye{ByeReason::busy, detail, 0}));
    ASSERT_TRUE(decoded) << decoded.error().detail;
    const Bye& bye = std::get<Bye>(decoded->frame);
    EXPECT_GT(bye.detail.size(), text_bytes_max - 3);
    EXPECT_EQ(detail.compare(0, bye.detail.size(), bye.detail), 0);
}

TEST(SessionStatement, StartsWithItsPrefix) {
    const Bytes statement = session_statement(filled<Hash>(1), filled<Hash>(2), filled<Hash>(3));
    EXPECT_EQ(as_text(statement).substr(0, 15), "hoso/session/v1");
    ASSERT_EQ(statement.size(), 15u + 3 * 32);
    EXPECT_EQ(statement[15], 1);
    EXPECT_EQ(statement[47], 2);
    EXPECT_EQ(statement[79], 3);
}

TEST(Names, AreAllThere) {
    for (std::uint16_t i = 0; i <= static_cast<std::uint16_t>(ByeReason::superseded); ++i) {
        EXPECT_STRNE(name(static_cast<ByeReason>(i)), "unknown");
    }
    EXPECT_STREQ(name(Frame{NewCheckpoint{}}), "Checkpoint");
}

}  // namespace
}  // namespace hoso::sync::test
