#include <gtest/gtest.h>

#include "tests/support/sync_pair.hpp"

namespace hoso::sync::test {
namespace {

// A desk with work to send and a province with news for it.
struct World {
    Ledger ledger;
    Desk desk;
    std::vector<UnitId> scopes;

    World(Random& random, std::size_t pushes, std::size_t others, std::vector<UnitId> follows) : scopes(std::move(follows)) {
        for (std::size_t i = 0; i < pushes; ++i) record(random);
        for (std::size_t i = 0; i < others; ++i) others_write(random);
    }
    void record(Random& random) {
        std::vector<log::SignedAction> actions;
        for (std::uint64_t i = 0; i <= random.below(4); ++i) actions.push_back(action(random, 4 + random.below(30)));
        desk.record(std::move(actions));
    }
    void others_write(Random& random) {
        const UnitId scope = random.one_in(2) ? commune : random.one_in(2) ? other_commune : registry_scope;
        ledger.others_write(action(random, 4 + random.below(30)), scope);
    }
    bool follows(const UnitId& scope) const {
        return scopes.front() == whole_log_scope() || std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
    }
    void expect_complete() const {
        ASSERT_EQ(desk.answered, desk.head().next_seq);
        ASSERT_EQ(ledger.pushes, desk.sealed);  // each once, in order, as it was sealed
        ASSERT_EQ(desk.through(), ledger.size());
        ASSERT_EQ(desk.checkpoint, ledger.checkpoint());
        for (const log::Event& logged : ledger.log) {
            const auto held = desk.events.find(logged.head.position);
            ASSERT_EQ(held != desk.events.end(), follows(logged.head.scope)) << "position " << logged.head.position;
            if (held != desk.events.end()) {
                ASSERT_EQ(held->second.head, logged.head);
                const bool own = logged.head.device == desk_id;
                ASSERT_EQ(held->second.action, own ? Bytes{} : logged.action);
            }
            if (logged.head.device == desk_id) {
                ASSERT_EQ(desk.results.at(logged.head.seq), logged.head);
            }
        }
        ASSERT_LE(desk.pushes_at_once, pushes_in_flight_max);
    }
};

const std::vector<UnitId> some_scopes{registry_scope, commune};

TEST(SessionPair, EndsWithBothSidesComplete) {
    for (const auto& scopes : {some_scopes, std::vector<UnitId>{whole_log_scope()}}) {
        Random random{1};
        World world{random, 30, 200, scopes};
        Pair pair{world.ledger, world.desk, random, scopes};
        pair.run();
        EXPECT_TRUE(pair.idle);
        EXPECT_FALSE(pair.closed);
        world.expect_complete();
        EXPECT_EQ(world.ledger.resends, 0u);
        EXPECT_GT(world.desk.pushes_at_once, 1u);
    }
}

// The line is cut after every number of frames; then it stands again, and everything comes to its end.
TEST(SessionPair, SurvivesACutAfterEveryFrame) {
    std::size_t resends = 0;
    for (std::size_t cut = 0;; ++cut) {
        Random random{7};
        World world{random, 12, 40, some_scopes};
        Pair first{world.ledger, world.desk, random, some_scopes};
        while (first.delivered < cut && first.step()) {
        }
        const bool was_complete = first.delivered < cut;
        Pair second{world.ledger, world.desk, random, some_scopes};
        second.run();
        ASSERT_TRUE(second.idle) << "cut after " << cut;
        ASSERT_FALSE(second.closed) << second.closed->detail;
        ASSERT_NO_FATAL_FAILURE(world.expect_complete()) << "cut after " << cut;
        resends += world.ledger.resends;
        if (was_complete) break;
    }
    EXPECT_GT(resends, 0u);  // else nothing was cut between a push and its answer
}

// Work and news come while the line comes and goes.
TEST(SessionPair, SurvivesAnyHistoryOfCuts) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Random random{seed};
        World world{random, random.below(5), random.below(30), some_scopes};
        for (std::uint64_t lines = random.below(6); lines > 0; --lines) {
            Pair pair{world.ledger, world.desk, random, some_scopes};
            for (std::uint64_t steps = random.below(200); steps > 0; --steps) {
                if (random.one_in(10)) world.record(random), pair.recorded();
                if (random.one_in(10)) world.others_write(random), pair.grew();
                if (random.one_in(20)) pair.tick(1);
                pair.step();
            }
            ASSERT_FALSE(pair.closed) << "seed " << seed << ": " << pair.closed->detail;
        }
        Pair last{world.ledger, world.desk, random, some_scopes};
        last.run();
        ASSERT_TRUE(last.idle) << "seed " << seed;
        ASSERT_NO_FATAL_FAILURE(world.expect_complete()) << "seed " << seed;
        ASSERT_EQ(last.stored_before_ready, 0u);
    }
}

