#include "shared/domain/action_codec.hpp"

#include <capnp/any.h>
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <gtest/gtest.h>

#include "schema/action.capnp.h"
#include "tests/support/sample_actions.hpp"

namespace hoso::domain {
namespace {

using Sample = std::pair<std::string, Action>;

class EveryKind : public testing::TestWithParam<Sample> {};
INSTANTIATE_TEST_SUITE_P(Samples, EveryKind, testing::ValuesIn(tests::sample_actions()),
                         [](const auto& row) { return row.param.first; });
INSTANTIATE_TEST_SUITE_P(FullerSamples, EveryKind, testing::ValuesIn(tests::fuller_sample_actions()),
                         [](const auto& row) { return row.param.first; });

TEST(Samples, CoverEveryKindOnce) {
    const auto samples = tests::sample_actions();
    ASSERT_EQ(samples.size(), std::variant_size_v<AnyBody>);
    ASSERT_EQ(tests::action_kind_names().size(), std::variant_size_v<AnyBody>);
    for (std::size_t i = 0; i < samples.size(); ++i) EXPECT_EQ(samples[i].second.body.index(), i);
}

TEST_P(EveryKind, ComesBackAsItWas) {
    const Action& action = GetParam().second;
    const Bytes bytes = encode(action);
    EXPECT_EQ(bytes.size() % 8, 0u);
    EXPECT_LE(bytes.size(), action_bytes_max);
    const auto decoded = decode(bytes);
    ASSERT_TRUE(decoded) << decoded.error().detail;
    EXPECT_EQ(*decoded, action);
    EXPECT_EQ(encode(*decoded), bytes);
}

TEST_P(EveryKind, ComesBackWithNothingInIt) {
    Action action;
    action.body = GetParam().second.body;
    std::visit([](auto& body) { body = {}; }, action.body);
    const auto decoded = decode(encode(action));
    ASSERT_TRUE(decoded) << decoded.error().detail;
    EXPECT_EQ(*decoded, action);
}

TEST_P(EveryKind, LiesAnywhereInMemory) {
    const Bytes bytes = encode(GetParam().second);
    for (std::size_t offset = 1; offset < 8; ++offset) {
        Bytes moved(offset);
        append(moved, bytes);
        const auto decoded = decode(ByteSpan(moved).subspan(offset));
        ASSERT_TRUE(decoded) << offset;
        EXPECT_EQ(*decoded, GetParam().second);
    }
}

TEST_P(EveryKind, CutShortIsAnError) {
    const Bytes bytes = encode(GetParam().second);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        const auto decoded = decode(cut);
        ASSERT_FALSE(decoded) << length;
        EXPECT_EQ(decoded.error().code, Errc::corrupt) << length;
    }
}

TEST_P(EveryKind, FlippedBitIsAnActionOrAnError) {
    const Bytes bytes = encode(GetParam().second);
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        Bytes wrong = bytes;
        wrong[bit / 8] ^= static_cast<Byte>(1u << bit % 8);
        const auto decoded = decode(wrong);
        if (decoded) {
            ASSERT_FALSE(encode(*decoded).empty());
        } else {
            EXPECT_TRUE(decoded.error().code == Errc::corrupt || decoded.error().code == Errc::version) << decoded.error().detail;
        }
    }
}

// Changes a sample of some kind under the codec's feet, by way of the schema.
struct Change {
    const char* name;
    const char* kind;
    void (*change)(schema::Action::Builder);
    Errc code;
    const char* words;  // part of the detail
};

capnp::Data::Reader bytes_of(std::string_view text) { return {reinterpret_cast<const Byte*>(text.data()), text.size()}; }

const Change changes[] = {
    {"IdTooShort", "submitted", [](auto a) { a.getHeader().setDevice(bytes_of("fifteen bytes..")); }, Errc::corrupt, "device"},
    {"IdTooLong", "submitted", [](auto a) { a.getHeader().setStream(bytes_of("seventeen bytes..")); }, Errc::corrupt, "stream"},
    {"IdMissing", "submitted", [](auto a) { a.getHeader().disownDevice(); }, Errc::corrupt, "device"},
    {"EmptySession", "submitted", [](auto a) { a.getHeader().setSession(bytes_of("")); }, Errc::corrupt, "session"},
    {"HashTooShort", "submitted", [](auto a) { a.getHeader().setSeenRoot(bytes_of("short")); }, Errc::corrupt, "seenRoot"},
    {"ClockQuality", "submitted", [](auto a) { a.getHeader().setClockQuality(static_cast<schema::ClockQuality>(4)); },
     Errc::corrupt, "clockQuality"},
    {"FileRoot", "submitted", [](auto a) { a.getHeader().getFiles()[1].setRoot(bytes_of("short")); }, Errc::corrupt, "root"},
    {"FileRole", "submitted", [](auto a) { a.getHeader().getFiles()[1].setRole("\xC3"); }, Errc::corrupt, "role"},
    {"HeaderMissing", "submitted", [](auto a) { a.disownHeader(); }, Errc::version, "schema version 0"},
    {"NewerSchema", "submitted", [](auto a) { a.getHeader().setSchemaVersion(2); }, Errc::version, "schema version 2"},
    {"BodyMissing", "submitted", [](auto a) { a.disownBody(); }, Errc::corrupt, "logKey"},
    {"Role", "mandate_granted", [](auto a) { a.getBody().getMandateGranted().setRole(static_cast<schema::Role>(6)); },
     Errc::corrupt, "role"},
    {"Seat", "council_established",
     [](auto a) { a.getBody().getCouncilEstablished().getMembers()[2].setSeat(static_cast<schema::Seat>(4)); }, Errc::corrupt,
     "seat"},
    {"DossierKind", "dossier_opened", [](auto a) { a.getBody().getDossierOpened().setKind(static_cast<schema::DossierKind>(3)); },
     Errc::corrupt, "kind"},
    {"DecisionKind", "decision_signed",
     [](auto a) { a.getBody().getDecisionSigned().setKind(static_cast<schema::DecisionKind>(2)); }, Errc::corrupt, "kind"},
    {"NumberKind", "number_block_granted",
     [](auto a) { a.getBody().getNumberBlockGranted().setKind(static_cast<schema::NumberKind>(999)); }, Errc::corrupt, "kind"},
    {"TextWithNul", "note_added",
     [](auto a) {
         a.getBody().getNoteAdded().setText({"a\0b", 3});
     },
     Errc::corrupt, "text"},
    {"TextNotUtf8", "note_added", [](auto a) { a.getBody().getNoteAdded().setText("\xED\xA0\x80"); }, Errc::corrupt, "text"},
    {"TextInList", "document_added", [](auto a) { a.getBody().getDocumentAdded().getCriteria().set(1, "\xFF"); }, Errc::corrupt,
     "criteria"},
    {"IdInList", "meeting_closed", [](auto a) { a.getBody().getMeetingClosed().getSheets().set(1, bytes_of("short")); },
     Errc::corrupt, "sheets"},
    {"SignatureSize", "device_enrolled", [](auto a) { a.getBody().getDeviceEnrolled().setSlipSignature(bytes_of("short")); },
     Errc::corrupt, "slipSignature"},
    {"BeforeTheCalendar", "received", [](auto a) { a.getBody().getReceived().setDate(-719163); }, Errc::corrupt, "date"},
    {"AfterTheCalendar", "received", [](auto a) { a.getBody().getReceived().setDate(2932897); }, Errc::corrupt, "date"},
};

