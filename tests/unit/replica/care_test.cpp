#include <gtest/gtest.h>

#include "shared/domain/validity.hpp"
#include "tests/support/programme.hpp"

// A product before its dossier and after its recognition, as the judge sees it.
namespace hoso::tests {
namespace {

using namespace domain;

class CareTest : public testing::Test {
protected:
    template <typename Kind>
    Reason with(Step step, void (*change)(Kind&)) {
        change(std::get<Kind>(step.body));
        return reason(step);
    }
    Reason reason(const Step& step) { return world.act(step.officer, step.stream, step.body).reason; }
    ActionId take(const Step& step) { return world.effective(step.officer, step.stream, step.body); }
    void certify() {
        story.submit();
        story.evaluate(three_stars);
        story.recognise();
    }
    void revoke() {
        story.take(story.revocation_signing("a", story.state().certificates.front().text));
        story.take(story.revocation("a", story.state().certificates.front().text));
    }
    const Care& care() const { return story.state().care; }

    World world;
    Programme programme{world};
    Story story{world, "a1"};
};

TEST_F(CareTest, ADeclinedIdeaOpensNoDossier) {
    story.take(story.registration());
    take(programme.idea(story, false));
    EXPECT_EQ(reason(story.opening()), Reason::idea_declined);
    take(programme.idea(story, true));
    EXPECT_EQ(reason(story.opening()), Reason::none) << "the newest review counts";
    const auto change = [&](bool approved, void (*way)(IdeaReviewed&)) {
        return with<IdeaReviewed>(programme.idea(story, approved), way);
    };
    EXPECT_EQ(change(false, [](auto& a) { a.reasons.clear(); }), Reason::malformed) << "declined without a reason";
    EXPECT_EQ(change(true, [](auto& a) { a.reasons = {"too_small"}; }), Reason::malformed);
    EXPECT_EQ(change(false, [](auto& a) { a.reasons = {"nothing"}; }), Reason::unknown_ground);
    EXPECT_EQ(change(true, [](auto& a) { a.rule_set_hash = {}; }), Reason::unknown_rule_set);
}

TEST_F(CareTest, ACodeHasThePatternOfSomeRegulation) {
    story.take(story.registration());
    EXPECT_EQ(reason(programme.code(story, "whatever")), Reason::none) << "none lays a pattern down";
    world.publish(world_rules_json("practice-cloth", "cloth"));
    EXPECT_EQ(reason(programme.code(story, "17-4-2")), Reason::none);
    EXPECT_EQ(story.state().code, "17-4-2");
    EXPECT_EQ(reason(programme.code(story, "17-4-2")), Reason::already_exists);
    for (const char* wrong : {"", "17-4", "17-4-2-1", "17-x-2", "17--2", "17-4-2-"})
        EXPECT_EQ(reason(programme.code(story, wrong)), Reason::unfit_code) << wrong;
    Story other{world, "a1"};
    Step registration = other.registration();
    std::get<ProductRegistered>(registration.body).code = "17/4/2";
    EXPECT_EQ(reason(registration), Reason::unfit_code);
    std::get<ProductRegistered>(registration.body).code.clear();
    EXPECT_EQ(reason(registration), Reason::none) << "a code may come later";
}

TEST(CodeFits, TakesNumbersInTheShapeOfThePattern) {
    EXPECT_TRUE(code_fits("(T)-(H)-(X)-(STT)-(YYYY)", "46-474-19762-1-2022"));
    EXPECT_TRUE(code_fits("(T)-(X)-(STT)-(YYYY)", "25-04891-1-2026"));
    EXPECT_FALSE(code_fits("(T)-(X)-(STT)-(YYYY)", "46-474-19762-1-2022"));
    EXPECT_FALSE(code_fits("(T)-(X)-(STT)-(YYYY)", "25-04891-1-26"));
    EXPECT_FALSE(code_fits("(T)-(X)-(STT)-(YYYY)", "25-04891--2026"));
    EXPECT_FALSE(code_fits("(T)-(X)-(STT)-(YYYY)", ""));
}

TEST_F(CareTest, ARecusedMembersSheetDoesNotCount) {
    story.submit();
    story.receive();
    story.take(story.meeting_opening());
    for (const std::string post : {"chair", "secretary", "member"}) story.take(story.sheet(post, three_stars));
    take(programme.recusal(story, "member"));
    EXPECT_EQ(reason(programme.recusal(story, "member")), Reason::already_exists);
    EXPECT_EQ(reason(story.sheet("member", three_stars)), Reason::recused);
    story.take(story.meeting_closing());
    const auto sheets = open_sheets(world.registry(), story.state(), story.dossier(), world.registry().meetings.at(story.meeting));
    EXPECT_EQ(std::count_if(sheets.begin(), sheets.end(), [](const auto& each) { return each.fault == SheetFault::recused; }), 1);
    story.take(story.tally());
    EXPECT_EQ(story.dossier().tally->sheets, 2);
    EXPECT_EQ(reason(programme.recusal(story, "chair")), Reason::wrong_phase) << "it is counted";
}

TEST_F(CareTest, WhoLeadsMayRecuseAnother) {
    story.submit();
    Recused named = std::get<Recused>(programme.recusal(story, "member").body);
    EXPECT_EQ(world.act("officer_a1", story.product, named).reason, Reason::not_a_member);
    named.account = world.officers.at("chair_a").account;
    EXPECT_EQ(world.act("member_a", story.product, named).reason, Reason::not_a_member) << "a member speaks for itself alone";
    named.account = world.officers.at("chair_b").account;
    EXPECT_EQ(world.act("chair_a", story.product, named).reason, Reason::not_a_member) << "of another council";
    named.account = world.officers.at("member_a").account;
    named.reason.clear();
    EXPECT_EQ(world.act("chair_a", story.product, named).reason, Reason::malformed);
    named.reason = "Người nhà";
    EXPECT_EQ(world.act("chair_a", story.product, named).reason, Reason::none);
    named.council = {};
    EXPECT_EQ(world.act("chair_a", story.product, named).reason, Reason::unknown_council);
    named.dossier = {};
    EXPECT_EQ(world.act("chair_a", story.product, named).reason, Reason::unknown_dossier);
}

TEST_F(CareTest, SamplesMakeNobodysViewStale) {
    story.submit();
    const Hash before = digest(story.dossier());
    take(programme.samples(story));
    EXPECT_EQ(digest(story.dossier()), before);
    EXPECT_EQ(story.dossier().samples.size(), 1u);
    EXPECT_EQ(with<SamplesReceived>(programme.samples(story), [](auto& a) { a.count = 0; }), Reason::malformed);
    EXPECT_EQ(with<SamplesReceived>(programme.samples(story), [](auto& a) { a.dossier = {}; }), Reason::unknown_dossier);
    EXPECT_EQ(with<SamplesReceived>(programme.samples(story), [](auto& a) { a.stage = "nowhere"; }), Reason::unknown_stage);
    story.take(story.withdrawal());
    EXPECT_EQ(reason(programme.samples(story)), Reason::wrong_phase);
}

TEST_F(CareTest, NoticesOfExpiryAndService) {
    certify();
    EXPECT_EQ(reason(programme.service(story)), Reason::not_revoked);
    take(programme.expiry_notice(story));
    EXPECT_EQ(story.state().certificates.front().notified.size(), 1u);
    EXPECT_EQ(with<ExpiryNotified>(programme.expiry_notice(story), [](auto& a) { a.certificate = "x"; }),
              Reason::unknown_certificate);
    revoke();
    EXPECT_EQ(story.state().certificates.front().revoked_on, world.today());
    EXPECT_EQ(reason(programme.expiry_notice(story)), Reason::certificate_ended);
    EXPECT_EQ(with<RevocationServed>(programme.service(story), [](auto& a) { a.recipients.clear(); }), Reason::malformed);
    EXPECT_EQ(with<RevocationServed>(programme.service(story), [](auto& a) { a.recipients = {""}; }), Reason::malformed);
    EXPECT_EQ(with<RevocationServed>(programme.service(story), [](auto& a) { a.certificate = "x"; }), Reason::unknown_certificate);
    EXPECT_EQ(with<RevocationServed>(programme.service(story), [](auto& a) { a.date -= std::chrono::days{1}; }),
              Reason::out_of_order);
    take(programme.service(story));
    EXPECT_EQ(story.state().certificates.front().served.size(), 1u);
}

TEST_F(CareTest, AnInspectionThatRevokesNamesAGround) {
    certify();
    using enum InspectionOutcome;
    take(programme.inspection(story, kept));
    take(programme.inspection(story, revoke));
    EXPECT_EQ(care().inspections.size(), 2u);
    const auto change = [&](InspectionOutcome outcome, void (*way)(Inspected&)) {
        return with<Inspected>(programme.inspection(story, outcome), way);
    };
    EXPECT_EQ(change(revoke, [](auto& a) { a.ground.clear(); }), Reason::malformed);
    EXPECT_EQ(change(kept, [](auto& a) { a.ground = "misuse"; }), Reason::malformed);
    EXPECT_EQ(change(revoke, [](auto& a) { a.ground = "nothing"; }), Reason::unknown_ground);
    EXPECT_EQ(change(revoke, [](auto& a) { a.certificate.clear(); }), Reason::unknown_certificate);
    EXPECT_EQ(change(kept, [](auto& a) { a.certificate = "x"; }), Reason::unknown_certificate);
    EXPECT_EQ(change(kept, [](auto& a) { a.rule_set_hash = {}; }), Reason::unknown_rule_set);
    EXPECT_EQ(change(kept, [](auto& a) { a.text.clear(); }), Reason::malformed);
    Step again = programme.inspection(story, kept);
    std::get<Inspected>(again.body).inspection = care().inspections.front().inspection;
    EXPECT_EQ(reason(again), Reason::already_exists);
    CareTest::revoke();
    EXPECT_EQ(reason(programme.inspection(story, revoke)), Reason::certificate_ended);
}

TEST_F(CareTest, AComplaintIsAnsweredOnce) {
    story.take(story.registration());
    EXPECT_EQ(reason(programme.complaint_answer(story)), Reason::unknown_record);
    EXPECT_EQ(with<ComplaintFiled>(programme.complaint(story), [](auto& a) { a.text.clear(); }), Reason::malformed);
    take(programme.complaint(story));
    EXPECT_EQ(with<ComplaintResolved>(programme.complaint_answer(story), [](auto& a) { a.text.clear(); }), Reason::malformed);
    EXPECT_EQ(with<ComplaintResolved>(programme.complaint_answer(story), [](auto& a) { a.date -= std::chrono::days{1}; }),
              Reason::out_of_order);
    take(programme.complaint_answer(story));
    EXPECT_TRUE(care().complaints.front().resolved->upheld);
    EXPECT_EQ(reason(programme.complaint_answer(story)), Reason::already_exists);
    Step twice = programme.complaint(story);
    std::get<ComplaintFiled>(twice.body).complaint = care().complaints.front().filed.complaint;
    EXPECT_EQ(reason(twice), Reason::already_exists);
}

TEST_F(CareTest, ACorrectionStandsBesideWhatWasWritten) {
    certify();
    const Step first = programme.correction(story);
    take(first);
    EXPECT_EQ(story.state().name, "Trà xanh!");
    EXPECT_EQ(care().corrections.front().before, "Trà xanh");
    EXPECT_EQ(reason(first), Reason::stale_view) << "it is not called so any more";
    const auto change = [&](void (*way)(Corrected&)) { return with<Corrected>(programme.correction(story), way); };
    EXPECT_EQ(change([](auto& a) { a.reason.clear(); }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.after = a.before; }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.certificate = "x"; }), Reason::unknown_certificate);
    Corrected of_certificate{story.state().certificates.front().text, "subject", "A", "B", "15/QĐ", world.today(), "Sai tên"};
    EXPECT_EQ(world.act("secretary_p", story.product, of_certificate).reason, Reason::none);
    EXPECT_EQ(story.state().name, "Trà xanh!") << "the product's name is another thing";
}