TEST(SessionPair, StaysCompleteWhileItIsLive) {
    Random random{3};
    World world{random, 0, 5, some_scopes};
    Pair pair{world.ledger, world.desk, random, some_scopes};
    pair.run();
    for (int round = 0; round < 50; ++round) {
        world.record(random), pair.recorded();
        world.others_write(random), pair.grew();
        pair.run();
        ASSERT_NO_FATAL_FAILURE(world.expect_complete()) << "round " << round;
    }
}

TEST(SessionPair, AScopeThatIsAddedIsFilledFromItsStart) {
    Random random{4};
    World world{random, 3, 60, {registry_scope, commune}};
    Pair{world.ledger, world.desk, random, world.scopes}.run();
    world.expect_complete();
    world.scopes.push_back(other_commune);
    Pair wider{world.ledger, world.desk, random, world.scopes};
    wider.run();
    EXPECT_TRUE(wider.idle);
    world.expect_complete();
}

TEST(SessionPair, AnOlderCopyOfTheDeskIsToldSo) {
    Random random{5};
    World world{random, 3, 5, some_scopes};
    Desk copy = world.desk;
    world.record(random);
    Pair{world.ledger, world.desk, random, some_scopes}.run();
    Pair pair{world.ledger, copy, random, some_scopes};
    pair.run();
    ASSERT_TRUE(pair.closed);
    EXPECT_EQ(pair.closed->reason, ByeReason::bad_chain);
}

TEST(SessionPair, ASecondLiveCopyIsToldSo) {
    Random random{6};
    World world{random, 3, 5, some_scopes};
    Desk copy = world.desk;
    world.record(random);
    copy.record({action(random, 9)});
    copy.record({action(random, 9)});  // further on, so that the heads alone do not show it
    Pair{world.ledger, world.desk, random, some_scopes}.run();
    Pair pair{world.ledger, copy, random, some_scopes};
    pair.run();
    ASSERT_TRUE(pair.closed);
    EXPECT_EQ(pair.closed->reason, ByeReason::bad_chain);
    EXPECT_EQ(world.ledger.pushes, world.desk.sealed);
}

TEST(SessionPair, AProvinceRestoredFromAnOldBackupIsFoundOut) {
    Random random{8};
    World world{random, 3, 5, some_scopes};
    const Ledger backup = world.ledger;
    Pair{world.ledger, world.desk, random, some_scopes}.run();
    world.ledger = backup;
    Pair pair{world.ledger, world.desk, random, some_scopes};
    pair.run();
    ASSERT_TRUE(pair.closed);
    EXPECT_EQ(pair.closed->reason, ByeReason::amnesia);
    EXPECT_EQ(world.ledger.size(), backup.size());
}

Frame any_welcome(Random& random) {
    return Welcome{1, filled<Hash>(1), note(random.below(5)), {random.below(2), {}}, {commune}, 1, 1, 1, 8, 0};
}

