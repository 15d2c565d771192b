#include <gtest/gtest.h>

#include "tests/support/story.hpp"

// Order of the checks, dates, conflicts, what is held and what becomes of it, streams that do not exist.
namespace hoso::tests {
namespace {

using namespace domain;
using replica::Replica;

constexpr Verdict effective{};
Verdict voided(Reason reason, Position against = no_position) { return {Outcome::voided, reason, against}; }
Verdict held(Reason reason, Position against = no_position) { return {Outcome::held, reason, against}; }

Replica fold_all(const std::vector<log::Event>& events, Replica replica) {
    for (const log::Event& event : events) {
        const auto folded = replica.fold(event, Replica::Check::judge);
        EXPECT_TRUE(folded) << folded.error().detail;
    }
    return replica;
}

TEST(Judge, LeadsADossierToTheTopOfTheLadder) {
    World world;
    Story story{world, "a1"};
    story.submit();
    story.evaluate(five_stars);
    story.take(story.forwarding());
    story.evaluate(five_stars);
    story.take(story.forwarding());
    story.take(story.result(5));
    EXPECT_EQ(story.dossier().phase, Phase::recognised);
    ASSERT_EQ(story.state().certificates.size(), 1u);
    EXPECT_EQ(story.state().certificates[0].stars, 5);
}

TEST(Judge, RecognisesAtTheDistrict) {
    World world;
    Story story{world, "b1"};
    story.submit();
    story.evaluate(three_stars);
    story.recognise();
    ASSERT_EQ(story.state().certificates.size(), 1u);
    EXPECT_EQ(story.state().certificates[0].text, "1/2023/certificate_b");
    const std::string text = story.state().certificates[0].text;
    story.take(story.revocation_signing("b", text));
    EXPECT_EQ(story.try_it({"signer_a", story.product, story.revocation("b", text).body}), voided(Reason::no_mandate));
    story.take(story.revocation("b", text));
    EXPECT_TRUE(story.state().certificates[0].revoked);
}

TEST(Judge, LetsTheFirstOfARaceWin) {
    World world;
    Story story{world, "a1"};
    story.submit();
    const Step receipt = story.receipt();
    const Step withdrawal = story.withdrawal();
    const Position first = world.log(receipt.officer, receipt.stream, receipt.body).head.position;
    EXPECT_EQ(story.try_it(withdrawal), voided(Reason::lost_race, first));
    EXPECT_EQ(story.dossier().phase, Phase::received);
}

TEST(Judge, RefusesADecisionOnAnotherView) {
    World world;
    Story story{world, "a1"};
    story.submit();
    story.receive();
    story.meet(three_stars);
    const Step tally = story.tally();
    story.take({story.officer(), story.product, DocumentAdded{story.file, "tests", "Kiểm nghiệm", {}}});
    EXPECT_EQ(story.try_it(tally), voided(Reason::stale_view));
    const Step again = story.tally();
    story.take(story.note());  // a harmless note voids nothing
    EXPECT_EQ(story.try_it(again), effective);
}

struct DateCase {
    const char* name;
    int stated;               // days from today
    std::optional<int> seen;  // days back to what the author had seen, else everything
    Verdict then;
};

const DateCase date_cases[] = {
    {"Today", 0, {}, effective},
    {"Tomorrow", 1, {}, held(Reason::time_uncertain)},
    {"AsFarBackAsTheRuleSetAllows", -5, {}, effective},
    {"FurtherBack", -6, {}, held(Reason::time_uncertain)},
    {"BackToWhatWasSeen", -15, 10, effective},
    {"BeforeWhatWasSeen", -16, 10, held(Reason::time_uncertain)},
};

class JudgeDates : public testing::TestWithParam<DateCase> {};
TEST_P(JudgeDates, Row) {
    const auto& [name, stated, seen, then] = GetParam();
    World world;
    Story story{world, "a1"};
    story.draft();
    const std::uint64_t seen_size = world.replica.size();
    world.now += 10 * 86'400'000'000;
    story.take(story.note());
    How how;
    if (seen) how.seen_size = seen_size;
    const Submitted submitted{story.file, 0, world.today() + std::chrono::days{stated}};
    EXPECT_EQ(world.act(story.officer(), story.product, submitted, how), then);
}
INSTANTIATE_TEST_SUITE_P(Table, JudgeDates, testing::ValuesIn(date_cases), [](const auto& row) { return row.param.name; });

TEST(JudgeDates, OfThePastHaveNoLowerBound) {
    World world;
    Story story{world, "a1"};
    story.take(story.registration());
    const Date old = *date_from_text("2019-10-31");
    const Date tomorrow = world.today() + std::chrono::days{1};
    const auto legacy = [](const std::string& text, Date decided, Date issued) {
        return LegacyRecognised{"1/QĐ", decided, text, 3, issued, "older"};
    };
    EXPECT_EQ(world.act("secretary_a", story.product, legacy("1", old, old)), effective);
    EXPECT_EQ(world.act("secretary_a", story.product, legacy("2", tomorrow, old)), held(Reason::time_uncertain));
    EXPECT_EQ(world.act("secretary_a", story.product, legacy("3", old, world.today())), voided(Reason::not_legacy));
}

// ---- held, adopted, annulled ---------------------------------------------------------------------------------------------

// A submission dated tomorrow: held.
class Held : public testing::Test {
protected:
    Held() {
        story.draft();
        const log::Event event =
            world.log(story.officer(), story.product, Submitted{story.file, 0, world.today() + std::chrono::days{1}});
        EXPECT_EQ(World::verdict(event), held(Reason::time_uncertain));
        id = action_id(event.action);
    }
    const std::map<ActionId, replica::Held>& waiting() const { return world.replica.state().stream(story.product)->held; }

