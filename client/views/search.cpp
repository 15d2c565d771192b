#include "client/views/search.hpp"

#include <algorithm>
#include <map>

#include "client/text/unicode.hpp"
#include "client/views/certificates.hpp"
#include "client/views/geography.hpp"

namespace hoso::client::views {
namespace {

struct Found {
    const char* kind = nullptr;
    std::string_view name;
    std::string_view number;
    UnitId unit;
    Uuid id;
};

// What was found, in order: as it was typed, then by name. It keeps the first rows alone, so that a letter which is in every name
// costs no more than a word that is in few; names and numbers stay with the state.
class Hits {
public:
    Hits(std::string_view text, std::size_t rows_max) : typed_(nfc(text)), plain_(folded(text)), rows_max_(rows_max) {}

    void look_at(const Found& row) {
        name_.clear();
        folder_.fold(row.name, name_);
        look_at_number(row);
    }
    // Of another number of what was looked at before, which has the same name.
    void look_at_number(const Found& row) {
        line_ = name_;
        line_ += '\n';
        folder_.fold(row.number, line_);
        if (line_.find(plain_) == std::string::npos) return;
        Key key{!as_typed(row), line_};
        const bool full = found_.size() >= rows_max_;
        if (full && (found_.empty() || !(key < found_.rbegin()->first))) return;
        found_.emplace(std::move(key), row);
        if (full) found_.erase(std::prev(found_.end()));
    }
    json::array rows(const domain::Registry& registry) const {
        json::array made;
        for (const auto& [key, row] : found_) {
            made.push_back(json::object{{"kind", row.kind},
                                        {"name", row.name},
                                        {"number", row.number},
                                        {"path", unit_path(registry, row.unit)},
                                        {"unit_name", unit_name(registry, row.unit)},
                                        {"id", id(row.id)}});
        }
        return made;
    }

private:
    using Key = std::pair<bool, std::string>;

    bool as_typed(const Found& row) {
        both_ = row.name;
        both_ += '\n';
        both_ += row.number;
        return both_.find(typed_) != std::string::npos;
    }

    std::string typed_;
    std::string plain_;
    std::size_t rows_max_;
    Folder folder_;
    std::string name_;  // these three are kept for their room
    std::string line_;
    std::string both_;
    std::multimap<Key, Found> found_;
};

void look_at_registry(const domain::Registry& registry, Hits& hits) {
    for (const auto& [unit_id, unit] : registry.units) {
        hits.look_at({"unit", unit.name, unit.code, unit_id, unit_id});
        for (const auto& former : unit.former) hits.look_at({"unit", former.name, former.code, unit_id, unit_id});
    }
    for (const auto& [account_id, account] : registry.accounts)
        hits.look_at({"account", account.title, "", account.unit, account_id});
    for (const auto& [office_id, office] : registry.offices) {
        hits.look_at({"office", office.name, "", office.unit, office_id});
        for (const auto& former : office.former) hits.look_at({"office", former.name, "", office.unit, office_id});
    }
    for (const auto& [decision_id, decision] : registry.decisions)
        hits.look_at({"decision", "", decision.number, decision.unit, decision_id});
    for (const auto& [notice_id, notice] : registry.notices)
        hits.look_at({"notice", notice.title, notice.number, notice.unit, notice_id});
    for (const auto& [package_id, package] : registry.packages)
        hits.look_at({"package", package.recipient, package.number, package.unit, package_id});
}

void look_at_product(const domain::Registry& registry, const domain::Product& product, Hits& hits) {
    hits.look_at({"product", product.name, product.code, product.unit, product.id});
    for (const auto& held : product.certificates)
        hits.look_at_number({"certificate", product.name, held.text, product.unit, product.id});
    for (const auto& [dossier_id, dossier] : product.dossiers) {
        const auto forms = registry.forms.find(dossier_id);
        if (forms == registry.forms.end()) continue;
        for (const auto& form : forms->second) hits.look_at_number({"form", product.name, form.text, form.unit, product.id});
    }
}

// In the words of the rule set in force that day, or of any that has the product's set.
std::string sector_of(const domain::Registry& registry, const domain::Product& product, Date day) {
    const auto named = [&](const domain::RuleSet& rules) -> std::string {
        const domain::ProductSet* set = rules.product_set(product.product_set);
        if (!set) return {};
        const auto found = std::find_if(rules.sectors.begin(), rules.sectors.end(),
                                        [&](const domain::Sector& sector) { return sector.key == set->sector; });
        return found == rules.sectors.end() ? std::string{} : found->name_vi;
    };
    const domain::RuleSet* rules = rules_on(registry, domain::DossierKind::first, day);
    std::string name = rules ? named(*rules) : std::string{};
    for (auto known = registry.rule_sets.begin(); name.empty() && known != registry.rule_sets.end(); ++known)
        name = named(*known->second);
    return name;
}

std::string group_of(const domain::Registry& registry, const domain::Product& product, const domain::Certificate& held,
                     std::string_view by, Date day) {
    if (by == "stars") return std::to_string(held.stars);
    if (by == "sector") return sector_of(registry, product, day);
    return to_text(held.issued).substr(0, 4);
}

}  // namespace

json::array search(const Look& state, std::string_view text, std::size_t rows_max) {
    Hits hits(text, rows_max);
    look_at_registry(state.registry(), hits);
    state.each<domain::Subject>([&](const domain::Subject& subject) {
        hits.look_at({"subject", subject.name, subject.registration, subject.unit, subject.id});
    });
    state.each<domain::Product>([&](const domain::Product& product) { look_at_product(state.registry(), product, hits); });
    return hits.rows(state.registry());
}

json::array count_products(const Look& state, std::string_view by, Date at, Date geography) {
    if (by != "stars" && by != "sector" && by != "unit" && by != "year") return {};
    const domain::Registry& registry = state.registry();
    const Geography on(registry, geography);
    std::map<std::string, std::pair<json::object, std::map<std::uint8_t, std::size_t>>> groups;
    state.each<domain::Product>([&](const domain::Product& product) {
        const auto* held = good_certificate(registry, product, at);
        if (!held) return;
        json::object row{{"geography", date(geography)}};
        std::string place;
        if (by == "unit") {
            const auto units = on.top(product.unit);
            mark_place(row, "group", on, units);
            for (const UnitId& unit : units) place += "/" + unit.hex();  // two units of one name are two
            place = (units.size() == 1 ? unit_path(registry, units.front()) : "~") + place;
        } else {
            row["group"] = place = group_of(registry, product, *held, by, at);
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
