#include <algorithm>
#include <array>

#include "shared/domain/dossier_checks.hpp"

// How a dossier ends: recognised here, declined, or with the answer of a stage that has no desk here.
namespace hoso::domain {
namespace {

const Decision* find_recognition(const Registry& registry, const Uuid& id) {
    const auto found = registry.decisions.find(id);
    if (found == registry.decisions.end() || found->second.kind != DecisionKind::recognition) return nullptr;
    return &found->second;
}

bool has_line(const Decision& decision, const StreamId& product, const Recognised& action) {
    return std::any_of(decision.lines.begin(), decision.lines.end(), [&](const DecisionLine& line) {
        return line.product == product && line.dossier == action.dossier && line.stars == action.stars &&
               line.certificate == action.certificate;
    });
}

// The decision took its numbers out of blocks, so the block is there; a number none was granted for has no text.
std::string certificate_text(const Registry& registry, const Number& number) {
    const auto block = registry.blocks.find(number.block);
    return block == registry.blocks.end() ? std::string{} : block->second.text(number.value);
}

// `certificate` says what the decision says.
void give(Product& product, const RuleSet& rules, const Dossier& dossier, Certificate certificate) {
    certificate.rule_set = rules.id;
    certificate.last_day = end_of_term(certificate.issued, rules.certificate_months);
    certificate.dossier = dossier.id;
    product.certificates.push_back(std::move(certificate));
}

// Bands are half-open, as the regulations print them; the highest one ends with the full points of a sheet.
bool in_band(const RuleSet& rules, std::uint8_t stars, Points average) {
    const auto band = std::find_if(rules.bands.begin(), rules.bands.end(), [&](const Band& each) { return each.stars == stars; });
    if (band == rules.bands.end() || average < band->from) return false;
    const auto above = std::next(band);
    return above == rules.bands.end() ? average <= sheet_points : average < above->from;
}

// The highest stars that the stage decides and the average reaches; gates cannot be tested on an average.
std::uint8_t stars_decided(const RuleSet& rules, const Stage& stage, Points average) {
    std::uint8_t stars = 0;
    for (const Band& band : rules.bands) {
        if (average >= band.from && stage.decides_stars(band.stars)) stars = band.stars;
    }
    return stars;
}

// Without the stars of the stage above, its average stands for the council's of the stage that enters it, which decides by it.
void fall_back(const RuleSet& rules, Dossier& dossier, const ResultEntered& action, Position position) {
    dossier.stage = static_cast<std::uint8_t>(*rules.stage_index(stage_of(rules, dossier).entered_by));
    const Stage& stage = stage_of(rules, dossier);
    Tally tally;
    tally.stage = stage.key;
    tally.sheets = 1;
    tally.sums = {action.average};
    tally.stars = stars_decided(rules, stage, action.average);
    tally.minutes = action.decision_number;
    tally.date = action.date;
    tally.position = position;
    dossier.tally = std::move(tally);
    dossier.phase = Phase::tallied;
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const Recognised& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (dossier->phase != Phase::tallied) return Refusal{Reason::wrong_phase};
    if (action.digest != digest(*dossier)) return Refusal{Reason::stale_view};
    const Decision* decision = find_recognition(registry, action.decision);
    if (!decision) return Refusal{Reason::unknown_decision};
    const Stage& stage = stage_of(rules_of(registry, *dossier), *dossier);
    const bool of_stage = decision->stage == stage.key && holds_stage(registry, decision->unit, product, stage, occasion);
    if (!of_stage) return Refusal{Reason::wrong_stage};
    if (!has_line(*decision, product.id, action)) return Refusal{Reason::decision_mismatch};
    // Who signed before the count was in the log did not see what he signed.
    if (decision->position < dossier->tally->position) return Refusal{Reason::stale_view};
    if (decision->date < dossier->tally->date || action.issued < decision->date) return Refusal{Reason::out_of_order};
    if (dossier->tally->stars != action.stars || !stage.decides_stars(action.stars)) return Refusal{Reason::stars_not_earned};
    const InPlace place{stage, dossier->kind, decision->date};
    if (!decides(registry, decision->unit, std::array{action.stars}, place)) return Refusal{Reason::nobody_decides};
    const std::string text = certificate_text(registry, action.certificate);
    if (text.empty()) return Refusal{Reason::decision_mismatch};
    if (product.certificate(text)) return Refusal{Reason::already_exists};
    return std::nullopt;
}

void apply(const Registry& registry, Product& product, const Occasion& occasion, const Recognised& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    const RuleSet& rules = rules_of(registry, dossier);
    Certificate certificate;
    certificate.text = certificate_text(registry, action.certificate);
    certificate.stars = action.stars;
    certificate.issued = action.issued;
    if (const Decision* decision = find_recognition(registry, action.decision)) {
        certificate.decision = decision->number;
        certificate.decision_date = decision->date;
    }
    give(product, rules, dossier, std::move(certificate));
    dossier.way_on = has_later_stage(rules, dossier) && reaches_threshold(rules, dossier);
    dossier.phase = Phase::recognised;
    dossier.since = action.issued;
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const Declined& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    if (const auto refused = refuse_stage(rules_of(registry, *dossier), *dossier, action.stage)) return refused;
    if (dossier->phase != Phase::tallied && !between_meetings(*dossier)) return Refusal{Reason::wrong_phase};
    if (action.digest != digest(*dossier)) return Refusal{Reason::stale_view};
    if (dossier->tally && action.date < dossier->tally->date) return Refusal{Reason::out_of_order};
    if (!somebody_decides(registry, product, *dossier, action.date)) return Refusal{Reason::nobody_decides};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion& occasion, const Declined& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    dossier.phase = Phase::declined;
    dossier.since = action.date;
    rest_on(dossier, occasion);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const ResultEntered& action) {
    const Dossier* dossier = product.dossier(action.dossier);
    if (!dossier) return Refusal{Reason::unknown_dossier};
    const RuleSet& rules = rules_of(registry, *dossier);
    if (const auto refused = refuse_stage(rules, *dossier, action.stage)) return refused;
    const Stage& stage = stage_of(rules, *dossier);
    if (stage.does != Does::external) return Refusal{Reason::wrong_stage};
    if (dossier->phase != Phase::submitted) return Refusal{Reason::wrong_phase};
    if (action.digest != digest(*dossier)) return Refusal{Reason::stale_view};
    if (action.date < dossier->since) return Refusal{Reason::out_of_order};
    if (action.stars == 0) return action.average <= sheet_points ? std::nullopt : std::optional{Refusal{Reason::stars_not_earned}};
    if (!stage.decides_stars(action.stars)) return Refusal{Reason::stars_not_earned};
    if (!in_band(rules, action.stars, action.average)) return Refusal{Reason::stars_not_earned};
    if (action.certificate.empty()) return Refusal{Reason::malformed};
    if (product.certificate(action.certificate)) return Refusal{Reason::already_exists};
    if (was_printed(registry, action.certificate)) return Refusal{Reason::number_used};
    return std::nullopt;
}

// A dossier that the stage below recognised stays so: one dossier has one certificate of each stage, and none twice.
void apply(const Registry& registry, Product& product, const Occasion& occasion, const ResultEntered& action) {
    Dossier& dossier = product.dossiers.at(action.dossier);
    if (action.stars > 0) {
        Certificate certificate;
        certificate.text = action.certificate;
        certificate.stars = action.stars;
        certificate.issued = action.date;
        certificate.decision = action.decision_number;
        certificate.decision_date = action.date;
        give(product, rules_of(registry, dossier), dossier, std::move(certificate));
    }
    const RuleSet& rules = rules_of(registry, dossier);
    const bool recognised = std::any_of(product.certificates.begin(), product.certificates.end(),
                                        [&](const Certificate& certificate) { return certificate.dossier == dossier.id; });
    dossier.phase = recognised ? Phase::recognised : Phase::declined;
    dossier.way_on = false;
    if (!recognised && stage_of(rules, dossier).falls_back) fall_back(rules, dossier, action, occasion.position);
    dossier.since = action.date;
    rest_on(dossier, occasion);
}

}  // namespace hoso::domain
