#include "shared/domain/registry.hpp"

#include <algorithm>

namespace hoso::domain {
namespace {

bool has_ended(const Unit& unit, Date day) { return unit.valid_to != Date{} && unit.valid_to < day; }

// Units may be closed into each other, so the search remembers where it was.
bool reaches(const Registry& registry, const UnitId& from, const UnitId& wanted, bool upwards, Date day) {
    std::set<UnitId> seen{from};
    std::vector<UnitId> open{from};
    const auto visit = [&](const UnitId& id) {
        if (seen.insert(id).second) open.push_back(id);
    };
    while (!open.empty()) {
        const Unit* unit = registry.unit(open.back());
        open.pop_back();
        if (!unit) continue;
        if (unit->id == wanted) return true;
        if (upwards) visit(unit->parent);
        if (!has_ended(*unit, day)) continue;
        for (const Successor& successor : unit->successors) visit(successor.unit);
    }
    return false;
}

}  // namespace

Registry::Registry() = default;
Registry::Registry(const Registry&) = default;
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(const Registry&) = default;
Registry& Registry::operator=(Registry&&) noexcept = default;
Registry::~Registry() = default;

bool may_name(const Uuid& id) { return !id.is_nil() && id != whole_log_scope(); }

FormerName Unit::named_on(Date day) const {
    const auto then = std::find_if(former.begin(), former.end(), [&](const FormerName& each) { return day <= each.last_day; });
    return then == former.end() ? FormerName{name, kind, code, {}} : *then;
}

const std::string& Office::named_on(Date day) const {
    const auto then = std::find_if(former.begin(), former.end(), [&](const FormerName& each) { return day <= each.last_day; });
    return then == former.end() ? name : then->name;
}

std::size_t Council::scoring() const {
    const auto scores = [](const CouncilMember& member) { return member.seat != Seat::support; };
    return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), scores));
}

const CouncilMember* Council::find(const AccountId& account) const {
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.account == account; });
    return found == members.end() ? nullptr : &*found;
}

bool Meeting::lists(const StreamId& product, const DossierId& dossier) const {
    return std::find(dossiers.begin(), dossiers.end(), DossierReference{product, dossier}) != dossiers.end();
}

std::string NumberBlock::text(std::uint32_t value) const {
    std::string made = pattern;
    const std::size_t place = made.find("{}");
    return place == std::string::npos ? made : made.replace(place, 2, std::to_string(value));
}

const Unit* Registry::unit(const UnitId& id) const {
    const auto found = units.find(id);
    return found == units.end() ? nullptr : &found->second;
}

bool Registry::ended(const UnitId& id, Date day) const {
    const Unit* found = unit(id);
    return found && has_ended(*found, day);
}

bool Registry::stands_for(const UnitId& id, const UnitId& successor, Date day) const {
    if (id == successor) return true;
    const Unit* closed = unit(id);
    return closed && !closed->successors.empty() && reaches(*this, id, successor, false, day);
}

bool Registry::within(const UnitId& inner, const UnitId& outer, Date day) const {
    bool inherited = false;
    for (const Unit* above = unit(inner); above; above = unit(above->parent)) {
        if (above->id == outer) return true;
        inherited = inherited || !above->successors.empty();
    }
    return inherited && reaches(*this, inner, outer, true, day);
}

const Unit* Registry::at_level(const UnitId& from, std::string_view level) const {
    const Unit* found = unit(from);
    while (found && found->level != level) found = unit(found->parent);
    return found;
}

const RuleSet* Registry::rules(const Hash& hash) const {
    const auto found = rule_sets.find(hash);
    return found == rule_sets.end() ? nullptr : found->second.get();
}

bool known_stage(const Registry& registry, std::string_view key) {
    return std::any_of(registry.rule_sets.begin(), registry.rule_sets.end(),
                       [&](const auto& entry) { return entry.second->stage(key) != nullptr; });
}

bool lists_each_once(const std::vector<DossierReference>& dossiers) {
    std::set<std::pair<StreamId, DossierId>> named;
    return !dossiers.empty() && std::all_of(dossiers.begin(), dossiers.end(), [&](const DossierReference& each) {
        return named.emplace(each.product, each.dossier).second;
    });
}

bool was_printed(const Registry& registry, const std::string& certificate) {
    const auto numbers = registry.printed.find(NumberKind::certificate);
    return numbers != registry.printed.end() && numbers->second.contains(certificate);
}

bool code_known(const Registry& registry, std::string_view code) {
    bool laid_down = false;
    for (const auto& [hash, rules] : registry.rule_sets) {
        if (rules->product_code.empty()) continue;
        if (code_fits(rules->product_code, code)) return true;
        laid_down = true;
    }
    return !laid_down;
}

const NumberBlock* Registry::holds(const Number& number, NumberKind kind, const DeviceId& device) const {
    const auto found = blocks.find(number.block);
    if (found == blocks.end()) return nullptr;
    const NumberBlock& block = found->second;
    const bool inside = block.first <= number.value && number.value <= block.last;
    return block.kind == kind && block.device == device && inside ? &block : nullptr;
}

std::vector<UnitId> Registry::scopes(const Device& device) const {
    if (device.server || device.founder || device.unit == root) return {whole_log_scope()};
    std::vector<UnitId> below{registry_scope};
    for (const auto& [id, unit] : units) {
        if (within(id, device.unit, Date::max())) below.push_back(id);
    }
    return below;
}

}  // namespace hoso::domain