Frame any_frame(Random& random) {
    const Hash hash = filled<Hash>(static_cast<Byte>(random.next()));
    const auto some_push = [&] { return push(random.below(3), hash, {action(random, 3)}); };
    switch (random.below(14)) {
        case 0:
            return Hello{
                1,    1, log_id, desk_id, 1, {random.below(3), hash}, note(random.below(5)), {{commune, 0, random.below(9)}},
                hash, ""};
        case 1: return any_welcome(random);
        case 2: return Auth{filled<Signature>(1)};
        case 3: return Ready{};
        case 4: return Enrol{1, 1, some_push()};
        case 5: return Enrolled{Bytes(8), Bytes(log::head_size), note(1)};
        case 6: return Push{some_push()};
        case 7: return Results{random.below(3), heads(some_push(), random.below(9))};
        case 8: return Events{random.below(9) + 9, {event(random.below(9), action(random, 2))}};
        case 9: return EventsWant{{1}};
        case 10: return NewCheckpoint{note(random.below(9))};
        case 11: return Credit{static_cast<std::uint32_t>(random.below(20))};
        case 12: return Scope{{commune}, {other_commune}, ""};
        default: return Bye{ByeReason::busy, "", 0};
    }
}

// Any frames in any phase: nothing falls over, and without the device's signature nothing is stored and nothing is sent.
TEST(SessionPair, AStrangerReachesNothing) {
    std::size_t past_hello = 0;
    for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
        Random random{seed};
        server::Session session;
        Ledger ledger;
        session.step(server::Opened{});
        for (int i = 0; i < 8; ++i) {
            Frame frame = any_frame(random);
            const Hash hash = message_hash(frame);
            server::Effects effects = session.step(server::Received{std::move(frame), hash});
            if (!only<server::Identify>(effects).empty()) {
                ++past_hello;
                effects = session.step(
                    server::Known{desk_key().public_key(), log_id, {}, some_scopes, ledger.checkpoint(), ledger.size()});
            }
            ASSERT_FALSE(session.ready());
            ASSERT_TRUE(only<server::Store>(effects).empty());
            ASSERT_TRUE(only<server::Fetch>(effects).empty());
            ASSERT_TRUE(sent<Events>(effects).empty());
            if (random.one_in(4)) session.step(server::Grew{ledger.size() + i, ledger.checkpoint()});
            if (random.one_in(4)) session.step(server::Tick{});
        }
    }
    EXPECT_GT(past_hello, 100u);
}

// Whatever a province sends, a desk pushes nothing before Ready and closes with a reason.
TEST(SessionPair, ADeskSurvivesAnyProvince) {
    std::size_t reached_ready = 0;
    for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
        Random random{seed};
        Desk desk;
        desk.record({action(random, 3)});
        client::Session session{desk_key(), desk.facts()};
        std::deque<client::Input> inbox{client::Opened{}};
        bool ready = false, closed = false;
        for (int i = 0; i < 40 && !closed; ++i) {
            if (inbox.empty()) {
                Frame frame = random.one_in(2)  ? any_frame(random)
                              : session.ready() ? Frame{Events{random.below(20), {}}}
                              : i < 2           ? any_welcome(random)
                                                : Frame{Ready{}};
                const Hash hash = message_hash(frame);
                inbox.push_back(client::Received{std::move(frame), hash});
                if (random.one_in(5)) inbox.push_back(client::OutboxGrew{});
            }
            const client::Input input = inbox.front();
            inbox.pop_front();
            const client::Effects effects = session.step(input);
            ready = ready || session.ready();
            ASSERT_TRUE(ready || sent<Push>(effects).empty()) << "seed " << seed;
            for (const auto& prepare : only<client::Prepare>(effects)) inbox.push_back(desk.prepare(prepare.first_seq));
            for (std::size_t saves = only<client::Save>(effects).size(); saves > 0; --saves) inbox.push_back(client::Saved{});
            closed = !only<client::Close>(effects).empty();
        }
        ASSERT_TRUE(closed || session.ready() || inbox.empty()) << "seed " << seed;
        reached_ready += ready ? 1 : 0;
    }
    EXPECT_GT(reached_ready, 100u);
}

}  // namespace
}  // namespace hoso::sync::test
