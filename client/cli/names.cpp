#include "client/cli/names.hpp"

#include <algorithm>
#include <map>

#include "client/views/geography.hpp"

namespace hoso::client::cli {
namespace {

Error none(std::string_view what, std::string_view text) {
    return {Errc::not_found, "There is no " + std::string(what) + " " + std::string(text) + " here. If it is new, sync first."};
}

Error several(std::string_view what, std::string_view text) {
    return {Errc::invalid, "Several are called " + std::string(text) + ": name the " + std::string(what) + " by its id."};
}

// The one entry of a map that is called so, or that has this id.
template <typename Key, typename Value, typename Called>
Result<Key> find_in(const std::map<Key, Value>& map, std::string_view what, std::string_view text, const Called& called) {
    if (const auto id = Key::from_hex(text); id && map.contains(*id)) return *id;
    const Key* found = nullptr;
    for (const auto& [id, value] : map) {
        if (!called(value)) continue;
        if (found) return several(what, text);
        found = &id;
    }
    if (!found) return none(what, text);
    return *found;
}

bool never(const auto&) { return false; }

// Says when a code or path named a unit, and what became of that, if it names none on the day asked for.
Error no_unit(const domain::Registry& registry, std::string_view text, Date on) {
    const bool path = text.find('/') != std::string_view::npos;
    std::string others;
    for (const auto& [id, unit] : registry.units) {
        if (path ? views::unit_path(registry, id) != text : unit.code != text) continue;
        others += " It is " + unit.name;
        if (unit.valid_from != Date{}) others += " from " + to_text(unit.valid_from);
        if (unit.valid_to != Date{}) others += " to " + to_text(unit.valid_to);
        for (const auto& successor : unit.successors) {
            others += (&successor == &unit.successors.front() ? ", which went into " : " and ") +
                      views::unit_path(registry, successor.unit) + " " + views::unit_name(registry, successor.unit);
        }
        others += "; its id is " + id.hex() + ".";
    }
    if (others.empty()) return none("unit", text);
    return {Errc::not_found, "There is no unit " + std::string(text) + " on " + to_text(on) + "." + others};
}

template <typename Content, typename Called>
Result<StreamId> find_content(const views::Look& look, std::string_view what, std::string_view text, const Called& called) {
    if (const auto id = StreamId::from_hex(text)) {
        if (look.content<Content>(*id)) return *id;
        return none(what, text);
    }
    std::vector<StreamId> found;
    look.each<Content>([&](const Content& content) {
        if (called(content)) found.push_back(content.id);
    });
    if (found.empty()) return none(what, text);
    if (found.size() > 1) return several(what, text);
    return found.front();
}

template <typename Id>
Result<std::string> as_hex(const Result<Id>& found) {
    if (!found) return found.error();
    return found->hex();
}

}  // namespace

Result<UnitId> find_unit(const domain::Registry& registry, std::string_view text, Date on) {
    if (const auto id = UnitId::from_hex(text); id && registry.unit(*id)) return *id;
    UnitId at;
    const bool path = text.find('/') != std::string_view::npos;
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = std::min(rest.find('/'), rest.size());
        const std::string_view code = rest.substr(0, end);
        const auto found = find_in(registry.units, "unit", text, [&](const domain::Unit& unit) {
            return unit.named_on(on).code == code && (!path || unit.parent == at) && views::in_force(unit, on);
        });
        if (!found && found.error().code == Errc::not_found) return no_unit(registry, text, on);
        if (!found) return found.error();
        at = *found;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (at.is_nil()) return none("unit", text);
    return at;
}

std::vector<const domain::Unit*> of_same_code(const domain::Registry& registry, const domain::Unit& unit) {
    std::vector<const domain::Unit*> found;
    for (const auto& [id, other] : registry.units) {
        const auto had_it = [&](const domain::FormerName& former) { return former.code == unit.code; };
        const bool same = other.code == unit.code || std::any_of(other.former.begin(), other.former.end(), had_it);
        if (id != unit.id && same && other.level == unit.level) found.push_back(&other);
    }
    std::sort(found.begin(), found.end(), [](const auto* one, const auto* other) { return one->valid_from < other->valid_from; });
    return found;
}

Result<AccountId> find_account(const domain::Registry& registry, std::string_view text) {
    if (const auto id = AccountId::from_hex(text))
        return *id;  // before the first sync this desk knows its own accounts by id alone
    return find_in(registry.accounts, "account", text, [&](const domain::Account& account) { return account.title == text; });
}

Result<DeviceId> find_device(const domain::Registry& registry, std::string_view text, Date on) {
    const auto unit = find_unit(registry, text, on);
    return find_in(registry.devices, "device", text, [&](const domain::Device& device) { return unit && device.unit == *unit; });
}

Result<Uuid> find_round(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.rounds, "round", text,
                   [&](const domain::Round& round) { return round.title == text || std::to_string(round.year) == text; });
}

