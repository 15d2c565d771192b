#include "shared/sync/client_session.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/sync_cast.hpp"

namespace hoso::sync::client::test {
namespace {

using namespace sync::test;

constexpr Instant second = 1'000'000;
const Hash exporter = filled<Hash>(0x61);
const Hash seal_hash = filled<Hash>(0x62);

// Ten actions sealed, four of them answered; the log seen up to 20, held up to 18.
Facts facts() {
    Facts made;
    made.log = log_id;
    made.origin = origin;
    made.log_key = log_key().public_key();
    made.device = desk_id;
    made.epoch = 1;
    made.head = {10, seal_hash};
    made.answered = 4;
    made.checkpoint = note(20);
    made.cursors = {{registry_scope, 0, 18}, {commune, 0, 18}};
    return made;
}

Welcome welcome() {
    Welcome made;
    made.nonce = filled<Hash>(0x63);
    made.checkpoint = note(25);
    made.head = {6, filled<Hash>(0x64)};
    made.scopes = {registry_scope, commune};
    return made;
}

Welcome with(const std::function<void(Welcome&)>& change) {
    Welcome made = welcome();
    change(made);
    return made;
}

Received frame(Frame from) {
    const Hash hash = message_hash(from);
    return {std::move(from), hash};
}

log::Push push_at(std::uint64_t first_seq, std::size_t actions = 2) {
    Random random{first_seq};
    std::vector<log::SignedAction> made;
    for (std::size_t i = 0; i < actions; ++i) made.push_back(action(random, 10));
    return push(first_seq, seal_hash, std::move(made));
}

Events events_to(Position through) {
    Random random{through};
    return {through, {event(through - 1, action(random, 5))}};
}

struct Talk {
    explicit Talk(Facts from = facts()) : session(desk_key(), std::move(from)) {}
    Effects& step(const Input& input) { return last = session.step(input); }
    void open() { step(Opened{exporter, filled<Hash>(0x65), 100 * second}); }
    void greeted(const Welcome& answer = welcome()) {
        open();
        step(frame(answer));
    }
    void ready(const Welcome& answer = welcome()) {
        greeted(answer);
        step(frame(Ready{}));
        ASSERT_TRUE(session.ready());
    }
    // Ready, with nothing more to send.
    void drained() {
        ready();
        step(Prepared{push_at(4, 6)});
        step(Prepared{});
        step(frame(Results{4, heads(push_at(4, 6), 12)}));
    }