Bytes changed(const char* kind, void (*change)(schema::Action::Builder)) {
    for (const auto& [name, action] : tests::sample_actions()) {
        if (name != kind) continue;
        const Bytes bytes = encode(action);
        kj::Array<capnp::word> words = kj::heapArray<capnp::word>(bytes.size() / 8);
        std::memcpy(words.begin(), bytes.data(), bytes.size());
        capnp::FlatArrayMessageReader reader(words);
        capnp::MallocMessageBuilder builder;
        builder.setRoot(reader.getRoot<schema::Action>());
        change(builder.getRoot<schema::Action>());
        const auto flat = capnp::messageToFlatArray(builder);
        return {flat.asBytes().begin(), flat.asBytes().end()};
    }
    return {};
}

class Changed : public testing::TestWithParam<Change> {};
TEST_P(Changed, IsRefused) {
    const auto decoded = decode(changed(GetParam().kind, GetParam().change));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, GetParam().code);
    EXPECT_NE(decoded.error().detail.find(GetParam().words), std::string::npos) << decoded.error().detail;
}
INSTANTIATE_TEST_SUITE_P(Table, Changed, testing::ValuesIn(changes), [](const auto& row) { return row.param.name; });

TEST(Decode, TakesTheWholeCalendar) {
    EXPECT_TRUE(decode(changed("received", [](auto a) { a.getBody().getReceived().setDate(-719162); })));
    EXPECT_TRUE(decode(changed("received", [](auto a) { a.getBody().getReceived().setDate(2932896); })));
}

TEST(Decode, RefusesAKindItDoesNotKnow) {
    const auto decoded = decode(changed("judge_upgraded", [](schema::Action::Builder action) {
        auto data = capnp::AnyStruct::Builder(action.getBody()).getDataSection();
        data[0] = std::variant_size_v<AnyBody>;  // the union's number; the next free one
    }));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, Errc::version);
    EXPECT_NE(decoded.error().detail.find("kind"), std::string::npos);
}

TEST(Decode, RefusesWhatFollowsTheMessage) {
    Bytes bytes = encode(tests::sample_actions().front().second);
    bytes.resize(bytes.size() + 8);
    EXPECT_EQ(decode(bytes).error().code, Errc::corrupt);
    bytes.resize(bytes.size() - 1);
    EXPECT_EQ(decode(bytes).error().code, Errc::corrupt);
}

TEST(Decode, RefusesMoreThan64KiB) {
    Action action{tests::sample_header(), NoteAdded{tests::sample_id(1), std::string(action_bytes_max, 'a')}};
    EXPECT_EQ(decode(encode(action)).error().code, Errc::limit);
    action.body = NoteAdded{tests::sample_id(1), std::string(action_bytes_max - 1024, 'a')};
    EXPECT_TRUE(decode(encode(action)));
}

// A list of nothing costs no bytes, so its length is bounded by what may be read, not by the message.
TEST(Decode, RefusesAListOfNothingThatIsTooLong) {
    const auto decoded = decode(changed("adopted", [](schema::Action::Builder action) {
        auto list = capnp::AnyStruct::Builder(action.getBody().getAdopted()).getPointerSection();
        list[0].initAs<capnp::List<capnp::Void>>(1 << 28);
    }));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, Errc::corrupt);
}

TEST(Decode, RefusesNoise) {
    std::uint32_t state = 12345;
    for (int round = 0; round < 20'000; ++round) {
        Bytes noise(16 + round % 64 * 8);
        for (Byte& byte : noise) byte = static_cast<Byte>((state = state * 1664525 + 1013904223) >> 24);
        if (round % 2)
            std::fill_n(noise.begin(), 4, Byte{0}), store_le(noise.data() + 4, static_cast<std::uint32_t>(noise.size() / 8 - 1));
        const auto decoded = decode(noise);
        EXPECT_TRUE(!decoded || !encode(*decoded).empty());
    }
}

}  // namespace
}  // namespace hoso::domain
