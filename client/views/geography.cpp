#include "client/views/geography.hpp"

#include <algorithm>

#include "shared/domain/dossier_checks.hpp"

namespace hoso::client::views {
namespace {

constexpr int steps_max = 16;  // from a unit to the root

json::array names_of(const domain::Registry& registry, const std::vector<UnitId>& units) {
    std::vector<std::pair<std::string, std::string>> sorted;
    for (const UnitId& unit : units) sorted.emplace_back(unit_path(registry, unit), unit_name(registry, unit));
    std::sort(sorted.begin(), sorted.end());
    json::array names;
    for (const auto& [path, name] : sorted) names.push_back(json::string(name));
    return names;
}

bool at_council(const domain::Stage& stage, domain::Phase phase) {
    using domain::Phase;
    return stage.does == domain::Does::council && (phase == Phase::received || phase == Phase::tallied);
}

}  // namespace

bool in_force(const domain::Unit& unit, Date day) {
    return (unit.valid_from == Date{} || unit.valid_from <= day) && (unit.valid_to == Date{} || unit.valid_to >= day);
}

Geography::Geography(const domain::Registry& registry, Date day) : registry_(registry), day_(day) {
    for (const auto& [id, unit] : registry.units) {
        for (const auto& successor : unit.successors) predecessors_[successor.unit].push_back({id, successor.whole});
    }
}

const std::vector<domain::Successor>& Geography::predecessors(const UnitId& unit) const {
    static const std::vector<domain::Successor> none;
    const auto found = predecessors_.find(unit);
    return found == predecessors_.end() ? none : found->second;
}

const std::vector<UnitId>& Geography::of(const UnitId& unit) const {
    const auto known = known_.find(unit);
    if (known != known_.end()) return known->second;
    std::set<UnitId> seen, found;
    settle(unit, seen, found);
    return known_[unit] = {found.begin(), found.end()};
}

// Units may be closed into each other, so the search remembers where it was.
void Geography::settle(const UnitId& id, std::set<UnitId>& seen, std::set<UnitId>& found) const {
    const domain::Unit* unit = registry_.unit(id);
    if (!unit || !seen.insert(id).second) return;
    if (in_force(*unit, day_)) {
        found.insert(id);
    } else if (registry_.ended(id, day_)) {
        const auto whole = [](const domain::Successor& successor) { return successor.whole; };
        const bool any = std::any_of(unit->successors.begin(), unit->successors.end(), whole);
        for (const auto& successor : unit->successors) {
            if (successor.whole || !any) settle(successor.unit, seen, found);
        }
    } else {
        for (const auto& predecessor : predecessors(id)) settle(predecessor.unit, seen, found);
    }
}

// A unit that stayed while the one above it was closed lies in what that went into.
UnitId Geography::below_root(UnitId unit) const {
    for (int steps = 0; steps < steps_max; ++steps) {
        const domain::Unit* found = registry_.unit(unit);
        if (!found || unit == registry_.root) return unit;
        const auto& above = of(found->parent);
        if (above.size() != 1 || above.front() == registry_.root) return unit;
        unit = above.front();
    }
    return unit;
}

std::vector<UnitId> Geography::top(const UnitId& unit) const {
    std::set<UnitId> found;
    for (const UnitId& each : of(unit)) found.insert(below_root(each));
    return {found.begin(), found.end()};
}

std::vector<UnitId> Geography::tops() const {
    std::vector<UnitId> found;
    for (const auto& [id, unit] : registry_.units) {
        if (id != registry_.root && in_force(unit, day_) && below_root(id) == id) found.push_back(id);
    }
    return found;
}

void mark_place(json::object& row, const char* key, const Geography& on, const std::vector<UnitId>& units) {
    const domain::Registry& registry = on.registry();
    row["geography"] = date(on.day());
    row["path"] = units.size() == 1 ? json::value(unit_path(registry, units.front())) : json::value(nullptr);
    if (units.size() == 1) {
        row[key] = unit_name(registry, units.front());
    } else {
        row[key] = units.empty() ? "none" : "undetermined";
        row["among"] = names_of(registry, units);
    }
}

Holder holder(const domain::Product& product, const domain::Dossier& dossier, const Geography& on) {
    if (dossier.ended()) return {};
    const domain::Registry& registry = on.registry();
    const domain::RuleSet* rules = registry.rules(dossier.rule_set);
    const domain::Stage* stage = rules && dossier.stage < rules->stages.size() ? &rules->stages[dossier.stage] : nullptr;
    const bool decided = stage && at_council(*stage, dossier.phase);
    if (stage && stage->does == domain::Does::external) stage = rules->stage(stage->entered_by);
    UnitId unit = product.unit;
    if (!domain::editable(dossier)) {
        const domain::Unit* holds = stage ? registry.at_level(product.unit, stage->level) : nullptr;
        if (!holds) return {{}, "no_unit"};
        unit = holds->id;
    }
    Holder found{on.of(unit), nullptr};
    if (found.units.size() != 1) {
        found.why = found.units.empty() ? "no_successor" : "split";
    } else if (decided && !domain::somebody_decides(registry, product, dossier, on.day())) {
        found.why = "nobody_decides";
    }
    return found;
}

void mark_holder(json::object& row, const domain::Registry& registry, const Holder& from) {
    row["holder"] = names_of(registry, from.units);
    if (from.why) row["why"] = from.why;
}

}  // namespace hoso::client::views
