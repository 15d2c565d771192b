#include <gtest/gtest.h>
#include <rocksdb/write_batch.h>

#include "tests/support/desk_folder.hpp"

namespace hoso::client {
namespace {

using namespace tests;
using domain::Outcome;
using domain::Reason;

std::size_t kept_as_evidence(const Desk& desk) {
    std::size_t found = 0;
    const auto done = desk.database().scan("quarantine", "", "", [&](ByteSpan, ByteSpan) { return ++found, true; });
    return done ? found : 0;
}

TEST(DeskSync, AnActionGoesFromRecordedToLogged) {
    DeskFolder at;
    at.settle();
    const auto recorded = at.desk->record(at.subject());
    ASSERT_TRUE(recorded.has_value());
    const auto standing = [&] { return at.desk->outbox().at(recorded->seq).standing; };
    EXPECT_EQ(standing(), Standing::recorded);
    Talk lost(at.world, *at.desk);
    lost.answers_max = 0;
    lost.run();
    EXPECT_EQ(standing(), Standing::sent);
    at.desk->line_ended();
    EXPECT_EQ(standing(), Standing::recorded) << "nothing is on its way where there is no line";
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(standing(), Standing::recorded);
    Talk again(at.world, *at.desk);
    EXPECT_TRUE(again.run().idle);
    EXPECT_EQ(standing(), Standing::logged);
    EXPECT_EQ(again.pushes, lost.pushes) << "a push that was not answered is sent again as it was";
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(standing(), Standing::logged);
    const OwnAction& own = at.desk->outbox().at(recorded->seq);
    EXPECT_EQ(action_id(at.world.events[own.position].action), recorded->id);
    EXPECT_EQ(own.verdict.outcome, Outcome::effective);
}

TEST(DeskSync, WhatIsSealedIsNotSentYet) {
    DeskFolder at;
    at.settle();
    const auto recorded = at.desk->record(at.subject());
    ASSERT_TRUE(recorded.has_value());
    ASSERT_TRUE(at.desk->prepare(recorded->seq).has_value());
    EXPECT_EQ(at.desk->outbox().at(recorded->seq).standing, Standing::recorded);
}

TEST(DeskSync, TheLastExchangeIsTheLastThatEndedWell) {
    DeskFolder at;
    at.settle();
    const Instant settled = at.desk->last_exchange();
    EXPECT_EQ(settled, at.world.now);
    at.world.now += 1'000'000'000;
    ASSERT_TRUE(at.desk->record(at.subject()).has_value());
    Talk lost(at.world, *at.desk);
    lost.answers_max = 0;
    lost.run();
    EXPECT_EQ(at.desk->last_exchange(), settled) << "the line was cut before the answer";
    at.sync();
    const Instant last = at.desk->last_exchange();
    EXPECT_GT(last, settled);
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(at.desk->last_exchange(), last);
}

TEST(DeskSync, AnswersLostAnywhereAreFetchedAgain) {
    DeskFolder at;
    at.settle();
    std::vector<Proposal> proposals;
    for (int i = 0; i < 1'300; ++i) proposals.push_back(at.subject("chủ thể " + std::to_string(i)));
    ASSERT_TRUE(at.desk->record_many(proposals, {}).has_value());
    for (std::size_t answers = 0; answers < 3; ++answers) {
        Talk cut(at.world, *at.desk);
        cut.answers_max = answers;
        cut.run();
        ASSERT_FALSE(cut.failed.has_value()) << cut.failed->detail;
        ASSERT_TRUE(at.reopen());
    }
    Talk last(at.world, *at.desk);
    EXPECT_TRUE(last.run().idle);
    EXPECT_EQ(at.desk->outbox().answered(), at.desk->outbox().size());
    for (const OwnAction& own : at.desk->outbox().all()) {
        ASSERT_EQ(own.verdict.outcome, Outcome::effective);
        ASSERT_EQ(action_id(at.world.events[own.position].action), own.id);
    }
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), at.desk->outbox().all().back().stream),
              stream_hash(at.world.replica.state(), at.desk->outbox().all().back().stream));
}

