#include "client/cli/names.hpp"

#include <algorithm>
#include <map>

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

bool in_force(const domain::Unit& unit, Date on) {
    return (unit.valid_from == Date{} || unit.valid_from <= on) && (unit.valid_to == Date{} || unit.valid_to >= on);
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
    if (text.find('/') == std::string_view::npos) {
        return find_in(registry.units, "unit", text,
                       [&](const domain::Unit& unit) { return unit.code == text && in_force(unit, on); });
    }
    UnitId at;
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = std::min(rest.find('/'), rest.size());
        const std::string_view code = rest.substr(0, end);
        const auto child = find_in(registry.units, "unit", text, [&](const domain::Unit& unit) {
            return unit.code == code && unit.parent == at && in_force(unit, on);
        });
        if (!child) return child.error();
        at = *child;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return at;
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
    return find_in(registry.offices, "office", text, [&](const domain::Office& office) { return office.name == text; });
}

Result<Uuid> find_notice(const domain::Registry& registry, std::string_view text) {
    return find_in(registry.notices, "notice", text, [&](const domain::NoticeIssued& notice) { return notice.number == text; });
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
