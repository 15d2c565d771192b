#include "client/views/parts.hpp"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>

namespace hoso::client::views {

json::value date(Date from) { return from == Date{} ? json::value(nullptr) : json::value(to_text(from)); }

json::value instant(Instant from) { return json::value(to_text(from)); }

json::value position(Position from) { return from == no_position ? json::value(nullptr) : json::value(from); }

std::string points_text(std::uint64_t hundredths) {
    std::string text = std::to_string(hundredths / 100);
    if (const auto rest = hundredths % 100) {
        text += ',';
        text += static_cast<char>('0' + rest / 10);
        if (rest % 10) text += static_cast<char>('0' + rest % 10);
    }
    return text;
}

json::object verdict(const domain::Verdict& from) {
    return {{"outcome", name(from.outcome)}, {"reason", name(from.reason)}, {"against", position(from.against)}};
}

json::array long_list() { return json::array(json::make_shared_resource<json::monotonic_resource>()); }

std::string unit_path(const domain::Registry& registry, const UnitId& unit, std::optional<Date> on) {
    std::string path;
    const domain::Unit* at = registry.unit(unit);
    // What is no more keeps the path of its last day: its parent may carry another code by now.
    if (!on && at && at->valid_to != Date{}) on = at->valid_to;
    for (int steps = 0; at && steps < 16; ++steps, at = registry.unit(at->parent))
        path.insert(0, (on ? at->named_on(*on).code : at->code) + (path.empty() ? "" : "/"));
    return path;
}

std::string unit_name(const domain::Registry& registry, const UnitId& unit, std::optional<Date> on) {
    const domain::Unit* found = registry.unit(unit);
    if (!found) return {};
    return on ? found->named_on(*on).name : found->name;
}

std::string account_title(const domain::Registry& registry, const AccountId& account) {
    const auto found = registry.accounts.find(account);
    return found == registry.accounts.end() ? std::string{} : found->second.title;
}

const domain::Dossier* newest_dossier(const domain::Product& product) {
    if (const domain::Dossier* open = product.open_dossier()) return open;
    const domain::Dossier* newest = nullptr;
    for (const auto& [id, dossier] : product.dossiers) {
        if (!newest || dossier.filing_date >= newest->filing_date) newest = &dossier;
    }
    return newest;
}

void mark_missing(json::object& out, const domain::ProductSet& set) {
    if (!set.sheet_missing.empty()) out["sheet_missing"] = set.sheet_missing;
}

void mark_illustrative(json::object& out, const domain::RuleSet* rules) {
    if (rules && !rules->illustrative.empty()) out["illustrative"] = rules->illustrative;
}

void mark_illustrative(json::object& out, const Look& look, const StreamId& product, const DossierId& dossier) {
    const domain::Product* held = look.product(product);
    const domain::Dossier* filed = held ? held->dossier(dossier) : nullptr;
    if (filed) mark_illustrative(out, look.registry().rules(filed->rule_set));
}

}  // namespace hoso::client::views
