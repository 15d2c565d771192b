#include "shared/domain/dossier_checks.hpp"

#include <algorithm>

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

Certificate& certificate_of(Product& product, std::string_view text) {
    const auto found = std::find_if(product.certificates.begin(), product.certificates.end(),
                                    [&](const Certificate& certificate) { return certificate.text == text; });
    CHECK(found != product.certificates.end());
    return *found;
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
    return tally->reaches(stage.forwards_from);
}

bool holds_stage(const Registry& registry, const UnitId& unit, const Product& product, const Stage& stage,
                 const Occasion& occasion) {
    const Unit* holder = stage.level.empty() ? nullptr : registry.at_level(product.unit, stage.level);
    return holder && registry.stands_for(holder->id, unit, local_date(occasion.received));
}

bool decides(const Registry& registry, const UnitId& unit, std::span<const std::uint8_t> stars, const InPlace& place) {
    const std::string& level = registry.units.at(unit).level;
    const auto asked = [&](const Stage& stage) { return place.council.empty() || place.council == stage.key; };
    if (level == place.stage.level) return asked(place.stage);
    const auto has = [&](const Stage& other) {
        return other.does == Does::council && other.level == level && asked(other) &&
               std::all_of(stars.begin(), stars.end(), [&](std::uint8_t each) { return other.decides_stars(each); });
    };
    return std::any_of(registry.rule_sets.begin(), registry.rule_sets.end(), [&](const auto& entry) {
        const RuleSet& rules = *entry.second;
        return rules.in_force(place.kind, place.day) && std::any_of(rules.stages.begin(), rules.stages.end(), has);
    });
}

bool somebody_decides(const Registry& registry, const Product& product, const Dossier& dossier, Date day) {
    const Stage& stage = stage_of(rules_of(registry, dossier), dossier);
    const Unit* holder = stage.level.empty() ? nullptr : registry.at_level(product.unit, stage.level);
    if (!holder) return false;
    return std::any_of(registry.units.begin(), registry.units.end(), [&](const auto& entry) {
        const UnitId& unit = entry.first;
        return !registry.ended(unit, day) && registry.stands_for(holder->id, unit, day) &&
               decides(registry, unit, stage.decides, {stage, dossier.kind, day});
    });
}

bool between_meetings(const Dossier& dossier) { return dossier.phase == Phase::received && dossier.meetings > 0; }

void rest_on(Dossier& dossier, const Occasion& occasion) {
    make_room(dossier.effective);
    dossier.effective.push_back(occasion.id);
}

void take_turn(Dossier& dossier, const Occasion& occasion, Phase phase, Date day) {
    rest_on(dossier, occasion);
    dossier.phase = phase;
    dossier.since = day;
    dossier.turn += 1;
    dossier.last_transition = occasion.position;
}

std::vector<const Content*> missing_contents(const RuleSet& rules, const Dossier& dossier) {
    std::vector<const Content*> missing;
    for (const Content& content : rules.contents) {
        const auto is_it = [&](const Document& document) { return document.document == content.key; };
        if (content.mandatory && std::none_of(dossier.documents.begin(), dossier.documents.end(), is_it))
            missing.push_back(&content);
    }
    return missing;
}

std::vector<const Stage*> missing_opinions(const RuleSet& rules, const Dossier& dossier) {
    std::vector<const Stage*> missing;
    for (const Stage& stage : rules.stages) {
        if (stage.does == Does::council) break;
        if (stage.does == Does::opinion && !dossier.opinions.contains(stage.key)) missing.push_back(&stage);
    }
    return missing;
}

std::vector<const Criterion*> missing_answers(const ProductSet& set, const Dossier& dossier) {
    std::vector<const Criterion*> missing;
    const Bytes& options = dossier.self_assessment;
    for (std::size_t i = 0; i < set.criteria.size(); ++i) {
        if (i >= options.size() || options[i] == not_answered) missing.push_back(&set.criteria[i]);
    }
    return missing;
}

}  // namespace hoso::domain
