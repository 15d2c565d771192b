#include "client/views/search.hpp"

#include <algorithm>
#include <map>

#include "client/text/unicode.hpp"
#include "client/views/geography.hpp"

namespace hoso::client::views {
namespace {

// What was found, to be put in order: as it was typed, then by name.
class Hits {
public:
    explicit Hits(std::string_view text) : typed_(nfc(text)), plain_(folded(text)) {}

    void look_at(const char* kind, std::string_view name, std::string_view number, const std::string& path, json::value id) {
        const std::string both = std::string(name) + "\n" + std::string(number);
        const std::string plain = folded(both);
        if (plain.find(plain_) == std::string::npos) return;
        const bool as_typed = both.find(typed_) != std::string::npos;
        json::object row{{"kind", kind}, {"name", name}, {"number", number}, {"path", path}, {"id", std::move(id)}};
        found_.emplace(std::pair{!as_typed, plain}, std::move(row));
    }
    json::array first(std::size_t rows_max) const {
        json::array rows;
        for (auto hit = found_.begin(); hit != found_.end() && rows.size() < rows_max; ++hit) rows.push_back(hit->second);
        return rows;
    }

private:
    std::string typed_;
    std::string plain_;
    std::multimap<std::pair<bool, std::string>, json::object> found_;
};

void look_at_registry(const domain::Registry& registry, Hits& hits) {
    for (const auto& [unit_id, unit] : registry.units)
        hits.look_at("unit", unit.name, unit.code, unit_path(registry, unit_id), id(unit_id));
    for (const auto& [account_id, account] : registry.accounts)
        hits.look_at("account", account.title, "", unit_path(registry, account.unit), id(account_id));
    for (const auto& [decision_id, decision] : registry.decisions)
        hits.look_at("decision", "", decision.number, unit_path(registry, decision.unit), id(decision_id));
}

const domain::Certificate* good_on(const domain::Product& product, Date day) {
    const auto good = [&](const domain::Certificate& held) { return !held.revoked && held.issued <= day && held.last_day >= day; };
    const auto found = std::find_if(product.certificates.rbegin(), product.certificates.rend(), good);
    return found == product.certificates.rend() ? nullptr : &*found;
}

// In the words of the newest rule set that has the product's set.
std::string sector_of(const domain::Registry& registry, const domain::Product& product) {
    const auto named = [&](const domain::RuleSet& rules) -> std::string {
        const domain::ProductSet* set = rules.product_set(product.product_set);
        if (!set) return {};
        const auto found = std::find_if(rules.sectors.begin(), rules.sectors.end(),
                                        [&](const domain::Sector& sector) { return sector.key == set->sector; });
        return found == rules.sectors.end() ? std::string{} : found->name_vi;
    };
    const domain::RuleSet* newest = registry.rules(registry.newest_rule_set);
    std::string name = newest ? named(*newest) : std::string{};
    for (auto known = registry.rule_sets.begin(); name.empty() && known != registry.rule_sets.end(); ++known)
        name = named(*known->second);
    return name;
}

std::string group_of(const domain::Registry& registry, const domain::Product& product, const domain::Certificate& held,
                     std::string_view by) {
    if (by == "stars") return std::to_string(held.stars);
    if (by == "sector") return sector_of(registry, product);
    return to_text(held.issued).substr(0, 4);
}

}  // namespace

json::array search(const Look& state, std::string_view text, std::size_t rows_max) {
    const domain::Registry& registry = state.registry();
    Hits hits(text);
    look_at_registry(registry, hits);
    state.each<domain::Subject>([&](const domain::Subject& subject) {
        hits.look_at("subject", subject.name, subject.registration, unit_path(registry, subject.unit), id(subject.id));
    });
    state.each<domain::Product>([&](const domain::Product& product) {
        const std::string path = unit_path(registry, product.unit);
        hits.look_at("product", product.name, product.code, path, id(product.id));
        for (const auto& held : product.certificates) hits.look_at("certificate", product.name, held.text, path, id(product.id));
    });
    return hits.first(rows_max);
}

json::array count_products(const Look& state, std::string_view by, Date at, Date geography) {
    if (by != "stars" && by != "sector" && by != "unit" && by != "year") return {};
    const domain::Registry& registry = state.registry();
    const Geography on(registry, geography);
    std::map<std::string, std::pair<json::object, std::map<std::uint8_t, std::size_t>>> groups;
    state.each<domain::Product>([&](const domain::Product& product) {
        const auto* held = good_on(product, at);
        if (!held) return;
        json::object row{{"geography", date(geography)}};
        std::string place;
        if (by == "unit") {
            const auto units = on.top(product.unit);
            mark_place(row, "group", on, units);
            for (const UnitId& unit : units) place += "/" + unit.hex();  // two units of one name are two
            place = (units.size() == 1 ? unit_path(registry, units.front()) : "~") + place;
        } else {
            row["group"] = place = group_of(registry, product, *held, by);
        }
        auto& group = groups.try_emplace(place, std::move(row), std::map<std::uint8_t, std::size_t>{}).first->second;
        ++group.second[held->stars];
    });
    json::array rows;
    for (auto& [place, group] : groups) {
        auto& [row, by_stars] = group;
        std::size_t total = 0;
        for (const auto& [stars, count] : by_stars) {
            row["recognised_" + std::to_string(stars)] = count;
            total += count;
        }
        row["products"] = total;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace hoso::client::views
