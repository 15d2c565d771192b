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
void submitted(Bench& bench) { bench.submit(); }
void received(Bench& bench) { bench.receive(); }
void meeting_open(Bench& bench) {
    bench.receive();
    bench.open_meeting();
}
// The council has met; the members gave these options.
std::function<void(Bench&)> met(Bytes first, Bytes second, Bytes third) {
    return [=](Bench& bench) {
        bench.receive();
        bench.meet(first, second, third);
    };
}
const auto met_80 = met({2, 2, 1}, {2, 2, 1}, {2, 2, 1});
std::function<void(Bench&)> tallied(Bytes all) {
    return [=](Bench& bench) { bench.tally(all); };
}
std::function<void(Bench&)> decided(Bytes all) {
    return [=](Bench& bench) {
        bench.tally(all);
        bench.sign_decision();
    };
}
std::function<void(Bench&)> recognised(Bytes all) {
    return [=](Bench& bench) { bench.recognise(all); };
}
// Recognised with four stars by the second council, on 95 points' worth of sheets less one gate.
void at_the_last_stage(Bench& bench) {
    bench.forward({2, 2, 2});
    bench.record(bench.receipt());
    bench.record(bench.advice());
    bench.meet({2, 2, 2});
    bench.record(bench.count());
    bench.record(bench.forwarding());
}
// As `given`, and then one thing changed.
template <typename Change>
std::function<void(Bench&)> but(std::function<void(Bench&)> given, Change change) {
    return [=](Bench& bench) {
        given(bench);
        change(bench);
    };
}
template <typename Change>
std::function<Body(const Bench&)> count(Change change) {
    return [=](const Bench& bench) {
        Tallied action = bench.count();
        change(action);
        return action;
    };
}
template <typename Change>
std::function<Body(const Bench&)> recognition(Change change) {
    return [=](const Bench& bench) {
        Recognised action = bench.recognition();
        change(action);
        return action;
    };
}
template <typename Change>
std::function<Body(const Bench&)> forwarding(Change change) {
    return [=](const Bench& bench) {
        Forwarded action = bench.forwarding();
        change(action);
        return action;
    };
}
template <typename Change>
std::function<Body(const Bench&)> answer(Change change) {
    return [=](const Bench& bench) {
        ResultEntered action = bench.answer();
        change(action);
        return action;
    };
}
// An act that names the dossier and a stage, and nothing else.
template <typename Kind>
Body bare(const Bench& bench, const std::string& stage) {
    Kind action;
    action.dossier = bench.file;
    if constexpr (requires { action.stage; }) action.stage = stage;
    return action;
}
const auto as_it_is = [](auto&) {};
Body sheet(const Bench& bench) { return SheetSubmitted{bench.file, bench.meeting(), {}}; }
Body declining(const Bench& bench) { return bench.refusal_of_stars(); }

const Case meetings[] = {
    {"AdviceOfNoDossier", fresh,
     [](auto& bench) {
         return AdvisoryReported{bench.file, "town", true, ""};
     },
     Reason::unknown_dossier},
    {"Advice", received, [](auto& bench) { return bench.advice(); }, std::nullopt},
    {"AdviceTooEarly", submitted, [](auto& bench) { return bench.advice(); }, Reason::wrong_phase},
    {"AdviceAtNoStage", received,
     [](auto& bench) {
         return AdvisoryReported{bench.file, "village", true, ""};
     },
     Reason::unknown_stage},
    {"AdviceElsewhere", received,
     [](auto& bench) {
         return AdvisoryReported{bench.file, "region", true, ""};
     },
     Reason::wrong_stage},
    {"SheetOfNoDossier", fresh,
     [](auto& bench) {
         return SheetSubmitted{bench.file, id(61), {}};
     },
     Reason::unknown_dossier},
    {"SheetOfNoMeeting", received, sheet, Reason::unknown_meeting},
    {"Sheet", meeting_open, sheet, std::nullopt},
    {"SheetNotListed", but(meeting_open, [](Bench& bench) { bench.registry.meetings.at(bench.meeting()).dossiers.clear(); }), sheet,
     Reason::dossier_not_listed},
    {"SheetTooLate", met_80, sheet, Reason::meeting_closed},
    {"SheetBeforeReceipt", but(submitted, [](Bench& bench) { bench.open_meeting(); }), sheet, Reason::wrong_phase},
    {"SheetForACouncilOfAnotherStage", but(meeting_open, [](Bench& bench) { bench.registry.councils.at(id(30)).stage = "region"; }),
     sheet, Reason::wrong_stage},
    {"SheetForACouncilElsewhere", but(meeting_open, [](Bench& bench) { bench.registry.councils.at(id(30)).unit = ward; }), sheet,
     Reason::wrong_stage},
    {"SheetForNoCouncil", but(meeting_open, [](Bench& bench) { bench.registry.councils.clear(); }), sheet, Reason::wrong_stage},
};

