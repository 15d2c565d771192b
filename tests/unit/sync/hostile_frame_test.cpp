#include <capnp/message.h>
#include <capnp/serialize.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include <functional>

#include "schema/sync.capnp.h"
#include "tests/support/sync_cast.hpp"

// Frames that no honest program sends. Each is an error, never a crash, and costs no more memory than the limits say.
namespace hoso::sync::test {
namespace {

Bytes with_header(Byte codec, std::size_t message_bytes, ByteSpan body, Byte version = 1, std::uint16_t dictionary = 0) {
    Bytes bytes{version, codec};
    append_le(bytes, dictionary);
    append_le(bytes, static_cast<std::uint32_t>(message_bytes));
    append(bytes, body);
    return bytes;
}

Bytes plain(ByteSpan message) { return with_header(0, message.size(), message); }

Bytes zstd(ByteSpan message, int level = 3, int window_log = 0) {
    Bytes packed(ZSTD_compressBound(message.size()));
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    if (window_log) ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log);
    // Streaming without a size: the window stands in the header instead of the length.
    ZSTD_inBuffer in{message.data(), message.size(), 0};
    ZSTD_outBuffer out{packed.data(), packed.size(), 0};
    if (window_log) {
        ZSTD_compressStream2(context, &out, &in, ZSTD_e_flush);
        ZSTD_compressStream2(context, &out, &in, ZSTD_e_end);
    } else {
        out.pos = ZSTD_compress2(context, packed.data(), packed.size(), message.data(), message.size());
    }
    ZSTD_freeCCtx(context);
    packed.resize(out.pos);
    return packed;
}

Bytes message(const std::function<void(schema::Frame::Builder)>& fill) {
    capnp::MallocMessageBuilder builder(1 << 16);
    fill(builder.initRoot<schema::Frame>());
    const auto words = capnp::messageToFlatArray(builder);
    const auto bytes = words.asBytes();
    return {bytes.begin(), bytes.end()};
}

Bytes words(std::initializer_list<std::uint64_t> of) {
    Bytes bytes;
    for (const std::uint64_t word : of) append_le(bytes, word);
    return bytes;
}

capnp::Data::Reader data(const Bytes& bytes) { return {bytes.data(), bytes.size()}; }

struct Row {
    const char* name;
    std::function<Bytes()> make;
    Errc errc;
};

Bytes good() {
    return message([](auto frame) { frame.initCredit().setPushes(1); });
}

const Row wire_rows[] = {
    {"Nothing", [] { return Bytes{}; }, Errc::protocol},
    {"HalfAHeader",
     [] {
         return Bytes{1, 0, 0, 0};
     },
     Errc::protocol},
    {"NoMessage", [] { return plain({}); }, Errc::protocol},
    {"NewerHeader", [] { return with_header(0, good().size(), good(), 2); }, Errc::version},
    {"UnknownCodec", [] { return with_header(2, good().size(), good()); }, Errc::version},
    {"Dictionary", [] { return with_header(0, good().size(), good(), 1, 7); }, Errc::version},
    {"LengthTooShort", [] { return with_header(0, good().size() - 8, good()); }, Errc::protocol},
    {"LengthTooLong", [] { return with_header(0, good().size() + 8, good()); }, Errc::protocol},
    {"HalfAWord", [] { return plain(Bytes(20)); }, Errc::protocol},
    {"LargerThanAFrame", [] { return plain(Bytes(frame_bytes_max)); }, Errc::limit},
    {"ClaimsMoreThanAMessage", [] { return with_header(1, message_bytes_max + 8, zstd(Bytes(1000))); }, Errc::limit},
    {"ClaimsFourGigabytes", [] { return with_header(1, 0xFFFFFFF8, zstd(Bytes(1000))); }, Errc::limit},
    {"Bomb", [] { return with_header(1, message_bytes_max, zstd(Bytes(100 << 20))); }, Errc::limit},
    {"SmallBomb", [] { return with_header(1, 900 << 10, zstd(Bytes(900 << 10))); }, Errc::limit},
    {"BombThatLiesDownwards", [] { return with_header(1, 64, zstd(Bytes(1 << 20))); }, Errc::protocol},
    {"WideWindow", [] { return with_header(1, good().size(), zstd(good(), 1, 23)); }, Errc::limit},
    {"NoZstd", [] { return with_header(1, good().size(), good()); }, Errc::protocol},
    {"TwoZstdFrames",
     [] {
         Bytes body = zstd(good());
         append(body, zstd(good()));
         return with_header(1, 2 * good().size(), body);
     },
     Errc::protocol},
    {"BehindTheZstdFrame",
     [] {
         Bytes body = zstd(good());
         append(body, words({0x184D2A50, 0}));  // a skippable frame
         return with_header(1, good().size(), body);
     },
     Errc::protocol},
};

const Row message_rows[] = {
    {"ManySegments",
     [] {
         return words({0x0000000100000003, 0x0000000100000001, 0x0000000000000001, 0, 0, 0});
     },
     Errc::protocol},
    {"SegmentShorterThanTheBody",
     [] {
         return words({0x0000000100000000, 0, 0});
     },
     Errc::protocol},
    {"SegmentLongerThanTheBody",
     [] {
         return words({0x0000000900000000, 0, 0});
     },
     Errc::protocol},
    {"RootOutside",
     [] {
         return words({0x0000000100000000, 0x0001000100001000});
     },
     Errc::protocol},
    {"FarPointer",
     [] {
         return words({0x0000000200000000, 0x000000000000000A, 0});
     },
     Errc::protocol},
    // The root's own pointer points back at the root: Push within Push without end.
    {"PointsAtItself",
     [] {
         // struct Frame: 1 data word (discriminant 6, push), 1 pointer to a struct at its own place.
         return words({0x0000000300000000, 0x0001000100000000, 6, 0x00010001FFFFFFF4});
     },
     Errc::protocol},
    // actions: 2^29-1 structs of no size.
    {"ListOfNothing",
     [] {
         Bytes bytes = message([](auto frame) { frame.initPush().initActions(0); });
         // The list's tag says how many; it follows the pointer to the list, which is the last thing in the message.
         store_le(bytes.data() + bytes.size() - 8, std::uint64_t{0x00000000'7FFFFFFC});
         return bytes;
     },
     Errc::protocol},
    {"UnknownFrame",
     [] {
         Bytes bytes = good();
         store_le(bytes.data() + 16, std::uint16_t{99});
         return bytes;
     },
     Errc::version},
    {"UnknownReason", [] { return message([](auto frame) { frame.initBye().setReason(static_cast<schema::ByeReason>(99)); }); },
     Errc::version},
    {"StoredChunk", [] { return message([](auto frame) { frame.initEvents().setChunk(data(Bytes(8))); }); }, Errc::version},
    {"ShortSignature", [] { return message([](auto frame) { frame.initAuth().setSignature(data(Bytes(63))); }); }, Errc::protocol},
    {"NoSignature", [] { return message([](auto frame) { frame.initAuth(); }); }, Errc::protocol},
    {"NoLog", [] { return message([](auto frame) { frame.initHello(); }); }, Errc::protocol},
    {"NoActions",
     [] {
         return message([](auto frame) {
             auto push = frame.initPush();
             push.setDevice(data(Bytes(16)));
             push.initSeal().setPrevious(data(Bytes(32)));
             push.getSeal().setRoot(data(Bytes(32)));
             push.getSeal().setSignature(data(Bytes(64)));
         });
     },
     Errc::protocol},
    {"NotUtf8", [] { return message([](auto frame) { frame.initCheckpoint().setNote("\xC3\x28"); }); }, Errc::protocol},
    {"HoldsNul", [] { return message([](auto frame) {
                          frame.initCheckpoint().setNote({"a\0b", 3});
                      }); }, Errc::protocol},
    {"LongNote", [] { return message([](auto frame) { frame.initCheckpoint().setNote(std::string(note_bytes_max + 1, 'a')); }); },
     Errc::limit},
    {"LongDetail", [] { return message([](auto frame) { frame.initBye().setDetail(std::string(text_bytes_max + 1, 'a')); }); },
     Errc::limit},
    {"ManyScopes", [] { return message([](auto frame) { frame.initScope().initAdded(scopes_max + 1); }); }, Errc::limit},
    {"ShortScope", [] { return message([](auto frame) { frame.initScope().initAdded(1).set(0, data(Bytes(15))); }); },
     Errc::protocol},
    {"ManyPositions", [] { return message([](auto frame) { frame.initEventsWant().initPositions(positions_max + 1); }); },
     Errc::limit},
    {"HalfAHead", [] { return message([](auto frame) { frame.initResults().setHeads(data(Bytes(log::head_size + 8))); }); },
     Errc::protocol},
    {"NoHeads", [] { return message([](auto frame) { frame.initResults(); }); }, Errc::protocol},
    {"ManyHeads",
     [] {
         return message(
             [](auto frame) { frame.initResults().setHeads(data(Bytes((log::push_actions_max + 1) * log::head_size))); });
     },
     Errc::limit},
    {"RecordCutShort", [] { return message([](auto frame) { frame.initEvents().setLeaves(data(words({200}))); }); },
     Errc::protocol},
    {"UnknownRecord", [] { return message([](auto frame) { frame.initEvents().setLeaves(data(words({0x0000000200000000}))); }); },
     Errc::protocol},
};

class Hostile : public testing::TestWithParam<Row> {};

TEST_P(Hostile, IsAnError) {
    const auto decoded = decode(GetParam().make());
    ASSERT_FALSE(decoded);
    EXPECT_EQ(static_cast<int>(decoded.error().code), static_cast<int>(GetParam().errc)) << decoded.error().detail;
}

std::vector<Row> all_rows() {
    std::vector<Row> rows(std::begin(wire_rows), std::end(wire_rows));
    for (const Row& row : message_rows) rows.push_back({row.name, [make = row.make] { return plain(make()); }, row.errc});
    return rows;
}

INSTANTIATE_TEST_SUITE_P(Table, Hostile, testing::ValuesIn(all_rows()), [](const auto& row) { return row.param.name; });

// Frames that only the encoder of an honest program would never be given.
TEST(HostileContent, IsAnError) {
    Random random{1};
    const auto unsealed = [](std::vector<log::SignedAction> actions) { return Push{{desk_id, 1, {}, std::move(actions)}}; };
    const auto refused = [](const Frame& frame, Errc errc) {
        const auto decoded = decode(encode(frame));
        return !decoded && decoded.error().code == errc;
    };
    using Signatures = std::vector<log::DetachedSignature>;
    const std::vector<log::SignedAction> rows[] = {
        std::vector<log::SignedAction>(log::push_actions_max + 1, action(random, 1)),
        {{Bytes(log::action_bytes_max + 8), {}}},
        {{Bytes(8), Signatures(log::signatures_max + 1)}},
        {{Bytes(8), {{1, Bytes(signature_bytes_max + 1)}}}},
        std::vector<log::SignedAction>(20, action(random, 768)),  // as much as fits only because it compresses
        // Little of it is content: what was taken must fit a frame again, however it compresses.
        std::vector<log::SignedAction>(log::push_actions_max, {action(random, 25).action, Signatures(4, {1, Bytes(1)})}),
    };
    for (const auto& actions : rows) EXPECT_TRUE(refused(unsealed(actions), Errc::limit));
    const log::Event five = event(5, action(random, 4)), six = event(6, action(random, 4));
    EXPECT_FALSE(refused(Events{7, {five, six}}, Errc::protocol));
    EXPECT_TRUE(refused(Events{7, {six, five}}, Errc::protocol));
    EXPECT_TRUE(refused(Events{7, {five, five}}, Errc::protocol));
    EXPECT_TRUE(refused(Events{6, {five, six}}, Errc::protocol));
}

TEST(HostileContent, NoiseIsNeverAccepted) {
    Random random{2};
    for (int i = 0; i < 20'000; ++i) {
        Bytes bytes = random.bytes(random.below(400));
        if (random.one_in(2) && bytes.size() >= 32) {  // past the header and the segment table
            const std::size_t body = (bytes.size() - 8) / 8 * 8;
            bytes.resize(8 + body);
            store_le(bytes.data(), std::uint32_t{1});
            store_le(bytes.data() + 4, static_cast<std::uint32_t>(body));
            store_le(bytes.data() + 8, std::uint32_t{0});
            store_le(bytes.data() + 12, static_cast<std::uint32_t>(body / 8 - 1));
            store_le(bytes.data() + 16, std::uint64_t{0x0001000100000000});
            bytes[24] = static_cast<Byte>(random.below(14));
            bytes[25] = 0;
        }
        const auto decoded = decode(bytes);
        if (decoded) {
            EXPECT_TRUE(decode(encode(decoded->frame)));
        }
    }
}

}  // namespace
}  // namespace hoso::sync::test
