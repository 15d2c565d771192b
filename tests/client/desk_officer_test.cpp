#include <gtest/gtest.h>

#include "tests/support/desk_folder.hpp"

// Keys and sessions of a desk's officers.
namespace hoso::client {
namespace {

using namespace tests;
using domain::Outcome;

TEST(DeskOfficers, WrongPassphraseOpensNothing) {
    DeskFolder at;
    at.settle();
    at.desk->lock(at.slip.account);
    const auto size = at.desk->outbox().size();
    const auto wrong = at.desk->unlock(at.slip.account, "sai", 8);
    ASSERT_FALSE(wrong.has_value());
    EXPECT_EQ(wrong.error().code, Errc::denied);
    EXPECT_EQ(at.desk->outbox().size(), size);
    const auto locked = at.desk->record(at.subject());
    ASSERT_FALSE(locked.has_value());
    EXPECT_EQ(locked.error().code, Errc::denied);
    EXPECT_EQ(at.desk->unlock(at.world.new_id(), passphrase, 8).error().code, Errc::not_found);
}

TEST(DeskOfficers, ASessionLivesAcrossProcessesUntilItExpires) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    ASSERT_TRUE(at.reopen());
    EXPECT_FALSE(at.desk->unlocked(at.slip.account));
    at.unlock();
    EXPECT_EQ(at.desk->outbox().size(), size) << "the session of before is still live";
    at.world.now += Instant{9} * 3'600'000'000;
    const auto late = at.desk->record(at.subject());
    ASSERT_FALSE(late.has_value());
    EXPECT_EQ(late.error().code, Errc::denied);
    at.unlock();
    EXPECT_EQ(at.desk->outbox().size(), size + 1) << "a new session";
    EXPECT_TRUE(at.desk->record(at.subject()).has_value());
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    for (const OwnAction& own : at.desk->outbox().all())
        EXPECT_EQ(own.verdict.outcome, Outcome::effective) << name(own.verdict.reason);
}

TEST(DeskOfficers, ASecondOfficerGetsAKeyBySlip) {
    DeskFolder at;
    at.settle();
    const Slip other = slip_for(at.world, at.slip.unit, domain::Role::officer);
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    ASSERT_TRUE(at.desk->add_officer(other, "khác").has_value());
    ASSERT_TRUE(at.desk->unlock(other.account, "khác", 8).has_value());
    EXPECT_EQ(at.desk->officers().size(), 2u);
    Proposal proposal = at.subject();
    proposal.account = other.account;
    ASSERT_TRUE(at.desk->record(proposal).has_value());
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    for (const OwnAction& own : at.desk->outbox().all())
        EXPECT_EQ(own.verdict.outcome, Outcome::effective) << name(own.verdict.reason);
}

// Somebody else used the slip first: the key and the session that rests on it come to nothing.
client::Slip lose_slip(DeskFolder& at) {
    const Slip other = slip_for(at.world, at.slip.unit, domain::Role::officer);
    at.sync();
    CHECK(at.desk->add_officer(other, "khác").has_value());
    CHECK(at.desk->unlock(other.account, "khác", 8).has_value());
    const auto thief = prepare_enrolment(at.temp.path() / "thief", other, passphrase, at.clock);
    CHECK(thief && Talk::enrol(at.world, **thief));
    at.sync();
    return other;
}

TEST(DeskOfficers, ASessionThatTheProvinceDidNotAcceptIsNotUsed) {
    DeskFolder at;
    at.settle();
    const Slip other = lose_slip(at);
    const OwnAction opening = at.desk->outbox().all().back();
    ASSERT_EQ(opening.verdict.outcome, Outcome::voided);
    ASSERT_TRUE(at.desk->unlocked(other.account));
    Proposal proposal = at.subject();
    proposal.account = other.account;
    const auto size = at.desk->outbox().size();
    const auto recorded = at.desk->record(proposal);
    ASSERT_FALSE(recorded.has_value()) << "it would be void(unauthentic)";
    EXPECT_EQ(recorded.error().code, Errc::denied);
    EXPECT_EQ(at.desk->outbox().size(), size);
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(at.desk->unlock(other.account, "khác", 8).error().code, Errc::denied) << "also after a restart";
}

TEST(DeskOfficers, AFailedUnlockLeavesTheKeyLocked) {
    DeskFolder at;
    at.settle();
    const Slip other = lose_slip(at);
    ASSERT_TRUE(at.reopen());
    const auto opened = at.desk->unlock(other.account, "khác", 8);
    ASSERT_FALSE(opened.has_value());
    EXPECT_TRUE(opened.error().detail.starts_with("unknown_account")) << opened.error().detail;
    EXPECT_FALSE(at.desk->unlocked(other.account));
    EXPECT_EQ(at.desk->officer_key(other.account), nullptr);
}

TEST(DeskOfficers, AddsNoOfficerByASlipThatIsKnownToBeUsedOrOver) {
    DeskFolder at;
    at.settle();
    const Slip used = slip_for(at.world, at.slip.unit, domain::Role::officer);
    const auto first = prepare_enrolment(at.temp.path() / "first", used, passphrase, at.clock);
    ASSERT_TRUE(first && Talk::enrol(at.world, **first));
    Slip over = slip_for(at.world, at.slip.unit, domain::Role::officer);
    at.sync();
    const auto size = at.desk->outbox().size();
    const auto refused = at.desk->add_officer(used, "khác");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::denied);
    EXPECT_TRUE(refused.error().detail.starts_with("slip_used")) << refused.error().detail;
    at.world.now += Instant{2} * 86'400'000'000;
    EXPECT_TRUE(at.desk->add_officer(over, "khác").error().detail.starts_with("slip_expired"));
    EXPECT_EQ(at.desk->outbox().size(), size);
    EXPECT_EQ(at.desk->officers().size(), 1u) << "no key was made for it";
    const Slip unheard = slip_for(at.world, at.slip.unit, domain::Role::officer);
    EXPECT_TRUE(at.desk->add_officer(unheard, "khác").has_value()) << "the province knows it, this desk not yet";
}

}  // namespace
}  // namespace hoso::client
