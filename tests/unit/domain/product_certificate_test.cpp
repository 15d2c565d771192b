#include "tests/support/dossier_bench.hpp"

namespace hoso::domain::tests {
namespace {

struct Term {
    const char* name;
    Date issued;
    const char* rule_set;
    Date last_day;
};
const Term terms[] = {
    {"SameDay", day(2023, 12, 15), "small-2023", day(2026, 12, 15)},
    {"FromALeapDay", day(2024, 2, 29), "small-2023", day(2027, 2, 28)},
    {"RulesNotInThisLog", day(2019, 12, 30), "ocop-1048-2019", day(2022, 12, 30)},
    {"RulesOfAnotherTerm", day(2023, 1, 31), "short-2023", day(2023, 6, 30)},
};
class Terms : public testing::TestWithParam<Term> {};
TEST_P(Terms, Row) {
    const auto& [name, issued, rule_set, last_day] = GetParam();
    Bench bench;
    RuleSet other = small_rules();
    other.id = "short-2023";
    other.certificate_months = 5;
    bench.registry.rule_sets[Hash{}] = std::make_shared<const RuleSet>(other);
    bench.record(LegacyRecognised{"1/QD", issued, "OCOP-1", 4, issued, rule_set});
    ASSERT_EQ(bench.product.certificates.size(), 1u);
    EXPECT_EQ(bench.product.certificates[0].last_day, last_day);
    EXPECT_TRUE(bench.product.certificates[0].legacy);
}
INSTANTIATE_TEST_SUITE_P(Table, Terms, testing::ValuesIn(terms), [](const auto& row) { return row.param.name; });

TEST(Certificate, OfARecognitionRunsToTheEndOfItsTerm) {
    Bench bench;
    bench.tally({2, 1, 1});
    bench.sign_decision();
    Recognised recognition = bench.recognition();
    recognition.issued = day(2024, 2, 29);
    bench.record(recognition);
    const Certificate& given = bench.product.certificates.at(0);
    EXPECT_EQ(given.text, "2/GCN");
    EXPECT_EQ(given.stars, 3);
    EXPECT_EQ(given.last_day, day(2027, 2, 28));
    EXPECT_EQ(given.dossier, bench.file);
}

// A product with one old certificate, which ran out on 2022-12-30, and a decision that lists it.
Bench with_certificate() {
    Bench bench;
    bench.record(LegacyRecognised{"1/QD", day(2019, 12, 30), "OCOP-1", 4, day(2019, 12, 30), ""});
    Decision& made = bench.registry.decisions[id(80)];
    made = {id(80), DecisionKind::revocation, region, "region", "2/QD", day(2023, 5, 1), {}, {}};
    made.lines = {{bench.product.id, {}, 0, {}, "OCOP-1"}};
    return bench;
}

struct Row {
    const char* name;
    std::function<void(Bench&)> given;
    Body when;
    std::optional<Reason> then;
};
void as_it_is(Bench&) {}
void revoked(Bench& bench) { bench.product.certificates[0].revoked = true; }
// The decision is of another stage and unit, and the certificate has these stars.
std::function<void(Bench&)> of_stage(const char* stage, const UnitId& unit, std::uint8_t stars = 4) {
    return [=](Bench& bench) {
        bench.registry.decisions.at(id(80)).stage = stage;
        bench.registry.decisions.at(id(80)).unit = unit;
        bench.product.certificates[0].stars = stars;
    };
}
std::function<void(Bench&)> decided(int year, unsigned month, unsigned of_month) {
    return [=](Bench& bench) {
        bench.registry.decisions.at(id(80)).date = day(year, month, of_month);
        bench.edit_rules([](RuleSet& rules) {
            for (auto& term : rules.terms) term.filed_from = day(2019, 1, 1);
        });
    };
}
template <typename Change>
std::function<void(Bench&)> ruled(Change change) {
    return [=](Bench& bench) { bench.edit_rules(change); };
}
// Three stars of an older regulation under which the region decided them, and a decision of the town.
void given_by_the_region(Bench& bench) {
    auto older = std::make_shared<RuleSet>(*bench.registry.rules(rules_hash));
    older->id = "older";
    older->stages[1].decides.clear();
    older->stages[2].decides = {3, 4};
    Hash hash;
    hash.bytes.fill(9);
    bench.registry.rule_sets[hash] = older;
    bench.product.certificates[0].rule_set = "older";
    of_stage("town", town, 3)(bench);
}
const CertificateRevoked revocation{id(80), "OCOP-1", "not_renewed", rules_hash, day(2023, 5, 2)};
template <typename Change>
Body but(Change change) {
    CertificateRevoked action = revocation;
    change(action);
    return action;
}
const Row rows[] = {
    {"Legacy", as_it_is, LegacyRecognised{"1/QD", {}, "OCOP-2", 3, {}, ""}, std::nullopt},
    {"LegacyTwice", as_it_is, LegacyRecognised{"1/QD", {}, "OCOP-1", 3, {}, ""}, Reason::already_exists},
    {"LegacySpeltOtherwise", as_it_is, LegacyRecognised{"1/QD", {}, "ocop 1", 3, {}, ""}, Reason::already_exists},
    {"LegacyOfRevokedSpeltOtherwise", revoked, LegacyRecognised{"1/QD", {}, "OCOP/01", 3, {}, ""}, std::nullopt},
    {"LegacyOfRevoked", revoked, LegacyRecognised{"1/QD", {}, "OCOP.1", 3, {}, ""}, Reason::already_exists},
    {"LegacyWithANumberPrintedHere", [](Bench& bench) { bench.registry.printed[NumberKind::certificate].insert("OCOP-2"); },
     LegacyRecognised{"1/QD", {}, "OCOP-2", 3, {}, ""}, Reason::number_used},
    {"LegacyWithoutText", as_it_is, LegacyRecognised{"1/QD", {}, "", 3, {}, ""}, Reason::malformed},
    {"LegacyWithoutStars", as_it_is, LegacyRecognised{"1/QD", {}, "OCOP-2", 0, {}, ""}, Reason::malformed},
    {"LegacyOfTwoStars", as_it_is, LegacyRecognised{"1/QD", {}, "OCOP-2", 2, {}, ""}, Reason::malformed},
    {"LegacyOfSixStars", as_it_is, LegacyRecognised{"1/QD", {}, "OCOP-2", 6, {}, ""}, Reason::malformed},
    {"LegacyOfTheDayBefore", as_it_is, LegacyRecognised{"1/QD", {}, "OCOP-2", 3, day(2024, 2, 29), ""}, std::nullopt},
    {"LegacyOfTheFirstDay", as_it_is, LegacyRecognised{"1/QD", {}, "OCOP-2", 3, day(2024, 3, 1), ""}, Reason::not_legacy},
    {"Renewal", as_it_is, RenewalAnswered{"OCOP-1", true, {}}, std::nullopt},
    {"RenewalOfNothing", as_it_is, RenewalAnswered{"OCOP-9", true, {}}, Reason::unknown_certificate},
    {"RenewalOfRevoked", revoked, RenewalAnswered{"OCOP-1", true, {}}, Reason::certificate_ended},
    {"Revocation", as_it_is, revocation, std::nullopt},
    {"RevocationOfNothing", as_it_is, but([](auto& action) { action.certificate = "OCOP-9"; }), Reason::unknown_certificate},
    {"RevocationTwice", revoked, revocation, Reason::certificate_ended},
    {"RevocationUndecided", as_it_is, but([](auto& action) { action.decision = id(81); }), Reason::unknown_decision},
    {"RevocationByRecognition", [](Bench& bench) { bench.registry.decisions.at(id(80)).kind = DecisionKind::recognition; },
     revocation, Reason::unknown_decision},
    {"NoLine", [](Bench& bench) { bench.registry.decisions.at(id(80)).lines[0].certificate_text = "OCOP-9"; }, revocation,
     Reason::decision_mismatch},
    {"LineOfAnotherProduct", [](Bench& bench) { bench.registry.decisions.at(id(80)).lines[0].product = id(99); }, revocation,
     Reason::decision_mismatch},
    {"DecisionOfALowerStage", of_stage("town", town), revocation, Reason::wrong_stage},
    {"DecisionOfTheStageThatDecides", of_stage("town", town, 3), revocation, std::nullopt},
    {"DecisionOfAHigherStage", of_stage("region", region, 3), revocation, std::nullopt},
    {"DecisionOfAStageWithoutADesk", of_stage("state", region), revocation, Reason::wrong_stage},
    {"DecisionForTheOneWithoutADesk", of_stage("region", region, 5), revocation, std::nullopt},
    {"DecisionOfNoStage", of_stage("village", region), revocation, Reason::wrong_stage},
    {"DecisionOfAnotherUnit", of_stage("region", town), revocation, Reason::wrong_stage},
    {"NoRuleSet", as_it_is, but([](auto& action) { action.rule_set_hash = {}; }), Reason::unknown_rule_set},
    {"NoSuchGround", as_it_is, but([](auto& action) { action.ground = "dislike"; }), Reason::unknown_ground},
    {"DecidedOnTheLastDay", decided(2022, 12, 30), revocation, Reason::not_expired},
    {"DecidedOnTheDayAfter", decided(2022, 12, 31), revocation, std::nullopt},
    {"OtherGroundBeforeExpiry", decided(2021, 1, 1), but([](auto& action) { action.ground = "forged"; }), std::nullopt},
    {"BeforeItsDecision", as_it_is, but([](auto& action) { action.date = day(2023, 4, 30); }), Reason::out_of_order},
    {"UnderEvaluation", [](Bench& bench) { bench.submit(); }, revocation, Reason::dossier_open},
    {"OnlyDrafted", [](Bench& bench) { bench.draft(); }, revocation, std::nullopt},
    {"OtherGroundUnderEvaluation", [](Bench& bench) { bench.submit(); }, but([](auto& action) { action.ground = "forged"; }),
     std::nullopt},
    {"RulesThatLapsed", ruled([](RuleSet& rules) {
         rules.terms = {{DossierKind::first, day(2019, 1, 1), day(2023, 4, 30)}};
     }),
     revocation, Reason::rule_set_not_in_force},
    {"RulesThatStillDecide", ruled([](RuleSet& rules) {
         rules.terms = {{DossierKind::first, day(2019, 1, 1), day(2023, 4, 30), day(2023, 5, 1)}};
     }),
     revocation, std::nullopt},
    {"BelowWhoGaveIt", given_by_the_region, revocation, Reason::wrong_stage},
};
class Refusals : public testing::TestWithParam<Row> {};
TEST_P(Refusals, Row) {
    const auto& [name, given, when, then] = GetParam();
    Bench bench = with_certificate();
    given(bench);
    const auto refused = bench.refusal(when);
    EXPECT_EQ(refused ? std::optional{refused->reason} : std::nullopt, then);
}
INSTANTIATE_TEST_SUITE_P(Certificate, Refusals, testing::ValuesIn(rows), [](const auto& row) { return row.param.name; });

TEST(Certificate, KeepsTheAnswerAndTheGround) {
    Bench bench = with_certificate();
    bench.record(RenewalAnswered{"OCOP-1", false, {}});
    bench.record(revocation);
    const Certificate& certificate = *bench.product.certificate("OCOP-1");
    EXPECT_EQ(certificate.renews, false);
    EXPECT_TRUE(certificate.revoked);
    EXPECT_EQ(certificate.ground, "not_renewed");
}

}  // namespace
}  // namespace hoso::domain::tests
