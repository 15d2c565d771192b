#include <gtest/gtest.h>

#include "shared/base/hash.hpp"
#include "shared/log/chunk.hpp"
#include "shared/log/filing.hpp"
#include "shared/log/merkle.hpp"
#include "tests/support/log_builder.hpp"

namespace hoso::log {
namespace {

using tests::LogBuilder;

Event full_event() {
    LogBuilder builder;
    builder.grow(1);
    Event event = builder.events().back();
    event.head.against = 17;
    event.head.outcome = 2;
    event.head.path = 1;
    event.head.reason = 32;
    event.head.epoch = 3;
    event.signatures = {{officer_signature, Bytes(64, 5)}, {9, Bytes(13, 6)}, {7, {}}};
    return event;
}

Bytes leaf_of(const Event& event) {
    Bytes leaf;
    encode_leaf(event, leaf);
    return leaf;
}

TEST(Leaf, LiesAsTheFormatSays) {
    const Event event = full_event();
    const Bytes leaf = leaf_of(event);
    ASSERT_EQ(leaf.size(), leaf_size(event));
    EXPECT_EQ(as_text(ByteSpan{leaf}.first(4)), "HLF1");
    EXPECT_EQ(load_le<Position>(leaf.data() + 8), event.head.position);
    EXPECT_EQ(load_le<Position>(leaf.data() + 48), 17u);
    EXPECT_EQ(leaf[56], 2);
    EXPECT_EQ(leaf[57], 1);
    EXPECT_EQ(load_le<std::uint16_t>(leaf.data() + 58), 32);
    EXPECT_EQ(load_le<std::uint32_t>(leaf.data() + 60), 3u);
    EXPECT_EQ(load_le<std::uint32_t>(leaf.data() + 104), event.action.size());
    EXPECT_EQ(load_le<std::uint32_t>(leaf.data() + 108), 72u + 24u + 8u);
    EXPECT_EQ(load_le<std::uint32_t>(leaf.data() + 112), seal_size);
    EXPECT_TRUE(std::equal(event.action.begin(), event.action.end(), leaf.begin() + head_size));
    EXPECT_TRUE(std::equal(event.seal->signature.bytes.begin(), event.seal->signature.bytes.end(), leaf.end() - 64));
}

TEST(Leaf, ComesBack) {
    LogBuilder builder;
    builder.grow(40);
    for (const Event& event : builder.events()) {
        const auto decoded = decode_leaf(leaf_of(event));
        ASSERT_TRUE(decoded) << decoded.error().detail;
        EXPECT_EQ(*decoded, event);
    }
    EXPECT_EQ(*decode_leaf(leaf_of(full_event())), full_event());
}

// A leaf has one encoding: whatever decodes, encodes to the very same bytes.
TEST(Leaf, EveryFlippedBitIsRefusedOrAnotherEvent) {
    const Event event = full_event();
    const Bytes leaf = leaf_of(event);
    for (std::size_t i = 0; i < leaf.size() * 8; ++i) {
        Bytes other = leaf;
        other[i / 8] = static_cast<Byte>(other[i / 8] ^ 1 << i % 8);
        const auto decoded = decode_leaf(other);
        if (!decoded) {
            ASSERT_EQ(decoded.error().code, Errc::corrupt);
            continue;
        }
        ASSERT_NE(*decoded, event) << "bit " << i;
        ASSERT_EQ(leaf_of(*decoded), other) << "bit " << i;
    }
}

TEST(Leaf, EveryOtherLengthIsRefused) {
    Bytes leaf = leaf_of(full_event());
    for (std::size_t size = 0; size < leaf.size(); ++size) ASSERT_FALSE(decode_leaf(ByteSpan{leaf}.first(size))) << size;
    for (int more = 0; more < 16; ++more) {
        leaf.push_back(0);
        ASSERT_FALSE(decode_leaf(leaf)) << leaf.size();
    }
}

struct Damage {
    const char* name;
    std::size_t at;
    std::uint32_t value;
};
const Damage damages[] = {
    {"Magic", 0, 0x32464C48},    {"Outcome", 56, 3},          {"Path", 56, 0x0200},         {"NoAction", 104, 0},
    {"OddAction", 104, 57},      {"HugeAction", 104, 65'544}, {"HugeSignatures", 108, ~0u}, {"HalfASeal", 112, 72},
    {"SealOfAnother", 112, 145}, {"Reserved", 116, 1},        {"HugeSignature", 188, ~0u},  {"SignatureBeyondItsPart", 260, 25},
};
class DamagedLeaf : public testing::TestWithParam<Damage> {};
TEST_P(DamagedLeaf, IsRefused) {
    Bytes leaf = leaf_of(full_event());
    store_le(leaf.data() + GetParam().at, GetParam().value);
    EXPECT_FALSE(decode_leaf(leaf));
}
INSTANTIATE_TEST_SUITE_P(Table, DamagedLeaf, testing::ValuesIn(damages), [](const auto& row) { return row.param.name; });

TEST(Leaf, PaddingIsZero) {
    const Event event = full_event();
    const std::size_t padding = head_size + event.action.size() + 72 + 8 + 13;  // of the second signature
    for (std::size_t i = 0; i < 3; ++i) {
        Bytes leaf = leaf_of(event);
        ASSERT_EQ(leaf[padding + i], 0);
        leaf[padding + i] = 1;
        EXPECT_FALSE(decode_leaf(leaf));
    }
}

TEST(Leaf, HoldsFourSignatures) {
    Event event = full_event();
    event.signatures.push_back({1, {}});
    Bytes leaf = leaf_of(event);
    EXPECT_TRUE(decode_leaf(leaf));
    const auto fifth = leaf.begin() + static_cast<std::ptrdiff_t>(leaf.size() - seal_size);
    leaf.insert(fifth, 8, 0);  // an empty signature of kind 0
    store_le(leaf.data() + 108, load_le<std::uint32_t>(leaf.data() + 108) + 8);
    EXPECT_FALSE(decode_leaf(leaf));
}

TEST(Record, HeadTravelsAlone) {
    Event event = full_event();
    event.action.clear();
    event.signatures.clear();
    event.seal.reset();
    Bytes records;
    append_record(event, records);
    append_record(full_event(), records);
    EXPECT_EQ(load_le<std::uint32_t>(records.data()), head_size);
    EXPECT_EQ(load_le<std::uint32_t>(records.data() + 4), record_head_only);
    const auto decoded = decode_records(records, 2);
    ASSERT_TRUE(decoded) << decoded.error().detail;
    EXPECT_EQ(*decoded, (std::vector<Event>{event, full_event()}));
    EXPECT_EQ(decode_records(records, 1).error().code, Errc::limit);
    for (std::size_t size = 1; size < records.size(); ++size) {
        const bool whole = size == record_head + head_size;
        ASSERT_EQ(decode_records(ByteSpan{records}.first(size), 2).has_value(), whole) << size;
    }
    records[4] = 2;
    EXPECT_FALSE(decode_records(records, 2)) << "unknown flags";
}

Bytes chunk_of(std::span<const Event> events) {
    ChunkBuilder builder;
    for (const Event& event : events) builder.add(event);
    const ByteSpan value = builder.take().value;
    return Bytes(value.begin(), value.end());
}

TEST(Chunk, ComesBack) {
    LogBuilder log;
    log.grow(255);
    for (const std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{256}}) {
        const auto events = std::span{log.events()}.first(count);
        const Bytes value = chunk_of(events);
        EXPECT_EQ(load_le<std::uint32_t>(value.data() + 8), count > 1 ? 1u : 0u) << "a tiny chunk is plain";
        const auto chunk = Chunk::from_value(value);
        ASSERT_TRUE(chunk) << chunk.error().detail;
        ASSERT_EQ(chunk->size(), count);
        for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(*chunk->event(i), events[i]);
        EXPECT_EQ(chunk->find(count - 1), count - 1);
        EXPECT_EQ(chunk->find(count), count);
    }
}

TEST(Chunk, IsBounded) {
    LogBuilder log;
    log.grow(300);
    ChunkBuilder builder;
    std::size_t held = 0;
    for (; builder.has_room_for(log.events()[held]); ++held) builder.add(log.events()[held]);
    EXPECT_EQ(held, chunk_events_max);
    LogBuilder large;
    large.grow(20, action_bytes_max);
    ChunkBuilder few;
    for (held = 0; few.has_room_for(large.events()[held]); ++held) few.add(large.events()[held]);
    EXPECT_LE(held, 5u) << "a small genesis and four of 64 KiB";
}

// RocksDB checks its blocks; this is what remains when somebody rewrites a value: refused, or seen by whoever hashes the leaves
// again.
TEST(Chunk, EveryFlippedBitChangesALeafOrIsRefused) {
    LogBuilder log;
    log.grow(20);
    const Bytes value = chunk_of(log.events());
    std::size_t refused = 0;
    for (std::size_t i = 0; i < value.size() * 8; ++i) {
        Bytes other = value;
        other[i / 8] = static_cast<Byte>(other[i / 8] ^ 1 << i % 8);
        const auto chunk = Chunk::from_value(other);
        refused += !chunk;
        if (!chunk) continue;
        bool differs = false;
        for (std::size_t n = 0; n < chunk->size(); ++n) {
            const auto event = chunk->event(n);
            differs = differs || !event || leaf_hash(chunk->leaf(n)) != leaf_hash(leaf_of(log.events()[n]));
        }
        // Some bits of a zstd frame mean nothing, or name the same bytes by another match: then every event is what it was.
        ASSERT_TRUE(differs || chunk->size() == log.events().size()) << "bit " << i;
    }
    EXPECT_GT(refused, value.size()) << "of " << value.size() * 8;
}

TEST(Chunk, LyingHeadIsRefused) {
    LogBuilder log;
    log.grow(20);
    const Bytes value = chunk_of(log.events());
    const std::pair<std::size_t, std::uint32_t> lies[] = {{0, 0}, {4, 20}, {4, 22},   {8, 0},
                                                          {8, 2}, {12, 1}, {12, ~0u}, {12, 1 << 20}};
    for (const auto& [at, lie] : lies) {
        Bytes other = value;
        store_le(other.data() + at, lie);
        EXPECT_FALSE(Chunk::from_value(other)) << at << " " << lie;
    }
    Bytes twice = value;
    twice.insert(twice.end(), value.begin() + chunk_head, value.end());
    EXPECT_FALSE(Chunk::from_value(twice)) << "two frames";
    EXPECT_FALSE(Chunk::from_value(ByteSpan{value}.first(chunk_head)));
    EXPECT_FALSE(Chunk::from_value({}));
}

TEST(Seal, HoldsForItsPushOnly) {
    const SigningKey key = SigningKey::from_seed({});
    const LogId log{sha256(as_bytes("log")).bytes};
    Push push;
    push.device = tests::device(1);
    push.actions = {{Bytes(8, 1), {}}, {Bytes(8, 2), {}}, {Bytes(8, 3), {}}};
    std::vector<ActionId> ids;
    for (const SignedAction& action : push.actions) ids.push_back(action_id(action.action));
    push.seal = make_seal(key, log, push.device, 0, 5, Hash{}, ids);
    EXPECT_EQ(push.seal.last_seq, 7u);
    EXPECT_TRUE(seal_holds(key.public_key(), log, push));
    EXPECT_FALSE(seal_holds(key.public_key(), LogId{}, push));

    const std::function<void(Push&)> changes[] = {
        [](Push& p) { p.device = tests::device(2); },
        [](Push& p) { p.epoch = 1; },
        [](Push& p) { p.seal.first_seq = 4; },
        [](Push& p) { p.seal.first_seq = 4, p.seal.last_seq = 6; },
        [](Push& p) { p.seal.last_seq = 4; },
        [](Push& p) { p.seal.previous.bytes[0] = 1; },
        [](Push& p) { p.seal.root.bytes[0] ^= 1; },
        [](Push& p) { p.seal.signature.bytes[0] ^= 1; },
        [](Push& p) { p.actions[1].action[0] ^= 1; },
        [](Push& p) { p.actions.pop_back(); },
        [](Push& p) { std::swap(p.actions[0], p.actions[1]); },
        [](Push& p) { p.actions.clear(); },
    };
    for (std::size_t i = 0; i < std::size(changes); ++i) {
        Push other = push;
        changes[i](other);
        EXPECT_FALSE(seal_holds(key.public_key(), log, other)) << "change " << i;
    }
    EXPECT_NE(seal_hash(log, push.device, 0, push.seal), seal_hash(log, push.device, 1, push.seal));
}

TEST(Statements, StartWithTheirPrefix) {
    EXPECT_EQ(act_statement(ActionId{}).size(), 11u + 32u);
    EXPECT_EQ(as_text(ByteSpan{act_statement(ActionId{})}.first(11)), "hoso/act/v1");
    EXPECT_EQ(seal_statement({}, {}, 0, {}).size(), 17u + 32 + 16 + 4 + 8 + 8 + 32 + 32);
    EXPECT_EQ(slip_statement({}, {}, {}, {}, {}, {}).size(), 12u + 32 + 16 + 16 + 32 + 16 + 32);
}

TEST(Filing, StraysGoToTheRegistry) {
    const StreamId named = tests::product(1);
    Head head;
    head.stream_version = 9;
    EXPECT_EQ(filed_in(head, named, false), registry_stream) << "names a stream that does not exist";
    EXPECT_EQ(filed_in(head, named, true), named) << "a founder's device";
    head.stream_version = 0;
    EXPECT_EQ(filed_in(head, named, false), named) << "the first event of a founder's device";
    head.scope = tests::unit(1);
    head.stream_version = 9;
    EXPECT_EQ(filed_in(head, named, false), named);
}

}  // namespace
}  // namespace hoso::log
