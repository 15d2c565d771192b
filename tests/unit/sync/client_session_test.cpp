#include "shared/sync/client_session.hpp"

#include <gtest/gtest.h>

#include "tests/support/client_talk.hpp"

namespace hoso::sync::client::test {
namespace {

TEST(ClientHandshake, SignsWhatBothSaid) {
    Talk talk;
    talk.open();
    const auto hello = sent<Hello>(talk.last);
    ASSERT_EQ(hello.size(), 1u);
    EXPECT_EQ(hello[0].log, log_id);
    EXPECT_EQ(hello[0].head, facts().head);
    EXPECT_EQ(hello[0].cursors, facts().cursors);
    EXPECT_EQ(hello[0].checkpoint, note(20));
    EXPECT_EQ(hello[0].nonce, filled<Hash>(0x65));
    talk.step(frame(welcome()));
    const auto auth = sent<Auth>(talk.last);
    ASSERT_EQ(auth.size(), 1u);
    const Bytes statement = session_statement(exporter, message_hash(hello[0]), message_hash(welcome()));
    EXPECT_TRUE(verify(desk_key().public_key(), statement, auth[0].signature));
    EXPECT_FALSE(talk.session.ready());
    talk.step(frame(Ready{}));
    EXPECT_TRUE(talk.session.ready());
    EXPECT_EQ(only<UseScopes>(talk.last).at(0).scopes, welcome().scopes);
    EXPECT_EQ(only<Prepare>(talk.last).at(0).first_seq, 4u);  // what was logged without an answer is sent again
}

struct Row {
    const char* name;
    std::function<void(Talk&)> lead;
    ByeReason reason;
};

std::string note_of_another_province() { return log::sign_note({"hoso.example/other", 25, {}}, log_key()); }
std::string note_by_another_key() { return log::sign_note({origin, 25, {}}, desk_key()); }

const Row rows[] = {
    {"AnotherProtocol", [](Talk& t) { t.greeted(with([](Welcome& w) { w.protocol = 2; })); }, ByeReason::version},
    {"NoCheckpoint", [](Talk& t) { t.greeted(with([](Welcome& w) { w.checkpoint.clear(); })); }, ByeReason::bad_signature},
    {"CheckpointOfAnotherProvince", [](Talk& t) { t.greeted(with([](Welcome& w) { w.checkpoint = note_of_another_province(); })); },
     ByeReason::bad_signature},
    {"CheckpointByAnotherKey", [](Talk& t) { t.greeted(with([](Welcome& w) { w.checkpoint = note_by_another_key(); })); },
     ByeReason::bad_signature},
    {"ShorterLog", [](Talk& t) { t.greeted(with([](Welcome& w) { w.checkpoint = note(19); })); }, ByeReason::amnesia},
    {"AnotherHistory", [](Talk& t) { t.greeted(with([](Welcome& w) { w.checkpoint = note(20, 0x77); })); }, ByeReason::amnesia},
    {"AheadOfUs", [](Talk& t) { t.greeted(with([](Welcome& w) { w.head.next_seq = 11; })); }, ByeReason::bad_chain},
    {"OtherBranch", [](Talk& t) { t.greeted(with([](Welcome& w) { w.head.next_seq = 10; })); }, ByeReason::bad_chain},
    {"ForgotWhatItAnswered", [](Talk& t) { t.greeted(with([](Welcome& w) { w.head.next_seq = 3; })); }, ByeReason::amnesia},
    {"ReadyBeforeWelcome", [](Talk& t) { t.open(), t.step(frame(Ready{})); }, ByeReason::protocol},
    {"WelcomeTwice", [](Talk& t) { t.greeted(), t.step(frame(welcome())); }, ByeReason::protocol},
    {"EventsBeforeReady", [](Talk& t) { t.greeted(), t.step(frame(events_to(19))); }, ByeReason::protocol},
    {"ResultsBeforeReady",
     [](Talk& t) {
         t.greeted(), t.step(frame(Results{4, heads(push_at(4), 1)}));
     },
     ByeReason::protocol},
    {"CheckpointBeforeReady", [](Talk& t) { t.greeted(), t.step(frame(NewCheckpoint{note(30)})); }, ByeReason::protocol},
    {"ScopeBeforeReady", [](Talk& t) { t.greeted(), t.step(frame(Scope{})); }, ByeReason::protocol},
    {"PushFromTheProvince", [](Talk& t) { t.ready(), t.step(frame(Push{push_at(4)})); }, ByeReason::protocol},
    {"RefillIsReserved", [](Talk& t) { t.ready(), t.step(frame(EventsWant{})); }, ByeReason::protocol},
    {"ResultsNobodyAskedFor",
     [](Talk& t) {
         t.ready(), t.step(frame(Results{4, heads(push_at(4), 1)}));
     },
     ByeReason::protocol},
    {"ResultsOfAnotherPush",
     [](Talk& t) {
         t.ready(), t.step(Prepared{push_at(4)}), t.step(frame(Results{6, heads(push_at(6), 1)}));
     },
     ByeReason::protocol},
    {"ResultsOfHalfThePush",
     [](Talk& t) {
         t.ready(), t.step(Prepared{push_at(4)}), t.step(frame(Results{4, heads(push_at(4, 1), 1)}));
     },
     ByeReason::protocol},
    {"ResultsOfAnotherDesk",
     [](Talk& t) {
         log::Push other = push_at(4);
         other.device = other_desk_id;
         t.ready(), t.step(Prepared{push_at(4)}), t.step(frame(Results{4, heads(other, 1)}));
     },
     ByeReason::protocol},
    {"CheckpointGoesBack", [](Talk& t) { t.ready(), t.step(frame(NewCheckpoint{note(24)})); }, ByeReason::amnesia},
    {"CheckpointForks", [](Talk& t) { t.ready(), t.step(frame(NewCheckpoint{note(25, 1)})); }, ByeReason::amnesia},
    {"CheckpointUnsigned", [](Talk& t) { t.ready(), t.step(frame(NewCheckpoint{note_by_another_key()})); },
     ByeReason::bad_signature},
    {"MoreThanTheCredit",
     [](Talk& t) {
         t.ready();
         for (Position i = 0; i <= event_frames_in_flight_max; ++i) t.step(frame(events_to(19 + i)));
     },
     ByeReason::protocol},
    {"SilenceAfterHello", [](Talk& t) { t.open(), t.step(Tick{110 * second}); }, ByeReason::timeout},
    {"SilenceAfterAuth", [](Talk& t) { t.greeted(), t.step(Tick{110 * second}); }, ByeReason::timeout},
    {"Stopped", [](Talk& t) { t.ready(), t.step(Stop{}); }, ByeReason::done},
};

class ClientClose : public testing::TestWithParam<Row> {};

TEST_P(ClientClose, SaysWhyAndEnds) {
    Talk talk;
    GetParam().lead(talk);
    const auto closes = only<Close>(talk.last);
    ASSERT_EQ(closes.size(), 1u);
    EXPECT_EQ(closes[0].reason, GetParam().reason) << closes[0].detail;
    EXPECT_EQ(closes[0].detail.empty(), GetParam().reason == ByeReason::done);
    EXPECT_EQ(sent<Bye>(talk.last).at(0).reason, GetParam().reason);
    EXPECT_TRUE(sent<Auth>(talk.last).empty());
    EXPECT_TRUE(talk.step(frame(Ready{})).empty());
    EXPECT_TRUE(talk.step(OutboxGrew{}).empty());
}

INSTANTIATE_TEST_SUITE_P(Table, ClientClose, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(ClientHandshake, AnOlderCopyOfThisDeskLearnsIt) {
    Talk talk;
    talk.greeted(with([](Welcome& w) { w.head.next_seq = 11; }));
    EXPECT_EQ(only<Ahead>(talk.last).at(0).server.next_seq, 11u);
}

TEST(ClientHandshake, MoreEventsThanTheProvinceHoldsIsAmnesia) {
    Facts more = facts();
    more.checkpoint.clear();
    more.cursors[1].after = 26;
    Talk talk{more};
    talk.greeted();
    EXPECT_EQ(only<Close>(talk.last).at(0).reason, ByeReason::amnesia);
}

TEST(ClientHandshake, EqualHeadsAreFine) {
    Talk talk;
    talk.ready(with([](Welcome& w) { w.head = facts().head; }));
}

TEST(ClientHandshake, TheProvincesByeIsPassedOn) {
    Talk talk;
    talk.open();
    talk.step(frame(Bye{ByeReason::busy, "later", 5'000}));
    const auto closes = only<Close>(talk.last);
    ASSERT_EQ(closes.size(), 1u);
    EXPECT_EQ(closes[0].reason, ByeReason::busy);
    EXPECT_EQ(closes[0].detail, "later");
    EXPECT_EQ(closes[0].retry_after_ms, 5'000u);
    EXPECT_TRUE(only<Send>(talk.last).empty());
}

}  // namespace
}  // namespace hoso::sync::client::test