    World world;
    Story story{world, "a1"};
    ActionId id;
};

TEST_F(Held, ChangesNothingUntilItIsAdopted) {
    EXPECT_EQ(story.dossier().phase, Phase::drafting);
    ASSERT_TRUE(waiting().contains(id));
    EXPECT_EQ(world.act("signer_b", story.product, Adopted{{id}, "đúng"}), voided(Reason::no_mandate));
    EXPECT_EQ(world.act("signer_a", story.product, Adopted{{id}, "đúng"}), effective);
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(story.dossier().phase, Phase::submitted);
    EXPECT_EQ(story.dossier().effective.back(), id);
    EXPECT_EQ(story.dossier().last_transition, world.replica.size() - 1);
}

TEST_F(Held, IsGoneOnceItIsAnnulled) {
    EXPECT_EQ(world.act("signer_p", story.product, Annulled{{id}, "nhầm"}), effective);
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(story.dossier().phase, Phase::drafting);
    EXPECT_EQ(world.act("signer_p", story.product, Adopted{{id}, "đúng"}), voided(Reason::not_held));
}

TEST_F(Held, IsJudgedAgainWhereItIsAdopted) {
    story.take(story.submission());
    EXPECT_EQ(world.act("signer_a", story.product, Adopted{{id}, "đúng"}), effective);
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(story.dossier().turn, 1u);  // the adopted submission had lost its race
}

TEST_F(Held, IsNamedOnceAndWhereItStands) {
    EXPECT_EQ(world.act("signer_a", story.product, Adopted{{}, ""}), voided(Reason::malformed));
    EXPECT_EQ(world.act("signer_a", story.product, Adopted{{id, id}, ""}), voided(Reason::not_held));
    EXPECT_EQ(world.act("founder_0", registry_stream, Adopted{{id}, ""}), voided(Reason::not_held));
    EXPECT_EQ(world.act("founder_0", world.new_id(), Adopted{{id}, ""}), voided(Reason::wrong_stream));
}

TEST_F(Held, AdoptionsOfAdoptionsTakeEffectInTurn) {
    world.grant("secretary_a", Role::signer, world.units.at("a"), world.today() + std::chrono::days{1});
    const std::uint64_t before = world.replica.size();
    world.now += 86'400'000'000;
    const log::Event event = world.log("secretary_a", story.product, Adopted{{id}, "đúng"}, {.seen_size = before});
    EXPECT_EQ(World::verdict(event), held(Reason::mandate_uncertain));
    EXPECT_EQ(world.act("signer_a", story.product, Adopted{{action_id(event.action)}, "đúng"}), effective);
    EXPECT_TRUE(waiting().empty());
    EXPECT_EQ(story.dossier().phase, Phase::submitted);
}

// A registration by somebody whose mandate began after what he had seen: the stream is there, but holds nothing.
class HeldRegistration : public testing::Test {
protected:
    HeldRegistration() {
        world.hire("officer_new", world.units.at("a1"));
        world.grant("officer_new", Role::officer, world.units.at("a1"), world.today() + std::chrono::days{1});
        const std::uint64_t before = world.replica.size();
        world.now += 86'400'000'000;
        opening = world.log("officer_new", story.product, story.registration().body, {.seen_size = before});
        EXPECT_EQ(World::verdict(opening), held(Reason::mandate_uncertain));
    }
    static ActionId id(const log::Event& event) { return action_id(event.action); }
    Verdict settle(const Body& body) { return world.act("signer_a", story.product, body); }

