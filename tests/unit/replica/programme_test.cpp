#include "tests/support/programme.hpp"

#include <gtest/gtest.h>

// The programme around the dossiers, as the judge sees it: what is refused and why, and what an act changes.
namespace hoso::tests {
namespace {

using namespace domain;

Uuid sample_round() {
    Uuid id;
    id.bytes.fill(7);
    return id;
}

class ProgrammeTest : public testing::Test {
protected:
    template <typename Kind>
    Reason with(Step step, void (*change)(Kind&)) {
        change(std::get<Kind>(step.body));
        return world.act(step.officer, step.stream, step.body).reason;
    }
    Reason reason(const Step& step) { return world.act(step.officer, step.stream, step.body).reason; }
    ActionId take(const Step& step) { return world.effective(step.officer, step.stream, step.body); }
    const Registry& registry() const { return world.registry(); }

    World world;
    Programme programme{world};
    Story story{world, "a1"};
};

TEST_F(ProgrammeTest, AnOfficeKeepsTheNameOfItsDay) {
    take(programme.office());
    take(programme.office_renaming(10));
    const Office& office = registry().offices.begin()->second;
    EXPECT_EQ(office.named_on(programme.day(9)), "Sở Nông nghiệp");
    EXPECT_EQ(office.named_on(programme.day(10)), "Sở Nông nghiệp và Môi trường");
    EXPECT_EQ(reason(programme.office_renaming(10)), Reason::malformed) << "that name holds from this day already";
    EXPECT_EQ(with<OfficeRenamed>(programme.office_renaming(20), [](auto& a) { a.name.clear(); }), Reason::malformed);
    EXPECT_EQ(with<OfficeRenamed>(programme.office_renaming(20), [](auto& a) { a.office = {}; }), Reason::unknown_office);
    EXPECT_EQ(with<OfficeCreated>(programme.office(), [](auto& a) { a.name.clear(); }), Reason::malformed);
    EXPECT_EQ(with<OfficeCreated>(programme.office(), [](auto& a) { a.unit = {}; }), Reason::unknown_unit);
    Step again = programme.office();
    std::get<OfficeCreated>(again.body).office = registry().offices.begin()->first;
    EXPECT_EQ(reason(again), Reason::already_exists);
}

TEST_F(ProgrammeTest, AMandateNamesAnOfficeOfItsUnit) {
    take(programme.office());
    const Uuid office = programme.last_office();
    MandateGranted granted{
        world.new_id(), world.officers.at("officer_a1").account, Role::adviser, world.units.at("p"), {}, {}, "x"};
    granted.office = office;
    granted.field = "an toàn thực phẩm";
    world.effective("founder_0", registry_stream, granted);
    EXPECT_EQ(registry().mandates.at(granted.mandate).office, office);
    EXPECT_EQ(registry().mandates.at(granted.mandate).field, "an toàn thực phẩm");
    granted.mandate = world.new_id();
    granted.unit = world.units.at("a");
    EXPECT_EQ(world.act("founder_0", registry_stream, granted).reason, Reason::unknown_office) << "it is not in that unit";
}

TEST_F(ProgrammeTest, AUnitKeepsTheNameOfItsDay) {
    take(programme.unit_renaming("a1", 5));
    const Unit& unit = *registry().unit(world.units.at("a1"));
    EXPECT_EQ(unit.named_on(programme.day(4)).name, "a1");
    EXPECT_EQ(unit.named_on(programme.day(5)).name, "Xã mới");
    EXPECT_EQ(reason(programme.unit_renaming("a1", 5)), Reason::malformed);
    take(programme.unit_renaming("a1", 6));
    EXPECT_EQ(with<UnitRenamed>(programme.unit_renaming("a1", 9), [](auto& a) { a.code.clear(); }), Reason::malformed);
    EXPECT_EQ(with<UnitRenamed>(programme.unit_renaming("a1", 9), [](auto& a) { a.unit = {}; }), Reason::unknown_unit);
    world.effective("founder_0", registry_stream, UnitClosed{world.units.at("a1"), programme.day(8), {}});
    EXPECT_EQ(reason(programme.unit_renaming("a1", 9)), Reason::unit_closed);
}

TEST_F(ProgrammeTest, DaysOffAreOfTheYear) {
    take(programme.calendar());
    EXPECT_TRUE(registry().calendars.at(2023).off.contains(*date_from_text("2023-09-04")));
    EXPECT_EQ(with<CalendarSet>(programme.calendar(), [](auto& a) { a.year = 2024; }), Reason::malformed);
    EXPECT_EQ(with<CalendarSet>(programme.calendar(), [](auto& a) { a.days_worked = {a.days_off[0]}; }), Reason::malformed);
    EXPECT_EQ(with<CalendarSet>(programme.calendar(), [](auto& a) { a.days_worked = {*date_from_text("2023-09-06")}; }),
              Reason::malformed)
        << "a Wednesday is worked anyway";
    EXPECT_EQ(with<CalendarSet>(programme.calendar(), [](auto& a) { a.days_worked = {*date_from_text("2023-09-09")}; }),
              Reason::none);
    EXPECT_EQ(with<CalendarSet>(programme.calendar(), [](auto& a) { a.legal_basis.clear(); }), Reason::malformed);
    EXPECT_EQ(with<CalendarSet>(programme.calendar(), [](auto& a) { a.days_off.clear(); }), Reason::none);
    EXPECT_TRUE(registry().calendars.at(2023).off.empty()) << "the later one takes its place";
}

TEST_F(ProgrammeTest, ANoticeListsAProductOnce) {
    const auto change = [&](void (*way)(NoticeIssued&)) { return with<NoticeIssued>(programme.notice(story), way); };
    take(programme.notice(story));
    EXPECT_EQ(registry().notices.size(), 1u);
    EXPECT_EQ(change([](auto& a) { a.number.clear(); }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.unit = {}; }), Reason::unknown_unit);
    EXPECT_EQ(change([](auto& a) { a.round = sample_round(); }), Reason::unknown_round);
    EXPECT_EQ(change([](auto& a) { a.lists[0].lines.push_back(a.lists[0].lines[0]); }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.lists[0].kind = NoticeListKind::lapses; }), Reason::malformed) << "without a certificate";
    EXPECT_EQ(change([](auto& a) { a.deadlines[0].date = {}; }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.deadlines[0].stage = "nosuch"; }), Reason::unknown_stage);
    EXPECT_EQ(change([](auto& a) { a.round = {}; }), Reason::none) << "it may belong to no round";
    const Step tomorrow = programme.notice(story);
    NoticeIssued late = std::get<NoticeIssued>(tomorrow.body);
    late.date = programme.day(1);
    EXPECT_EQ(world.act("secretary_p", registry_stream, late).reason, Reason::time_uncertain);
}

