#include "client/views/tasks.hpp"

#include <gtest/gtest.h>

#include "tests/support/hand_made.hpp"
#include "tests/support/story.hpp"

// What waits to be done, over states that are made by hand where a log would take years.
namespace hoso::client::views {
namespace {

using namespace tests;

class Tasks : public testing::Test {
protected:
    Tasks() { look(); }
    void look() { state_ = world_.replica.state(); }

    std::vector<json::object> tasks_on(const std::string& what, Date at, const AccountId& account = {}) const {
        std::vector<json::object> found;
        for (const auto& row : tasks(state_, at, account)) {
            if (row.get_object().at("task").get_string() == what) found.push_back(row.get_object());
        }
        return found;
    }
    std::size_t asked(const std::string& what, const char* at) const { return tasks_on(what, day(at)).size(); }
    std::size_t asked(const std::string& what) const { return tasks_on(what, world_.today()).size(); }
    std::size_t asked_of(const std::string& officer, const std::string& what) const {
        return tasks_on(what, world_.today(), world_.officers.at(officer).account).size();
    }

    // A product with a certificate until 10/01/2026.
    domain::Product& product() {
        story_.take(story_.registration());
        look();
        auto& made = std::get<domain::Product>(state_.streams.at(story_.product).content);
        made.certificates.push_back(certificate("N", 3, "2023-01-10"));
        return made;
    }
    void inspect(domain::Product& of, domain::InspectionOutcome outcome, const char* on, const char* number) {
        domain::Inspected made;
        made.inspection = world_.new_id();
        made.outcome = outcome;
        made.certificate = number;
        made.rule_set_hash = world_.rules;
        made.date = day(on);
        of.care.inspections.push_back(made);
    }
    void notice(const char* on, std::vector<domain::NoticeDeadline> deadlines) {
        domain::NoticeIssued made;
        made.notice = world_.new_id();
        made.round = world_.round;
        made.date = day(on);
        made.deadlines = std::move(deadlines);
        state_.registry.notices[made.notice] = made;
    }
    void meet(const Bytes& of_chair, const Bytes& of_others) {
        story_.take(story_.meeting_opening());
        story_.take(story_.sheet("chair", of_chair));
        story_.take(story_.sheet("secretary", of_others));
        story_.take(story_.sheet("member", of_others));
        story_.take(story_.meeting_closing());
        look();
    }

