#include <gtest/gtest.h>

#include "tests/support/story.hpp"

// What a unit's last day does to those who acted for it, and who decides in its place.
namespace hoso::tests {
namespace {

using namespace domain;

constexpr Instant days = 86'400'000'000;

Verdict voided(Reason reason, Position against) { return {Outcome::voided, reason, against}; }
Verdict held(Reason reason, Position against) { return {Outcome::held, reason, against}; }

class ClosedUnit : public testing::Test {
protected:
    Position close(const std::string& unit, const std::string& successor, Date last_day) {
        const UnitClosed closed{world.units.at(unit), last_day, {{world.units.at(successor), true}}};
        return world.log("founder_0", registry_stream, closed).head.position;
    }
    Position close(const std::string& unit, const std::string& successor) { return close(unit, successor, world.today()); }
    void tomorrow() { world.now += days; }

    World world;
    Story story{world, "a1"};
};

TEST_F(ClosedUnit, HasItsOfficersUpToItsLastDay) {
    story.draft();
    const Position closed = close("a1", "a2");
    EXPECT_EQ(story.try_it(story.note()), Verdict{}) << "its last day";
    tomorrow();
    EXPECT_EQ(story.try_it(story.note()), held(Reason::unit_closed, closed)) << "it may have been made then";
    tomorrow();
    world.effective("founder_0", registry_stream, RoundOpened{world.new_id(), "Đợt 2", 2023, {}, "none"});
    EXPECT_EQ(story.try_it(story.note()), voided(Reason::unit_closed, closed)) << "it was not";
    EXPECT_EQ(world.act("officer_a2", story.product, story.note().body), Verdict{});
}

TEST_F(ClosedUnit, WhatWasDoneWithoutKnowingIsAdopted) {
    story.draft();
    tomorrow();
    world.now += 20 * days;
    const log::Event before = world.log("officer_a1", story.product, story.note().body);
    const Position closed = close("a1", "a2", world.today() - std::chrono::days{20});
    const log::Event late =
        world.log("officer_a1", story.product, story.submission().body, {.seen_size = before.head.position + 1});
    EXPECT_EQ(World::verdict(late), held(Reason::unit_closed, closed)) << "recorded late: nobody had told them";
    EXPECT_EQ(story.try_it(story.note()), voided(Reason::unit_closed, closed)) << "now they know";
    world.effective("signer_p", story.product, Adopted{{action_id(late.action)}, ""});
    EXPECT_EQ(story.dossier().phase, Phase::submitted);
}

TEST_F(ClosedUnit, WhatWasRegisteredWithoutKnowingIsAdopted) {
    const Position before = world.replica.size();
    const Position closed = close("a1", "a2");
    world.now += 2 * days;
    const log::Event opening = world.log(story.officer(), story.product, story.registration().body, {.seen_size = before});
    EXPECT_EQ(World::verdict(opening), held(Reason::unit_closed, closed));
    const log::Event dossier = world.log(story.officer(), story.product, story.opening().body, {.seen_size = before});
    EXPECT_EQ(World::verdict(dossier).reason, Reason::opening_held);
    world.effective("signer_p", story.product, Adopted{{action_id(opening.action), action_id(dossier.action)}, ""});
    EXPECT_EQ(story.dossier().phase, Phase::drafting);
    EXPECT_EQ(world.act("officer_a2", story.product, story.note().body), Verdict{}) << "the successor goes on with it";

    const SubjectRegistered subject{world.units.at("a1"), "HTX", "cooperative", "1", {}, {}, {}};
    EXPECT_EQ(world.act("officer_a2", world.new_id(), subject), voided(Reason::unit_closed, closed)) << "a name of the past";
    const SubjectRegistered own{world.units.at("a2"), "HTX", "cooperative", "1", {}, {}, {}};
    EXPECT_EQ(world.act("officer_a2", world.new_id(), own), Verdict{});
}

TEST_F(ClosedUnit, ItsCouncilSitsUpToItsLastDay) {
    story.submit();
    story.receive();
    story.take(story.meeting_opening());
    const Position before = world.replica.size();
    const Position closed = close("a", "p");
    story.take(story.sheet("chair", three_stars));
    tomorrow();
    EXPECT_EQ(story.try_it(story.sheet("member", three_stars), {.seen_size = before}), held(Reason::unit_closed, closed));
    tomorrow();
    world.effective("founder_0", registry_stream, RoundOpened{world.new_id(), "Đợt 2", 2023, {}, "none"});
    EXPECT_EQ(story.try_it(story.sheet("secretary", three_stars)), voided(Reason::unit_closed, closed));
    EXPECT_EQ(story.try_it(story.meeting_closing()), voided(Reason::unit_closed, closed));
    EXPECT_EQ(story.try_it(story.sheet("adviser", three_stars)).reason, Reason::not_a_member);
}

// ---- in place -----------------------------------------------------------------------------------------------------------

// A district with dossiers on its desk is abolished, and the province stands for it. Five days later a rule set lets provinces
// decide three stars.
class InPlace : public ClosedUnit {
protected:
    InPlace() { world.now = start_of_day(*date_from_text("2023-06-29")) + days / 2; }

