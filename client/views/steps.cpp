#include "client/views/steps.hpp"

#include <algorithm>

namespace hoso::client::views {
namespace {

using namespace domain;

// Before its first council: a return takes two turns with the submission before it, and three where it was received between.
bool received_before(const Dossier& dossier, std::uint32_t turns) {
    const bool returned = !dossier.returned_items.empty();
    switch (dossier.phase) {
        case Phase::received:
        case Phase::tallied:
        case Phase::recognised:
        case Phase::declined: return true;
        case Phase::drafting: return false;
        case Phase::submitted: return returned && turns % 2 == 0;
        case Phase::returned: return turns % 2 == 1;
        case Phase::withdrawn: return returned ? !dossier.advice.empty() : turns >= 2;
    }
    return false;
}

}  // namespace

Steps steps_of(const Registry& registry, const Product& product, const Dossier& dossier) {
    const bool withdrawn = dossier.phase == Phase::withdrawn;
    const std::uint32_t turns = dossier.turn - (withdrawn && dossier.turn > 0 ? 1 : 0);
    const RuleSet* rules = registry.rules(dossier.rule_set);
    Steps steps;
    steps.forwarded = (rules && dossier.stage > rules->first_council()) || (dossier.tally && fell_back(*dossier.tally));
    steps.tallied = dossier.tally.has_value();
    steps.received = steps.forwarded || steps.tallied || received_before(dossier, turns);
    steps.submitted = steps.received || turns > 0;
    Date newest{};
    for (const Certificate& certificate : product.certificates) {
        if (certificate.dossier != dossier.id) continue;
        if (certificate.issued >= newest) {
            newest = certificate.issued;
            steps.stars = std::min<std::uint8_t>(certificate.stars, 5);
        }
        if (steps.done == Date{} || certificate.issued < steps.done) steps.done = certificate.issued;
    }
    if (steps.stars == 0 && (withdrawn || dossier.phase == Phase::declined)) steps.done = dossier.since;
    return steps;
}

bool fell_back(const Tally& tally) { return tally.meeting.is_nil() && !tally.paper; }

const Tally* standing_tally(const Registry& registry, const Dossier& dossier) {
    if (!dossier.tally) return nullptr;
    const RuleSet* rules = registry.rules(dossier.rule_set);
    const bool here = rules && dossier.stage < rules->stages.size() && rules->stages[dossier.stage].key == dossier.tally->stage;
    switch (dossier.phase) {
        case Phase::drafting:
        case Phase::returned: return nullptr;
        case Phase::submitted:
        case Phase::received:
        case Phase::withdrawn:
            if (here && dossier.meetings == 0) return nullptr;  // a return starts the council's meetings anew
            break;
        case Phase::tallied:
        case Phase::recognised:
        case Phase::declined: break;
    }
    return &*dossier.tally;
}

}  // namespace hoso::client::views
