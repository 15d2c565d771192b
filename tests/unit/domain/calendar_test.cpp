#include "shared/domain/calendar.hpp"

#include <gtest/gtest.h>

#include "shared/domain/validity.hpp"
#include "tests/support/dossier_rules.hpp"

// Working days over Tết with a table of days off, the end of a term, and how long a certificate holds on.
namespace hoso::domain {
namespace {

Date date(const char* text) { return *date_from_text(text); }

// A year with Tết, with a day exchanged for a Saturday, and days off that fall on a weekend. The table is this test's own: the log
// gets each year's from its notice.
Registry with_holidays() {
    Registry registry;
    registry.calendars[2026] = {
        {date("2026-01-01"), date("2026-01-02"), date("2026-02-16"), date("2026-02-17"), date("2026-02-18"), date("2026-02-19"),
         date("2026-02-20"), date("2026-04-26"), date("2026-04-27"), date("2026-04-30"), date("2026-05-01")},
        {date("2026-01-10")},
        "for tests"};
    return registry;
}

struct Day {
    const char* day;
    bool works;
};
const Day days[] = {
    {"2026-01-01", false}, {"2026-01-02", false}, {"2026-01-03", false}, {"2026-01-05", true},
    {"2026-01-10", true},                                                // a Saturday, worked for the second of January
    {"2026-01-11", false}, {"2026-01-17", false}, {"2026-02-13", true},  // the Friday before Tết
    {"2026-02-14", false}, {"2026-02-15", false}, {"2026-02-16", false}, {"2026-02-17", false},
    {"2026-02-20", false}, {"2026-02-21", false}, {"2026-02-22", false}, {"2026-02-23", true},  // the Monday after it
    {"2026-04-27", false}, {"2026-04-28", true},  {"2026-04-30", false}, {"2026-05-01", false},
    {"2026-05-04", true},
};

TEST(WorkingDay, IsNoWeekendAndNoDayOff) {
    const Registry registry = with_holidays();
    for (const auto& [day, works] : days) EXPECT_EQ(is_working_day(registry, date(day)), works) << day;
}

struct Period {
    const char* from;
    std::uint16_t days;
    const char* end;
};
// Counted by hand on the calendar: the day it begins on is not counted.
const Period periods[] = {
    {"2026-02-12", 1, "2026-02-13"},   // Thursday to Friday, before Tết
    {"2026-02-13", 1, "2026-02-23"},   // over the whole of Tết
    {"2026-02-16", 1, "2026-02-23"},   // begun on a day off
    {"2026-02-02", 15, "2026-03-02"},  // the commune's fifteen days: nine before Tết, six after it
    {"2026-02-05", 15, "2026-03-05"}, {"2026-03-02", 15, "2026-03-23"},  // no day off in it: three weeks
    {"2026-01-08", 2, "2026-01-10"},                                     // ends on the Saturday that is worked
    {"2026-04-20", 15, "2026-05-14"},                                    // three days off on workdays, one on a Sunday
    {"2026-03-02", 0, "2026-03-02"},
};

TEST(EndOfWorkingDays, LeavesOutWhatIsOff) {
    const Registry registry = with_holidays();
    for (const auto& [from, count, end] : periods)
        EXPECT_EQ(to_text(end_of_working_days(registry, date(from), count)), end) << from << " + " << count;
}

TEST(EndOfWorkingDays, WithoutATableIsEarlyAndSaysSo) {
    const Registry registry = with_holidays();
    EXPECT_EQ(to_text(end_of_working_days(Registry{}, date("2026-02-13"), 1)), "2026-02-16");
    EXPECT_FALSE(calendar_known(Registry{}, date("2026-02-13"), date("2026-02-16")));
    EXPECT_TRUE(calendar_known(registry, date("2026-02-13"), date("2026-03-02")));
    EXPECT_FALSE(calendar_known(registry, date("2026-12-20"), date("2027-01-08"))) << "the next year is not known";
}

TEST(FilingWindow, IsBetweenTheDaysTheRegulationLaysDown) {
    RuleSet rules;
    EXPECT_EQ(filing_window(rules, date("2027-06-30")).from, Date{});
    rules.re_evaluation = {180, 120, 45};
    const FilingWindow window = filing_window(rules, date("2027-06-30"));
    EXPECT_EQ(to_text(window.from), "2027-01-01");
    EXPECT_EQ(to_text(window.to), "2027-03-02");
}

// Last days around the span of the transition clause, with and without a re-evaluation under way that day.
TEST(GoodUntil, IsExtendedForWhatCouldNotBeFiledInTime) {
    auto rules = std::make_shared<RuleSet>();
    rules->extension = {date("2026-05-22"), date("2026-09-18"), 180};
    Registry registry;
    registry.rule_sets[Hash{}] = rules;
    Product product;
    const auto until = [&](const char* last_day, const char* seen_on = "2026-08-01") {
        Certificate certificate;
        certificate.last_day = date(last_day);
        return to_text(good_until(registry, product, certificate, date(seen_on)));
    };
    EXPECT_EQ(until("2026-06-30"), "2026-06-30") << "nobody filed";
    Dossier dossier;
    dossier.kind = DossierKind::re_evaluation;
    dossier.filing_date = dossier.since = date("2026-06-10");
    product.dossiers[tests::id(1)] = dossier;
    EXPECT_EQ(until("2026-06-30", "2026-06-09"), "2026-06-30") << "not filed yet";
    EXPECT_EQ(until("2026-06-30", "2026-06-10"), "2026-12-27");
    EXPECT_EQ(until("2026-05-21"), "2026-05-21");
    EXPECT_EQ(until("2026-05-22"), "2026-11-18");
    EXPECT_EQ(until("2026-06-30"), "2026-12-27");
    EXPECT_EQ(until("2026-09-18"), "2027-03-17");
    EXPECT_EQ(until("2026-09-19"), "2026-09-19");
    product.dossiers[tests::id(1)].phase = Phase::declined;
    product.dossiers[tests::id(1)].since = date("2026-08-01");
    EXPECT_EQ(until("2026-06-30", "2026-07-31"), "2026-12-27");
    EXPECT_EQ(until("2026-06-30"), "2026-06-30") << "the result is there";
    product.dossiers[tests::id(1)].phase = Phase::drafting;
    product.dossiers[tests::id(1)].kind = DossierKind::upgrade;
    EXPECT_EQ(until("2026-06-30"), "2026-06-30") << "an upgrade is another thing";
}

}  // namespace
}  // namespace hoso::domain