    static std::string without_districts(const std::string& from) {
        std::string text = world_rules_json("practice-2");
        const auto replace = [&](const std::string& old, const std::string& made) {
            for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + made.size()))
                text.replace(at, old.size(), made);
        };
        const std::size_t district = text.find("{\"key\":\"district\"");
        text.erase(district, text.find('}', district) + 2 - district);
        replace("\"decides\":[4]", "\"decides\":[3,4]");
        replace("2023-01-01", from);
        for (const char* until : {"2023-06-04", "2023-06-06"}) replace(until, "2023-12-31");
        return text;
    }
    void abolish() {
        world.now = start_of_day(*date_from_text("2023-06-30")) + days / 2;
        close("a", "p");
        world.now = start_of_day(*date_from_text("2023-07-02")) + days / 2;
        world.effective("founder_0", registry_stream, RoundOpened{world.new_id(), "Đợt 2", 2023, {}, "none"});
    }
    void change_rules() {
        world.publish(without_districts("2023-07-06"));
        world.now = start_of_day(*date_from_text("2023-07-07")) + days / 2;
        world.effective("founder_0", registry_stream, RoundOpened{world.new_id(), "Đợt 3", 2023, {}, "none"});
    }
    static Step in_place(Step step) {
        step.officer = step.officer.substr(0, step.officer.rfind('_')) + "_p";
        return step;
    }
    void meet_in_place() {
        Step opening = in_place(story.meeting_opening());
        std::get<MeetingOpened>(opening.body).council = world.councils.at("p");
        story.take(opening);
    }
    Verdict sheet_in_place(const std::string& post) {
        const Sheet plain{story.meeting, story.product, story.file, world.officers.at(post + "_p").account, three_stars};
        const Bytes sealed = world.seal_box(box_public_key(story.meeting_key), encode(plain));
        return world.act(post + "_p", story.product, SheetSubmitted{story.file, story.meeting, sealed});
    }
    void sign_in_place() {
        Step signing = story.decision_signing();
        auto& decision = std::get<DecisionSigned>(signing.body);
        decision.unit = world.units.at("p");
        Number& number = world.numbers.at("decision_p");
        Number& certificate = world.numbers.at("certificate_p");
        decision.number = {number.block, number.value++};
        decision.lines.front().certificate = {certificate.block, certificate.value++};
        story.take(in_place(signing));
    }
};

TEST_F(InPlace, NobodyRecognisesWhereNoRuleSetSaysWho) {
    story.submit();
    story.evaluate(three_stars);
    abolish();
    EXPECT_EQ(story.try_it(story.decision_signing()).reason, Reason::unit_closed) << "the district's signer";
    sign_in_place();
    EXPECT_EQ(story.try_it(in_place(story.recognition())).reason, Reason::nobody_decides);
    EXPECT_EQ(story.try_it(in_place(story.refusal())).reason, Reason::nobody_decides);
    EXPECT_EQ(story.try_it(in_place(story.forwarding())).reason, Reason::below_threshold) << "that is no decision";
    const Step early = in_place(story.recognition());
    change_rules();
    EXPECT_EQ(story.try_it(early).reason, Reason::nobody_decides) << "the decision is of a day on which nobody could";
    sign_in_place();
    EXPECT_EQ(story.try_it(in_place(story.recognition())), Verdict{});
    EXPECT_EQ(story.state().certificates.front().stars, 3);
}

TEST_F(InPlace, TheProvincesCouncilScoresForTheDistrict) {
    story.submit();
    abolish();
    EXPECT_EQ(story.try_it(story.receipt()).reason, Reason::unit_closed);
    story.take(in_place(story.receipt()));
    story.take(in_place(story.advice()));
    meet_in_place();
    EXPECT_EQ(sheet_in_place("chair").reason, Reason::nobody_decides);
    change_rules();
    for (const char* post : {"chair", "secretary", "member"}) EXPECT_EQ(sheet_in_place(post), Verdict{}) << post;
    story.take(in_place(story.meeting_closing()));
    story.take(in_place(story.tally()));
    EXPECT_EQ(story.dossier().tally->stage, "district");
    EXPECT_EQ(story.try_it(in_place(story.refusal())), Verdict{});
}

TEST_F(InPlace, AnotherDistrictTakesOverAtOnce) {
    story.submit();
    close("a", "b");
    world.now += 2 * days;
    Step receipt = story.receipt();
    receipt.officer = "secretary_b";
    EXPECT_EQ(story.try_it(receipt), Verdict{});
    Step advice = story.advice();
    advice.officer = "adviser_b";
    story.take(advice);
    Step opening = story.meeting_opening();
    opening.officer = "chair_b";
    std::get<MeetingOpened>(opening.body).council = world.councils.at("b");
    story.take(opening);
    Step sheet = story.sheet("chair", three_stars);
    sheet.officer = "chair_b";
    EXPECT_EQ(story.try_it(sheet), Verdict{});
    EXPECT_EQ(sheet_in_place("chair").reason, Reason::not_a_member);
}

// What the district decided on its last days is carried out by whoever stands for it.
TEST_F(InPlace, ADecisionOfTheDistrictIsCarriedOut) {
    story.submit();
    story.evaluate(three_stars);
    story.take(story.decision_signing());
    abolish();
    EXPECT_EQ(story.try_it(in_place(story.recognition())), Verdict{});
    EXPECT_EQ(story.state().certificates.size(), 1u);
}

}  // namespace
}  // namespace hoso::tests
