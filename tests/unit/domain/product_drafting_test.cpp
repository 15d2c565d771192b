#include <functional>

#include "tests/support/dossier_bench.hpp"

namespace hoso::domain::tests {
namespace {

// Where a product stands before the act, the act, and what is said to it.
struct Case {
    const char* name;
    std::function<void(Bench&)> given;
    std::function<Body(const Bench&)> when;
    std::optional<Reason> then;
};

void fresh(Bench&) {}
void opened(Bench& bench) { bench.record(bench.opening()); }
void drafted(Bench& bench) { bench.draft(); }
void submitted(Bench& bench) { bench.submit(); }
void received(Bench& bench) { bench.receive(); }
void returned(Bench& bench) {
    bench.submit();
    bench.record(bench.return_of("form"));
}
void withdrawn(Bench& bench) {
    opened(bench);
    bench.record(bench.withdrawal());
}
void recognised(Bench& bench) { bench.recognise({2, 1, 1}); }  // 65 points: 3 stars, no way on
void on_its_way(Bench& bench) { bench.recognise({2, 1, 2}); }  // 85 points, 3 stars for want of a gate: may go on
void declined(Bench& bench) {
    bench.tally({1, 1, 0});
    bench.record(bench.refusal_of_stars());
}
void revoked(Bench& bench) {
    recognised(bench);
    bench.product.certificates.back().revoked = true;
}
void expired(Bench& bench) {
    recognised(bench);
    bench.product.certificates.back().issued = day(2020, 2, 28);
    bench.product.certificates.back().last_day = day(2023, 2, 28);
}

void without_sheet(Bench& bench) {
    opened(bench);
    bench.edit_rules([](RuleSet& rules) { rules.product_sets[0].criteria.clear(); });
}

// Opens a dossier with one thing changed.
template <typename Change>
std::function<Body(const Bench&)> opening(Change change) {
    return [change](const Bench& bench) {
        DossierOpened action = bench.opening();
        action.dossier = id(71);
        change(action);
        return action;
    };
}
Body subject(const UnitId& unit, const std::string& name) {
    SubjectRegistered action;
    action.unit = unit;
    action.name = name;
    return action;
}
Body assessed(const Bench& bench, const Bytes& options) { return SelfAssessed{bench.file, options}; }
Body opinion(const Bench& bench, const std::string& stage, const Bytes& options) {
    return OpinionGiven{bench.file, stage, options, true, ""};
}
Body document(const Bench& bench, const std::string& key, const std::vector<std::string>& criteria) {
    return DocumentAdded{bench.file, key, "", criteria};
}

const Case registrations[] = {
    {"SubjectIsTaken", fresh, [](auto&) { return subject(ward, "HTX"); }, std::nullopt},
    {"SubjectOfNoUnit", fresh, [](auto&) { return subject(id(99), "HTX"); }, Reason::unknown_unit},
    {"SubjectOfClosedUnit", fresh, [](auto&) { return subject(closed_ward, "HTX"); }, std::nullopt},  // asked with authority
    {"SubjectWithoutName", fresh, [](auto&) { return subject(ward, ""); }, Reason::malformed},
    {"ProductIsTaken", fresh,
     [](auto&) {
         return ProductRegistered{ward, id(51), "Trà", "leaf", ""};
     },
     std::nullopt},
    {"ProductOfNoUnit", fresh,
     [](auto&) {
         return ProductRegistered{id(99), id(51), "Trà", "leaf", ""};
     },
     Reason::unknown_unit},
    {"ProductOfClosedUnit", fresh,
     [](auto&) {
         return ProductRegistered{closed_ward, id(51), "Trà", "leaf", ""};
     },
     std::nullopt},
    {"ProductWithoutName", fresh,
     [](auto&) {
         return ProductRegistered{ward, id(51), "", "leaf", ""};
     },
     Reason::malformed},
    {"ProductOfNoSet", fresh,
     [](auto&) {
         return ProductRegistered{ward, id(51), "Trà", "rice", ""};
     },
     Reason::unknown_product_set},
};

const Case openings[] = {
    {"First", fresh, opening([](auto&) {}), std::nullopt},
    {"IdTaken", withdrawn, [](auto& bench) { return bench.opening(); }, Reason::already_exists},
    {"NoId", fresh, opening([](auto& action) { action.dossier = {}; }), Reason::malformed},
    {"NoSubject", fresh, opening([](auto& action) { action.subject_name.clear(); }), Reason::malformed},
    {"AnotherUnderWay", drafted, opening([](auto&) {}), Reason::dossier_open},
    {"AnotherWithWayOn", on_its_way, opening([](auto&) {}), Reason::dossier_open},
    {"AfterWithdrawal", withdrawn, opening([](auto&) {}), std::nullopt},
    {"AfterDecline", declined, opening([](auto&) {}), std::nullopt},
    {"NoRuleSet", fresh, opening([](auto& action) { action.rule_set_hash = {}; }), Reason::unknown_rule_set},
    {"BeforeTheRuleSet", fresh, opening([](auto& action) { action.filing_date = day(2022, 12, 31); }),
     Reason::rule_set_not_in_force},
    {"LastDayOfTheRuleSet", fresh, opening([](auto& action) { action.filing_date = day(2026, 12, 31); }), std::nullopt},
    {"NoRound", fresh, opening([](auto& action) { action.round = {}; }), Reason::unknown_round},
    {"SetNotInRules", [](Bench& bench) { bench.product.product_set = "rice"; }, opening([](auto&) {}), Reason::unknown_product_set},
    {"UpgradeOfNothing", fresh, opening([](auto& action) { action.kind = DossierKind::upgrade; }), Reason::unknown_certificate},
    {"Upgrade", recognised, opening([](auto& action) { action.kind = DossierKind::upgrade, action.filing_date = day(2023, 5, 1); }),
     std::nullopt},
    {"UpgradeOfExpired", expired, opening([](auto& action) { action.kind = DossierKind::upgrade; }), Reason::certificate_ended},
    {"ReEvaluationOfExpired", expired, opening([](auto& action) { action.kind = DossierKind::re_evaluation; }), std::nullopt},
    {"FirstOfRecognised", recognised, opening([](auto& action) { action.filing_date = day(2023, 5, 1); }),
     Reason::certificate_in_force},
    {"FirstOfExpired", expired, opening([](auto&) {}), std::nullopt},
    {"FirstOfRevoked", revoked, opening([](auto&) {}), std::nullopt},
    {"ReEvaluationOfRevoked", revoked, opening([](auto& action) { action.kind = DossierKind::re_evaluation; }),
     Reason::unknown_certificate},
};

const Case drafts[] = {
    {"FieldOfNoDossier", fresh,
     [](auto& bench) {
         return FieldSet{bench.file, "story", "x"};
     },
     Reason::unknown_dossier},
    {"Field", opened,
     [](auto& bench) {
         return FieldSet{bench.file, "story", "x"};
     },
     std::nullopt},
    {"FieldAfterReturn", returned,
     [](auto& bench) {
         return FieldSet{bench.file, "story", "x"};
     },
     std::nullopt},
    {"FieldWhileSubmitted", submitted,
     [](auto& bench) {
         return FieldSet{bench.file, "story", "x"};
     },
     Reason::wrong_phase},
    {"FieldWithoutName", opened,
     [](auto& bench) {
         return FieldSet{bench.file, "", "x"};
     },
     Reason::malformed},
    {"DocumentOfNoDossier", fresh, [](auto& bench) { return document(bench, "form", {}); }, Reason::unknown_dossier},
    {"Content", opened,
     [](auto& bench) {
         return document(bench, "form", {"1", "3"});
     },
     std::nullopt},
    {"EvidenceWhileReceived", received, [](auto& bench) { return document(bench, "story", {}); }, std::nullopt},
    {"DocumentAfterTheEnd", withdrawn, [](auto& bench) { return document(bench, "form", {}); }, Reason::wrong_phase},
    {"UnknownDocument", opened, [](auto& bench) { return document(bench, "song", {}); }, Reason::unknown_document},
    {"UnknownCriterion", opened,
     [](auto& bench) {
         return document(bench, "form", {"1", "9"});
     },
     Reason::unknown_criterion},
    {"NoteOfNoDossier", fresh,
     [](auto& bench) {
         return NoteAdded{bench.file, "x"};
     },
     Reason::unknown_dossier},
    {"NoteAfterTheEnd", withdrawn,
     [](auto& bench) {
         return NoteAdded{bench.file, "x"};
     },
     std::nullopt},
    {"AssessmentOfNoDossier", fresh,
     [](auto& bench) {
         return assessed(bench, {2, 2, 2});
     },
     Reason::unknown_dossier},
    {"Assessment", opened,
     [](auto& bench) {
         return assessed(bench, {0, 2, not_answered});
     },
     std::nullopt},
    {"AssessmentWhileSubmitted", submitted,
     [](auto& bench) {
         return assessed(bench, {2, 2, 2});
     },
     Reason::wrong_phase},
    {"AssessmentTooShort", opened,
     [](auto& bench) {
         return assessed(bench, {2, 2});
     },
     Reason::assessment_incomplete},
    {"AssessmentPastTheLadder", opened,
     [](auto& bench) {
         return assessed(bench, {2, 2, 3});
     },
     Reason::option_not_offered},
    {"AssessmentWithoutASheet", without_sheet, [](auto& bench) { return assessed(bench, {}); }, Reason::sheet_missing},
    {"OpinionWithoutASheet", without_sheet, [](auto& bench) { return opinion(bench, "ward", {}); }, std::nullopt},
    {"OpinionOfNoDossier", fresh, [](auto& bench) { return opinion(bench, "ward", {1}); }, Reason::unknown_dossier},
    {"Opinion", drafted, [](auto& bench) { return opinion(bench, "ward", {0}); }, std::nullopt},
    {"OpinionWhileSubmitted", submitted, [](auto& bench) { return opinion(bench, "ward", {1}); }, Reason::wrong_phase},
    {"OpinionOfNoStage", drafted, [](auto& bench) { return opinion(bench, "village", {1}); }, Reason::unknown_stage},
    {"OpinionOfACouncilStage", drafted, [](auto& bench) { return opinion(bench, "town", {}); }, Reason::wrong_stage},
    {"OpinionBeforeAssessment", opened, [](auto& bench) { return opinion(bench, "ward", {1}); }, Reason::assessment_incomplete},
    {"OpinionOnTooMuch", drafted,
     [](auto& bench) {
         return opinion(bench, "ward", {1, 1});
     },
     Reason::assessment_incomplete},
    {"OpinionPastTheLadder", drafted, [](auto& bench) { return opinion(bench, "ward", {3}); }, Reason::option_not_offered},
    {"OpinionNotAnswered", drafted, [](auto& bench) { return opinion(bench, "ward", {not_answered}); }, Reason::option_not_offered},
};

class Refusals : public testing::TestWithParam<Case> {};
TEST_P(Refusals, Row) {
    const auto& [name, given, when, then] = GetParam();
    Bench bench;
    given(bench);
    const auto refused = bench.refusal(when(bench));
    EXPECT_EQ(refused ? std::optional{refused->reason} : std::nullopt, then);
}
std::string name_of(const testing::TestParamInfo<Case>& row) { return row.param.name; }
INSTANTIATE_TEST_SUITE_P(Registration, Refusals, testing::ValuesIn(registrations), name_of);
INSTANTIATE_TEST_SUITE_P(Opening, Refusals, testing::ValuesIn(openings), name_of);
INSTANTIATE_TEST_SUITE_P(Draft, Refusals, testing::ValuesIn(drafts), name_of);

TEST(Field, IsFlaggedWhenAnotherDeskHadNotSeenIt) {
    Bench bench;
    bench.record(bench.opening());
    const auto set = [&](const char* value, Position seen, const DeviceId& desk) {
        bench.record(FieldSet{bench.file, "story", value}, officer, seen, desk);
        return bench.dossier().fields.at("story");
    };
    const Position before = bench.position;
    EXPECT_FALSE(set("a", before, id(90)).flagged);
    EXPECT_FALSE(set("b", before, id(90)).flagged) << "a desk has seen what it set itself";
    EXPECT_TRUE(set("c", before, id(91)).flagged);
    EXPECT_EQ(bench.dossier().fields.at("story").value, "c");
    const Position last = bench.position - 1;
    EXPECT_FALSE(set("d", last + 1, id(90)).flagged);
    EXPECT_TRUE(set("e", last + 1, id(91)).flagged) << "it had seen everything but the one before";
}

}  // namespace
}  // namespace hoso::domain::tests