    Session session;
    Effects last;
};

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

TEST(ClientPushes, GoAheadOfAnswersWithinTheCredit) {
    Talk talk;
    talk.ready(with([](Welcome& w) { w.credit = 2; }));
    talk.step(Prepared{push_at(4)});
    EXPECT_EQ(sent<Push>(talk.last).size(), 1u);
    EXPECT_EQ(only<Prepare>(talk.last).at(0).first_seq, 6u);
    talk.step(Prepared{push_at(6)});
    EXPECT_EQ(sent<Push>(talk.last).size(), 1u);
    EXPECT_TRUE(only<Prepare>(talk.last).empty());
    talk.step(frame(Results{4, heads(push_at(4), 12)}));
    EXPECT_EQ(only<Answered>(talk.last).at(0).results.first_seq, 4u);
    EXPECT_EQ(only<Prepare>(talk.last).at(0).first_seq, 8u);
}

TEST(ClientPushes, NeverMoreThanTheLimit) {
    Talk talk;
    talk.ready(with([](Welcome& w) { w.credit = 1000; }));
    std::size_t pushes = 0;
    for (std::uint64_t seq = 4; !only<Prepare>(talk.last).empty(); seq += 2) {
        talk.step(Prepared{push_at(seq)});
        pushes += sent<Push>(talk.last).size();
    }
    EXPECT_EQ(pushes, pushes_in_flight_max);
}

TEST(ClientPushes, AskAgainWhenTheOutboxGrows) {
    Talk talk;
    talk.ready();
    talk.step(OutboxGrew{});
    EXPECT_TRUE(only<Prepare>(talk.last).empty());  // one is asked already
    talk.step(Prepared{});                          // which may have been answered before the action was recorded
    EXPECT_EQ(only<Prepare>(talk.last).size(), 1u);
    talk.step(Prepared{});
    EXPECT_TRUE(only<Prepare>(talk.last).empty());
    talk.step(OutboxGrew{});
    EXPECT_EQ(only<Prepare>(talk.last).at(0).first_seq, 4u);
}

TEST(ClientEvents, AreSavedBeforeTheyAreCredited) {
    Talk talk;
    talk.ready();
    talk.step(frame(events_to(19)));
    EXPECT_EQ(only<Save>(talk.last).at(0).events, events_to(19));
    EXPECT_TRUE(only<Send>(talk.last).empty());
    talk.step(Saved{});
    EXPECT_EQ(sent<Credit>(talk.last).at(0).frames, 1u);
}

TEST(ClientEvents, ACheckpointIsSavedAfterWhatItCovers) {
    Talk talk;
    talk.ready();
    EXPECT_TRUE(only<SaveCheckpoint>(talk.last).empty());
    talk.step(frame(events_to(25)));
    EXPECT_EQ(only<Save>(talk.last).at(0).checkpoint, note(25));
    talk.step(frame(events_to(30)));
    talk.step(frame(NewCheckpoint{note(30)}));
    EXPECT_TRUE(only<SaveCheckpoint>(talk.last).empty());
    EXPECT_TRUE(only<SaveCheckpoint>(talk.step(Saved{})).empty());
    talk.step(Saved{});
    EXPECT_EQ(only<SaveCheckpoint>(talk.last).at(0).note, note(30));
}

TEST(ClientIdle, IsWhenAllIsSentAnsweredAndHere) {
    Talk talk;
    talk.drained();
    EXPECT_TRUE(only<Idle>(talk.last).empty());
    talk.step(frame(events_to(25)));
    EXPECT_EQ(only<Idle>(talk.step(Saved{})).size(), 1u);
    talk.step(frame(events_to(26)));
    EXPECT_TRUE(only<Idle>(talk.step(Saved{})).empty());  // past the checkpoint: more is coming
    talk.step(frame(NewCheckpoint{note(26)}));
    EXPECT_EQ(only<Idle>(talk.last).size(), 1u);
    EXPECT_TRUE(only<Idle>(talk.step(Tick{101 * second})).empty());  // said once
}

TEST(ClientIdle, WaitsForOwnEventsToComeBack) {
    Talk talk;
    talk.ready();
    talk.step(frame(events_to(25)));
    talk.step(Saved{});
    talk.step(Prepared{push_at(4, 6)});
    talk.step(Prepared{});
    talk.step(frame(Results{4, heads(push_at(4, 6), 25)}));  // logged at 25 to 30, beyond what is here
    EXPECT_TRUE(only<Idle>(talk.last).empty());
    talk.step(frame(events_to(31)));
    talk.step(Saved{});
    talk.step(frame(NewCheckpoint{note(31)}));
    EXPECT_EQ(only<Idle>(talk.last).size(), 1u);
}

TEST(ClientIdle, AtOnceWhenNothingIsNew) {
    Facts idle = facts();
    idle.answered = 10;
    idle.checkpoint = note(25);
    idle.cursors = {{registry_scope, 0, 25}, {commune, 0, 25}};
    Talk talk{idle};
    talk.ready(with([](Welcome& w) { w.head = facts().head; }));
    EXPECT_TRUE(only<Idle>(talk.last).empty());
    EXPECT_EQ(only<Idle>(talk.step(Prepared{})).size(), 1u);
}

TEST(ClientScopes, FollowTheProvincesWord) {
    Talk talk;
    talk.drained();
    talk.step(frame(events_to(25)));
    talk.step(Saved{});
    talk.step(frame(Scope{{other_commune, commune}, {registry_scope}, "why"}));
    EXPECT_EQ(only<UseScopes>(talk.last).at(0).scopes, (std::vector<UnitId>{commune, other_commune}));
    talk.step(OutboxGrew{});
    EXPECT_TRUE(only<Idle>(talk.step(Prepared{})).empty());  // nothing of the new scope is here
    talk.step(frame(events_to(25)));
    EXPECT_EQ(only<Idle>(talk.step(Saved{})).size(), 1u);
}

}  // namespace
}  // namespace hoso::sync::client::test
