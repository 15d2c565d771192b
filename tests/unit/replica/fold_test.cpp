#include <gtest/gtest.h>

#include "tests/support/story.hpp"

// Folding a log again: what is found out, and what a part of it gives.
namespace hoso::tests {
namespace {

using namespace domain;
using replica::Replica;
using Check = Replica::Check;

// A log with every outcome in it, and a push of three.
class Fold : public testing::Test {
protected:
    Fold() {
        Story story{world, "a1"};
        story.submit();
        story.evaluate(three_stars);
        story.try_it(story.receipt());
        Story other{world, "b1"};
        other.draft();
        world.log("officer_b1", other.product, Submitted{other.file, 0, world.today() + std::chrono::days{1}});
        const Officer& officer = world.officers.at("officer_b1");
        std::vector<log::SignedAction> made;
        for (std::uint64_t i = 0; i < 3; ++i) made.push_back(world.make(officer, other.product, other.note().body, {}, i));
        EXPECT_TRUE(world.admit(officer.desk, world.seal(officer.desk, made)));
        product_a = story.product;
        product_b = other.product;
    }

    // Everything before `position`, folded.
    Replica before(Position position, Check check) const {
        Replica replica;
        for (Position i = 0; i < position; ++i) EXPECT_TRUE(replica.fold(world.events[i], check));
        return replica;
    }
    // What folding says of a changed event; the state must not have moved.
    Errc found(Position position, Check check, const std::function<void(log::Event&)>& change) const {
        Replica replica = before(position, check);
        log::Event event = world.events[position];
        change(event);
        const Hash hash = replica::state_hash(replica.state());
        const auto folded = replica.fold(event, check);
        EXPECT_FALSE(folded.has_value());
        EXPECT_EQ(replica::state_hash(replica.state()), hash);
        EXPECT_TRUE(replica.fold(world.events[position], check));
        return folded ? Errc::internal : folded.error().code;
    }
    Position last() const { return world.events.size() - 1; }

    World world;
    StreamId product_a, product_b;
};

TEST_F(Fold, GivesTheStateOfTheOneWhoAdmitted) {
    const Hash admitted = replica::state_hash(world.replica.state());
    EXPECT_EQ(replica::state_hash(before(last() + 1, Check::judge).state()), admitted);
    EXPECT_EQ(replica::state_hash(before(last() + 1, Check::everything).state()), admitted);
}

TEST_F(Fold, FindsAnotherVerdict) {
    for (const Check check : {Check::judge, Check::everything}) {
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.outcome = 1; }), Errc::conflict);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.reason = 30; }), Errc::conflict);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.against = 3; }), Errc::conflict);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.outcome = 3; }), Errc::version);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.reason = reasons; }), Errc::version);
    }
}

TEST_F(Fold, FindsWhatIsMissing) {
    for (const Check check : {Check::judge, Check::everything}) {
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.stream_version += 1; }), Errc::gap);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.scope_sequence += 1; }), Errc::gap);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.position -= 1; }), Errc::gap);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.scope = {}; }), Errc::conflict);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.received -= 1'000'000'000; }), Errc::conflict);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.seq += 1; }), Errc::conflict);
        EXPECT_EQ(found(last(), check, [](auto& event) { event.head.judge_version = 2; }), Errc::version);
    }
    EXPECT_EQ(found(last(), Check::everything, [](auto& event) { event.head.position += 1; }), Errc::gap);
    Replica replica;
    EXPECT_EQ(replica.fold(world.events[1], Check::judge).error().code, Errc::gap);
}

TEST_F(Fold, FindsBytesThatWereChanged) {
    EXPECT_EQ(found(last(), Check::judge, [](auto& event) { event.action.pop_back(); }), Errc::corrupt);
    // The claimed time, which nothing but the seal covers.
    const auto change = [&](auto& event) {
        Action action = *decode(event.action);
        action.header.claimed_time += 1;
        event.action = encode(action);
    };
    EXPECT_EQ(found(last(), Check::everything, change), Errc::unauthentic);
}

TEST_F(Fold, FindsSealsAndSignaturesThatDoNotHold) {
    const auto everything = [&](auto change) { return found(last(), Check::everything, change); };
    EXPECT_EQ(everything([](auto& event) { event.seal->signature.bytes[0] ^= 1; }), Errc::unauthentic);
    EXPECT_EQ(everything([](auto& event) { event.seal->first_seq += 1; }), Errc::unauthentic);
    EXPECT_EQ(everything([](auto& event) { event.seal->previous.bytes[0] ^= 1; }), Errc::unauthentic);
    EXPECT_EQ(everything([](auto& event) { event.head.seen_time -= 1; }), Errc::conflict);
    Position official = 0;
    for (const log::Event& event : world.events) {
        if (!event.signatures.empty()) official = event.head.position;
    }
    EXPECT_EQ(found(official, Check::everything, [](auto& event) { event.signatures.clear(); }), Errc::unauthentic);
    EXPECT_EQ(found(0, Check::everything, [](auto& event) { event.seal->signature.bytes[0] ^= 1; }), Errc::unauthentic);
    for (const Check check : {Check::judge, Check::everything}) {
        EXPECT_EQ(found(0, check, [](auto& event) { event.seal.reset(); }), Errc::unauthentic);
        EXPECT_EQ(found(0, check, [](auto& event) { event.head.outcome = 2; }), Errc::conflict);
        EXPECT_EQ(found(0, check, [](auto& event) { event.head.scope_sequence = ~std::uint64_t{0}; }), Errc::conflict);
    }
}

