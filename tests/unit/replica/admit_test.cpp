#include <gtest/gtest.h>

#include "tests/support/story.hpp"

// What the ledger checks before it judges: seals, chains, forms, enrolment.
namespace hoso::tests {
namespace {

using namespace domain;

class Admit : public testing::Test {
protected:
    Admit() {
        story.draft();
        desk = world.officers.at("officer_a1").desk;
    }

    log::Push push(std::size_t actions = 1) const {
        const Officer& officer = world.officers.at("officer_a1");
        std::vector<log::SignedAction> made;
        for (std::size_t i = 0; i < actions; ++i) made.push_back(world.make(officer, story.product, story.note().body, {}, i));
        return world.seal(desk, made);
    }
    // Seals again what was changed in a push, as its own desk could.
    void reseal(log::Push& changed) const {
        std::vector<ActionId> ids;
        for (const auto& action : changed.actions) ids.push_back(action_id(action.action));
        const log::Seal old = changed.seal;
        changed.seal = log::make_seal(*world.desks[desk].key, world.replica.state().log, changed.device, changed.epoch,
                                      old.first_seq, old.previous, ids);
    }
    Errc refused(const log::Push& given) {
        const Hash before = replica::state_hash(world.replica.state());
        const Position size = world.replica.size();
        const auto admitted = world.replica.admit(log::Push{given}, world.now, 0, world.past_at());
        EXPECT_FALSE(admitted.has_value());
        EXPECT_EQ(replica::state_hash(world.replica.state()), before);
        EXPECT_EQ(world.replica.size(), size);
        return admitted ? Errc::internal : admitted.error().code;
    }