TEST_F(CareTest, ACorrectionMendsACopiedCertificateAndNoDecision) {
    story.take(story.registration());
    const Date issued = *date_from_text("2020-05-20");
    world.effective("secretary_a", story.product, LegacyRecognised{"9/QĐ", issued, "OCOP-9", 3, issued, ""});
    const auto correct = [&](const char* certificate, const char* item, const char* before, const char* now) {
        return world
            .act("secretary_p", story.product, Corrected{certificate, item, before, now, "15/QĐ", world.today(), "Chép sai"})
            .reason;
    };
    EXPECT_EQ(correct("OCOP-9", "issued", "2020-05-21", "2021-05-20"), Reason::stale_view);
    EXPECT_EQ(correct("OCOP-9", "issued", "2020-05-20", "20/05/2021"), Reason::malformed);
    EXPECT_EQ(correct("OCOP-9", "issued", "2020-05-20", "2023-06-01"), Reason::not_legacy) << "the day this log began";
    EXPECT_EQ(correct("OCOP-9", "issued", "2020-05-20", "2021-05-20"), Reason::none);
    EXPECT_EQ(to_text(story.state().certificates.front().last_day), "2024-05-20");
    for (const char* wrong : {"", "2", "6", "34", "x"})
        EXPECT_EQ(correct("OCOP-9", "stars", "3", wrong), Reason::malformed) << wrong;
    EXPECT_EQ(correct("OCOP-9", "stars", "3", "4"), Reason::none);
    EXPECT_EQ(story.state().certificates.front().stars, 4);
    EXPECT_EQ(correct("OCOP-9", "decision", "9/QĐ", "19/QĐ"), Reason::none);
    EXPECT_EQ(story.state().certificates.front().decision, "19/QĐ");
    Story here{world, "a2"};
    here.submit();
    here.evaluate(three_stars);
    here.recognise();
    const std::string text = here.state().certificates.front().text;
    EXPECT_EQ(world.act("secretary_p", here.product, Corrected{text, "stars", "3", "4", "15/QĐ", world.today(), "Nhầm"}).reason,
              Reason::decision_mismatch);
}