TEST(DeskSync, OwnActionsQuoteWhatWasSeen) {
    DeskFolder at;
    at.settle();
    const auto recorded = at.desk->record(at.subject());
    ASSERT_TRUE(recorded.has_value());
    const auto action = at.desk->outbox().decoded(recorded->seq);
    ASSERT_TRUE(action.has_value());
    EXPECT_EQ(action->header.seen_size, at.world.events.size());
    EXPECT_EQ(log::open_note(note_of(at.world, at.world.events.size()), at.slip.province.origin, at.slip.province.log_key)->root,
              action->header.seen_root);
}

Position seen_by_next(DeskFolder& at) {
    const auto recorded = at.desk->record(at.subject(), {.force = true});  // an empty copy knows no unit
    CHECK(recorded.has_value());
    return at.desk->outbox().decoded(recorded->seq)->header.seen_size;
}

TEST(DeskSync, WhatIsQuotedNeverFalls) {
    DeskFolder at;
    at.settle();
    const Position before = at.world.events.size();
    EXPECT_EQ(seen_by_next(at), before);
    ASSERT_TRUE(at.desk->fetch_again().has_value());
    EXPECT_EQ(seen_by_next(at), before) << "the copy is empty, and what was seen was seen";
    ASSERT_TRUE(at.reopen());
    at.unlock();
    EXPECT_EQ(seen_by_next(at), before);
    rocksdb::WriteBatch batch;
    ASSERT_TRUE(batch.Delete(at.desk->database().family("meta"), "desk.seen").ok());
    ASSERT_TRUE(at.desk->database().write(batch).has_value());
    ASSERT_TRUE(at.reopen());
    at.unlock();
    EXPECT_EQ(seen_by_next(at), before) << "the newest own action says what was seen";
    at.sync();
    EXPECT_EQ(seen_by_next(at), at.world.events.size());
}

TEST(DeskSync, WhatIsQuotedIsComparedAgainWithTheLogFetchedAgain) {
    DeskFolder at("p", domain::Role::secretary);
    at.settle();
    std::string seen = *at.desk->database().get("meta", "desk.seen");
    seen.back() ^= 1;
    rocksdb::WriteBatch batch;
    ASSERT_TRUE(batch.Put(at.desk->database().family("meta"), "desk.seen", seen).ok());
    ASSERT_TRUE(at.desk->database().write(batch).has_value());
    at.world.log("officer_a1", at.world.new_id(),
                 domain::SubjectRegistered{at.world.units.at("a1"), "mới", "cooperative", "3", {}, {}, {}});
    ASSERT_TRUE(at.reopen());
    ASSERT_TRUE(at.desk->fetch_again().has_value());
    Talk talk(at.world, *at.desk);
    talk.run();
    ASSERT_TRUE(talk.failed.has_value());
    EXPECT_EQ(talk.failed->code, Errc::conflict) << talk.failed->detail;
    EXPECT_TRUE(at.desk->halted().has_value());
}

TEST(DeskSync, AClockThatIsDaysBehindHarmsNoSession) {
    DeskFolder at;
    at.behind = Instant{10} * 86'400'000'000;
    at.settle();
    ASSERT_TRUE(at.desk->record(at.subject()).has_value());
    at.sync();
    for (const OwnAction& own : at.desk->outbox().all())
        EXPECT_EQ(own.verdict.outcome, Outcome::effective) << name(own.verdict.reason);
}

TEST(DeskSync, ADeskOfTheRootHoldsTheWholeLog) {
    DeskFolder at("p", domain::Role::secretary);
    at.settle();
    ASSERT_TRUE(at.desk->whole());
    EXPECT_EQ(at.desk->log()->size(), at.world.events.size());
    EXPECT_EQ(state_hash(at.desk->confirmed().state()), state_hash(at.world.replica.state()));
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(state_hash(at.desk->confirmed().state()), state_hash(at.world.replica.state()));
    EXPECT_EQ(note_of(at.world, at.world.events.size()), at.desk->checkpoint());
}

