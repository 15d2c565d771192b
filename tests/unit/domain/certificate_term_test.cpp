#include "tests/support/dossier_bench.hpp"
#include "tests/support/published_rules.hpp"

// A certificate holds for 36 months: to the same day of the last month, or to that month's last day where it has no such day
// (Civil Code 91/2015/QH13, article 148(3)). 36 months end in the month they began in, so only a leap day is cut.
namespace hoso::domain::tests {
namespace {

using hoso::tests::published;

struct Term {
    const char* name;
    const char* issued;
    const char* last_day;
    const char* expired;  // the first day without it
};
const Term terms[] = {
    {"LastOfJanuary", "2023-01-31", "2026-01-31", "2026-02-01"},
    {"LastOfFebruary", "2023-02-28", "2026-02-28", "2026-03-01"},
    {"LastOfMarch", "2023-03-31", "2026-03-31", "2026-04-01"},
    {"LastOfApril", "2023-04-30", "2026-04-30", "2026-05-01"},
    {"LastOfMay", "2023-05-31", "2026-05-31", "2026-06-01"},
    {"LastOfJune", "2023-06-30", "2026-06-30", "2026-07-01"},
    {"LastOfJuly", "2023-07-31", "2026-07-31", "2026-08-01"},
    {"LastOfAugust", "2023-08-31", "2026-08-31", "2026-09-01"},
    {"LastOfSeptember", "2023-09-30", "2026-09-30", "2026-10-01"},
    {"LastOfOctober", "2023-10-31", "2026-10-31", "2026-11-01"},
    {"LastOfNovember", "2023-11-30", "2026-11-30", "2026-12-01"},
    {"LastOfTheYear", "2023-12-31", "2026-12-31", "2027-01-01"},
    {"FirstOfTheYear", "2024-01-01", "2027-01-01", "2027-01-02"},
    {"DayBeforeTheLeapDay", "2024-02-28", "2027-02-28", "2027-03-01"},
    {"LeapDay", "2024-02-29", "2027-02-28", "2027-03-01"},
    {"DayAfterTheLeapDay", "2024-03-01", "2027-03-01", "2027-03-02"},
    {"IntoALeapYear", "2025-02-28", "2028-02-28", "2028-02-29"},  // the leap day is the first without it
    {"AfterThatLeapDay", "2025-03-01", "2028-03-01", "2028-03-02"},
    {"FirstLeapDayOf1048", "2020-02-29", "2023-02-28", "2023-03-01"},
    {"DayBeforeTheLastOfTheYear", "2019-12-30", "2022-12-30", "2022-12-31"},
};

Date date(const char* text) { return *date_from_text(text); }

// 36 months, as each regulation says of itself; the bench's ladder, so that a dossier is led through it by hand.
Bench under(const char* rules) {
    Bench bench;
    bench.edit_rules([&](RuleSet& edited) { edited.certificate_months = published(rules).certificate_months; });
    return bench;
}

class CertificateTerm : public testing::TestWithParam<Term> {};

TEST_P(CertificateTerm, OfARecognition) {
    for (const char* const rules : {"ocop-148-2023", "ocop-148-2023+1489-2025", "ocop-26-2026"}) {
        Bench bench = under(rules);
        bench.tally({2, 1, 1});
        bench.sign_decision();
        Recognised recognition = bench.recognition();
        recognition.issued = date(GetParam().issued);
        bench.product.dossiers.at(bench.file).tally->date = Date{};
        bench.registry.decisions.begin()->second.date = Date{};
        bench.record(recognition);
        const Certificate& given = bench.product.certificates.at(0);
        EXPECT_EQ(to_text(given.issued), GetParam().issued);
        EXPECT_EQ(to_text(given.last_day), GetParam().last_day) << rules;
    }
}

TEST_P(CertificateTerm, OfAResultFromAStageWithoutADesk) {
    Bench bench = under("ocop-26-2026");
    bench.forward({2, 2, 2});
    bench.record(bench.receipt());
    bench.record(bench.advice());
    bench.meet({2, 2, 2});
    bench.record(bench.count());
    bench.record(bench.forwarding());
    ResultEntered answer = bench.answer();
    answer.date = date(GetParam().issued);
    bench.product.dossiers.at(bench.file).since = Date{};
    bench.record(answer);
    EXPECT_EQ(to_text(bench.product.certificates.at(0).last_day), GetParam().last_day);
}

// One from before the log, of a regulation that the log knows and of one it does not.
TEST_P(CertificateTerm, OfALegacyCertificate) {
    Bench bench;
    bench.registry.began = date("2030-01-01");
    const RuleSet& known = published("ocop-1048-2019");
    bench.registry.rule_sets[known.hash] = std::make_shared<const RuleSet>(known);
    bench.record(LegacyRecognised{"1/QD", {}, "OCOP-1", 3, date(GetParam().issued), known.id});
    bench.record(LegacyRecognised{"1/QD", {}, "OCOP-2", 3, date(GetParam().issued), "ocop-before-all"});
    EXPECT_EQ(to_text(bench.product.certificates.at(0).last_day), GetParam().last_day);
    EXPECT_EQ(to_text(bench.product.certificates.at(1).last_day), GetParam().last_day);
}

// For want of a re-evaluation it may be revoked from the day after its last, and not on it.
TEST_P(CertificateTerm, HoldsOnItsLastDayAndNotOnTheNext) {
    Bench bench;
    bench.registry.began = date("2030-01-01");
    bench.record(LegacyRecognised{"1/QD", {}, "OCOP-1", 4, date(GetParam().issued), ""});
    Decision& decision = bench.registry.decisions[id(80)];
    decision = {id(80), DecisionKind::revocation, region, "region", "2/QD", day(2023, 5, 1), {}, {}};
    decision.lines = {{bench.product.id, {}, 0, {}, "OCOP-1"}};
    bench.edit_rules([](RuleSet& rules) {
        for (auto& term : rules.terms) term.filed_from = date("2019-01-01"), term.filed_to = Date{};
    });
    const auto revoked_on = [&](const char* text) {
        decision.date = date(text);
        return bench.refusal(CertificateRevoked{id(80), "OCOP-1", "not_renewed", rules_hash, date(text)});
    };
    EXPECT_EQ(revoked_on(GetParam().issued), Refusal{Reason::not_expired});
    EXPECT_EQ(revoked_on(GetParam().last_day), Refusal{Reason::not_expired});
    EXPECT_EQ(revoked_on(GetParam().expired), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Table, CertificateTerm, testing::ValuesIn(terms), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hoso::domain::tests
