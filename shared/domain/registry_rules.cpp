#include "shared/domain/refusal.hpp"

// Units, accounts, slips, devices, mandates, rule sets and rounds.
namespace hoso::domain {
namespace {

std::optional<Refusal> refuse_slip(const Registry& registry, const Occasion& occasion, const Uuid& slip, const AccountId& account) {
    const auto found = registry.slips.find(slip);
    if (found == registry.slips.end()) return Refusal{Reason::unknown_slip};
    if (!found->second.used_by.is_nil()) return Refusal{Reason::slip_used};
    if (found->second.expires < occasion.received) return Refusal{Reason::slip_expired};
    if (found->second.account != account) return Refusal{Reason::unknown_account};
    return std::nullopt;
}

}  // namespace

void apply(Registry& registry, const Occasion& occasion, const Genesis& action) {
    registry.genesis = action;
    registry.began = local_date(occasion.received);
    registry.devices[action.server_device] = {action.server_device, action.log_key, {}, true, false, {}};
    for (const Founder& founder : action.founders) {
        registry.accounts[founder.account] = {founder.account, founder.title, {}, true};
        Device& device = registry.devices[founder.device];
        device = {founder.device, founder.device_key, {}, false, true, {}};
        device.officers[founder.account] = founder.officer_key;
    }
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const UnitCreated& action) {
    if (registry.unit(action.unit)) return Refusal{Reason::already_exists};
    if (!may_name(action.unit) || action.level.empty() || action.code.empty() || action.name.empty())
        return Refusal{Reason::malformed};
    if (action.parent.is_nil() != registry.root.is_nil()) return Refusal{Reason::malformed};
    if (!action.parent.is_nil() && !registry.unit(action.parent)) return Refusal{Reason::unknown_unit};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const UnitCreated& action) {
    registry.units[action.unit] = {action.unit, action.parent,     action.level, action.kind, action.code,
                                   action.name, action.valid_from, {},           {},          no_position,
                                   {}};
    if (registry.root.is_nil()) registry.root = action.unit;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const UnitClosed& action) {
    const Unit* unit = registry.unit(action.unit);
    if (!unit) return Refusal{Reason::unknown_unit};
    for (const Successor& successor : action.successors) {
        if (!registry.unit(successor.unit)) return Refusal{Reason::unknown_unit};
    }
    if (unit->valid_to != Date{}) return Refusal{Reason::unit_closed};
    if (action.valid_to == Date{} || action.unit == registry.root) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion& occasion, const UnitClosed& action) {
    Unit& unit = registry.units.at(action.unit);
    unit.valid_to = action.valid_to;
    unit.successors = action.successors;
    unit.closed_at = occasion.position;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const AccountCreated& action) {
    if (registry.accounts.contains(action.account)) return Refusal{Reason::already_exists};
    if (!may_name(action.account) || action.title.empty()) return Refusal{Reason::malformed};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const AccountCreated& action) {
    registry.accounts[action.account] = {action.account, action.title, action.unit, false};
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const SlipIssued& action) {
    if (registry.slips.contains(action.slip)) return Refusal{Reason::already_exists};
    if (!may_name(action.slip)) return Refusal{Reason::malformed};
    if (!registry.accounts.contains(action.account)) return Refusal{Reason::unknown_account};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const SlipIssued& action) {
    registry.slips[action.slip] = {action.slip, action.slip_key, action.account, action.unit, action.expires, {}};
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const DeviceEnrolled& action) {
    if (registry.devices.contains(occasion.header.device)) return Refusal{Reason::already_exists};
    if (!may_name(occasion.header.device)) return Refusal{Reason::malformed};
    return refuse_slip(registry, occasion, action.slip, action.account);
}

void apply(Registry& registry, const Occasion& occasion, const DeviceEnrolled& action) {
    const DeviceId& id = occasion.header.device;
    Slip& slip = registry.slips.at(action.slip);
    slip.used_by = id;
    registry.devices[id] = {id, action.device_key, slip.unit, false, false, {{action.account, action.officer_key}}};
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const OfficerKeyAdded& action) {
    if (const auto refusal = refuse_slip(registry, occasion, action.slip, action.account)) return refusal;
    const auto device = registry.devices.find(occasion.header.device);
    const bool same_unit = device != registry.devices.end() && registry.slips.at(action.slip).unit == device->second.unit;
    return same_unit ? std::nullopt : std::optional{Refusal{Reason::unknown_unit}};
}

void apply(Registry& registry, const Occasion& occasion, const OfficerKeyAdded& action) {
    registry.slips.at(action.slip).used_by = occasion.header.device;
    registry.devices.at(occasion.header.device).officers[action.account] = action.officer_key;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const MandateGranted& action) {
    if (registry.mandates.contains(action.mandate)) return Refusal{Reason::already_exists};
    if (!may_name(action.mandate)) return Refusal{Reason::malformed};
    if (!registry.accounts.contains(action.account)) return Refusal{Reason::unknown_account};
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    const auto office = registry.offices.find(action.office);
    if (!action.office.is_nil() && (office == registry.offices.end() || office->second.unit != action.unit))
        return Refusal{Reason::unknown_office};
    if (action.valid_to != Date{} && action.valid_to < action.valid_from) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const MandateGranted& action) {
    registry.mandates[action.mandate] = {action.mandate,  action.account, action.role,   action.unit, action.valid_from,
                                         action.valid_to, no_position,    action.office, action.field};
    registry.mandates_of[action.account].push_back(action.mandate);
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const MandateEnded& action) {
    const auto found = registry.mandates.find(action.mandate);
    if (found == registry.mandates.end()) return Refusal{Reason::unknown_mandate};
    const Position ended = found->second.ended_at;
    return ended == no_position ? std::nullopt : std::optional{Refusal{Reason::mandate_ended, ended}};
}

void apply(Registry& registry, const Occasion& occasion, const MandateEnded& action) {
    registry.mandates.at(action.mandate).ended_at = occasion.position;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const RuleSetPublished& action) {
    if (registry.rule_sets.contains(action.hash)) return Refusal{Reason::already_exists};
    const auto rules = unpack_rules(action.json);
    if (!rules || rules->hash != action.hash || rules->id != action.id) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const RuleSetPublished& action) {
    auto rules = unpack_rules(action.json);
    CHECK(rules.has_value());
    registry.rule_sets[action.hash] = std::make_shared<const RuleSet>(std::move(*rules));
    registry.newest_rule_set = action.hash;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const RoundOpened& action) {
    if (registry.rounds.contains(action.round)) return Refusal{Reason::already_exists};
    if (!may_name(action.round) || action.title.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(Registry& registry, const Occasion&, const RoundOpened& action) {
    registry.rounds[action.round] = {action.round, action.title, action.year, action.deadline, action.legal_basis};
}

}  // namespace hoso::domain