    World world;
    Story story{world, "a1"};
    std::size_t desk = 0;
};

TEST_F(Admit, LogsAPushAsAWhole) {
    const auto events = world.admit(desk, push(3));
    ASSERT_TRUE(events);
    ASSERT_EQ(events->size(), 3u);
    EXPECT_FALSE((*events)[0].seal || (*events)[1].seal);
    EXPECT_TRUE((*events)[2].seal);
    EXPECT_EQ((*events)[0].head.position + 2, (*events)[2].head.position);
    EXPECT_TRUE(world.admit(desk, push(300)));
}

TEST_F(Admit, KnowsAResend) {
    const log::Push once = push(2);
    ASSERT_TRUE(world.admit(desk, once));
    EXPECT_EQ(refused(once), Errc::exists);
}

TEST_F(Admit, RefusesAnotherPlaceInTheChain) {
    const log::Push missed = push();
    ASSERT_TRUE(world.admit(desk, push(2)));
    log::Push late = push();
    late.seal.first_seq = late.seal.last_seq = late.seal.first_seq + 1;
    reseal(late);
    EXPECT_EQ(refused(late), Errc::gap);
    log::Push overlapping = push(2);
    overlapping.seal.first_seq -= 1;
    overlapping.seal.last_seq -= 1;
    reseal(overlapping);
    EXPECT_EQ(refused(overlapping), Errc::gap);
    log::Push other_previous = push();
    other_previous.seal.previous.bytes[0] ^= 1;
    reseal(other_previous);
    EXPECT_EQ(refused(other_previous), Errc::gap);
    log::Push other_epoch = push();
    other_epoch.epoch = 1;
    reseal(other_epoch);
    EXPECT_EQ(refused(other_epoch), Errc::gap);
    EXPECT_EQ(refused(missed), Errc::exists);  // the same seq with other actions: the ledger compares seals
}

TEST_F(Admit, RefusesASealThatDoesNotHold) {
    log::Push unknown = push();
    unknown.device = world.new_id();
    EXPECT_EQ(refused(unknown), Errc::unauthentic);
    log::Push wrong_signature = push();
    wrong_signature.seal.signature.bytes[7] ^= 1;
    EXPECT_EQ(refused(wrong_signature), Errc::unauthentic);
    log::Push wrong_key = push();
    const ActionId id = action_id(wrong_key.actions[0].action);
    wrong_key.seal = log::make_seal(*world.desks[1].key, world.replica.state().log, wrong_key.device, 0, wrong_key.seal.first_seq,
                                    wrong_key.seal.previous, {&id, 1});
    EXPECT_EQ(refused(wrong_key), Errc::unauthentic);
    log::Push fewer = push(2);
    fewer.actions.pop_back();
    EXPECT_EQ(refused(fewer), Errc::unauthentic);
    log::Push swapped = push(2);
    std::swap(swapped.actions[0], swapped.actions[1]);
    EXPECT_EQ(refused(swapped), Errc::unauthentic);
}

TEST_F(Admit, RefusesBytesThatNobodyCanJudge) {
    log::Push garbage = push(2);
    garbage.actions[1].action.resize(garbage.actions[1].action.size() - 8);
    reseal(garbage);
    EXPECT_EQ(refused(garbage), Errc::invalid);
    log::Push empty = push();
    empty.actions.clear();
    EXPECT_EQ(refused(empty), Errc::invalid);
    log::Push many = push();
    many.actions.resize(log::push_actions_max + 1, many.actions.front());
    EXPECT_EQ(refused(many), Errc::invalid);
    log::Push signatures = push();
    signatures.actions[0].signatures.resize(5);
    EXPECT_EQ(refused(signatures), Errc::invalid);
    log::Push large = push();
    large.actions[0].signatures = {{1, Bytes(log::push_bytes_max)}};
    EXPECT_EQ(refused(large), Errc::invalid);
    Action newer = world.propose(world.officers.at("officer_a1"), story.product, story.note().body);
    newer.header.schema_version = 2;
    EXPECT_EQ(refused(world.seal(desk, {{encode(newer), {}}})), Errc::version);
}

TEST_F(Admit, RefusesActionsOfAnotherPush) {
    const auto with = [&](auto change) {
        Action action = world.propose(world.officers.at("officer_a1"), story.product, story.note().body);
        change(action.header);
        return world.seal(desk, {{encode(action), {}}});
    };
    EXPECT_EQ(refused(with([&](Header& header) { header.device = world.desks[0].id; })), Errc::invalid);
    EXPECT_EQ(refused(with([](Header& header) { header.seq += 1; })), Errc::invalid);
    EXPECT_EQ(refused(with([](Header& header) { header.epoch = 1; })), Errc::invalid);
    EXPECT_EQ(refused(with([](Header& header) { header.log.bytes[0] ^= 1; })), Errc::invalid);
    EXPECT_EQ(refused(with([&](Header& header) { header.seen_size = world.replica.size() + 1; })), Errc::amnesia);
}

// Logged once, a root that is not ours would fail every audit for ever.
TEST_F(Admit, RefusesWhoHasSeenAnotherHistory) {
    Action action = world.propose(world.officers.at("officer_a1"), story.product, story.note().body);
    action.header.seen_root.bytes[7] ^= 1;
    EXPECT_EQ(refused(world.seal(desk, {{encode(action), {}}})), Errc::conflict);
    action.header.seen_size = world.replica.size() - 1;
    action.header.seen_root = world.root(world.replica.size());
    EXPECT_EQ(refused(world.seal(desk, {{encode(action), {}}})), Errc::conflict);
    action.header.seen_root = world.root(world.replica.size() - 1);
    EXPECT_TRUE(world.admit(desk, world.seal(desk, {{encode(action), {}}})));
}

TEST_F(Admit, HoldsAClockThatWentBack) {
    const Instant before = world.replica.state().last_received;
    world.now -= 86'400'000'000;
    const auto events = world.admit(desk, push());
    ASSERT_TRUE(events);
    EXPECT_EQ(events->front().head.received, before);
}

TEST_F(Admit, SaysWhenWhatTheAuthorSawWasReceived) {
    const std::uint64_t seen = world.replica.size();
    const Instant at = world.replica.state().last_received;
    world.now += 86'400'000'000;
    story.take(story.note());
    EXPECT_EQ(world.log("officer_a2", story.product, story.note().body, {.seen_size = seen}).head.seen_time, at);
}

// Or an expired session would sign for ever, and any day since the genesis could be stated.
TEST_F(Admit, RefusesWhoHasForgottenWhatItSaw) {
    const Officer& officer = world.officers.at("officer_a1");
    const std::uint64_t seen = world.seen_by(officer);
    ASSERT_GT(seen, 1u);
    const auto note = [&](std::uint64_t size, std::uint64_t ahead = 0) {
        return world.make(officer, story.product, story.note().body, {.seen_size = size}, ahead);
    };
    EXPECT_EQ(refused(world.seal(desk, {note(seen - 1)})), Errc::conflict);
    EXPECT_EQ(refused(world.seal(desk, {note(0)})), Errc::conflict);
    EXPECT_EQ(refused(world.seal(desk, {note(seen + 1), note(seen, 1)})), Errc::conflict);
    EXPECT_TRUE(world.admit(desk, world.seal(desk, {note(seen), note(seen + 1, 1)})));
}

TEST_F(Admit, LogsNothingWhileTheLogDoesNotAnswer) {
    const Hash before = replica::state_hash(world.replica.state());
    const auto admitted = world.replica.admit(push(2), world.now, 0, [](std::uint64_t) -> Result<replica::Past> {
        return Error{Errc::io, "the disk fails"};
    });
    ASSERT_FALSE(admitted);
    EXPECT_EQ(admitted.error().code, Errc::io);
    EXPECT_EQ(replica::state_hash(world.replica.state()), before);
}

// ---- enrolment -----------------------------------------------------------------------------------------------------------

class Enrolment : public testing::Test {
protected:
    Enrolment() {
        slip = world.issue_slip(account, world.units.at("a1"), *slip_key);
        world.desks.push_back({world.new_id(), world.new_key(), 0, {}});
    }
    std::size_t newest() const { return world.desks.size() - 1; }
    Result<std::vector<log::Event>> enrol(const Uuid& by, const SigningKey& key) {
        return world.enrol(newest(), by, key, account, world.new_key()->public_key());
    }
    Reason add_key(const Uuid& by, const SigningKey& key, const std::string& at = "officer_a1") {
        const std::size_t desk = world.officers.at(at).desk;
        const PublicKey officer_key = world.new_key()->public_key();
        const Bytes statement =
            log::slip_statement(world.replica.state().log, by, world.desks[desk].id, PublicKey{}, account, officer_key);
        return world.act(at, registry_stream, OfficerKeyAdded{by, account, officer_key, key.sign(statement)}).reason;
    }

