#pragma once

#include <span>

#include "shared/domain/refusal.hpp"

// What several rules of dossiers ask, with the words of docs/judgement.md.
namespace hoso::domain {

// A dossier was opened only under a rule set that was published and holds the product's set; neither ever goes away.
const RuleSet& rules_of(const Registry& registry, const Dossier& dossier);
const ProductSet& set_of(const RuleSet& rules, const Product& product);
const Stage& stage_of(const RuleSet& rules, const Dossier& dossier);

// One that the product is known to hold.
Certificate& certificate_of(Product& product, std::string_view text);

// lost_race, wrong_phase: an exclusive transition quotes how many the dossier had gone through.
std::optional<Refusal> refuse_turn(const Dossier& dossier, std::uint32_t turn);
// unknown_stage, wrong_stage: the stage is where the dossier stands.
std::optional<Refusal> refuse_stage(const RuleSet& rules, const Dossier& dossier, std::string_view stage);
// True while the one who files may still change what he files.
bool editable(const Dossier& dossier);
// A later stage exists, and this stage forwards what reached this average.
bool has_later_stage(const RuleSet& rules, const Dossier& dossier);
bool reaches_threshold(const RuleSet& rules, const Dossier& dossier);

// The unit holds this stage for the product at the time of the occasion, or inherited it; no unit does for a stage without a desk
// here.
bool holds_stage(const Registry& registry, const UnitId& unit, const Product& product, const Stage& stage,
                 const Occasion& occasion);

// For a unit that holds a stage or stands for the one that held it. Of the stage's own level it decides what the stage does; of
// another level only what a rule set in force on `day`, for dossiers of this kind, lets a council of that level decide. `council`
// is the key of that council's stage; empty: any.
struct InPlace {
    const Stage& stage;
    DossierKind kind{};
    Date day{};
    std::string_view council = {};
};
bool decides(const Registry& registry, const UnitId& unit, std::span<const std::uint8_t> stars, const InPlace& place);
// There is such a unit for all that is decided where the dossier stands.
bool somebody_decides(const Registry& registry, const Product& product, const Dossier& dossier, Date day);

// Its stage's council has met, and meets again before it decides.
bool between_meetings(const Dossier& dossier);

// From here on the dossier rests on this action too.
void rest_on(Dossier& dossier, const Occasion& occasion);
// As rest_on, for an exclusive transition on `day`.
void take_turn(Dossier& dossier, const Occasion& occasion, Phase phase, Date day);

// What keeps a dossier from being submitted, by name: contents without a paper, opinion stages below the first council that gave
// none, and criteria not answered yet (all of them before the first assessment).
std::vector<const Content*> missing_contents(const RuleSet& rules, const Dossier& dossier);
std::vector<const Stage*> missing_opinions(const RuleSet& rules, const Dossier& dossier);
std::vector<const Criterion*> missing_answers(const ProductSet& set, const Dossier& dossier);

}  // namespace hoso::domain