Result<Uuid> find_council(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.councils, "council", text, never<domain::Council>);
}

Result<Uuid> find_meeting(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.meetings, "meeting", text, never<domain::Meeting>);
}

Result<Uuid> find_mandate(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.mandates, "mandate", text, never<domain::Mandate>);
}

Result<Uuid> find_decision(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.decisions, "decision", text, [&](const domain::Decision& decision) { return decision.number == text; });
}

Result<Uuid> find_office(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.offices, "office", text, [&](const domain::Office& office) {
        const auto was_it = [&](const domain::FormerName& former) { return former.name == text; };
        return office.name == text || std::any_of(office.former.begin(), office.former.end(), was_it);
    });
}

Result<Uuid> find_notice(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.notices, "notice", text, [&](const domain::NoticeIssued& notice) { return notice.number == text; });
}

Result<Uuid> find_package(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.packages, "package", text, [&](const domain::PackageSent& package) { return package.number == text; });
}

Result<Uuid> find_promotion(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.promotions, "event", text, [&](const domain::PromotionHeld& held) { return held.title == text; });
}

Result<Hash> find_rule_set(const domain::Registry& registry, std::string_view text) {
    if (const domain::RuleSet* newest = registry.rules(registry.newest_rule_set); newest && newest->id == text) return newest->hash;
    return find_in(registry.rule_sets, "rule set", text, [&](const auto& rules) { return rules->id == text; });
}

Result<StreamId> find_subject(const views::Look& look, std::string_view text) {
    return find_content<domain::Subject>(look, "subject", text,
                                         [&](const domain::Subject& subject) { return subject.name == text; });
}

Result<StreamId> find_product(const views::Look& look, std::string_view text) {
    return find_content<domain::Product>(look, "product", text, [&](const domain::Product& product) {
        return product.name == text || (!product.code.empty() && product.code == text);
    });
}

Result<std::string> find_hex(const views::Look& look, std::string_view what, std::string_view text, Date on) {
    const domain::Registry& registry = look.registry();
    if (what == "unit") return as_hex(find_unit(registry, text, on));
    if (what == "account") return as_hex(find_account(registry, text));
    if (what == "device") return as_hex(find_device(registry, text, on));
    if (what == "round") return as_hex(find_round(registry, text));
    if (what == "council") return as_hex(find_council(registry, text));
    if (what == "meeting") return as_hex(find_meeting(registry, text));
    if (what == "decision") return as_hex(find_decision(registry, text));
    if (what == "office") return as_hex(find_office(registry, text));
    if (what == "notice") return as_hex(find_notice(registry, text));
    if (what == "promotion") return as_hex(find_promotion(registry, text));
    if (what == "ruleset") return as_hex(find_rule_set(registry, text));
    if (what == "subject") return as_hex(find_subject(look, text));
    if (what == "product") return as_hex(find_product(look, text));
    return Error{Errc::invalid, "Nothing is looked up by \"" + std::string(what) +
                                    "\"; known are unit, account, device, round, council, meeting, decision, office, notice, "
                                    "promotion, ruleset, subject, product."};
}

}  // namespace hoso::client::cli
