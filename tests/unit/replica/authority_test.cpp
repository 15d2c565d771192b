#include <gtest/gtest.h>

#include "tests/support/story.hpp"

// Role x place x validity.
namespace hoso::tests {
namespace {

using namespace domain;

// A province with dossiers at every stage of their way, so that a refusal never hides who may act.
class Province {
public:
    Province() {
        world.appoint("administrator_p", Role::administrator, "p");
        world.appoint("administrator_a", Role::administrator, "a");
        world.appoint("officer_a", Role::officer, "a");
        world.appoint("auditor_p", Role::auditor, "p");
        for (const char* lent : {"lent_to_p", "back_from_p"}) {
            world.hire(lent, world.units.at("a"));
            const Uuid mandate = world.grant(lent, Role::auditor, world.units.at("p"), world.today());
            if (lent == std::string("back_from_p")) world.effective("founder_0", registry_stream, MandateEnded{mandate, ""});
        }
        drafting.draft();
        submitted.submit();
        received.submit();
        received.receive();
        received.take(received.meeting_opening());
        scored.submit();
        scored.receive();
        scored.meet(three_stars);
        recognisable.submit();
        recognisable.evaluate(three_stars);
        recognisable.take(recognisable.decision_signing());
        forwardable.submit();
        forwardable.evaluate(five_stars);
        external.submit();
        external.evaluate(five_stars);
        external.take(external.forwarding());
        external.evaluate(five_stars);
        external.take(external.forwarding());
        certified.submit();
        certified.evaluate(three_stars);
        certified.recognise();
        certified.take(certified.revocation_signing("a", certificate()));
        held_submission = hold();
    }

    std::string certificate() const { return certified.state().certificates.front().text; }

    // Who is not turned away for want of a mandate or a seat.
    std::set<std::string> allowed(const StreamId& stream, const Body& body) const {
        std::set<std::string> names;
        for (const auto& [called, officer] : world.officers) {
            const Verdict verdict = world.replica.preview(world.propose(officer, stream, body), world.now);
            if (verdict.outcome == Outcome::effective) {
                names.insert(called);
            } else {
                EXPECT_TRUE(verdict.reason == Reason::no_mandate || verdict.reason == Reason::not_a_member) << name(verdict.reason);
            }
        }
        return names;
    }