// A server that admitted an action which quotes less than its desk had seen.
TEST_F(Fold, FindsADeskThatForgotWhatItSaw) {
    const Position position = last();
    const Officer& officer = world.officers.at("officer_b1");
    const auto change = [&](log::Event& event) {
        Action action = *decode(event.action);
        action.header.seen_size = world.seen_by(officer) - 2;
        action.header.seen_root = world.root(action.header.seen_size);
        event.action = encode(action);
        event.head.seen_time = world.events[action.header.seen_size - 1].head.received;
    };
    EXPECT_EQ(found(position, Check::everything, change), Errc::conflict);
}

TEST(Genesis, NeedsThreePeopleAtThreeDesks) {
    World world;
    const log::Event& event = world.events[0];
    const auto made = [&](auto change) {
        Action action = *decode(event.action);
        change(std::get<Genesis>(action.body));
        const Bytes bytes = encode(action);
        const ActionId id = action_id(bytes);
        const log::Seal seal = log::make_seal(*world.desks[0].key, LogId{id.bytes}, world.desks[0].id, 0, 0, {}, {&id, 1});
        const auto genesis = Replica::make_genesis({world.desks[0].id, 0, seal, {{bytes, {}}}}, world.now);
        return genesis ? Errc::internal : genesis.error().code;
    };
    EXPECT_EQ(made([](auto&) {}), Errc::internal);
    EXPECT_EQ(made([](auto& genesis) { genesis.founders.pop_back(); }), Errc::invalid);
    EXPECT_EQ(made([](auto& genesis) { genesis.founders[1].account = genesis.founders[0].account; }), Errc::invalid);
    EXPECT_EQ(made([](auto& genesis) { genesis.founders[2].device = genesis.founders[0].device; }), Errc::invalid);
    EXPECT_EQ(made([](auto& genesis) { genesis.founders[2].device = genesis.server_device; }), Errc::invalid);
}

TEST_F(Fold, FindsAPushWithoutItsSeal) {
    Replica replica = before(last(), Check::everything);
    EXPECT_FALSE(replica.sealed());
    log::Event event = world.events[last()];
    event.seal.reset();
    ASSERT_TRUE(replica.fold(event, Check::everything));
    EXPECT_FALSE(replica.sealed());
    // Another device's event cannot follow.
    Story story{world, "a1"};
    const log::Event next = world.log("officer_a1", story.product, story.registration().body);
    EXPECT_EQ(replica.fold(next, Check::everything).error().code, Errc::unauthentic);
}

TEST_F(Fold, OfOneScopeAgreesOnEveryStreamItHolds) {
    const std::set<UnitId> scopes{registry_scope, world.units.at("b1")};
    Replica desk;
    for (const log::Event& event : world.events) {
        if (!scopes.contains(event.head.scope)) continue;
        const auto folded = desk.fold(event, Check::judge);
        ASSERT_TRUE(folded) << folded.error().detail;
    }
    EXPECT_EQ(desk.state().product(product_a), nullptr);
    ASSERT_NE(desk.state().product(product_b), nullptr);
    for (const auto& [id, stream] : desk.state().streams) {
        EXPECT_EQ(replica::stream_hash(desk.state(), id), replica::stream_hash(world.replica.state(), id));
    }
}

// ---- pending actions -----------------------------------------------------------------------------------------------------

TEST(Fork, ShowsPendingActionsOnTopOfTheConfirmedState) {
    World world;
    Story story{world, "a1"};
    Story other{world, "a1"};
    story.draft();
    other.draft();
    const Hash before = replica::state_hash(world.replica.state());
    const StreamId streams[] = {story.product};
    Replica pending = world.replica.fork(streams);
    EXPECT_EQ(pending.state().product(other.product), nullptr);
    const Action submission = world.propose(world.officers.at("officer_a1"), story.product, story.submission().body);
    EXPECT_EQ(world.replica.preview(submission, world.now), Verdict{});
    EXPECT_EQ(pending.fold_pending(submission, action_id(encode(submission)), world.now), Verdict{});
    EXPECT_EQ(pending.state().product(story.product)->dossier(story.file)->phase, Phase::submitted);
    EXPECT_EQ(pending.size(), world.replica.size());
    // A second one has lost against the first, which has no position yet.
    EXPECT_EQ(pending.fold_pending(submission, action_id(encode(submission)), world.now).reason, Reason::lost_race);
    EXPECT_EQ(replica::state_hash(world.replica.state()), before);
    EXPECT_EQ(story.dossier().phase, Phase::drafting);
}

TEST(Fork, OpensNewStreams) {
    World world;
    Story story{world, "a1"};
    Replica pending = world.replica.fork({});
    const auto fold = [&](const Step& step) {
        const Action action = world.propose(world.officers.at(step.officer), step.stream, step.body);
        return pending.fold_pending(action, action_id(encode(action)), world.now);
    };
    EXPECT_EQ(fold(story.opening()).reason, Reason::wrong_stream);
    EXPECT_EQ(fold(story.registration()), Verdict{});
    EXPECT_EQ(fold(story.opening()), Verdict{});
    EXPECT_NE(pending.state().product(story.product)->dossier(story.file), nullptr);
}

TEST(Preview, TakesAnOldActionAsSeenWhenItWasMade) {
    World world;
    Story story{world, "a1"};
    story.draft();
    Action action = world.propose(world.officers.at("officer_a1"), story.product, story.submission().body);
    world.now += 20 * 86'400'000'000;
    story.take(story.note());
    EXPECT_EQ(world.replica.preview(action, world.now), Verdict{});
    action.header.claimed_time = world.now;
    EXPECT_EQ(world.replica.preview(action, world.now).reason, Reason::time_uncertain);
}

}  // namespace
}  // namespace hoso::tests