TEST_F(ProgrammeTest, RemindersDifficultiesAndEvents) {
    take(programme.reminder());
    EXPECT_EQ(with<ReminderSent>(programme.reminder(), [](auto& a) { a.text.clear(); }), Reason::malformed);
    EXPECT_EQ(with<ReminderSent>(programme.reminder(), [](auto& a) { a.unit = {}; }), Reason::unknown_unit);
    EXPECT_EQ(with<ReminderSent>(programme.reminder(), [](auto& a) { a.round = sample_round(); }), Reason::unknown_round);
    EXPECT_EQ(reason(programme.difficulty_answer()), Reason::unknown_record);
    EXPECT_EQ(with<DifficultyRaised>(programme.difficulty(), [](auto& a) { a.text.clear(); }), Reason::malformed);
    take(programme.difficulty());
    EXPECT_EQ(with<DifficultyResolved>(programme.difficulty_answer(), [](auto& a) { a.text.clear(); }), Reason::malformed);
    EXPECT_EQ(with<DifficultyResolved>(programme.difficulty_answer(), [](auto& a) { a.unit = {}; }), Reason::unknown_unit);
    take(programme.difficulty_answer());
    EXPECT_TRUE(registry().difficulties.begin()->second.resolved);
    EXPECT_EQ(reason(programme.difficulty_answer()), Reason::already_exists);
    take(programme.promotion());
    EXPECT_EQ(with<PromotionHeld>(programme.promotion(), [](auto& a) { a.to = a.from - std::chrono::days{1}; }), Reason::malformed);
    EXPECT_EQ(with<PromotionHeld>(programme.promotion(), [](auto& a) { a.title.clear(); }), Reason::malformed);
    EXPECT_EQ(with<PromotionHeld>(programme.promotion(), [](auto& a) { a.unit = {}; }), Reason::unknown_unit);
}

TEST_F(ProgrammeTest, ACouncilChangesBetweenMeetings) {
    story.submit();
    story.receive();
    story.take(story.meeting_opening());
    EXPECT_EQ(reason(programme.council_change("a")), Reason::meeting_open);
    for (const std::string post : {"chair", "secretary", "member"}) story.take(story.sheet(post, three_stars));
    story.take(story.meeting_closing());
    CouncilChanged smaller = std::get<CouncilChanged>(programme.council_change("a").body);
    smaller.members.back().seat = Seat::support;
    smaller.quorum = 3;
    EXPECT_EQ(world.act("secretary_a", registry_stream, smaller).reason, Reason::malformed) << "two hand in sheets";
    smaller.quorum = 2;
    world.effective("secretary_a", registry_stream, smaller);
    EXPECT_EQ(registry().councils.at(world.councils.at("a")).members.size(), 3u);
    EXPECT_EQ(registry().councils.at(world.councils.at("a")).advisers.size(), 1u);
    story.take(story.tally());  // by the quorum of the day the meeting was opened, over all three sheets
    EXPECT_EQ(story.dossier().tally->sheets, 3);
    const auto change = [&](void (*way)(CouncilChanged&)) { return with<CouncilChanged>(programme.council_change("a"), way); };
    EXPECT_EQ(change([](auto& a) { a.council = {}; }), Reason::unknown_council);
    EXPECT_EQ(change([](auto& a) { a.members.front().seat = Seat::member; }), Reason::malformed) << "nobody has the chair";
    EXPECT_EQ(change([](auto& a) { a.decision_number.clear(); }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.advisers.front().account = {}; }), Reason::unknown_account);
}