TEST_F(CareTest, AProductJoinsAnEventOnce) {
    story.take(story.registration());
    EXPECT_EQ(reason(programme.participation(story)), Reason::unknown_record);
    take(programme.promotion());
    EXPECT_EQ(with<PromotionJoined>(programme.participation(story), [](auto& a) { a.date -= std::chrono::days{1}; }),
              Reason::out_of_order);
    take(programme.participation(story));
    EXPECT_EQ(reason(programme.participation(story)), Reason::already_exists);
}

TEST_F(CareTest, AnUpgradeCarriesOnWhatStillHolds) {
    story.draft();
    story.take(story.field("0218"));
    story.take(story.submission());
    story.evaluate(three_stars);
    story.recognise();
    const DossierId before = story.file;
    story.file = world.new_id();
    Step opening = story.opening(DossierKind::re_evaluation);
    std::get<DossierOpened>(opening.body).carries_from = world.new_id();
    EXPECT_EQ(reason(opening), Reason::unknown_dossier);
    std::get<DossierOpened>(opening.body).carries_from = before;
    take(opening);
    const Dossier& dossier = story.dossier();
    EXPECT_EQ(dossier.self_assessment, five_stars);
    ASSERT_EQ(dossier.documents.size(), 1u);
    EXPECT_TRUE(dossier.documents.front().carried);
    EXPECT_EQ(dossier.documents.front().criteria, std::vector<std::string>{"1.1"});
    EXPECT_EQ(reason(story.submission()), Reason::opinion_missing) << "the stage below speaks about it anew";
    story.take(story.opinion());
    EXPECT_EQ(reason(story.submission()), Reason::none) << "nothing else is done again";
}

TEST_F(CareTest, RecognitionAfterTheRegulationLapsedWaits) {
    certify();
    story.file = world.new_id();
    story.take(story.opening(DossierKind::upgrade));
    story.take(story.assessment(three_stars));
    story.take(story.document());
    story.take(story.opinion());
    story.take(story.submission());
    story.evaluate(three_stars);
    story.take(story.decision_signing());
    Step in_time = story.recognition();
    std::get<Recognised>(in_time.body).issued = *date_from_text("2023-06-06");
    Story copy{world, story};
    world.now = start_of_day(*date_from_text("2023-06-07")) + 3'600'000'000;
    const log::Event late = world.log("signer_a", story.product, story.recognition().body);
    EXPECT_EQ(World::verdict(late).outcome, Outcome::held);
    EXPECT_EQ(World::verdict(late).reason, Reason::rules_lapsed);
    EXPECT_EQ(reason(in_time), Reason::none) << "on the last day it still decides";
}

}  // namespace
}  // namespace hoso::tests