const Case tallies[] = {
    {"OfNoDossier", fresh, [](auto& bench) { return bare<Tallied>(bench, "town"); }, Reason::unknown_dossier},
    {"Sound", met_80, count(as_it_is), std::nullopt},
    {"AtNoStage", met_80, count([](auto& action) { action.stage = "village"; }), Reason::unknown_stage},
    {"Elsewhere", met_80, count([](auto& action) { action.stage = "region"; }), Reason::wrong_stage},
    {"NotReceived", submitted, [](auto& bench) { return bare<Tallied>(bench, "town"); }, Reason::wrong_phase},
    {"OfNoMeeting", met_80, count([](auto& action) { action.meeting = id(99); }), Reason::unknown_meeting},
    {"MeetingStillOpen", but(met_80, [](Bench& bench) { bench.registry.meetings.at(bench.meeting()).closed = false; }),
     count(as_it_is), Reason::meeting_open},
    {"NotListed", but(met_80, [](Bench& bench) { bench.registry.meetings.at(bench.meeting()).dossiers.clear(); }), count(as_it_is),
     Reason::dossier_not_listed},
    {"CouncilOfAnotherStage", but(met_80, [](Bench& bench) { bench.registry.councils.at(id(30)).stage = "region"; }),
     count(as_it_is), Reason::wrong_stage},
    {"CouncilOfAnotherUnit", but(met_80, [](Bench& bench) { bench.registry.councils.at(id(30)).unit = region; }), count(as_it_is),
     Reason::wrong_stage},
    {"CouncilOfTheSuccessor",
     but(met_80,
         [](Bench& bench) {
             bench.registry.units.at(region).level = bench.registry.units.at(town).level;
             bench.registry.units.at(town).successors = {{region, true}};
             bench.registry.units.at(town).valid_to = day(2023, 5, 31);
             bench.registry.councils.at(id(30)).unit = region;
         }),
     count(as_it_is), std::nullopt},
    {"CouncilOfTheSuccessorToBe",
     but(met_80,
         [](Bench& bench) {
             bench.registry.units.at(town).successors = {{region, true}};
             bench.registry.units.at(town).valid_to = day(2023, 6, 1);
             bench.registry.councils.at(id(30)).unit = region;
         }),
     count(as_it_is), Reason::wrong_stage},
    {"NoAdvice", but(met_80, [](Bench& bench) { bench.product.dossiers.at(bench.file).advice.clear(); }), count(as_it_is),
     Reason::advice_missing},
    {"StaleView", met_80, count([](auto& action) { action.digest = {}; }), Reason::stale_view},
    {"QuorumJustMet",
     but(met_80,
         [](Bench& bench) {
             bench.registry.meetings.at(bench.meeting()).sheets.erase(bench.dossier().sheets.at(bench.meeting()).at(id(23)).action);
         }),
     count(as_it_is), std::nullopt},
    {"QuorumNotMet", but(met_80, [](Bench& bench) { bench.registry.meetings.at(bench.meeting()).quorum = 4; }), count(as_it_is),
     Reason::quorum_not_met},
    {"NoSheetAtAll", but(meeting_open, [](Bench& bench) { bench.close_meeting(); }), count(as_it_is), Reason::quorum_not_met},
    {"SpreadJustHolds",
     but(met({2, 2, 1}, {2, 2, 1}, {1, 2, 1}),
         [](Bench& bench) { bench.registry.meetings.at(bench.meeting()).spread_max = 2'000; }),
     count(as_it_is), std::nullopt},
    {"SpreadTooWide",
     but(met({2, 2, 1}, {2, 2, 1}, {1, 2, 1}),
         [](Bench& bench) { bench.registry.meetings.at(bench.meeting()).spread_max = 1'999; }),
     count(as_it_is), Reason::spread_exceeded},
    {"WrongNumberOfSheets", met_80, count([](auto& action) { action.sheets = 2; }), Reason::wrong_tally},
    {"WrongSum", met_80, count([](auto& action) { action.sums[1] += 1; }), Reason::wrong_tally},
    {"OneSumTooFew", met_80, count([](auto& action) { action.sums.pop_back(); }), Reason::wrong_tally},
    {"WrongStars", met_80, count([](auto& action) { action.stars = 3; }), Reason::wrong_tally},
};

template <typename Change>
std::function<Body(const Bench&)> paper(Change change) {
    return [=](const Bench& bench) {
        PaperTallied action = bench.paper();
        change(action);
        return action;
    };
}
const auto sheet_missing = [](Bench& bench) {
    bench.edit_rules([](RuleSet& rules) {
        rules.product_sets[0].criteria.clear();
        rules.product_sets[0].sheet_missing = "not found";
    });
};

const Case papers[] = {
    {"OfNoDossier", fresh, [](auto& bench) { return bare<PaperTallied>(bench, "town"); }, Reason::unknown_dossier},
    {"Sound", received, paper(as_it_is), std::nullopt},
    {"SoundWithoutASheet", but(received, sheet_missing), paper(as_it_is), std::nullopt},
    {"AtNoStage", received, paper([](auto& action) { action.stage = "village"; }), Reason::unknown_stage},
    {"Elsewhere", received, paper([](auto& action) { action.stage = "region"; }), Reason::wrong_stage},
    {"NotReceived", submitted, paper(as_it_is), Reason::wrong_phase},
    {"OfNoCouncil", received, paper([](auto& action) { action.council = id(99); }), Reason::unknown_council},
    {"OfACouncilElsewhere", received, paper([](auto& action) { action.council = id(31); }), Reason::wrong_stage},
    {"NoAdvice", but(received, [](Bench& bench) { bench.product.dossiers.at(bench.file).advice.clear(); }), paper(as_it_is),
     Reason::advice_missing},
    {"StaleView", received, paper([](auto& action) { action.digest = {}; }), Reason::stale_view},
    {"NoMinutes", received, paper([](auto& action) { action.minutes.clear(); }), Reason::malformed},
    {"MoreSheetsThanMembers", received, paper([](auto& action) { action.sheets = 4; }), Reason::malformed},
    {"QuorumJustMet", received, paper([](auto& action) { action.sheets = 2; }), std::nullopt},
    {"QuorumNotMet", received, paper([](auto& action) { action.sheets = 1; }), Reason::quorum_not_met},
    {"OneAverageTooFew", received, paper([](auto& action) { action.averages.pop_back(); }), Reason::wrong_tally},
    {"AnAverageOverItsSection", received, paper([](auto& action) { action.averages[1] = 2'501; }), Reason::wrong_tally},
    {"StarsOfNoBand", received, paper([](auto& action) { action.stars = 6; }), Reason::wrong_tally},
    {"StarsNotReached", received, paper([](auto& action) { action.averages[0] = 3'499, action.stars = 4; }), Reason::wrong_tally},
    {"StarsReachedButForTheRounding", received, paper([](auto& action) {
         action.averages = {3'333, 1'333, 2'333}, action.stars = 4;
     }),
     std::nullopt},  // 100, 40 and 70 points on three sheets
    {"StarsJustReached", received, paper([](auto& action) { action.averages[0] = 3'500, action.stars = 4; }), std::nullopt},
    {"FewerStarsForAGate", received, paper([](auto& action) { action.stars = 2; }), std::nullopt},
    {"OfADayBeforeTheFiling", received, paper([](auto& action) { action.date = day(2023, 2, 28); }), Reason::out_of_order},
    {"OverSheetsThatHold", met_80, paper(as_it_is), Reason::meeting_uncounted},
    {"OverSheetsTooFarApart",
     but(met({2, 2, 1}, {2, 2, 1}, {1, 2, 1}),
         [](Bench& bench) { bench.registry.meetings.at(bench.meeting()).spread_max = 1'999; }),
     paper(as_it_is), std::nullopt},
    {"SheetWhereThereIsNone", but(meeting_open, sheet_missing), sheet, Reason::sheet_missing},
};

const auto two_meetings = [](Bench& bench) { bench.edit_rules([](RuleSet& rules) { rules.stages[1].meetings = 2; }); };
// The first of two meetings has its result.
const auto once_tallied = [](Bench& bench) {
    bench.receive();
    two_meetings(bench);
    bench.meet({2, 2, 1});
    bench.record(bench.count());
};

const Case second_meetings[] = {
    {"TheSameMeetingAgain", once_tallied, count(as_it_is), Reason::already_exists},
    {"NothingToRecogniseYet", once_tallied, recognition(as_it_is), Reason::wrong_phase},
    {"NothingToForwardYet", once_tallied, forwarding(as_it_is), Reason::wrong_phase},
    {"DroppedAfterTheFirst", once_tallied, declining, std::nullopt},
    {"ThePaperOfTheSecond", once_tallied, paper(as_it_is), std::nullopt},
    {"TheSamePaperAgain",
     [](Bench& bench) {
         bench.receive();
         two_meetings(bench);
         bench.record(bench.paper());
     },
     paper(as_it_is), Reason::already_exists},
    {"NotDroppedBeforeTheFirst", but(received, two_meetings), declining, Reason::wrong_phase},
    {"DecidedAfterBoth", but(once_tallied, [](Bench& bench) { bench.record(bench.paper()), bench.sign_decision(); }),
     recognition(as_it_is), std::nullopt},
};

const Case results[] = {
    {"RecogniseNothing", fresh, [](auto& bench) { return bare<Recognised>(bench, "town"); }, Reason::unknown_dossier},
    {"Recognise", decided({2, 1, 1}), recognition(as_it_is), std::nullopt},
    {"RecogniseUntallied", received, [](auto& bench) { return bare<Recognised>(bench, "town"); }, Reason::wrong_phase},
    {"RecogniseStale", decided({2, 1, 1}), recognition([](auto& action) { action.digest = {}; }), Reason::stale_view},
    {"RecogniseUndecided", tallied({2, 1, 1}), recognition(as_it_is), Reason::unknown_decision},
    {"RecogniseByRevocation",
     but(decided({2, 1, 1}), [](Bench& bench) { bench.registry.decisions.begin()->second.kind = DecisionKind::revocation; }),
     recognition(as_it_is), Reason::unknown_decision},
    {"DecisionOfAnotherUnit", but(decided({2, 1, 1}), [](Bench& bench) { bench.registry.decisions.begin()->second.unit = region; }),
     recognition(as_it_is), Reason::wrong_stage},
    {"DecisionOfAnotherStage",
     but(decided({2, 1, 1}), [](Bench& bench) { bench.registry.decisions.begin()->second.stage = "region"; }),
     recognition(as_it_is), Reason::wrong_stage},
    {"NoLineForTheProduct",
     but(decided({2, 1, 1}), [](Bench& bench) { bench.registry.decisions.begin()->second.lines[0].product = id(99); }),
     recognition(as_it_is), Reason::decision_mismatch},
    {"LineOfOtherStars", decided({2, 1, 1}), recognition([](auto& action) { action.stars = 4; }), Reason::decision_mismatch},
    {"LineOfOtherNumber", decided({2, 1, 1}), recognition([](auto& action) { action.certificate.value = 9; }),
     Reason::decision_mismatch},
    {"SignedBeforeTheCount", but(decided({2, 1, 1}), [](Bench& bench) { bench.registry.decisions.begin()->second.position = 0; }),
     recognition(as_it_is), Reason::stale_view},
    {"DecidedBeforeTheMeeting",
     but(decided({2, 1, 1}), [](Bench& bench) { bench.registry.decisions.begin()->second.date = day(2023, 3, 24); }),
     recognition(as_it_is), Reason::out_of_order},
    {"IssuedBeforeItsDecision", decided({2, 1, 1}), recognition([](auto& action) { action.issued = day(2023, 3, 30); }),
     Reason::out_of_order},
    {"IssuedOnItsDay", decided({2, 1, 1}), recognition([](auto& action) { action.issued = day(2023, 3, 31); }), std::nullopt},
    {"StarsAboveTheStage", decided({2, 2, 1}), recognition(as_it_is), Reason::stars_not_earned},
    {"StarsBelowTheStage", decided({2, 2, 0}), recognition(as_it_is), Reason::stars_not_earned},
    {"StarsOfTheLineNotOfTheTally",
     but(decided({2, 2, 1}), [](Bench& bench) { bench.registry.decisions.begin()->second.lines[0].stars = 3; }),
     recognition([](auto& action) { action.stars = 3; }), Reason::stars_not_earned},
    {"CertificateTextTaken", but(decided({2, 1, 1}), [](Bench& bench) { bench.add_certificate("2/GCN"); }), recognition(as_it_is),
     Reason::already_exists},
    {"DeclineNothing", fresh, [](auto& bench) { return bare<Declined>(bench, "town"); }, Reason::unknown_dossier},
    {"Decline", tallied({1, 1, 0}), declining, std::nullopt},
    {"DeclineBeforeTheMeeting", tallied({1, 1, 0}),
     [](auto& bench) {
         Declined action = bench.refusal_of_stars();
         action.date = day(2023, 3, 24);
         return action;
     },
     Reason::out_of_order},
    {"DeclineUntallied", received, declining, Reason::wrong_phase},
    {"DeclineElsewhere", tallied({1, 1, 0}), [](auto& bench) { return bare<Declined>(bench, "region"); }, Reason::wrong_stage},
    {"DeclineAtNoStage", tallied({1, 1, 0}), [](auto& bench) { return bare<Declined>(bench, "moon"); }, Reason::unknown_stage},
    {"DeclineStale", tallied({1, 1, 0}), [](auto& bench) { return bare<Declined>(bench, "town"); }, Reason::stale_view},
};

const Case further[] = {
    {"ForwardNothing", fresh, [](auto& bench) { return bare<Forwarded>(bench, "town"); }, Reason::unknown_dossier},
    {"ForwardTallied", tallied({2, 2, 1}), forwarding(as_it_is), std::nullopt},
    {"ForwardRecognised", recognised({2, 1, 2}), forwarding(as_it_is), std::nullopt},
    {"ForwardUntallied", received, forwarding(as_it_is), Reason::wrong_phase},
    {"ForwardLate", tallied({2, 2, 1}), forwarding([](auto& action) { action.turn = 1; }), Reason::lost_race},
    {"ForwardElsewhere", tallied({2, 2, 1}), forwarding([](auto& action) { action.stage = "region"; }), Reason::wrong_stage},
    {"ForwardAtNoStage", tallied({2, 2, 1}), forwarding([](auto& action) { action.stage = "moon"; }), Reason::unknown_stage},
    {"ForwardStale", tallied({2, 2, 1}), forwarding([](auto& action) { action.digest = {}; }), Reason::stale_view},
    {"ForwardBelowThreshold", tallied({2, 1, 1}), forwarding(as_it_is), Reason::below_threshold},
    {"ForwardAtTheThreshold",
     but(tallied({2, 2, 1}), [](Bench& bench) { bench.edit_rules([](auto& rules) { rules.stages[1].forwards_from = 8'000; }); }),
     forwarding(as_it_is), std::nullopt},
    {"ForwardAHairBelow",
     but(tallied({2, 2, 1}), [](Bench& bench) { bench.edit_rules([](auto& rules) { rules.stages[1].forwards_from = 8'001; }); }),
     forwarding(as_it_is), Reason::below_threshold},
    {"ForwardFromTheTop",
     but(at_the_last_stage, [](Bench& bench) { bench.product.dossiers.at(bench.file).phase = Phase::tallied; }),
     forwarding(as_it_is), Reason::unknown_stage},
    {"AnswerNothing", fresh, [](auto& bench) { return bare<ResultEntered>(bench, "town"); }, Reason::unknown_dossier},
    {"AnswerFiveStars", at_the_last_stage, answer(as_it_is), std::nullopt},
    {"AnswerNoStars", at_the_last_stage, answer([](auto& action) { action.stars = 0, action.average = 8'000; }), std::nullopt},
    {"AnswerElsewhere", at_the_last_stage, answer([](auto& action) { action.stage = "region"; }), Reason::wrong_stage},
    {"AnswerAtNoStage", at_the_last_stage, answer([](auto& action) { action.stage = "moon"; }), Reason::unknown_stage},
    {"AnswerOfAStageWithADesk", submitted, answer(as_it_is), Reason::wrong_stage},
    {"AnswerTwice", but(at_the_last_stage, [](Bench& bench) { bench.record(bench.answer()); }), answer(as_it_is),
     Reason::wrong_phase},
    {"AnswerBeforeTheForwarding", at_the_last_stage, answer([](auto& action) { action.date = day(2023, 4, 1); }),
     Reason::out_of_order},
    {"AnswerWithANumberPrintedHere",
     but(at_the_last_stage, [](Bench& bench) { bench.registry.printed[NumberKind::certificate].insert("TW-1"); }), answer(as_it_is),
     Reason::number_used},
    {"AnswerStale", at_the_last_stage, answer([](auto& action) { action.digest = {}; }), Reason::stale_view},
    {"AnswerStarsNotDecidedThere", at_the_last_stage, answer([](auto& action) { action.stars = 4; }), Reason::stars_not_earned},
    {"AnswerLowestOfTheBand", at_the_last_stage, answer([](auto& action) { action.average = 9'000; }), std::nullopt},
    {"AnswerBelowTheBand", at_the_last_stage, answer([](auto& action) { action.average = 8'999; }), Reason::stars_not_earned},
    {"AnswerFullPoints", at_the_last_stage, answer([](auto& action) { action.average = 10'000; }), std::nullopt},
    {"AnswerAboveFullPoints", at_the_last_stage, answer([](auto& action) { action.average = 10'001; }), Reason::stars_not_earned},
    {"AnswerWithoutCertificate", at_the_last_stage, answer([](auto& action) { action.certificate.clear(); }), Reason::malformed},
    {"AnswerWithATakenCertificate", but(at_the_last_stage, [](Bench& bench) { bench.add_certificate("TW-1"); }), answer(as_it_is),
     Reason::already_exists},
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
INSTANTIATE_TEST_SUITE_P(Meeting, Refusals, testing::ValuesIn(meetings), name_of);
INSTANTIATE_TEST_SUITE_P(Tally, Refusals, testing::ValuesIn(tallies), name_of);
INSTANTIATE_TEST_SUITE_P(Paper, Refusals, testing::ValuesIn(papers), name_of);
INSTANTIATE_TEST_SUITE_P(Second, Refusals, testing::ValuesIn(second_meetings), name_of);
INSTANTIATE_TEST_SUITE_P(Result, Refusals, testing::ValuesIn(results), name_of);
INSTANTIATE_TEST_SUITE_P(Further, Refusals, testing::ValuesIn(further), name_of);

}  // namespace
}  // namespace hoso::domain::tests
