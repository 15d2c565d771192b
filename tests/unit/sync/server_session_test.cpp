#include "shared/sync/server_session.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/sync_cast.hpp"

namespace hoso::sync::server::test {
namespace {

using namespace sync::test;

constexpr Instant second = 1'000'000;
const Hash exporter = filled<Hash>(0x51);

Hello hello() {
    Hello made;
    made.log = log_id;
    made.device = desk_id;
    made.epoch = 1;
    made.cursors = {{registry_scope, 0, 5}, {commune, 0, 5}, {other_commune, 0, 5}};
    made.nonce = filled<Hash>(0x52);
    return made;
}

Known known() { return {desk_key().public_key(), log_id, {3, filled<Hash>(0x53)}, {registry_scope, commune}, note(5), 5}; }

Received frame(Frame from) {
    const Hash hash = message_hash(from);
    return {std::move(from), hash};
}

ByeReason bye_of(const Effects& effects) {
    const auto byes = sent<Bye>(effects);
    const auto closes = only<Close>(effects);
    EXPECT_EQ(byes.size(), 1u);
    EXPECT_EQ(closes.size(), 1u);
    if (byes.empty() || closes.empty()) return ByeReason::done;
    EXPECT_EQ(byes[0].reason, closes[0].reason);
    return byes[0].reason;
}

// A session led to where a test begins.
struct Talk {
    Session session;
    Effects last;

    Effects& step(const Input& input) { return last = session.step(input); }
    void open() { step(Opened{exporter, filled<Hash>(0x54), 100 * second}); }
    void greet(const Hello& greeting = hello()) {
        open();
        hello_hash = message_hash(greeting);
        step(frame(greeting));
    }
    void welcome(const Known& answer = known(), const Hello& greeting = hello()) {
        greet(greeting);
        step(answer);
    }
    Auth auth() const {
        const Hash welcome_hash = message_hash(only<Send>(last).at(0).frame);
        return {desk_key().sign(session_statement(exporter, hello_hash, welcome_hash))};
    }
    void ready(const Known& answer = known(), const Hello& greeting = hello()) {
        welcome(answer, greeting);
        step(frame(auth()));
        ASSERT_TRUE(session.ready());
    }

