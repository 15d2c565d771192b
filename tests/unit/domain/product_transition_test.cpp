#include <functional>

#include "tests/support/dossier_bench.hpp"

namespace hoso::domain::tests {
namespace {

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
void tallied(Bench& bench) { bench.tally({2, 2, 1}); }
void recognised(Bench& bench) { bench.recognise({2, 1, 1}); }  // 65 points: 3 stars, no way on
void on_its_way(Bench& bench) { bench.recognise({2, 1, 2}); }  // 85 points, 3 stars for want of a gate: may go on

Body assessed(const Bench& bench, const Bytes& options) { return SelfAssessed{bench.file, options}; }
Body assessed_again(const Bench& bench) { return assessed(bench, {1, 1, 1}); }
template <typename Kind>
Kind at_turn(Kind action, std::uint32_t turn) {
    action.turn = turn;
    return action;
}
template <typename Kind>
Kind at_stage(Kind action, const std::string& stage) {
    action.stage = stage;
    return action;
}

const Case transitions[] = {
    {"SubmitNothing", fresh,
     [](auto& bench) {
         return Submitted{bench.file, 0, {}};
     },
     Reason::unknown_dossier},
    {"Submit", drafted, [](auto& bench) { return bench.submission(); }, std::nullopt},
    {"SubmitTwice", submitted, [](auto& bench) { return bench.submission(); }, Reason::wrong_phase},
    {"SubmitLate", submitted, [](auto& bench) { return at_turn(bench.submission(), 0); }, Reason::lost_race},
    {"SubmitFromTheFuture", drafted, [](auto& bench) { return at_turn(bench.submission(), 1); }, Reason::wrong_phase},
    {"SubmitAgain", returned, [](auto& bench) { return bench.submission(); }, std::nullopt},
    {"SubmitUnassessed", opened, [](auto& bench) { return bench.submission(); }, Reason::assessment_incomplete},
    {"SubmitWithAnOpinionOnAnotherAssessment",
     [](Bench& bench) {
         drafted(bench), bench.record(assessed(bench, {1, 1, 1}));
     },
     [](auto& bench) { return bench.submission(); }, Reason::opinion_missing},
    {"SubmitHalfAssessed",
     [](Bench& bench) {
         drafted(bench), bench.record(assessed(bench, {1, 1, not_answered}));
     },
     [](auto& bench) { return bench.submission(); }, Reason::assessment_incomplete},
    {"SubmitWithoutOpinion",
     [](Bench& bench) {
         opened(bench), bench.record(assessed(bench, {1, 1, 1}));
     },
     [](auto& bench) { return bench.submission(); }, Reason::opinion_missing},
    {"SubmitWithoutForm", [](Bench& bench) { drafted(bench), bench.product.dossiers.at(bench.file).documents.clear(); },
     [](auto& bench) { return bench.submission(); }, Reason::documents_missing},
    {"WithdrawNothing", fresh,
     [](auto& bench) {
         return Withdrawn{bench.file, 0, ""};
     },
     Reason::unknown_dossier},
    {"WithdrawADraft", opened, [](auto& bench) { return bench.withdrawal(); }, std::nullopt},
    {"WithdrawAtTheCouncil", received, [](auto& bench) { return bench.withdrawal(); }, std::nullopt},
    {"WithdrawLate", received, [](auto& bench) { return at_turn(bench.withdrawal(), 1); }, Reason::lost_race},
    {"WithdrawTwice", withdrawn, [](auto& bench) { return bench.withdrawal(); }, Reason::wrong_phase},
    {"WithdrawTallied", tallied, [](auto& bench) { return bench.withdrawal(); }, Reason::wrong_phase},
    {"WithdrawRecognised", recognised, [](auto& bench) { return bench.withdrawal(); }, Reason::wrong_phase},
    {"WithdrawInsteadOfGoingOn", on_its_way, [](auto& bench) { return bench.withdrawal(); }, std::nullopt},
    {"ReceiveNothing", fresh,
     [](auto& bench) {
         return Received{bench.file, 0, "town", {}};
     },
     Reason::unknown_dossier},
    {"Receive", submitted, [](auto& bench) { return bench.receipt(); }, std::nullopt},
    {"ReceiveADraft", drafted, [](auto& bench) { return bench.receipt(); }, Reason::wrong_phase},
    {"ReceiveTwice", received, [](auto& bench) { return at_turn(bench.receipt(), 1); }, Reason::lost_race},
    {"ReceiveAtNoStage", submitted, [](auto& bench) { return at_stage(bench.receipt(), "village"); }, Reason::unknown_stage},
    {"ReceiveElsewhere", submitted, [](auto& bench) { return at_stage(bench.receipt(), "region"); }, Reason::wrong_stage},
    {"ReturnNothing", fresh,
     [](auto& bench) {
         return Returned{bench.file, 0, "town", {}};
     },
     Reason::unknown_dossier},
    {"ReturnUnopened", submitted, [](auto& bench) { return bench.return_of("form"); }, std::nullopt},
    {"ReturnReceived", received, [](auto& bench) { return bench.return_of("form"); }, std::nullopt},
    {"ReturnADraft", drafted, [](auto& bench) { return bench.return_of("form"); }, Reason::wrong_phase},
    {"ReturnLate", received, [](auto& bench) { return at_turn(bench.return_of("form"), 1); }, Reason::lost_race},
    {"ReturnFromNoStage", submitted, [](auto& bench) { return at_stage(bench.return_of("form"), "village"); },
     Reason::unknown_stage},
    {"ReturnFromElsewhere", submitted, [](auto& bench) { return at_stage(bench.return_of("form"), "region"); },
     Reason::wrong_stage},
    {"ReturnForNothing", submitted,
     [](auto& bench) {
         return Returned{bench.file, 1, "town", {}};
     },
     Reason::malformed},
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
INSTANTIATE_TEST_SUITE_P(Transition, Refusals, testing::ValuesIn(transitions), name_of);

TEST(Transition, LoserIsToldAgainstWhat) {
    Bench bench;
    bench.draft();
    const Position won = bench.position;
    bench.record(bench.submission());
    EXPECT_EQ(bench.refusal(Withdrawn{bench.file, 0, ""}), (Refusal{Reason::lost_race, won}));
}

// What advisers and members said was about other papers.
TEST(Transition, AReturnedDossierIsEvaluatedAnew) {
    Bench bench;
    bench.receive();
    bench.meet({2, 2, 1});
    EXPECT_EQ(bench.refusal(bench.count()), std::nullopt);
    bench.record(bench.return_of("form"));
    bench.record(assessed_again(bench));
    EXPECT_EQ(bench.refusal(bench.submission()), Refusal{Reason::opinion_missing});
    bench.record(OpinionGiven{bench.file, "ward", {1}, true, ""});
    bench.record(bench.submission());
    bench.record(bench.receipt());
    EXPECT_EQ(bench.refusal(bench.count()), Refusal{Reason::advice_missing});
    bench.record(bench.advice());
    EXPECT_EQ(bench.refusal(bench.count()), Refusal{Reason::quorum_not_met});
}

TEST(Transition, SubmissionGoesToTheFirstCouncilAndBackToWhoReturnedIt) {
    Bench bench;
    bench.draft();
    EXPECT_EQ(bench.stage(), "ward");
    bench.record(bench.submission());
    EXPECT_EQ(bench.stage(), "town");
    bench.record(bench.receipt());
    bench.record(bench.return_of("story"));
    EXPECT_EQ(bench.dossier().phase, Phase::returned);
    EXPECT_EQ(bench.dossier().returned_items, (std::vector<ReturnedItem>{{"story", "missing"}}));
    bench.record(bench.submission());
    EXPECT_EQ(bench.stage(), "town");
    EXPECT_EQ(bench.dossier().turn, 4u);

    Bench higher;
    higher.forward({2, 2, 1});
    EXPECT_EQ(higher.stage(), "region");
    higher.record(higher.return_of("form"));
    higher.record(higher.submission());
    EXPECT_EQ(higher.stage(), "region");
    EXPECT_EQ(higher.dossier().phase, Phase::submitted);
}

}  // namespace
}  // namespace hoso::domain::tests
