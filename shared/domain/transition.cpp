#include <algorithm>

#include "shared/domain/dossier_checks.hpp"
#include "shared/domain/files.hpp"

// The exclusive transitions of a dossier: first logged wins, and the other is told against what it lost.
namespace hoso::domain {

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const Submitted& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_turn(*dossier, action.turn)) return refused;
    if (!editable(*dossier)) return Refusal{Reason::wrong_phase};
    const RuleSet& rules = rules_of(registry, *dossier);
    if (!missing_answers(set_of(rules, product), *dossier).empty()) return Refusal{Reason::assessment_incomplete};
    if (!missing_opinions(rules, *dossier).empty()) return Refusal{Reason::opinion_missing};
    if (!missing_contents(rules, *dossier).empty()) return Refusal{Reason::documents_missing};
    return std::nullopt;
}

// A dossier that was returned goes back to the stage that returned it, not to the foot of the ladder.
void apply(const Registry& registry, Product& product, const Occasion& occasion, const Submitted& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    if (dossier.phase == Phase::drafting) {
        dossier.stage = static_cast<std::uint8_t>(rules_of(registry, dossier).first_council());
    }
    take_turn(dossier, occasion, Phase::submitted, action.date);
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const Withdrawn& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_turn(*dossier, action.turn)) return refused;
    if (dossier->ended() || dossier->phase == Phase::tallied) return Refusal{Reason::wrong_phase};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const Withdrawn& action) {
    take_turn(product.dossiers.at(action.dossier), occasion, Phase::withdrawn, local_date(occasion.received));
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const Received& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_turn(*dossier, action.turn)) return refused;
    if (const auto refused = refuse_stage(rules_of(registry, *dossier), *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::submitted) return Refusal{Reason::wrong_phase};
    if (!missing_files(product, *dossier).empty()) return Refusal{Reason::files_missing};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const Received& action) {
    take_turn(product.dossiers.at(action.dossier), occasion, Phase::received, action.date);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const Returned& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_turn(*dossier, action.turn)) return refused;
    if (const auto refused = refuse_stage(rules_of(registry, *dossier), *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::submitted && dossier->phase != Phase::received) return Refusal{Reason::wrong_phase};
    if (action.items.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

// What was said of the dossier as it was says nothing of the one that comes back.
void apply(const Registry&, Product& product, const Occasion& occasion, const Returned& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.returned_items = action.items;
    dossier.advice.erase(action.stage);
    dossier.sheets.clear();
    dossier.meetings = 0;
    take_turn(dossier, occasion, Phase::returned, local_date(occasion.received));
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const Forwarded& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_turn(*dossier, action.turn)) return refused;
    const RuleSet& rules = rules_of(registry, *dossier);
    if (const auto refused = refuse_stage(rules, *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::tallied && dossier->phase != Phase::recognised) return Refusal{Reason::wrong_phase};
    if (action.digest != digest(*dossier)) return Refusal{Reason::stale_view};
    if (!has_later_stage(rules, *dossier)) return Refusal{Reason::unknown_stage};
    if (!reaches_threshold(rules, *dossier)) return Refusal{Reason::below_threshold};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const Forwarded& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.stage += 1;
    dossier.meetings = 0;
    dossier.way_on = false;
    take_turn(dossier, occasion, Phase::submitted, action.date);
}

}  // namespace hoso::domain