    World world;
    Story story{world, "a1"};
    log::Event opening;
};

TEST_F(HeldRegistration, OpensItsStreamWhenAdopted) {
    EXPECT_EQ(opening.head.scope, world.units.at("a1"));
    EXPECT_EQ(opening.head.stream_version, 0u);
    EXPECT_EQ(world.replica.state().product(story.product), nullptr);
    EXPECT_EQ(story.try_it(story.registration()), voided(Reason::already_exists));
    EXPECT_EQ(settle(Adopted{{id(opening)}, "đúng"}), effective);
    ASSERT_NE(world.replica.state().product(story.product), nullptr);
    story.take(story.opening());
    EXPECT_EQ(world.replica.state().stream(story.product)->version, 4u);
}

// The work of days is not void because its first step waits for a person.
TEST_F(HeldRegistration, HoldsWhatRestsOnIt) {
    const Verdict waits = held(Reason::opening_held, opening.head.position);
    const log::Event dossier = world.log("officer_a1", story.product, story.opening().body);
    EXPECT_EQ(World::verdict(dossier), waits);
    EXPECT_EQ(world.act("officer_b1", story.product, story.opening().body), voided(Reason::no_mandate));
    EXPECT_EQ(world.act("adviser_a", story.product, AdvisoryReported{story.file, "district", true, ""}),
              voided(Reason::wrong_stream));
    EXPECT_EQ(settle(Adopted{{id(dossier)}, ""}), voided(Reason::opening_held, opening.head.position));
    EXPECT_EQ(settle(Adopted{{id(dossier), id(opening)}, ""}), voided(Reason::opening_held, opening.head.position));
    EXPECT_EQ(settle(Adopted{{id(opening), id(dossier)}, ""}), effective);
    EXPECT_EQ(story.dossier().phase, Phase::drafting);
}

TEST_F(HeldRegistration, LeavesNothingBehindWhenAnnulled) {
    const log::Event dossier = world.log("officer_a1", story.product, story.opening().body);
    EXPECT_EQ(settle(Annulled{{id(opening)}, ""}), effective);
    EXPECT_EQ(settle(Adopted{{id(dossier)}, ""}), effective);
    EXPECT_EQ(world.replica.state().product(story.product), nullptr);
    EXPECT_TRUE(world.replica.state().stream(story.product)->held.empty());
}

TEST(HeldDossier, HoldsWhatRestsOnIt) {
    World world;
    Story story{world, "a1"};
    story.take(story.registration());
    DossierOpened opened = std::get<DossierOpened>(story.opening().body);
    opened.filing_date = world.today() + std::chrono::days{1};
    const log::Event opening = world.log(story.officer(), story.product, opened);
    EXPECT_EQ(World::verdict(opening), held(Reason::time_uncertain));
    const Verdict waits = held(Reason::opening_held, opening.head.position);
    const log::Event assessed = world.log(story.officer(), story.product, story.assessment(three_stars).body);
    EXPECT_EQ(World::verdict(assessed), waits);
    EXPECT_EQ(story.try_it(story.opinion()), voided(Reason::unknown_dossier)) << "an opinion is asked for at its stage";
    world.effective("signer_a", story.product, Adopted{{action_id(opening.action), action_id(assessed.action)}, ""});
    EXPECT_EQ(story.dossier().self_assessment, three_stars);
}

// ---- streams -------------------------------------------------------------------------------------------------------------

TEST(Streams, HoldTheirOwnKindsOnly) {
    World world;
    Story story{world, "a1"};
    story.take(story.registration());
    const StreamId subject = world.new_id();
    const SubjectRegistered registered{world.units.at("a1"), "Hợp tác xã", "cooperative", "1", {}, {}, {}};
    world.effective("officer_a1", subject, registered);
    const DeviceId device = world.desks[world.officers.at("officer_a1").desk].id;
    EXPECT_EQ(world.act("officer_a1", subject, registered), voided(Reason::already_exists));
    EXPECT_EQ(world.act("officer_a1", story.product, registered), voided(Reason::wrong_stream));
    EXPECT_EQ(world.act("officer_a1", subject, story.opening().body), voided(Reason::wrong_stream));
    EXPECT_EQ(world.act("officer_a1", device, story.registration().body), voided(Reason::wrong_stream));
    EXPECT_EQ(world.act("officer_a1", registry_stream, story.registration().body), voided(Reason::wrong_stream));
    EXPECT_EQ(world.act("founder_0", story.product, RoundOpened{world.new_id(), "x", 2023, {}, ""}), voided(Reason::wrong_stream));
}

TEST(Streams, OfNobodyAreFiledInTheRegistry) {
    World world;
    const auto& registry = *world.replica.state().stream(registry_stream);
    const std::uint64_t version = registry.version;
    Story story{world, "a1"};
    const log::Event event = world.log("officer_a1", story.product, story.opening().body);
    EXPECT_EQ(World::verdict(event), voided(Reason::wrong_stream));
    EXPECT_EQ(event.head.scope, registry_scope);
    EXPECT_EQ(event.head.stream_version, version);
    EXPECT_EQ(world.replica.state().stream(story.product), nullptr);
    EXPECT_EQ(registry.version, version + 1);
}

TEST(Streams, CountVersionsAndScopesDensely) {
    World world;
    Story story{world, "a1"};
    story.submit();
    story.try_it(story.submission());
    std::map<UnitId, std::uint64_t> next;
    for (const log::Event& event : world.events) EXPECT_EQ(event.head.scope_sequence, next[event.head.scope]++);
    EXPECT_EQ(next, world.replica.state().scope_next);
}

// ---- the judge's version -------------------------------------------------------------------------------------------------

TEST(JudgeVersion, GoesUpFromTheNextPositionOn) {
    World world{2};
    const log::Event upgrade = world.log("founder_0", registry_stream, JudgeUpgraded{2});
    EXPECT_EQ(World::verdict(upgrade), effective);
    EXPECT_EQ(upgrade.head.judge_version, 1u);
    const log::Event after = world.log("founder_0", registry_stream, JudgeUpgraded{2});
    EXPECT_EQ(World::verdict(after), voided(Reason::malformed));
    EXPECT_EQ(after.head.judge_version, 2u);
    const Replica newer = fold_all(world.events, Replica{2});
    EXPECT_EQ(newer.state().judge_version, 2u);
}

TEST(JudgeVersion, StopsAProgramThatIsTooOld) {
    World world{2};
    world.effective("founder_0", registry_stream, JudgeUpgraded{2});
    const log::Event upgrade = world.events.back();
    world.events.pop_back();
    Replica older = fold_all(world.events, Replica{1});
    EXPECT_EQ(older.fold(upgrade, Replica::Check::judge).error().code, Errc::version);
    log::Event later = upgrade;
    later.head.judge_version = 2;
    EXPECT_EQ(older.fold(later, Replica::Check::judge).error().code, Errc::version);

    World old;
    const Officer& founder = old.officers.at("founder_0");
    const auto push = old.seal(founder.desk, {old.make(founder, registry_stream, JudgeUpgraded{2})});
    EXPECT_EQ(old.admit(founder.desk, push).error().code, Errc::version);
}

}  // namespace
}  // namespace hoso::tests