TEST_F(ProgrammeTest, ASupportingSeatHandsInNoSheet) {
    CouncilChanged changed = std::get<CouncilChanged>(programme.council_change("a").body);
    changed.members.back().seat = Seat::support;
    world.effective("secretary_a", registry_stream, changed);
    story.submit();
    story.receive();
    story.take(story.meeting_opening());
    EXPECT_EQ(reason(story.sheet("member", three_stars)), Reason::not_a_member);
    EXPECT_EQ(reason(story.sheet("secretary", three_stars)), Reason::none);
}

TEST_F(ProgrammeTest, MinutesAreOfAMeetingThatIsClosed) {
    story.submit();
    story.receive();
    EXPECT_EQ(reason(programme.minutes(story)), Reason::unknown_meeting);
    story.take(story.meeting_opening());
    EXPECT_EQ(reason(programme.minutes(story)), Reason::meeting_open);
    story.take(story.meeting_closing());
    EXPECT_EQ(with<MinutesFiled>(programme.minutes(story), [](auto& a) { a.number.clear(); }), Reason::malformed);
    take(programme.minutes(story));
    EXPECT_EQ(registry().meetings.at(story.meeting).minutes.size(), 1u);
    EXPECT_EQ(reason(programme.minutes(story)), Reason::already_exists);
    EXPECT_EQ(with<MinutesFiled>(programme.minutes(story), [](auto& a) { a.number = "06/BB"; }), Reason::none);
}

TEST_F(ProgrammeTest, ResultsArePublishedByTheUnitThatDecided) {
    EXPECT_EQ(reason(programme.publication(story)), Reason::unknown_decision);
    story.submit();
    story.evaluate(three_stars);
    story.recognise();
    Step elsewhere = programme.publication(story);
    std::get<ResultsPublished>(elsewhere.body).unit = world.units.at("p");
    EXPECT_EQ(world.act("secretary_p", registry_stream, elsewhere.body).reason, Reason::unknown_unit);
    EXPECT_EQ(with<ResultsPublished>(programme.publication(story), [](auto& a) { a.place.clear(); }), Reason::malformed);
    take(programme.publication(story));
    EXPECT_EQ(registry().decisions.at(story.decision).published.size(), 1u);
    EXPECT_EQ(reason(programme.publication(story)), Reason::already_exists);
    EXPECT_EQ(with<ResultsPublished>(programme.publication(story), [](auto& a) { a.date -= std::chrono::days{1}; }),
              Reason::out_of_order);
}

TEST_F(ProgrammeTest, ALetterNamesTheDossiersItTakesOn) {
    story.submit();
    take(programme.package(story));
    EXPECT_EQ(registry().packages.size(), 1u);
    const auto change = [&](void (*way)(PackageSent&)) { return with<PackageSent>(programme.package(story), way); };
    EXPECT_EQ(change([](auto& a) { a.dossiers.clear(); }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.dossiers.push_back(a.dossiers[0]); }), Reason::malformed) << "none of them twice";
    EXPECT_EQ(change([](auto& a) { a.recipient.clear(); }), Reason::malformed);
    EXPECT_EQ(change([](auto& a) { a.unit = {}; }), Reason::unknown_unit);
}

TEST_F(ProgrammeTest, AFormHasOneNumberOfEachUnit) {
    story.draft();
    EXPECT_EQ(reason(programme.form(story)), Reason::number_not_granted);
    take(programme.form_block(story));
    take(programme.form(story));
    EXPECT_EQ(registry().forms.at(story.file).size(), 1u);
    EXPECT_EQ(reason(programme.form(story)), Reason::already_exists);
    Step again = programme.form(story);
    std::get<FormNumbered>(again.body).number.value = 1;
    std::get<FormNumbered>(again.body).dossier = world.new_id();
    EXPECT_EQ(reason(again), Reason::number_used);
    EXPECT_EQ(with<FormNumbered>(programme.form(story), [](auto& a) { a.dossier = {}; }), Reason::malformed);
    EXPECT_EQ(with<FormNumbered>(programme.form(story), [](auto& a) { a.unit = {}; }), Reason::unknown_unit);
    EXPECT_EQ(with<FormNumbered>(programme.form(story), [](auto& a) { a.number.value = 51; }), Reason::number_not_granted);
}

}  // namespace
}  // namespace hoso::tests