    World world;
    Story drafting{world, "a1"}, submitted{world, "a1"}, received{world, "a1"}, scored{world, "a1"}, recognisable{world, "a1"};
    Story forwardable{world, "a1"}, external{world, "a1"}, certified{world, "a1"};
    ActionId held_submission;

private:
    ActionId hold() {
        const log::Event event =
            world.log("officer_a1", drafting.product, Submitted{drafting.file, 0, world.today() + std::chrono::days{1}});
        return action_id(event.action);
    }
};

std::set<std::string> words(const std::string& text) {
    std::istringstream in(text);
    return {std::istream_iterator<std::string>{in}, {}};
}

struct Row {
    std::string kind;
    StreamId stream;
    Body body;
    std::string allowed;
};

constexpr auto root = "founder_0 founder_1 founder_2 administrator_p";
constexpr auto in_district = "founder_0 founder_1 founder_2 administrator_p administrator_a";
constexpr auto filing = "officer_a1 officer_a";

std::vector<Row> registry_rows(Province& p) {
    World& w = p.world;
    const UnitId& a1 = w.units.at("a1");
    const AccountId& account = w.officers.at("officer_a1").account;
    const auto of = [&](const char* officer) { return w.officers.at(officer).account; };
    const std::string json = world_rules_json("another");
    Story next = p.submitted;
    return {
        {"unitCreated", {}, UnitCreated{w.new_id(), a1, "hamlet", "hamlet", "1", "x", {}}, root},
        {"unitClosed", {}, UnitClosed{a1, w.today(), {}}, root},
        {"accountCreated", {}, AccountCreated{w.new_id(), "x", {}, a1}, in_district},
        {"accountCreated elsewhere", {}, AccountCreated{w.new_id(), "x", {}, w.units.at("b1")}, root},
        {"slipIssued", {}, SlipIssued{w.new_id(), {}, account, a1, w.now}, in_district},
        {"slipIssued of another unit", {}, SlipIssued{w.new_id(), {}, of("signer_p"), a1, w.now}, root},
        {"slipIssued of a founder", {}, SlipIssued{w.new_id(), {}, of("founder_0"), a1, w.now}, root},
        {"slipIssued of a wider mandate", {}, SlipIssued{w.new_id(), {}, of("lent_to_p"), a1, w.now}, root},
        {"slipIssued of an ended mandate", {}, SlipIssued{w.new_id(), {}, of("back_from_p"), a1, w.now}, in_district},
        {"mandateGranted", {}, MandateGranted{w.new_id(), account, Role::officer, a1, {}, {}, ""}, root},
        {"mandateEnded", {}, MandateEnded{w.registry().mandates.begin()->first, ""}, root},
        {"ruleSetPublished", {}, RuleSetPublished{"another", parse_rules(json)->hash, pack_rules(json)}, root},
        {"roundOpened", {}, RoundOpened{w.new_id(), "x", 2023, {}, ""}, root},
        {"councilEstablished",
         {},
         CouncilEstablished{w.new_id(), w.units.at("a"), "district", "", {}, {{account, Seat::chair}}, 1, 0},
         "secretary_a signer_a"},
        {"numberBlockGranted", {}, NumberBlockGranted{w.new_id(), w.desks[1].id, NumberKind::decision, "x{}", 1, 2}, root},
        {"meetingOpened", {}, next.meeting_opening().body, "chair_a secretary_a"},
        {"meetingClosed", {}, p.received.meeting_closing().body, "chair_a secretary_a"},
        {"judgeUpgraded", {}, JudgeUpgraded{2}, root},
    };
}

std::vector<Row> dossier_rows(Province& p) {
    World& w = p.world;
    const UnitId& a1 = w.units.at("a1");
    const StreamId fresh = w.new_id();
    const SubjectRegistered subject{a1, "x", "cooperative", "", {}, {}, {}};
    Story closed = p.certified;
    closed.file = w.new_id();
    return {
        {"subjectRegistered", fresh, subject, filing},
        {"productRegistered", fresh, Story{w, "a1"}.registration().body, filing},
        {"legacyRecognised", p.drafting.product, LegacyRecognised{"", {}, "x", 3, {}, ""},
         "secretary_a signer_a secretary_p signer_p"},
        {"renewalAnswered", p.certified.product, RenewalAnswered{p.certificate(), true, w.today()}, filing},
        {"dossierOpened", closed.product, closed.opening(DossierKind::re_evaluation).body, filing},
        {"fieldSet", p.drafting.product, p.drafting.field("x").body, filing},
        {"documentAdded", p.drafting.product, p.drafting.document().body, filing},
        {"selfAssessed", p.drafting.product, p.drafting.assessment(three_stars).body, filing},
        {"submitted", p.drafting.product, p.drafting.submission().body, filing},
        {"withdrawn", p.submitted.product, p.submitted.withdrawal().body, filing},
        {"noteAdded", p.drafting.product, p.drafting.note().body,
         "officer_a1 officer_a adviser_a secretary_a signer_a adviser_p secretary_p signer_p"},
        {"opinionGiven", p.drafting.product, p.drafting.opinion().body, "officer_a1"},
        {"received", p.submitted.product, p.submitted.receipt().body, "secretary_a"},
        {"returned", p.submitted.product, p.submitted.return_it().body, "secretary_a"},
        {"advisoryReported", p.received.product, p.received.advice().body, "adviser_a"},
        {"sheetSubmitted", p.received.product, p.received.sheet("chair", three_stars).body, "chair_a secretary_a member_a"},
        {"tallied", p.scored.product, p.scored.tally().body, "chair_a secretary_a"},
        {"paperTallied", p.received.product, p.received.paper(60).body, "chair_a secretary_a"},
        {"recognised", p.recognisable.product, p.recognisable.recognition().body, "secretary_a signer_a"},
        {"forwarded", p.forwardable.product, p.forwardable.forwarding().body, "secretary_a"},
        {"declined", p.forwardable.product, p.forwardable.refusal().body, "signer_a"},
        {"resultEntered", p.external.product, p.external.result(5).body, "secretary_p"},
        {"certificateRevoked", p.certified.product, p.certified.revocation("a", p.certificate()).body, "secretary_a signer_a"},
        {"adopted", p.drafting.product, Adopted{{p.held_submission}, ""}, "signer_a signer_p"},
        {"annulled", p.drafting.product, Annulled{{p.held_submission}, ""}, "signer_a signer_p"},
    };
}

TEST(Authority, IsRoleAndPlaceForEveryKind) {
    Province province;
    auto rows = registry_rows(province);
    for (const auto& row : dossier_rows(province)) rows.push_back(row);
    for (const auto& [kind, stream, body, allowed] : rows) EXPECT_EQ(province.allowed(stream, body), words(allowed)) << kind;
}

TEST(Authority, OfADecisionIsThatOfItsUnit) {
    Province province;
    // Only the desk of signer_a holds the numbers, so the preview goes on as from there.
    Story next = province.forwardable;
    const Body decision = next.decision_signing().body;
    std::set<std::string> names;
    const std::size_t desk = province.world.officers.at("signer_a").desk;
    for (const auto& [called, officer] : province.world.officers) {
        const auto action = province.world.propose(officer, registry_stream, decision, {.desk = desk});
        if (province.world.replica.preview(action, province.world.now).outcome == Outcome::effective) names.insert(called);
    }
    EXPECT_EQ(names, words("signer_a"));
}

TEST(Authority, OfTheServersFactsIsItsDevice) {
    World world;
    const SlipMisused misused{world.new_id(), {}, "twice"};
    EXPECT_EQ(World::verdict(world.log_by_server(world.desks[0].id, misused)), Verdict{});
    const Officer& founder = world.officers.at("founder_0");
    EXPECT_EQ(world.act("founder_0", world.desks[founder.desk].id, misused),
              (Verdict{Outcome::voided, Reason::no_mandate, no_position}));
    EXPECT_EQ(world.act("founder_0", world.desks[0].id, misused), (Verdict{Outcome::voided, Reason::wrong_stream, no_position}));
}

TEST(Authority, OfWhatIsHeldInTheRegistryIsTheAdministrators) {
    World world;
    const Date tomorrow = world.today() + std::chrono::days{1};
    const CouncilEstablished later{
        world.new_id(), world.units.at("a"), "district", "", tomorrow, {{world.officers.at("chair_a").account, Seat::chair}}, 1, 0};
    const log::Event event = world.log("signer_a", registry_stream, later);
    EXPECT_EQ(World::verdict(event).outcome, Outcome::held);
    const Adopted adopted{{action_id(event.action)}, ""};
    EXPECT_EQ(world.act("signer_p", registry_stream, adopted).reason, Reason::no_mandate);
    EXPECT_FALSE(world.registry().councils.contains(later.council));
    world.effective("founder_1", registry_stream, adopted);
    EXPECT_TRUE(world.registry().councils.contains(later.council));
}

// A district's held act is not the commune's to settle, though the stream is.
TEST(Authority, OfWhatIsHeldIsThatOfItsPlace) {
    World world;
    world.appoint("signer_a1", Role::signer, "a1");
    Story story{world, "a1"};
    story.submit();
    const Received tomorrow{story.file, story.dossier().turn, story.stage().key, world.today() + std::chrono::days{1}};
    const log::Event event = world.log("secretary_a", story.product, tomorrow);
    EXPECT_EQ(World::verdict(event).reason, Reason::time_uncertain);
    const std::vector<ActionId> ids{action_id(event.action)};
    EXPECT_EQ(world.act("signer_a1", story.product, Annulled{ids, ""}).reason, Reason::no_mandate);
    EXPECT_EQ(world.act("signer_a1", story.product, Adopted{ids, ""}).reason, Reason::no_mandate);
    // Nor through an adoption of his own that waits for somebody else.
    world.grant("secretary_a", Role::signer, world.units.at("a"), world.today() + std::chrono::days{1});
    const std::uint64_t before = world.replica.size();
    world.now += 86'400'000'000;
    const log::Event nested = world.log("secretary_a", story.product, Adopted{ids, ""}, {.seen_size = before});
    EXPECT_EQ(World::verdict(nested).reason, Reason::mandate_uncertain);
    EXPECT_EQ(world.act("signer_a1", story.product, Adopted{{action_id(nested.action)}, ""}).reason, Reason::no_mandate);
    EXPECT_EQ(story.dossier().phase, Phase::submitted);
    world.effective("signer_a", story.product, Adopted{ids, ""});
    EXPECT_EQ(story.dossier().phase, Phase::received);
}

// Or 36 bytes from anybody would be unpacked to a megabyte and read.
TEST(Authority, OfTheRootIsAskedBeforeAnythingElse) {
    World world;
    EXPECT_EQ(world.act("officer_a1", registry_stream, RuleSetPublished{"x", {}, Bytes{1, 2, 3}}).reason, Reason::no_mandate);
    EXPECT_EQ(world.act("founder_0", registry_stream, RuleSetPublished{"x", {}, Bytes{1, 2, 3}}).reason, Reason::malformed);
}

TEST(Authority, GoesToTheSuccessorsOfAClosedUnit) {
    World world;
    Story story{world, "a1"};
    story.draft();
    EXPECT_EQ(world.act("officer_a2", story.product, story.note().body).reason, Reason::no_mandate);
    world.effective("founder_0", registry_stream, UnitClosed{world.units.at("a1"), world.today(), {{world.units.at("a2"), false}}});
    EXPECT_EQ(world.act("officer_a2", story.product, story.note().body).reason, Reason::no_mandate) << "its last day is not over";
    world.now += 86'400'000'000;
    EXPECT_EQ(world.act("officer_a2", story.product, story.note().body).outcome, Outcome::effective);
    EXPECT_EQ(world.act("officer_a2", story.product, story.opinion().body).outcome, Outcome::effective);
    EXPECT_EQ(world.act("officer_b1", story.product, story.note().body).reason, Reason::no_mandate);
}

// ---- validity ------------------------------------------------------------------------------------------------------------

enum class Ends { never, before_seen, after_seen };

// Days count from the day of receipt; the author had seen what was there `seen` days before.
struct Validity {
    const char* name;
    int from;
    std::optional<int> to;
    Ends ended;
    int seen;
    Outcome outcome;
    Reason reason;
};

const Validity validities[] = {
    {"Open", -30, {}, Ends::never, 0, Outcome::effective, Reason::none},
    {"BeginsToday", 0, {}, Ends::never, 0, Outcome::effective, Reason::none},
    {"BeginsTomorrow", 1, {}, Ends::never, 0, Outcome::voided, Reason::no_mandate},
    {"BeganOnTheDaySeen", -10, {}, Ends::never, 10, Outcome::effective, Reason::none},
    {"BeganWithinTheBracket", -9, {}, Ends::never, 10, Outcome::held, Reason::mandate_uncertain},
    {"EndsToday", -30, 0, Ends::never, 10, Outcome::effective, Reason::none},
    {"EndedYesterday", -30, -1, Ends::never, 0, Outcome::voided, Reason::mandate_ended},
    {"EndedWithinTheBracket", -30, -1, Ends::never, 10, Outcome::held, Reason::mandate_ended},
    {"EndedOnTheDaySeen", -30, -10, Ends::never, 10, Outcome::held, Reason::mandate_ended},
    {"EndedBeforeTheDaySeen", -30, -11, Ends::never, 10, Outcome::voided, Reason::mandate_ended},
    {"EndSeen", -30, {}, Ends::before_seen, 0, Outcome::voided, Reason::mandate_ended},
    {"EndNotSeen", -30, {}, Ends::after_seen, 10, Outcome::held, Reason::mandate_ended},
    {"EndNotSeenButRunOut", -30, -11, Ends::after_seen, 10, Outcome::voided, Reason::mandate_ended},
};

class MandateValidity : public testing::TestWithParam<Validity> {};
TEST_P(MandateValidity, Row) {
    const auto& [name, from, to, ended, seen, outcome, reason] = GetParam();
    World world;
    Story story{world, "a1"};
    story.draft();
    world.hire("officer_new", world.units.at("a1"));
    const Date received = world.today() + std::chrono::days{10};
    const auto day = [&](int after) { return received + std::chrono::days{after}; };
    const Uuid mandate = world.grant("officer_new", Role::officer, world.units.at("a1"), day(from), to ? day(*to) : Date{});
    const std::uint64_t before = world.replica.size();
    world.now += 10 * 86'400'000'000;
    Position against = no_position;
    if (ended != Ends::never) against = world.log("founder_0", registry_stream, MandateEnded{mandate, ""}).head.position;
    story.take(story.note());
    How how;
    if (seen == 10) how.seen_size = before;
    const Verdict verdict = world.act("officer_new", story.product, story.note().body, how);
    EXPECT_EQ(verdict.outcome, outcome);
    EXPECT_EQ(verdict.reason, reason);
    EXPECT_EQ(verdict.against, to ? no_position : against);
}
INSTANTIATE_TEST_SUITE_P(Table, MandateValidity, testing::ValuesIn(validities), [](const auto& row) { return row.param.name; });

TEST(Mandates, TheBestOfSeveralCounts) {
    World world;
    Story story{world, "a1"};
    story.draft();
    world.hire("officer_new", world.units.at("a1"));
    const Date day = world.today();
    const auto grant = [&](Date from, Date to) { world.grant("officer_new", Role::officer, world.units.at("a1"), from, to); };
    const auto verdict = [&](std::uint64_t seen) {
        return world.act("officer_new", story.product, story.note().body, {.seen_size = seen});
    };
    const std::uint64_t before = world.replica.size();
    world.now += 86'400'000'000;
    grant(day - std::chrono::days{9}, day - std::chrono::days{8});
    EXPECT_EQ(verdict(before), (Verdict{Outcome::voided, Reason::mandate_ended, no_position}));
    grant(day + std::chrono::days{1}, {});
    EXPECT_EQ(verdict(before), (Verdict{Outcome::held, Reason::mandate_uncertain, no_position}));
    grant(day, {});
    EXPECT_EQ(verdict(before), Verdict{});
}

}  // namespace
}  // namespace hoso::tests