TEST(DeskSync, AnotherVerdictStopsItWithEvidence) {
    DeskFolder at;
    at.settle();
    at.world.log("officer_a1", at.world.new_id(), domain::SubjectRegistered{at.slip.unit, "mới", "cooperative", "3", {}, {}, {}});
    Talk talk(at.world, *at.desk);
    talk.tamper = [](log::Event& event) {
        event.head.outcome = static_cast<std::uint8_t>(Outcome::voided);
        event.head.reason = static_cast<std::uint16_t>(Reason::no_mandate);
    };
    talk.run();
    ASSERT_TRUE(talk.failed.has_value());
    EXPECT_EQ(talk.failed->code, Errc::conflict) << talk.failed->detail;
    ASSERT_TRUE(at.desk->halted().has_value());
    EXPECT_EQ(kept_as_evidence(*at.desk), 1u);
    EXPECT_TRUE(at.desk->record(at.subject()).has_value()) << "it still records";
    ASSERT_TRUE(at.reopen());
    EXPECT_TRUE(Talk(at.world, *at.desk).run().idle) << "once the province tells the truth it goes on";
}

TEST(DeskSync, ACheckpointThatDoesNotFitTheEventsStopsAWholeDesk) {
    DeskFolder at("p", domain::Role::secretary);
    at.settle();
    at.world.log("officer_a1", at.world.new_id(),
                 domain::SubjectRegistered{at.world.units.at("a1"), "mới", "cooperative", "3", {}, {}, {}});
    Talk talk(at.world, *at.desk);
    talk.rewrite = [&](const std::string&) {
        return log::sign_note({at.slip.province.origin, at.world.events.size(), sha256(as_bytes("another history"))},
                              *at.world.desks[0].key);
    };
    talk.run();
    ASSERT_TRUE(talk.failed.has_value());
    EXPECT_EQ(talk.failed->code, Errc::conflict) << talk.failed->detail;
    EXPECT_TRUE(at.desk->halted().has_value());
}

TEST(DeskSync, TheProvinceAheadOfUsMeansAnOlderCopy) {
    DeskFolder at;
    at.settle();
    at.desk.reset();
    std::filesystem::copy(at.folder, at.temp.path() / "old", std::filesystem::copy_options::recursive);
    ASSERT_TRUE(at.reopen());
    at.unlock();
    ASSERT_TRUE(at.desk->record(at.subject()).has_value());
    ASSERT_TRUE(Talk(at.world, *at.desk).run().idle);
    at.desk.reset();
    auto copy = Desk::open(at.temp.path() / "old", at.clock);
    ASSERT_TRUE(copy.has_value()) << "the whole folder is of one age, so that only the province can tell";
    Talk talk(at.world, **copy);
    EXPECT_TRUE(talk.run().ahead);
}

TEST(DeskSync, AUnitWithAHistoryOfItsOwnIsFetchedFromTheStart) {
    DeskFolder at("a", domain::Role::secretary);
    at.settle();
    const std::vector<UnitId> before = at.desk->scopes();
    const UnitId fresh = at.world.new_id();
    at.world.effective("founder_0", registry_stream,
                       domain::UnitCreated{fresh, at.world.units.at("a"), "commune", "commune", "a3", "a3", {}});
    at.world.appoint("officer_a3", domain::Role::officer, [&] { return at.world.units["a3"] = fresh, "a3"; }());
    const StreamId subject = at.world.new_id();
    at.world.effective("officer_a3", subject, domain::SubjectRegistered{fresh, "mới", "cooperative", "3", {}, {}, {}});
    at.world.effective("founder_0", registry_stream, domain::RoundOpened{at.world.new_id(), "Đợt 2", 2023, {}, "none"});
    Talk old_scopes(at.world, *at.desk);
    old_scopes.scopes = before;
    old_scopes.run();
    EXPECT_EQ(at.desk->confirmed().state().subject(subject), nullptr);
    Talk wider(at.world, *at.desk);
    wider.run();
    ASSERT_TRUE(wider.failed.has_value());
    EXPECT_EQ(wider.failed->code, Errc::unreachable) << wider.failed->detail;
    EXPECT_TRUE(Talk(at.world, *at.desk).run().idle);
    ASSERT_NE(at.desk->confirmed().state().subject(subject), nullptr);
    ASSERT_TRUE(at.reopen());
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), registry_stream), stream_hash(at.world.replica.state(), registry_stream));
    EXPECT_EQ(stream_hash(at.desk->confirmed().state(), subject), stream_hash(at.world.replica.state(), subject));
}

}  // namespace
}  // namespace hoso::client
