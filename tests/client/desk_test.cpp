#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/desk_folder.hpp"

namespace hoso::client {
namespace {

using namespace tests;
using domain::Outcome;
using domain::Reason;

TEST(Desk, EnrolsAndFollowsItsScope) {
    DeskFolder at;
    at.settle();
    EXPECT_EQ(at.desk->identity().unit, at.slip.unit);
    EXPECT_TRUE(at.desk->identity().training());
    EXPECT_FALSE(at.desk->whole());
    EXPECT_EQ(at.desk->scopes(), (std::vector<UnitId>{registry_scope, at.slip.unit}));
    EXPECT_EQ(at.desk->through(), at.world.events.size());
    EXPECT_TRUE(at.desk->confirmed().state().registry.devices.contains(at.desk->identity().device));
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), registry_stream), stream_hash(at.world.replica.state(), registry_stream));
}

TEST(Desk, EnrolmentIsTakenUpAgainWithTheSameKeys) {
    DeskFolder at;
    at.prepare();
    const ActionId enrolment = at.desk->outbox().at(0).id;
    const PublicKey key = at.desk->device_key().public_key();
    at.desk.reset();
    at.prepare();
    EXPECT_EQ(at.desk->outbox().size(), 1u);
    EXPECT_EQ(at.desk->outbox().at(0).id, enrolment);
    EXPECT_EQ(at.desk->device_key().public_key(), key);
    ASSERT_TRUE(Talk::enrol(at.world, *at.desk).has_value());
    ASSERT_TRUE(Talk::enrol(at.world, *at.desk).has_value()) << "the answer was lost: the same frame again is harmless";
}

TEST(Desk, EnrolmentBegunWithoutAnActionIsTakenUpAgain) {
    DeskFolder at;
    at.prepare();
    at.desk.reset();
    std::filesystem::remove_all(at.folder / "db");
    std::filesystem::remove_all(at.folder / "outbox");
    at.prepare();
    EXPECT_EQ(at.desk->outbox().size(), 1u);
}

TEST(Desk, AnotherSlipNeedsAnotherFolder) {
    DeskFolder at;
    at.prepare();
    at.desk.reset();
    const Slip other = slip_for(at.world, at.slip.unit, domain::Role::officer);
    const auto made = prepare_enrolment(at.folder, other, passphrase, at.clock);
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, Errc::exists);
}

TEST(Desk, ASlipWorksOnce) {
    DeskFolder first;
    first.settle();
    const auto second = prepare_enrolment(first.temp.path() / "second", first.slip, passphrase, first.clock);
    ASSERT_TRUE(second.has_value());
    const auto enrolled = Talk::enrol(first.world, **second);
    ASSERT_FALSE(enrolled.has_value());
    EXPECT_EQ(enrolled.error().code, Errc::denied);
}

TEST(Desk, OpeningSaysWhatIsMissing) {
    DeskFolder at;
    const auto nothing = Desk::open(at.folder, at.clock);
    ASSERT_FALSE(nothing.has_value());
    EXPECT_EQ(nothing.error().code, Errc::not_found);
    at.prepare();
    const auto second = Desk::open(at.folder, at.clock);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Errc::locked);
    EXPECT_NE(second.error().detail.find(std::to_string(::getpid())), std::string::npos) << second.error().detail;
}

TEST(Desk, AHandedClockIsForTrainingOnly) {
    DeskFolder at;
    at.prepare();
    at.desk.reset();
    std::ifstream in(at.folder / "join.json");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    text.replace(text.find("true"), 4, "false");
    std::ofstream(at.folder / "join.json") << text;
    const auto opened = Desk::open(at.folder, at.clock);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::corrupt) << "the genesis in the file says that it is a training log";
}

TEST(Desk, WrongPassphraseOpensNothing) {
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

TEST(Desk, ASessionLivesAcrossProcessesUntilItExpires) {
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

TEST(Desk, RefusesWhatWouldBeVoid) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    const auto refused = at.desk->record(at.hopeless());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::denied);
    EXPECT_TRUE(refused.error().detail.starts_with("no_mandate")) << refused.error().detail;
    EXPECT_EQ(at.desk->outbox().size(), size);
    EXPECT_EQ(at.desk->preview(at.hopeless()).reason, Reason::no_mandate);

    const auto forced = at.desk->record(at.hopeless(), {.force = true});
    ASSERT_TRUE(forced.has_value());
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    EXPECT_EQ(at.desk->outbox().at(forced->seq).standing, Standing::logged);
    EXPECT_EQ(at.desk->outbox().at(forced->seq).verdict.reason, Reason::no_mandate);
}

