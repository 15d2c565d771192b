#include "shared/domain/dossier_checks.hpp"

#include "shared/base/check.hpp"

namespace hoso::domain {

const RuleSet& rules_of(const Registry& registry, const Dossier& dossier) {
    const RuleSet* rules = registry.rules(dossier.rule_set);
    CHECK(rules);
    return *rules;
}

const ProductSet& set_of(const RuleSet& rules, const Product& product) {
    const ProductSet* set = rules.product_set(product.product_set);
    CHECK(set);
    return *set;
}

const Stage& stage_of(const RuleSet& rules, const Dossier& dossier) {
    CHECK(dossier.stage < rules.stages.size());
    return rules.stages[dossier.stage];
}

std::optional<Refusal> refuse_turn(const Dossier& dossier, std::uint32_t turn) {
    if (turn < dossier.turn) return Refusal{Reason::lost_race, dossier.last_transition};
    if (turn > dossier.turn) return Refusal{Reason::wrong_phase};
    return std::nullopt;
}

std::optional<Refusal> refuse_stage(const RuleSet& rules, const Dossier& dossier, std::string_view stage) {
    const auto index = rules.stage_index(stage);
    if (!index) return Refusal{Reason::unknown_stage};
    if (*index != dossier.stage) return Refusal{Reason::wrong_stage};
    return std::nullopt;
}

bool editable(const Dossier& dossier) { return dossier.phase == Phase::drafting || dossier.phase == Phase::returned; }

bool has_later_stage(const RuleSet& rules, const Dossier& dossier) { return dossier.stage + std::size_t{1} < rules.stages.size(); }

bool reaches_threshold(const RuleSet& rules, const Dossier& dossier) {
    const Stage& stage = stage_of(rules, dossier);
    const auto& tally = dossier.tally;
    if (!tally || tally->stage != stage.key) return false;
    return tally->sum() >= PointsSum{stage.forwards_from} * tally->sheets;
}

bool holds_stage(const Registry& registry, const UnitId& unit, const Product& product, const Stage& stage,
                 const Occasion& occasion) {
    const Unit* holder = stage.level.empty() ? nullptr : registry.at_level(product.unit, stage.level);
    return holder && registry.stands_for(holder->id, unit, local_date(occasion.received));
}

bool between_meetings(const Dossier& dossier) { return dossier.phase == Phase::received && dossier.meetings > 0; }

void rest_on(Dossier& dossier, const Occasion& occasion) { dossier.effective.push_back(occasion.id); }

void take_turn(Dossier& dossier, const Occasion& occasion, Phase phase) {
    rest_on(dossier, occasion);
    dossier.phase = phase;
    dossier.turn += 1;
    dossier.last_transition = occasion.position;
}

}  // namespace hoso::domain
