#include <gtest/gtest.h>

#include "tests/support/story.hpp"

// Sessions of officers, and the signatures of official acts.
namespace hoso::tests {
namespace {

using namespace domain;

const Verdict forged{Outcome::voided, Reason::unauthentic, no_position};

TEST(Sessions, AreOfOneOfficerAndDevice) {
    World world;
    Story story{world, "a1"};
    story.draft();
    const auto note = [&](const std::string& officer, const How& how) {
        return world.act(officer, story.product, story.note().body, how);
    };
    const Officer other = world.officers.at("officer_a2");
    EXPECT_EQ(note("officer_a1", {.session = ActionId{}}), forged);
    EXPECT_EQ(note("officer_a1", {.session = other.session}), forged);
    EXPECT_EQ(note("officer_a1", {.desk = other.desk}), forged);
    EXPECT_EQ(note("officer_a1", {.session = other.session, .desk = other.desk}), forged);
    EXPECT_EQ(note("officer_a1", {}), Verdict{});
}

TEST(Sessions, EndWithWhatTheirOfficerHadSeen) {
    World world;
    Story story{world, "a1"};
    story.draft();
    Officer& officer = world.officers.at("officer_a1");
    world.sign_in(officer, 3'600'000'000);
    const std::uint64_t seen = world.replica.size();
    world.now += 2 * 3'600'000'000ll;
    world.effective("officer_a2", world.new_id(), Story{world, "a2"}.registration().body);
    const Verdict expired{Outcome::voided, Reason::session_expired, no_position};
    EXPECT_EQ(world.act("officer_a1", story.product, story.note().body, {.seen_size = seen}), Verdict{});
    EXPECT_EQ(world.act("officer_a1", story.product, story.note().body), expired);
}

TEST(Sessions, BeginWhereTheySay) {
    World world;
    Story story{world, "a1"};
    story.draft();
    Officer& officer = world.officers.at("officer_a1");
    const Desk& desk = world.desks[officer.desk];
    const SessionOpened later{officer.account, officer.key->public_key(), desk.next_seq + 2, world.now + 86'400'000'000};
    officer.session = world.effective("officer_a1", desk.id, later);
    EXPECT_EQ(world.act("officer_a1", story.product, story.note().body), forged);
    EXPECT_EQ(world.act("officer_a1", story.product, story.note().body), Verdict{});
}

TEST(Signatures, AreAskedOfOfficialActs) {
    World world;
    const RoundOpened round{world.new_id(), "Đợt 2", 2023, {}, ""};
    EXPECT_EQ(world.act("founder_0", registry_stream, round, {.sign = false}), forged);
    Officer& founder = world.officers.at("founder_0");
    const auto own = founder.key;
    founder.key = world.new_key();
    EXPECT_EQ(world.act("founder_0", registry_stream, round), forged);
    const Desk& desk = world.desks[founder.desk];
    EXPECT_EQ(world.act("founder_0", desk.id, SessionOpened{founder.account, own->public_key(), desk.next_seq, world.now}), forged);
    founder.key = own;
    auto made = world.make(founder, registry_stream, round);
    made.signatures[0].kind = 2;
    const auto admitted = world.admit(founder.desk, world.seal(founder.desk, {made}));
    ASSERT_TRUE(admitted);
    EXPECT_EQ(World::verdict(admitted->front()), forged);
    EXPECT_EQ(world.act("founder_0", registry_stream, round), Verdict{});
}

}  // namespace
}  // namespace hoso::tests