TEST(Desk, ABatchAnswersEveryProposal) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    const std::vector<Proposal> proposals{at.subject("một"), at.hopeless(), at.subject("hai")};
    const auto none = at.desk->record_many(proposals, {.all_or_nothing = true});
    ASSERT_TRUE(none.has_value());
    EXPECT_EQ(at.desk->outbox().size(), size);
    EXPECT_FALSE(none->at(0).recorded);

    const auto some = at.desk->record_many(proposals, {});
    ASSERT_TRUE(some.has_value());
    EXPECT_EQ(at.desk->outbox().size(), size + 2);
    EXPECT_TRUE(some->at(0).recorded);
    EXPECT_FALSE(some->at(1).recorded);
    EXPECT_EQ(some->at(1).preview.outcome, Outcome::voided);
    EXPECT_EQ(some->at(2).seq, size + 1);
}

TEST(Desk, PendingActionsAreFoldedOnTop) {
    DeskFolder at;
    at.settle();
    const Proposal subject = at.subject();
    ASSERT_TRUE(at.desk->record(subject).has_value());
    const Proposal product{
        domain::ProductRegistered{at.slip.unit, subject.stream, "Chè", "tea", "01"}, at.world.new_id(), at.slip.account, {}};
    EXPECT_EQ(at.desk->confirmed().state().subject(subject.stream), nullptr);
    ASSERT_NE(at.desk->pending().state().subject(subject.stream), nullptr);
    ASSERT_TRUE(at.reopen());
    ASSERT_NE(at.desk->pending().state().subject(subject.stream), nullptr) << "also after a restart";
    at.unlock();
    EXPECT_NE(at.desk->preview(subject).outcome, Outcome::effective) << "it exists already";
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    ASSERT_NE(at.desk->confirmed().state().subject(subject.stream), nullptr);
    EXPECT_EQ(at.desk->pending().size(), at.desk->confirmed().size());
}

TEST(Desk, NoRoomNothingRecorded) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    ASSERT_TRUE(at.reopen({.reserve_bytes = ~std::uint64_t{0} >> 1}));
    at.unlock();
    const auto full = at.desk->record(at.subject());
    ASSERT_FALSE(full.has_value());
    EXPECT_EQ(full.error().code, Errc::full);
    EXPECT_EQ(at.desk->outbox().size(), size);
    ASSERT_TRUE(at.reopen());
    at.unlock();
    EXPECT_TRUE(at.desk->record(at.subject()).has_value());
}

TEST(Desk, TextThatIsNoUtf8NeverEntersTheChain) {
    DeskFolder at;
    at.settle();
    const auto size = at.desk->outbox().size();
    const auto bad = at.desk->record(at.subject("\xff\xfe"));
    ASSERT_FALSE(bad.has_value());
    EXPECT_EQ(bad.error().code, Errc::invalid);
    const auto large = at.desk->record(at.subject(std::string(70'000, 'x')));
    ASSERT_FALSE(large.has_value());
    EXPECT_EQ(large.error().code, Errc::limit);
    EXPECT_EQ(at.desk->outbox().size(), size);
}

TEST(Desk, ASecondOfficerGetsAKeyBySlip) {
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

TEST(Desk, AnOlderCopyOfTheOutboxIsNoticed) {
    DeskFolder at;
    at.settle();
    at.desk.reset();
    std::filesystem::copy(at.folder / "db", at.temp.path() / "old", std::filesystem::copy_options::recursive);
    ASSERT_TRUE(at.reopen());
    at.unlock();
    ASSERT_TRUE(at.desk->record(at.subject()).has_value());
    at.desk.reset();
    std::filesystem::remove_all(at.folder / "db");
    std::filesystem::rename(at.temp.path() / "old", at.folder / "db");
    const auto opened = at.reopen();
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error().code, Errc::amnesia);
}

TEST(Desk, PersonalValuesStayHere) {
    DeskFolder at;
    at.settle();
    Proposal proposal = at.subject();
    auto& body = std::get<domain::SubjectRegistered>(proposal.body);
    body.phone = at.desk->seal_field("phone", "0912 345 678");
    ASSERT_TRUE(at.desk->record(proposal).has_value());
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(at.desk->open_field(body.phone.commitment), "0912 345 678");
    EXPECT_EQ(at.desk->open_field(Hash{}), std::nullopt);
}

TEST(Files, AreReadBackAndCheckedAgainstTheirGenesis) {
    DeskFolder at;
    const auto slip = slip_from_json(to_json(at.slip));
    ASSERT_TRUE(slip.has_value()) << slip.error().detail;
    EXPECT_EQ(to_json(*slip), to_json(at.slip));
    const auto join = province_from_json(to_json(at.slip.province));
    ASSERT_TRUE(join.has_value());
    std::string newer = to_json(at.slip);
    newer.replace(newer.find("\"version\": 1"), 12, "\"version\": 2");
    EXPECT_EQ(slip_from_json(newer).error().code, Errc::version);
    Slip other = at.slip;
    other.province.origin = "hoso.example/other";
    EXPECT_EQ(slip_from_json(to_json(other)).error().code, Errc::corrupt);
    EXPECT_EQ(slip_from_json("{}").error().code, Errc::invalid);
    EXPECT_EQ(slip_from_json("tệp khác").error().code, Errc::invalid);
}

}  // namespace
}  // namespace hoso::client