    World world_;
    Story story_{world_, "a1"};
    replica::State state_;
};

TEST_F(Tasks, SheetsTooFarApartAskForAnotherMeeting) {
    story_.submit();
    story_.receive();
    meet(five_stars, three_stars);
    EXPECT_EQ(asked("tally"), 0u) << "it would be void for ever";
    EXPECT_EQ(asked("discuss_scores"), 1u);
    EXPECT_EQ(asked("call_meeting"), 0u) << "it is said once";
    EXPECT_EQ(asked_of("chair_a", "discuss_scores"), 1u);
    EXPECT_EQ(asked_of("secretary_a", "discuss_scores"), 1u);
    EXPECT_EQ(asked_of("member_a", "discuss_scores"), 0u) << "those who lead call it";
    meet(five_stars, three_stars);
    EXPECT_EQ(asked("discuss_scores"), 1u) << "of the two once";
    story_.take(story_.meeting_opening());
    look();
    EXPECT_EQ(asked("discuss_scores"), 0u);
    EXPECT_EQ(asked("score"), 1u);
    meet(three_stars, three_stars);
    EXPECT_EQ(asked("tally"), 1u);
    EXPECT_EQ(asked("discuss_scores"), 0u);
}

TEST_F(Tasks, AMeetingWithTooFewSheetsIsCalledAgain) {
    story_.submit();
    story_.receive();
    story_.take(story_.meeting_opening());
    story_.take(story_.sheet("chair", three_stars));
    story_.take(story_.meeting_closing());
    look();
    EXPECT_EQ(asked("tally"), 0u);
    EXPECT_EQ(asked("call_meeting"), 1u);
}

// Nobody sits there any more: whoever stands for the unit calls its own council.
TEST_F(Tasks, AMeetingThatWasOpenWhenItsUnitEndedIsCalledAgain) {
    story_.submit();
    story_.receive();
    story_.take(story_.advice());
    story_.take(story_.meeting_opening());
    look();
    EXPECT_EQ(asked("score"), 1u);
    EXPECT_EQ(asked("call_meeting"), 0u);
    state_.registry.units.at(world_.units.at("a")).valid_to = world_.today() - std::chrono::days{1};
    EXPECT_EQ(asked("score"), 0u);
    EXPECT_EQ(asked("call_meeting"), 1u);
}

TEST_F(Tasks, ALaterInspectionThatFoundItInOrderClearsTheRevocation) {
    auto& made = product();
    inspect(made, domain::InspectionOutcome::kept, "2023-03-20", "");
    inspect(made, domain::InspectionOutcome::revoke, "2023-03-01", "N");  // recorded late
    EXPECT_EQ(asked("revoke", "2023-02-28"), 0u);
    EXPECT_EQ(asked("revoke", "2023-03-19"), 1u);
    EXPECT_EQ(asked("revoke", "2023-03-20"), 0u);
    inspect(made, domain::InspectionOutcome::revoke, "2023-04-10", "N");
    inspect(made, domain::InspectionOutcome::kept, "2023-04-20", "another");
    inspect(made, domain::InspectionOutcome::remedy, "2023-04-20", "N");
    EXPECT_EQ(asked("revoke", "2023-05-01"), 1u);
}

TEST_F(Tasks, ARevocationIsServedFromItsDayOn) {
    auto& held = product().certificates.front();
    held.revoked = true;
    held.revoked_on = day("2023-04-12");
    held.served = {{"N", {"Chủ thể"}, day("2023-04-20")}};
    EXPECT_EQ(asked("serve_revocation", "2023-04-11"), 0u);
    EXPECT_EQ(asked("serve_revocation", "2023-04-12"), 1u);
    EXPECT_EQ(asked("serve_revocation", "2023-04-20"), 0u);
}

TEST_F(Tasks, WhoMayAnswerIsAsked) {
    auto& made = product();
    domain::Complaint complaint;
    complaint.filed.date = world_.today();
    made.care.complaints = {complaint};
    domain::Difficulty difficulty;
    difficulty.raised.difficulty = world_.new_id();
    difficulty.raised.unit = made.unit;
    difficulty.raised.date = world_.today();
    state_.registry.difficulties[difficulty.raised.difficulty] = difficulty;
    for (const char* what : {"answer_complaint", "resolve_difficulty"}) {
        EXPECT_EQ(asked(what), 1u) << what;
        EXPECT_EQ(tasks_on(what, world_.today() - std::chrono::days{1}).size(), 0u) << what;
        for (const char* officer : {"secretary_a", "signer_a", "secretary_p", "signer_p"})
            EXPECT_EQ(asked_of(officer, what), 1u) << officer << " " << what;
        for (const char* officer : {"secretary_b", "signer_b", "officer_a1", "adviser_a"})
            EXPECT_EQ(asked_of(officer, what), 0u) << officer << " " << what;
    }
    made.care.complaints[0].resolved = domain::ComplaintResolved{};
    made.care.complaints[0].resolved->date = world_.today() + std::chrono::days{2};
    EXPECT_EQ(tasks_on("answer_complaint", world_.today() + std::chrono::days{1}).size(), 1u);
    EXPECT_EQ(tasks_on("answer_complaint", world_.today() + std::chrono::days{2}).size(), 0u);
}

TEST_F(Tasks, OnlyAReEvaluationThatWasFiledSilencesTheNotices) {
    auto& made = product();
    EXPECT_EQ(asked("notify_expiry", "2025-07-13"), 0u);
    EXPECT_EQ(asked("notify_expiry", "2025-07-14"), 1u) << "180 days before";
    auto& open = add_dossier(world_, made, domain::DossierKind::upgrade, "2025-07-01");
    EXPECT_EQ(asked("notify_expiry", "2025-08-01"), 1u) << "an upgrade is none";
    open.kind = domain::DossierKind::re_evaluation;
    EXPECT_EQ(asked("notify_expiry", "2025-08-01"), 1u) << "it is still being written";
    open.phase = domain::Phase::submitted;
    open.stage = 1;
    open.turn = 1;
    EXPECT_EQ(asked("notify_expiry", "2025-08-01"), 0u);
}

TEST_F(Tasks, ACertificateThatAnotherFollowedNeedsNoNotice) {
    auto& made = product();
    made.certificates.push_back(certificate("O", 3, "2022-12-20"));
    EXPECT_EQ(asked("notify_expiry", "2025-08-01"), 1u) << "of the newer one";
    EXPECT_EQ(tasks_on("notify_expiry", day("2025-08-01")).front().at("detail").get_string(), "N");
    made.certificates.front().revoked = true;
    made.certificates.front().revoked_on = day("2025-07-20");
    EXPECT_EQ(tasks_on("notify_expiry", day("2025-08-01")).front().at("detail").get_string(), "O");
}

TEST_F(Tasks, NoticesFollowTheRegulationInForceNotTheOnePublishedLast) {
    product();
    domain::RuleSet old = *state_.registry.rules(world_.rules);
    old.hash = sha256(as_bytes("old"));
    old.notices.clear();
    for (domain::Term& term : old.terms) {
        term.filed_from = day("2019-08-21");
        term.filed_to = day("2023-02-23");
    }
    state_.registry.newest_rule_set = old.hash;
    state_.registry.rule_sets[old.hash] = std::make_shared<const domain::RuleSet>(old);
    EXPECT_EQ(asked("notify_expiry", "2025-07-14"), 1u);
}

TEST_F(Tasks, ALaterLetterTakesNoDeadlineBack) {
    auto& made = product();
    add_dossier(world_, made, domain::DossierKind::first, "2023-06-01", domain::Phase::submitted);
    const auto due = [&](const char* at) { return tasks_on("receive", day(at)).front().at("due"); };
    EXPECT_EQ(due("2023-06-02"), "2023-12-15") << "the round's own";
    notice("2023-06-05", {{"district", day("2023-09-01"), ""}, {"province", day("2023-11-01"), ""}});
    EXPECT_EQ(due("2023-06-05"), "2023-09-01");
    notice("2023-06-10", {});
    EXPECT_EQ(due("2023-06-10"), "2023-09-01") << "it was about something else";
    notice("2023-06-15", {{"province", day("2023-11-15"), ""}});
    EXPECT_EQ(due("2023-06-15"), "2023-09-01") << "it was about another stage";
    notice("2023-06-20", {{"district", day("2023-09-20"), ""}});
    EXPECT_EQ(due("2023-06-20"), "2023-09-20");
    EXPECT_EQ(due("2023-06-19"), "2023-09-01") << "as seen the day before";
    EXPECT_TRUE(tasks_on("receive", day("2023-05-31")).empty()) << "it was not filed yet";
}

}  // namespace
}  // namespace hoso::client::views
