#include "tests/support/dossier_bench.hpp"

namespace hoso::domain::tests {
namespace {

// The bytes of docs/log_format.md, written out.
Hash digest_by_hand(const Dossier& dossier, std::vector<ActionId> ids) {
    std::sort(ids.begin(), ids.end());
    Bytes bytes;
    append(bytes, as_bytes("hoso/digest/v1"));
    append(bytes, dossier.id.span());
    append(bytes, dossier.rule_set.span());
    append(bytes, Bytes{static_cast<Byte>(dossier.phase), dossier.stage, static_cast<Byte>(ids.size()), 0, 0, 0});
    for (const auto& id_of : ids) append(bytes, id_of.span());
    return sha256(bytes);
}

TEST(Digest, IsThatOfTheEffectiveActionsInAnyOrder) {
    Bench bench;
    const std::vector<ActionId> ids = {
        bench.record(bench.opening()),
        bench.record(SelfAssessed{bench.file, {2, 2, 1}}),
        bench.record(OpinionGiven{bench.file, "ward", {2}, true, ""}),
        bench.record(DocumentAdded{bench.file, "form", "Phiếu", {}}),
        bench.record(FieldSet{bench.file, "story", "x"}),
        bench.record(bench.submission()),
    };
    EXPECT_EQ(digest(bench.dossier()), digest_by_hand(bench.dossier(), ids));
}

TEST(Digest, NoteLeavesItAloneAndADocumentDoesNot) {
    Bench bench;
    bench.tally({2, 1, 1});
    bench.sign_decision();
    const Recognised as_shown = bench.recognition();
    bench.record(NoteAdded{bench.file, "harmless"});
    EXPECT_EQ(bench.dossier().notes, 1u);
    EXPECT_EQ(bench.refusal(as_shown), std::nullopt);
    bench.record(DocumentAdded{bench.file, "story", "late", {}});
    EXPECT_EQ(bench.refusal(as_shown), Refusal{Reason::stale_view});
}

TEST(Digest, ChangesWithPhaseAndStage) {
    Bench bench;
    bench.draft();
    Dossier dossier = bench.dossier();
    const Hash drafting = digest(dossier);
    dossier.phase = Phase::returned;
    EXPECT_NE(digest(dossier), drafting);
    dossier.phase = Phase::drafting;
    dossier.stage = 1;
    EXPECT_NE(digest(dossier), drafting);
}

TEST(Summary, HoldsDossiersAndCertificates) {
    Bench bench;
    bench.recognise({2, 1, 1});
    Bytes bytes;
    append(bytes, as_bytes("hoso/product/v1"));
    append(bytes, Bytes{1, 0, 0, 0});
    append(bytes, digest(bench.dossier()).span());
    append(bytes, Bytes{1, 0, 0, 0, 5, 0, 0, 0});
    append(bytes, as_bytes("2/GCN"));
    bytes.push_back(3);
    append_le(bytes, to_days(day(2023, 4, 1)));
    append_le(bytes, to_days(day(2026, 4, 1)));
    bytes.push_back(0);
    EXPECT_EQ(summary(bench.product), sha256(bytes));
    bench.product.certificates[0].revoked = true;
    EXPECT_NE(summary(bench.product), sha256(bytes));
}

struct Count {
    const char* name;
    Bytes first, second, third;
    std::uint16_t stars;
    PointsSum sum;
};
const Count counts[] = {
    // 3 bands, 70 points exactly are in the higher one, 1/100 of a point less over all sheets is not
    {"EightyIsFour", {2, 2, 1}, {2, 2, 1}, {2, 2, 1}, 4, 24'000},
    {"GateOfFourMissed", {2, 1, 2}, {2, 1, 2}, {2, 1, 2}, 3, 25'500},
    {"GateMissedByOneOfThree", {2, 2, 2}, {2, 2, 2}, {2, 1, 2}, 3, 28'500},
    {"GateOfThreeMissed", {2, 2, 0}, {2, 2, 0}, {2, 2, 0}, 2, 19'500},
    {"GateOfThreeMetOnTheMean", {2, 2, 0}, {2, 2, 2}, {2, 2, 1}, 4, 24'500},
    {"Full", {2, 2, 2}, {2, 2, 2}, {2, 2, 2}, 5, 30'000},
    {"Nothing", {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, 1, 0},
};
class Counts : public testing::TestWithParam<Count> {};
TEST_P(Counts, Row) {
    const auto& [name, first, second, third, stars, sum] = GetParam();
    Bench bench;
    bench.receive();
    bench.registry.councils.at(id(30)).spread_max = 10'000;
    bench.meet(first, second, third);
    bench.record(bench.count());
    EXPECT_EQ(bench.dossier().tally->stars, stars);
    EXPECT_EQ(bench.dossier().tally->sum(), sum);
    EXPECT_EQ(bench.dossier().tally->sheets, 3);
}
INSTANTIATE_TEST_SUITE_P(Table, Counts, testing::ValuesIn(counts), [](const auto& row) { return row.param.name; });

// Signed minutes count like so many sheets of those averages, to the hundredth.
TEST(PaperCounts, LikeSheetsOfItsAverages) {
    Bench bench;
    bench.receive();
    PaperTallied minutes = bench.paper();
    minutes.averages = {3'500, 2'000, 1'500};
    minutes.stars = 4;
    bench.record(minutes);
    EXPECT_EQ(bench.dossier().phase, Phase::tallied);
    ASSERT_TRUE(bench.dossier().tally);
    EXPECT_EQ(bench.dossier().tally->minutes, "05/BB");
    EXPECT_EQ(bench.dossier().tally->sum(), 3u * 7'000);
    EXPECT_EQ(bench.dossier().tally->stars, 4);
    EXPECT_FALSE(bench.refusal(bench.forwarding())) << "seventy points, from which this stage forwards";
}

TEST(PaperCounts, UntilEveryMeetingHasItsResult) {
    Bench bench;
    bench.receive();
    bench.edit_rules([](RuleSet& rules) { rules.stages[1].meetings = 2; });
    bench.record(bench.paper());
    EXPECT_EQ(bench.dossier().phase, Phase::received);
    PaperTallied second = bench.paper();
    second.minutes = "06/BB";
    second.averages[0] = 3'600;
    second.stars = 4;
    bench.record(second);
    EXPECT_EQ(bench.dossier().phase, Phase::tallied);
    EXPECT_EQ(bench.dossier().tally->minutes, "06/BB") << "the last result stands";
    bench.record(bench.forwarding());
    EXPECT_EQ(bench.dossier().meetings, 0) << "the next stage's council has not met";
    bench.record(bench.receipt());
    bench.record(bench.advice());
    PaperTallied above = bench.paper();
    above.minutes = "06/BB";
    EXPECT_FALSE(bench.refusal(above)) << "another council numbers its own minutes";
}

// What is sealed by the second member; the others' sheets are sound.
struct Odd {
    const char* name;
    std::function<Bytes(const Bench&, Sheet)> sealed;
    SheetFault fault;
};
Bytes seal_sheet(const Sheet& sheet) { return seal(box_public_key(meeting_key(7)), encode(sheet)); }
const Odd odd_sheets[] = {
    {"Sound", [](auto&, Sheet sheet) { return seal_sheet(sheet); }, SheetFault::none},
    {"NoBox",
     [](auto&, Sheet) {
         return Bytes{1, 2, 3};
     },
     SheetFault::sealed_otherwise},
    {"OtherKey", [](auto&, Sheet sheet) { return seal(box_public_key(meeting_key(8)), encode(sheet)); },
     SheetFault::sealed_otherwise},
    {"NoSheet", [](auto&, Sheet) { return seal(box_public_key(meeting_key(7)), as_bytes("HSS1")); }, SheetFault::no_sheet},
    {"OtherMeeting", [](auto&, Sheet sheet) { return sheet.meeting = id(99), seal_sheet(sheet); }, SheetFault::bound_otherwise},
    {"OtherProduct", [](auto&, Sheet sheet) { return sheet.product = id(99), seal_sheet(sheet); }, SheetFault::bound_otherwise},
    {"OtherDossier", [](auto&, Sheet sheet) { return sheet.dossier = id(99), seal_sheet(sheet); }, SheetFault::bound_otherwise},
    {"OtherAssessor", [](auto&, Sheet sheet) { return sheet.assessor = id(21), seal_sheet(sheet); }, SheetFault::bound_otherwise},
    {"TooShort",
     [](auto&, Sheet sheet) {
         return sheet.options = {2, 2}, seal_sheet(sheet);
     },
     SheetFault::not_offered},
    {"PastTheLadder", [](auto&, Sheet sheet) { return sheet.options[0] = 3, seal_sheet(sheet); }, SheetFault::not_offered},
    {"Unanswered", [](auto&, Sheet sheet) { return sheet.options[0] = not_answered, seal_sheet(sheet); }, SheetFault::not_offered},
};
class OddSheets : public testing::TestWithParam<Odd> {};
TEST_P(OddSheets, IsNamedAndNotCounted) {
    const auto& [name, sealed, fault] = GetParam();
    Bench bench;
    bench.receive();
    bench.open_meeting();
    bench.sheet_of(id(21), {2, 2, 1});
    bench.sheet_of(id(23), {2, 2, 1});
    const Sheet sound{bench.meeting(), bench.product.id, bench.file, id(22), {2, 2, 1}};
    bench.record(SheetSubmitted{bench.file, bench.meeting(), sealed(bench, sound)}, id(22), bench.position);
    bench.close_meeting();

    const auto opened = open_sheets(bench.registry, bench.product, bench.dossier(), bench.registry.meetings.at(bench.meeting()));
    ASSERT_EQ(opened.size(), 3u);
    EXPECT_EQ(opened[1].author, id(22));
    EXPECT_EQ(opened[1].fault, fault) << hoso::domain::name(opened[1].fault);
    EXPECT_EQ(opened[1].total, fault == SheetFault::none ? 8'000u : 0u);
    EXPECT_EQ(opened[0].total, 8'000u);
    EXPECT_EQ(bench.count().sheets, fault == SheetFault::none ? 3 : 2);
    EXPECT_EQ(bench.refusal(bench.count()), std::nullopt);
}
INSTANTIATE_TEST_SUITE_P(Table, OddSheets, testing::ValuesIn(odd_sheets), [](const auto& row) { return row.param.name; });

TEST(Sheets, LaterOneOfAnAuthorSupersedesAndAnUnlistedOneDoesNotCount) {
    Bench bench;
    bench.receive();
    bench.open_meeting();
    bench.sheet_of(id(21), {1, 1, 1});
    const ActionId replaced = bench.dossier().sheets.at(bench.meeting()).at(id(21)).action;
    bench.sheet_of(id(21), {2, 2, 1});
    bench.sheet_of(id(22), {2, 2, 1});
    bench.close_meeting();
    Meeting& meeting = bench.registry.meetings.at(bench.meeting());
    EXPECT_EQ(bench.count().sheets, 2);
    EXPECT_EQ(bench.count().sums[0], 8'000u);

    meeting.sheets = {replaced, bench.dossier().sheets.at(meeting.id).at(id(22)).action};
    EXPECT_EQ(bench.count().sheets, 1);
    EXPECT_EQ(open_sheets(bench.registry, bench.product, bench.dossier(), meeting)[0].fault, SheetFault::not_listed);
    meeting.closed = false;
    EXPECT_TRUE(open_sheets(bench.registry, bench.product, bench.dossier(), meeting).empty());
}

TEST(Dossier, EndsWhereThereIsNoWayOn) {
    Bench three;
    three.recognise({2, 1, 1});
    EXPECT_TRUE(three.dossier().ended());
    EXPECT_EQ(three.product.open_dossier(), nullptr);

    Bench on_its_way;
    on_its_way.recognise({2, 1, 2});
    EXPECT_FALSE(on_its_way.dossier().ended());
    on_its_way.record(on_its_way.forwarding());
    EXPECT_EQ(on_its_way.stage(), "region");
    EXPECT_EQ(on_its_way.dossier().phase, Phase::submitted);
    EXPECT_EQ(on_its_way.product.certificates.size(), 1u);
}

TEST(Dossier, EndsAtTheTopOfTheLadder) {
    Bench bench;
    bench.edit_rules([](RuleSet& rules) {
        rules.stages.pop_back();
        rules.stages[2].decides = {4, 5};
        rules.stages[2].forwards_from = 0;
    });
    bench.forward({2, 2, 2});
    bench.record(bench.receipt());
    bench.record(bench.advice());
    bench.meet({2, 2, 2});
    bench.record(bench.count());
    bench.sign_decision();
    bench.record(bench.recognition());
    EXPECT_TRUE(bench.dossier().ended());
    EXPECT_EQ(bench.refusal(bench.forwarding()), Refusal{Reason::unknown_stage});
}

TEST(Dossier, FourStarsInTheRegionThenFiveByTheState) {
    Bench bench;
    bench.forward({2, 2, 2});
    bench.record(bench.receipt());
    bench.record(bench.advice());
    bench.registry.councils.at(id(31)).spread_max = 2'000;
    bench.meet({2, 2, 2}, {2, 2, 2}, {2, 2, 1});  // 93.33 points, and the gate of five stars is missed
    bench.record(bench.count());
    bench.sign_decision();
    bench.record(bench.recognition());
    EXPECT_FALSE(bench.dossier().ended());
    bench.record(bench.forwarding());
    bench.record(bench.answer());
    EXPECT_TRUE(bench.dossier().ended());
    ASSERT_EQ(bench.product.certificates.size(), 2u);
    EXPECT_EQ(bench.product.certificates[0].stars, 4);
    EXPECT_EQ(bench.product.certificates[1].stars, 5);
    EXPECT_EQ(bench.product.certificates[1].text, "TW-1");
}

TEST(Sheets, ARecusalAfterTheClosingChangesNothing) {
    Bench bench;
    bench.receive();
    bench.open_meeting();
    for (const Byte member : {21, 22, 23}) bench.sheet_of(id(member), {2, 2, 1});
    bench.record(Recused{bench.file, id(30), id(21), "kin"}, id(21), bench.position);
    bench.close_meeting();
    bench.record(Recused{bench.file, id(30), id(22), "kin"}, id(22), bench.position);
    EXPECT_EQ(bench.count().sheets, 2) << "the first was known when the meeting was closed, the second after everybody could read";
}

TEST(Dossier, AnswerWithoutStarsLeavesItRecognised) {
    Bench bench;
    bench.recognise({2, 1, 2});
    bench.product.dossiers.at(bench.file).stage = 3;
    bench.product.dossiers.at(bench.file).phase = Phase::submitted;
    ResultEntered answer = bench.answer();
    answer.stars = 0;
    bench.edit_rules([](RuleSet& rules) { rules.stages[3].falls_back = true; });
    bench.record(answer);
    EXPECT_EQ(bench.dossier().phase, Phase::recognised) << "and not once more to whoever recognised it";
    EXPECT_TRUE(bench.dossier().ended());
    EXPECT_EQ(bench.product.certificates.size(), 1u);
}

}  // namespace
}  // namespace hoso::domain::tests
