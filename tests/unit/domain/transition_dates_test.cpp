#include "shared/domain/dossier_checks.hpp"
#include "tests/support/dossier_bench.hpp"
#include "tests/support/published_rules.hpp"

// Which regulation a dossier is filed under, around every day on which one followed another.
namespace hoso::domain::tests {
namespace {

using hoso::tests::published;

constexpr const char* none = "";
constexpr const char* d1048 = "ocop-1048-2019";
constexpr const char* d148 = "ocop-148-2023";
constexpr const char* d1489 = "ocop-148-2023+1489-2025";
constexpr const char* d26 = "ocop-26-2026";
const std::string regulations[] = {d1048, d148, d1489, d26};

// Every kind of dossier goes by its own column: the law treats them apart, and today the columns agree.
struct Filing {
    const char* name;
    const char* filed;
    const char* first;
    const char* upgrade;
    const char* re_evaluation;
};
const Filing filings[] = {
    // 1048/QĐ-TTg of 21/08/2019: the first one.
    {"DayBefore1048", "2019-08-20", none, none, none},
    {"DayOf1048", "2019-08-21", d1048, d1048, d1048},
    {"DayAfter1048", "2019-08-22", d1048, d1048, d1048},
    // 781/QĐ-TTg of 08/06/2020 amends 1048; both are one rule set.
    {"DayBefore781", "2020-06-07", d1048, d1048, d1048},
    {"DayOf781", "2020-06-08", d1048, d1048, d1048},
    {"DayAfter781", "2020-06-09", d1048, d1048, d1048},
    // 148/QĐ-TTg of 24/02/2023 replaces 1048.
    {"DayBefore148", "2023-02-23", d1048, d1048, d1048},
    {"DayOf148", "2023-02-24", d148, d148, d148},
    {"DayAfter148", "2023-02-25", d148, d148, d148},
    // 01/07/2025: districts are gone. Nothing names another body for three stars yet, and 148 is still the regulation.
    {"DayBeforeTheEndOfDistricts", "2025-06-30", d148, d148, d148},
    {"DayOfTheEndOfDistricts", "2025-07-01", d148, d148, d148},
    {"DayAfterTheEndOfDistricts", "2025-07-02", d148, d148, d148},
    // 1489/QĐ-TTg of 06/07/2025 amends 148: two levels.
    {"DayBefore1489", "2025-07-05", d148, d148, d148},
    {"DayOf1489", "2025-07-06", d1489, d1489, d1489},
    {"DayAfter1489", "2025-07-07", d1489, d1489, d1489},
    // 26/2026/QĐ-TTg of 22/05/2026. Its transition keeps what was filed before that day under the old rules; no kind of dossier can
    // still be filed under them from that day on.
    {"DayBefore26", "2026-05-21", d1489, d1489, d1489},
    {"DayOf26", "2026-05-22", d26, d26, d26},
    {"DayAfter26", "2026-05-23", d26, d26, d26},
    // 30 days for re-evaluations under way to end under the old rules: 20/06/2026 is the last by our count.
    {"LastDayOfOldReEvaluations", "2026-06-20", d26, d26, d26},
    {"DayAfterOldReEvaluations", "2026-06-21", d26, d26, d26},
    {"SecondDayAfterOldReEvaluations", "2026-06-22", d26, d26, d26},
    // 60 days for the others, and then 148 and 1489 lapse: 20/07/2026 is their last day by our count.
    {"LastDayOfTheOverlap", "2026-07-20", d26, d26, d26},
    {"DayAfterTheOverlap", "2026-07-21", d26, d26, d26},
    {"SecondDayAfterTheOverlap", "2026-07-22", d26, d26, d26},
};
struct Column {
    const char* name;
    DossierKind kind;
    std::string governs;
};
std::vector<Column> columns(const Filing& filing) {
    return {{"first", DossierKind::first, filing.first},
            {"upgrade", DossierKind::upgrade, filing.upgrade},
            {"re-evaluation", DossierKind::re_evaluation, filing.re_evaluation}};
}

// A desk that knows all four regulations, and a product that may be filed as this kind: with a certificate in its term, but for the
// first. Fresh produce is a set of each of them.
Bench knows_all(DossierKind kind) {
    Bench bench;
    for (const std::string& id : regulations) {
        bench.registry.rule_sets[published(id).hash] = std::make_shared<const RuleSet>(published(id));
    }
    bench.product.product_set = "fresh_produce";
    if (kind == DossierKind::first) return bench;
    bench.add_certificate("OCOP-1");
    bench.product.certificates.back().last_day = day(2030, 1, 1);
    return bench;
}

DossierOpened opening(const Bench& bench, DossierKind kind, const std::string& rules, const char* filed) {
    DossierOpened action = bench.opening(kind);
    action.rule_set_hash = published(rules).hash;
    action.filing_date = *date_from_text(filed);
    return action;
}

class Filed : public testing::TestWithParam<Filing> {};

TEST_P(Filed, IsGovernedByOneRegulation) {
    for (const auto& [name, kind, governs] : columns(GetParam())) {
        std::string found;
        for (const std::string& id : regulations) {
            if (published(id).in_force(kind, *date_from_text(GetParam().filed))) found += id;
        }
        EXPECT_EQ(found, governs) << name;
    }
}

TEST_P(Filed, IsOpenedUnderNoOther) {
    for (const auto& [name, kind, governs] : columns(GetParam())) {
        const Bench bench = knows_all(kind);
        for (const std::string& id : regulations) {
            const auto then = id == governs ? std::nullopt : std::optional{Refusal{Reason::rule_set_not_in_force}};
            EXPECT_EQ(bench.refusal(opening(bench, kind, id, GetParam().filed)), then) << name << " under " << id;
        }
    }
}
INSTANTIATE_TEST_SUITE_P(Table, Filed, testing::ValuesIn(filings), [](const auto& row) { return row.param.name; });

// The overlap of 1489 and 26/2026: the day of filing decides, not the day on which somebody works on the dossier.
struct Act {
    const char* name;
    const char* on;
};
const Act acts[] = {
    {"OnTheDayOfTheChange", "2026-05-22"},    {"TheDayAfter", "2026-05-23"}, {"OnTheLastDayOfTheOverlap", "2026-07-20"},
    {"OnTheFirstDayWithoutIt", "2026-07-21"}, {"ADayLater", "2026-07-22"},
};
class Overlap : public testing::TestWithParam<Act> {};

TEST_P(Overlap, KeepsADossierUnderTheRulesOfItsDay) {
    for (const auto kind : {DossierKind::first, DossierKind::upgrade, DossierKind::re_evaluation}) {
        Bench bench = knows_all(kind);
        bench.record(opening(bench, kind, d1489, "2026-05-21"));
        bench.registry.newest_rule_set = published(d26).hash;
        bench.received = start_of_day(*date_from_text(GetParam().on));
        EXPECT_EQ(rules_of(bench.registry, bench.dossier()).id, d1489);
        const auto& set = *published(d1489).product_set("fresh_produce");
        bench.record(SelfAssessed{bench.file, Bytes(set.criteria.size(), 1)});
        bench.record(OpinionGiven{bench.file, "commune", Bytes(set.assessed_by("commune"), 1), true, ""});
        for (const Content& content : published(d1489).contents) bench.record(DocumentAdded{bench.file, content.key, "x", {}});
        bench.record(bench.submission());
        EXPECT_EQ(bench.dossier().phase, Phase::submitted);
        EXPECT_EQ(rules_of(bench.registry, bench.dossier()).id, d1489);
    }
}

// A paper that was stamped the day before and one stamped that day, both entered on this one.
TEST_P(Overlap, EntersAPaperUnderTheRulesOfItsStamp) {
    for (const auto kind : {DossierKind::first, DossierKind::upgrade, DossierKind::re_evaluation}) {
        Bench bench = knows_all(kind);
        bench.registry.newest_rule_set = published(d26).hash;
        bench.received = start_of_day(*date_from_text(GetParam().on));
        EXPECT_EQ(bench.refusal(opening(bench, kind, d1489, "2026-05-21")), std::nullopt);
        EXPECT_EQ(bench.refusal(opening(bench, kind, d26, "2026-05-21")), Refusal{Reason::rule_set_not_in_force});
        EXPECT_EQ(bench.refusal(opening(bench, kind, d26, "2026-05-22")), std::nullopt);
        EXPECT_EQ(bench.refusal(opening(bench, kind, d1489, "2026-05-22")), Refusal{Reason::rule_set_not_in_force});
    }
}
INSTANTIATE_TEST_SUITE_P(Table, Overlap, testing::ValuesIn(acts), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hoso::domain::tests