    Hash hello_hash;
};

log::Push some_push(std::uint64_t first_seq = 3, std::size_t actions = 2) {
    Random random{first_seq};
    std::vector<log::SignedAction> made;
    for (std::size_t i = 0; i < actions; ++i) made.push_back(action(random, 10));
    return push(first_seq, filled<Hash>(0x53), std::move(made));
}

TEST(ServerHandshake, EndsInReady) {
    Talk talk;
    talk.greet();
    const auto identify = only<Identify>(talk.last);
    ASSERT_EQ(identify.size(), 1u);
    EXPECT_EQ(identify[0].device, desk_id);
    EXPECT_EQ(identify[0].epoch, 1u);
    talk.step(known());
    const auto welcome = sent<Welcome>(talk.last);
    ASSERT_EQ(welcome.size(), 1u);
    EXPECT_EQ(welcome[0].nonce, filled<Hash>(0x54));
    EXPECT_EQ(welcome[0].checkpoint, note(5));
    EXPECT_EQ(welcome[0].head, known().head);
    EXPECT_EQ(welcome[0].scopes, known().scopes);
    EXPECT_EQ(welcome[0].credit, pushes_in_flight_max);
    EXPECT_EQ(welcome[0].server_time, 100 * second);
    EXPECT_FALSE(talk.session.ready());
    talk.step(frame(talk.auth()));
    EXPECT_EQ(sent<Ready>(talk.last).size(), 1u);
    EXPECT_TRUE(talk.session.ready());
    EXPECT_EQ(talk.last.size(), 1u);  // the desk knows all: nothing to fetch, nothing to tell
}

struct Row {
    const char* name;
    std::function<void(Talk&)> lead;
    ByeReason reason;
};

Known with(const std::function<void(Known&)>& change) {
    Known made = known();
    change(made);
    return made;
}
Hello greeting(const std::function<void(Hello&)>& change) {
    Hello made = hello();
    change(made);
    return made;
}

const Row rows[] = {
    {"NewerDesk", [](Talk& t) { t.greet(greeting([](Hello& h) { h.protocol_min = 2, h.protocol_max = 3; })); }, ByeReason::version},
    {"OlderDesk", [](Talk& t) { t.greet(greeting([](Hello& h) { h.protocol_min = h.protocol_max = 0; })); }, ByeReason::version},
    {"WrongLog", [](Talk& t) { t.welcome(with([](Known& k) { k.log = filled<LogId>(9), k.key.reset(); })); }, ByeReason::wrong_log},
    {"UnknownDevice", [](Talk& t) { t.welcome(with([](Known& k) { k.key.reset(); })); }, ByeReason::unknown_device},
    {"OtherKey", [](Talk& t) { t.welcome(with([](Known& k) { k.key = log_key().public_key(); })), t.step(frame(t.auth())); },
     ByeReason::bad_signature},
    {"SignedForAnotherConnection",
     [](Talk& t) { t.welcome(), t.step(frame(Auth{desk_key().sign(session_statement(filled<Hash>(1), t.hello_hash, {}))})); },
     ByeReason::bad_signature},
    {"PushBeforeHello", [](Talk& t) { t.open(), t.step(frame(Push{some_push()})); }, ByeReason::protocol},
    {"AuthBeforeHello", [](Talk& t) { t.open(), t.step(frame(Auth{})); }, ByeReason::protocol},
    {"HelloTwice", [](Talk& t) { t.greet(), t.step(frame(hello())); }, ByeReason::protocol},
    {"PushBeforeAuth", [](Talk& t) { t.welcome(), t.step(frame(Push{some_push()})); }, ByeReason::protocol},
    {"CreditBeforeAuth", [](Talk& t) { t.welcome(), t.step(frame(Credit{1})); }, ByeReason::protocol},
    {"AuthTwice", [](Talk& t) { t.ready(), t.step(frame(Auth{})); }, ByeReason::protocol},
    {"EnrolAfterHello",
     [](Talk& t) {
         t.greet(), t.step(frame(Enrol{1, 1, some_push(0, 1)}));
     },
     ByeReason::protocol},
    {"EventsFromADesk", [](Talk& t) { t.ready(), t.step(frame(Events{})); }, ByeReason::protocol},
    {"RefillIsReserved", [](Talk& t) { t.ready(), t.step(frame(EventsWant{})); }, ByeReason::protocol},
    {"SilenceBeforeHello", [](Talk& t) { t.open(), t.step(Tick{105 * second}); }, ByeReason::timeout},
    {"SilenceBeforeAuth", [](Talk& t) { t.welcome(), t.step(Tick{105 * second}); }, ByeReason::timeout},
    {"AnotherDevicesPush",
     [](Talk& t) {
         log::Push other = some_push();
         other.device = other_desk_id;
         t.ready(), t.step(frame(Push{other}));
     },
     ByeReason::protocol},
    {"AnotherEpochsPush",
     [](Talk& t) {
         log::Push other = some_push();
         other.epoch = 2;
         t.ready(), t.step(frame(Push{other}));
     },
     ByeReason::protocol},
    {"MoreThanTheCredit",
     [](Talk& t) {
         t.ready();
         for (std::uint32_t i = 0; i < pushes_in_flight_max; ++i) {
             EXPECT_EQ(only<Store>(t.step(frame(Push{some_push(3 + 2 * i)}))).size(), 1u);
         }
         t.step(frame(Push{some_push(99)}));
     },
     ByeReason::protocol},
    {"BadSeal",
     [](Talk& t) {
         t.ready(), t.step(frame(Push{some_push()})), t.step(Refused{ByeReason::bad_seal, "x"});
     },
     ByeReason::bad_seal},
    {"BadChain",
     [](Talk& t) {
         t.ready(), t.step(frame(Push{some_push()})), t.step(Refused{ByeReason::bad_chain, "x"});
     },
     ByeReason::bad_chain},
    {"Full",
     [](Talk& t) {
         t.ready(), t.step(frame(Push{some_push()})), t.step(Refused{ByeReason::full, "x"});
     },
     ByeReason::full},
    {"ShutDown", [](Talk& t) { t.ready(), t.step(Stop{}); }, ByeReason::shutdown},
    {"ShutDownEarly", [](Talk& t) { t.step(Stop{}); }, ByeReason::shutdown},
    {"Superseded", [](Talk& t) { t.ready(), t.step(Stop{ByeReason::superseded}); }, ByeReason::superseded},
    {"SlipUsed",
     [](Talk& t) {
         t.open(), t.step(frame(Enrol{1, 1, some_push(0, 1)})), t.step(Refused{ByeReason::bad_seal, "x"});
     },
     ByeReason::slip_refused},
    {"EnrolOnAFullDisk",
     [](Talk& t) {
         t.open(), t.step(frame(Enrol{1, 1, some_push(0, 1)})), t.step(Refused{ByeReason::full, "x"});
     },
     ByeReason::full},
    {"EnrolOfANewerDesk",
     [](Talk& t) {
         t.open(), t.step(frame(Enrol{2, 2, some_push(0, 1)}));
     },
     ByeReason::version},
    {"EnrolWithTwoActions",
     [](Talk& t) {
         t.open(), t.step(frame(Enrol{1, 1, some_push(0, 2)}));
     },
     ByeReason::protocol},
    {"EnrolInMidChain",
     [](Talk& t) {
         t.open(), t.step(frame(Enrol{1, 1, some_push(3, 1)}));
     },
     ByeReason::protocol},
    {"EnrolWithoutAnAnswer",
     [](Talk& t) {
         t.open(), t.step(frame(Enrol{1, 1, some_push(0, 1)})), t.step(Tick{160 * second});
     },
     ByeReason::timeout},
};

class ServerBye : public testing::TestWithParam<Row> {};

TEST_P(ServerBye, IsSaidOnce) {
    Talk talk;
    GetParam().lead(talk);
    EXPECT_EQ(bye_of(talk.last), GetParam().reason);
    EXPECT_FALSE(talk.session.ready());
    EXPECT_TRUE(talk.step(frame(Push{some_push()})).empty());
    EXPECT_TRUE(talk.step(Tick{1000 * second}).empty());
    EXPECT_TRUE(talk.step(Stop{}).empty());
}

INSTANTIATE_TEST_SUITE_P(Table, ServerBye, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(ServerSession, SilenceAfterReadyIsFine) {
    Talk talk;
    talk.ready();
    EXPECT_TRUE(talk.step(Tick{10'000 * second}).empty());
}

TEST(ServerSession, AnswersPushesInOrder) {
    Talk talk;
    talk.ready();
    const log::Push first = some_push(3), second_push = some_push(5);
    EXPECT_EQ(only<Store>(talk.step(frame(Push{first}))).at(0).push, first);
    talk.step(frame(Push{second_push}));
    for (const log::Push* one : {&first, &second_push}) {
        const auto results = sent<Results>(talk.step(Logged{one->seal.first_seq, heads(*one, 7), {}, {}}));
        ASSERT_EQ(results.size(), 1u);
        EXPECT_EQ(results[0].first_seq, one->seal.first_seq);
        EXPECT_EQ(results[0].heads, heads(*one, 7));
    }
}

TEST(ServerSession, EnrolsOnce) {
    Talk talk;
    talk.open();
    const log::Push enrolment = some_push(0, 1);
    EXPECT_EQ(only<StoreEnrolment>(talk.step(frame(Enrol{1, 4, enrolment}))).at(0).push, enrolment);
    talk.step(Logged{0, Bytes(log::head_size, 1), Bytes(160, 2), note(6)});
    const auto enrolled = sent<Enrolled>(talk.last);
    ASSERT_EQ(enrolled.size(), 1u);
    EXPECT_EQ(enrolled[0], (Enrolled{Bytes(160, 2), Bytes(log::head_size, 1), note(6)}));
    EXPECT_EQ(only<Close>(talk.last).at(0).reason, ByeReason::done);
}

TEST(ServerSession, TakesTheDesksBye) {
    Talk talk;
    talk.ready();
    talk.step(frame(Bye{ByeReason::amnesia, "", 0}));
    EXPECT_TRUE(only<Send>(talk.last).empty());
    EXPECT_EQ(only<Close>(talk.last).at(0).reason, ByeReason::amnesia);
}

std::vector<log::Event> events(Position first, std::size_t count, std::size_t words = 20) {
    Random random{first};
    std::vector<log::Event> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(event(first + i, action(random, words)));
    return made;
}

TEST(ServerEvents, StartAtTheDesksCursors) {
    Talk talk;
    Hello greeting = hello();
    greeting.cursors = {{commune, 0, 3}, {other_commune, 0, 5}};
    talk.ready(known(), greeting);
    const auto fetch = only<Fetch>(talk.last);
    ASSERT_EQ(fetch.size(), 1u);
    EXPECT_EQ(fetch[0].receiver, desk_id);
    ASSERT_EQ(fetch[0].cursors.size(), 2u);  // the scopes are the server's word; one the desk has no cursor for starts at 0
    EXPECT_EQ(fetch[0].cursors[0].scope, registry_scope);
    EXPECT_EQ(fetch[0].cursors[0].after, 0u);
    EXPECT_EQ(fetch[0].cursors[1].scope, commune);
    EXPECT_EQ(fetch[0].cursors[1].after, 3u);
}

TEST(ServerEvents, BackfillAndLiveAreTheSame) {
    Talk talk;
    talk.ready();
    EXPECT_EQ(only<Fetch>(talk.step(Grew{8, note(8)})).size(), 1u);
    EXPECT_TRUE(talk.step(Grew{9, note(9)}).empty());  // one fetch at a time
    talk.step(Fetched{{8, events(5, 3)}});
    EXPECT_EQ(sent<Events>(talk.last).at(0), (Events{8, events(5, 3)}));
    EXPECT_TRUE((sent<NewCheckpoint>(talk.last)).empty());  // not everything is sent
    ASSERT_EQ(only<Fetch>(talk.last).size(), 1u);
    EXPECT_EQ(only<Fetch>(talk.last)[0].cursors[0].after, 8u);
    talk.step(Fetched{{9, events(8, 1)}});
    EXPECT_EQ(sent<Events>(talk.last).at(0).through, 9u);
    EXPECT_TRUE(only<Fetch>(talk.last).empty());
    EXPECT_TRUE(talk.step(frame(Credit{1})).empty());
    EXPECT_EQ(sent<NewCheckpoint>(talk.step(frame(Credit{1}))).at(0).note, note(9));  // once the desk holds what it covers
}

TEST(ServerEvents, ACheckpointHasTheSizeOfWhatWasSent) {
    Talk talk;
    talk.ready();
    talk.step(Grew{6, note(6)});
    talk.step(Fetched{{8, events(5, 3)}});  // read after the log had grown again
    EXPECT_TRUE(talk.step(frame(Credit{1})).empty());
    EXPECT_EQ(sent<NewCheckpoint>(talk.step(Grew{8, note(8)})).at(0).note, note(8));
    EXPECT_TRUE(talk.step(Grew{8, note(8)}).empty());
}

TEST(ServerEvents, NewsWithoutEventsIsRationed) {
    Talk talk;
    talk.ready();
    std::size_t frames = 0;
    Position size = 5;
    for (int i = 0; i < 100; ++i) {
        ++size;
        talk.step(Grew{size, note(size)});
        ASSERT_EQ(only<Fetch>(talk.last).size(), 1u);
        talk.step(Fetched{{size, {}}});
        frames += only<Send>(talk.last).size();
    }
    EXPECT_GT(frames, 0u);
    EXPECT_LE(frames, 8u);  // a cursor and a checkpoint, four times
    talk.step(Tick{102 * second});
    EXPECT_EQ(sent<Events>(talk.last).at(0), (Events{size, {}}));  // but the desk learns in the end
    EXPECT_EQ(sent<NewCheckpoint>(talk.last).at(0).note, note(size));
    EXPECT_TRUE(talk.step(Tick{103 * second}).empty());
}

TEST(ServerEvents, KeepTheDesksCredit) {
    Talk talk;
    talk.ready();
    std::size_t frames = 0;
    talk.step(Grew{1000, note(1000)});
    for (Position next = 5; !only<Fetch>(talk.last).empty(); ++next) {
        talk.step(Fetched{{next + 1, events(next, 1)}});
        frames += sent<Events>(talk.last).size();
    }
    EXPECT_EQ(frames, event_frames_in_flight_max);
    talk.step(frame(Credit{1}));
    EXPECT_EQ(only<Fetch>(talk.last).size(), 1u);
    talk.step(frame(Credit{1'000'000}));  // never more than the limit
    frames = 0;
    for (Position next = 13; frames == 0 || !only<Fetch>(talk.last).empty(); ++next) {
        talk.step(Fetched{{next + 1, events(next, 1)}});
        frames += sent<Events>(talk.last).size();
    }
    EXPECT_EQ(frames, event_frames_in_flight_max);
    talk.step(frame(Credit{3}));
    talk.step(frame(Credit{0}));  // "send me no events": what was being read is dropped
    talk.step(Fetched{{30, events(21, 9)}});
    EXPECT_TRUE(only<Send>(talk.last).empty());
    talk.step(frame(Credit{1}));
    EXPECT_EQ(only<Fetch>(talk.last).at(0).cursors[0].after, 21u);
}

TEST(ServerEvents, AreCutToFrames) {
    Talk talk;
    talk.ready();
    talk.step(Grew{305, note(305)});
    const auto all = events(5, 300, 200);  // about 500 KiB of noise
    talk.step(Fetched{{305, all}});
    std::vector<log::Event> received;
    Position through = 5;
    for (const Events& one : sent<Events>(talk.last)) {
        EXPECT_LE(encode(one).size(), frame_bytes_max);
        received.insert(received.end(), one.events.begin(), one.events.end());
        EXPECT_GT(one.through, through);
        through = one.through;
        if (through < 305) {
            EXPECT_EQ(received.back().head.position, through - 1);
        }
    }
    EXPECT_EQ(received, all);
    EXPECT_EQ(through, 305u);
}

TEST(ServerEvents, WhatFindsNoCreditIsFetchedAgain) {
    Talk talk;
    talk.ready();
    talk.step(Grew{105, note(105)});
    talk.step(frame(Credit{0}));
    talk.step(frame(Credit{2}));
    talk.step(Fetched{{105, events(5, 100, 1000)}});
    const auto frames = sent<Events>(talk.last);
    ASSERT_EQ(frames.size(), 2u);
    EXPECT_TRUE(only<Fetch>(talk.last).empty());
    talk.step(frame(Credit{1}));
    EXPECT_EQ(only<Fetch>(talk.last).at(0).cursors[0].after, frames[1].through);
}

TEST(ServerEvents, AReaderThatLagsDoesNotSpin) {
    Talk talk;
    talk.ready();
    talk.step(Grew{7, note(7)});
    EXPECT_TRUE(talk.step(Fetched{{5, {}}}).empty());
    EXPECT_EQ(only<Fetch>(talk.step(Tick{101 * second})).size(), 1u);
}

}  // namespace
}  // namespace hoso::sync::server::test
