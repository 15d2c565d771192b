#include <algorithm>

#include "shared/domain/dossier_checks.hpp"
#include "shared/domain/tally.hpp"

// A dossier before the council: the advisers' report, the members' sealed sheets, the count.
namespace hoso::domain {
namespace {

const Meeting* find_meeting(const Registry& registry, const Uuid& id) {
    const auto found = registry.meetings.find(id);
    return found == registry.meetings.end() ? nullptr : &found->second;
}

const Council* find_council(const Registry& registry, const Meeting& meeting) {
    const auto found = registry.councils.find(meeting.council);
    return found == registry.councils.end() ? nullptr : &found->second;
}

// The meeting's council is that of the stage where the dossier stands.
bool sits_for(const Registry& registry, const Meeting& meeting, const Product& product, const Dossier& dossier,
              const Occasion& occasion) {
    const Council* council = find_council(registry, meeting);
    const Stage& stage = stage_of(rules_of(registry, dossier), dossier);
    return council && stage.does == Does::council && council->stage == stage.key &&
           holds_stage(registry, council->unit, product, stage, occasion);
}

bool as_recomputed(const Tallied& action, const Grade& grade) {
    return action.sheets == grade.sheets && action.stars == grade.stars &&
           std::equal(action.sums.begin(), action.sums.end(), grade.sums.begin(), grade.sums.end());
}

// Nobody's arithmetic is trusted: the sheets are opened and counted again wherever the log is read.
std::optional<Refusal> refuse_count(const Registry& registry, const Product& product, const Dossier& dossier,
                                    const Meeting& meeting, const Tallied& action) {
    const Council& council = *find_council(registry, meeting);
    const RuleSet& rules = rules_of(registry, dossier);
    const auto sheets = open_sheets(registry, product, dossier, meeting);
    const auto grade = grade_sheets(rules, set_of(rules, product), sheets);
    if (!grade || grade->sheets < council.quorum) return Refusal{Reason::quorum_not_met};
    if (grade->spread > council.spread_max) return Refusal{Reason::spread_exceeded};
    if (!as_recomputed(action, *grade)) return Refusal{Reason::wrong_tally};
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const AdvisoryReported& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_stage(rules_of(registry, *dossier), *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const AdvisoryReported& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.advice[action.stage].push_back({occasion.header.actor, action.agrees, action.text});
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const SheetSubmitted& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const Meeting* meeting = find_meeting(registry, action.meeting);
    if (!meeting) return Refusal{Reason::unknown_meeting};
    if (!meeting->lists(product.id, action.dossier)) return Refusal{Reason::dossier_not_listed};
    if (meeting->closed) return Refusal{Reason::meeting_closed};
    if (dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    if (!sits_for(registry, *meeting, product, *dossier, occasion)) return Refusal{Reason::wrong_stage};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const SheetSubmitted& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    const AccountId& author = occasion.header.actor;
    dossier.sheets[action.meeting][author] = {occasion.id, author, action.sealed};
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion, const Tallied& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const RuleSet& rules = rules_of(registry, *dossier);
    if (const auto refused = refuse_stage(rules, *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    const Meeting* meeting = find_meeting(registry, action.meeting);
    if (!meeting) return Refusal{Reason::unknown_meeting};
    if (!meeting->closed) return Refusal{Reason::meeting_open};
    if (!meeting->lists(product.id, action.dossier)) return Refusal{Reason::dossier_not_listed};
    if (!sits_for(registry, *meeting, product, *dossier, occasion)) return Refusal{Reason::wrong_stage};
    if (!dossier->advice.contains(action.stage)) return Refusal{Reason::advice_missing};
    if (action.digest != digest(*dossier)) return Refusal{Reason::stale_view};
    return refuse_count(registry, product, *dossier, *meeting, action);
}

void apply(const Registry&, Product& product, const Occasion& occasion, const Tallied& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.tally = Tally{.stage = action.stage,
                          .meeting = action.meeting,
                          .sheets = action.sheets,
                          .sums = {action.sums.begin(), action.sums.end()},
                          .stars = action.stars};
    dossier.phase = Phase::tallied;
    rest_on(dossier, occasion);
}

}  // namespace hoso::domain