    World world;
    AccountId account = world.officers.at("officer_a2").account;
    std::shared_ptr<const SigningKey> slip_key = world.new_key();
    Uuid slip;
};

TEST_F(Enrolment, BringsADeviceWithItsStream) {
    ASSERT_TRUE(enrol(slip, *slip_key));
    const DeviceId& id = world.desks[newest()].id;
    EXPECT_EQ(world.registry().devices.at(id).unit, world.units.at("a1"));
    EXPECT_EQ(world.registry().slips.at(slip).used_by, id);
    Officer& officer = world.officers["second"];
    officer = {account, newest(), world.new_key(), {}};
    const Body opened = SessionOpened{account, officer.key->public_key(), 1, world.now + 1'000'000};
    const log::Event event = world.log("second", id, opened);  // not the key it was enrolled with
    EXPECT_EQ(World::verdict(event).reason, Reason::unknown_account);
    EXPECT_EQ(event.head.scope, world.units.at("a1"));
    EXPECT_EQ(event.head.stream_version, 0u);
}

TEST_F(Enrolment, OfASlipUsedTwiceIsRefusedAndRemembered) {
    ASSERT_TRUE(enrol(slip, *slip_key));
    world.desks.push_back({world.new_id(), world.new_key(), 0, {}});
    const Position size = world.replica.size();
    EXPECT_EQ(enrol(slip, *slip_key).error().code, Errc::denied);
    EXPECT_EQ(world.replica.size(), size);
    EXPECT_FALSE(world.registry().devices.contains(world.desks[newest()].id));
    const SlipMisused misused{slip, world.desks[newest()].key->public_key(), "slip_used"};
    EXPECT_EQ(World::verdict(world.log_by_server(world.desks[0].id, misused)), Verdict{});
}

TEST_F(Enrolment, NeedsTheSlipsKeyAccountAndTime) {
    EXPECT_EQ(enrol(slip, *world.new_key()).error().code, Errc::denied);
    EXPECT_EQ(enrol(world.new_id(), *slip_key).error().code, Errc::denied);
    const AccountId own = account;
    account = world.officers.at("officer_b1").account;
    EXPECT_EQ(enrol(slip, *slip_key).error().code, Errc::denied);
    account = own;
    world.now += 2 * 86'400'000'000;
    EXPECT_EQ(enrol(slip, *slip_key).error().code, Errc::denied);
}

TEST_F(Enrolment, CannotTakeTheIdOfAStream) {
    Story story{world, "a1"};
    story.take(story.registration());
    world.desks.back().id = story.product;
    EXPECT_EQ(enrol(slip, *slip_key).error().code, Errc::denied);
    world.desks.back().id = whole_log_scope();
    EXPECT_EQ(enrol(slip, *slip_key).error().code, Errc::denied);
}

TEST_F(Enrolment, AddsAnOfficerToADesk) {
    EXPECT_EQ(add_key(slip, *world.new_key()), Reason::unauthentic);
    EXPECT_EQ(add_key(world.new_id(), *slip_key), Reason::unknown_slip);
    EXPECT_EQ(add_key(slip, *slip_key, "officer_b1"), Reason::unknown_unit);
    EXPECT_EQ(add_key(slip, *slip_key), Reason::none);
    EXPECT_EQ(add_key(slip, *slip_key), Reason::slip_used);
    const Uuid late = world.issue_slip(account, world.units.at("a1"), *slip_key);
    world.now += 2 * 86'400'000'000;
    EXPECT_EQ(add_key(late, *slip_key), Reason::slip_expired);
}

}  // namespace
}  // namespace hoso::tests
