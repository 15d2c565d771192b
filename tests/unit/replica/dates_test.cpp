#include "shared/replica/judge.hpp"
#include "tests/support/published_rules.hpp"

// How long a paper filed on the last day of a regulation may still be entered, once another has followed.
namespace hoso::replica {
namespace {

using namespace domain;
using hoso::tests::published;

constexpr const char* d1048 = "ocop-1048-2019";
constexpr const char* d148 = "ocop-148-2023";
constexpr const char* d1489 = "ocop-148-2023+1489-2025";
constexpr const char* d26 = "ocop-26-2026";

// Each rule set says 60 days (`datesBackMaxDays`), counted from the day of what the desk had last seen of the log.
struct Late {
    const char* name;
    const char* rules;
    const char* filed;
    const char* seen;
    const char* received;
    bool holds;
};
const Late rows[] = {
    {"TheSameDay", d1489, "2026-05-21", "2026-05-21", "2026-05-21", true},
    {"DayOf26", d1489, "2026-05-21", "2026-05-22", "2026-05-22", true},
    {"DayBeforeTheLast", d1489, "2026-05-21", "2026-07-19", "2026-07-19", true},
    {"LastDayOfTheOverlap", d1489, "2026-05-21", "2026-07-20", "2026-07-20", true},
    {"DayAfterTheOverlap", d1489, "2026-05-21", "2026-07-21", "2026-07-21", false},
    {"SentAfterTheOverlap", d1489, "2026-05-21", "2026-07-20", "2026-08-15", true},  // a desk without a network meanwhile
    {"LastDayAfter148", d148, "2025-07-05", "2025-09-03", "2025-09-03", true},
    {"TooLateAfter148", d148, "2025-07-05", "2025-09-04", "2025-09-04", false},
    {"LastDayAfter1048", d1048, "2023-02-23", "2023-04-24", "2023-04-24", true},
    {"TooLateAfter1048", d1048, "2023-02-23", "2023-04-25", "2023-04-25", false},
    {"DayOf26OnItself", d26, "2026-05-22", "2026-05-22", "2026-05-22", true},
    {"DayOf26TheDayBefore", d26, "2026-05-22", "2026-05-21", "2026-05-21", false},
};

class LateEntry : public testing::TestWithParam<Late> {};
TEST_P(LateEntry, Row) {
    State state;
    for (const char* const id : {d1048, d148, d1489, d26}) {
        state.registry.rule_sets[published(id).hash] = std::make_shared<const RuleSet>(published(id));
        state.registry.newest_rule_set = published(id).hash;
    }
    const auto morning = [](const char* text) { return start_of_day(*date_from_text(text)); };
    const Header header;
    const ActionId action;
    const Occasion occasion{header, action, 0, morning(GetParam().received), morning(GetParam().seen)};
    DossierOpened opening;
    opening.rule_set_hash = published(GetParam().rules).hash;
    opening.filing_date = *date_from_text(GetParam().filed);
    EXPECT_EQ(dates_hold(state, {}, occasion, opening), GetParam().holds);
}
INSTANTIATE_TEST_SUITE_P(Table, LateEntry, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

// 148 and 1489 as published: what was filed before 22/05/2026 is decided within 60 days, a re-evaluation within 30.
struct Lapse {
    const char* name;
    const char* rules;
    DossierKind kind{};
    const char* filed;
    const char* issued;
    bool lapsed;
};
const Lapse lapses[] = {
    {"FirstTheDayBefore", d1489, DossierKind::first, "2026-05-21", "2026-07-19", false},
    {"FirstOnTheLastDay", d1489, DossierKind::first, "2026-05-21", "2026-07-20", false},
    {"FirstTheDayAfter", d1489, DossierKind::first, "2026-05-21", "2026-07-21", true},
    {"UpgradeOnTheLastDay", d1489, DossierKind::upgrade, "2026-05-21", "2026-07-20", false},
    {"UpgradeTheDayAfter", d1489, DossierKind::upgrade, "2026-05-21", "2026-07-21", true},
    {"ReEvaluationOnTheLastDay", d1489, DossierKind::re_evaluation, "2026-05-21", "2026-06-20", false},
    {"ReEvaluationTheDayAfter", d1489, DossierKind::re_evaluation, "2026-05-21", "2026-06-21", true},
    {"Of148OnTheLastDay", d148, DossierKind::first, "2025-07-05", "2026-07-20", false},
    {"Of148TheDayAfter", d148, DossierKind::first, "2025-07-05", "2026-07-21", true},
    {"Of26Never", d26, DossierKind::re_evaluation, "2026-05-22", "2030-01-01", false},
};
class Lapsed : public testing::TestWithParam<Lapse> {};
TEST_P(Lapsed, Row) {
    State state;
    const RuleSet rules = published(GetParam().rules);
    state.registry.rule_sets[rules.hash] = std::make_shared<const RuleSet>(rules);
    Product product;
    Recognised action;
    action.dossier.bytes.fill(7);
    action.issued = *date_from_text(GetParam().issued);
    Dossier& dossier = product.dossiers[action.dossier];
    dossier.kind = GetParam().kind;
    dossier.filing_date = *date_from_text(GetParam().filed);
    dossier.rule_set = rules.hash;
    Stream stream;
    stream.content = product;
    Site site;
    site.stream = &stream;
    EXPECT_EQ(rules_lapsed(state, site, action), GetParam().lapsed);
}
INSTANTIATE_TEST_SUITE_P(Table, Lapsed, testing::ValuesIn(lapses), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hoso::replica
