#include "shared/sync/server_session.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/server_talk.hpp"

namespace hoso::sync::server::test {
namespace {

ByeReason bye_of(const Effects& effects) {
    const auto byes = sent<Bye>(effects);
    const auto closes = only<Close>(effects);
    EXPECT_EQ(byes.size(), 1u);
    EXPECT_EQ(closes.size(), 1u);
    if (byes.empty() || closes.empty()) return ByeReason::done;
    EXPECT_EQ(byes[0].reason, closes[0].reason);
    return byes[0].reason;
}

log::Push some_push(std::uint64_t first_seq = 3, std::size_t actions = 2) {
    Random random{first_seq};
    std::vector<log::SignedAction> made;
    for (std::size_t i = 0; i < actions; ++i) made.push_back(action(random, 10));
    return push(first_seq, filled<Hash>(0x53), std::move(made));
}

TEST(ServerHandshake, EndsInReady) {
    Talk talk;
    Hello shown = hello();
    shown.checkpoint = note(4);
    talk.greet(shown);
    const auto identify = only<Identify>(talk.last);
    ASSERT_EQ(identify.size(), 1u);
    EXPECT_EQ(identify[0].checkpoint, note(4));
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
    {"AmnesiacLog", [](Talk& t) { t.welcome(with([](Known& k) { k.amnesia = "lost", k.checkpoint.clear(); })); },
     ByeReason::amnesia},
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
    {"EnrolOfANewerSchema",
     [](Talk& t) {
         t.open(), t.step(frame(Enrol{1, 1, some_push(0, 1)})), t.step(Refused{ByeReason::version, "x"});
     },
     ByeReason::version},
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
    talk.step(frame(Bye{ByeReason::amnesia, "it was longer", 0}));
    EXPECT_TRUE(only<Send>(talk.last).empty());
    const Close close = only<Close>(talk.last).at(0);
    EXPECT_EQ(close.reason, ByeReason::amnesia);
    EXPECT_TRUE(close.by_desk);
    EXPECT_EQ(close.detail, "it was longer");
}

TEST(ServerSession, SaysWhenToComeBack) {
    for (const std::uint32_t asked : {0u, 3'600'000u}) {
        Talk talk;
        talk.ready();
        talk.step(frame(Push{some_push()}));
        talk.step(Refused{ByeReason::busy, "enough for today", asked});
        EXPECT_EQ(sent<Bye>(talk.last).at(0).retry_after_ms, asked ? asked : 5'000);
        EXPECT_FALSE(only<Close>(talk.last).at(0).by_desk);
    }
}

}  // namespace
}  // namespace hoso::sync::server::test
