#include "client/views/sitting.hpp"

#include <algorithm>
#include <tuple>

#include "shared/domain/dossier_checks.hpp"
#include "shared/domain/tally.hpp"

namespace hoso::client::views {

using namespace domain;

bool sits_on(const Registry& registry, const Meeting& meeting, const Product& product, const Dossier& dossier) {
    const bool counted = std::find(dossier.counted.begin(), dossier.counted.end(), meeting.id) != dossier.counted.end();
    return !counted && meeting.lists(product.id, dossier.id) &&
           registry.councils.at(meeting.council).stage == stage_of(rules_of(registry, dossier), dossier).key;
}

Sitting sitting(const Registry& registry, const Meeting& meeting, const Product& product, const Dossier& dossier) {
    if (!meeting.closed) return Sitting::open;
    const RuleSet& rules = rules_of(registry, dossier);
    const ProductSet& set = set_of(rules, product);
    if (set.criteria.empty()) return Sitting::countable;  // from its minutes: there is no sheet to hand in
    const auto grade = grade_sheets(rules, set, open_sheets(registry, product, dossier, meeting));
    if (!grade || grade->sheets < meeting.quorum) return Sitting::too_few;
    return grade->spread > meeting.spread_max ? Sitting::too_far : Sitting::countable;
}

bool met_again(const Registry& registry, const Meeting& meeting, const Product& product, const Dossier& dossier) {
    return std::any_of(registry.meetings.begin(), registry.meetings.end(), [&](const auto& entry) {
        const Meeting& other = entry.second;
        if (other.id == meeting.id || !sits_on(registry, other, product, dossier)) return false;
        switch (sitting(registry, other, product, dossier)) {
            case Sitting::open:
            case Sitting::countable: return true;
            case Sitting::too_far: return std::tie(meeting.date, meeting.id) < std::tie(other.date, other.id);
            case Sitting::too_few: return false;
        }
        return false;
    });
}

}  // namespace hoso::client::views
