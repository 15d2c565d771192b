#pragma once

#include "shared/domain/registry.hpp"

// A regulation of three criteria and four stages, and the province it holds in: folded by hand, for tests of refuse and apply
// alone.
namespace hoso::domain::tests {

inline Uuid id(Byte number) {
    Uuid made;
    made.bytes[15] = number;
    return made;
}

inline Date day(int year, unsigned month, unsigned of_month) {
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}

inline const UnitId region = id(1);
inline const UnitId town = id(2);
inline const UnitId ward = id(3);
inline const UnitId closed_ward = id(4);
inline const AccountId officer = id(20);
inline const Hash rules_hash = [] {
    Hash hash;
    hash.bytes.fill(9);
    return hash;
}();

inline Criterion criterion(const std::string& no, Byte section, const std::string& assessed_by,
                           const std::vector<Option>& options) {
    Criterion made;
    made.no = no;
    made.section = section;
    made.assessed_by = assessed_by;
    made.options = options;
    made.points_max = options.back().points;
    return made;
}

// 40 + 25 + 35 points. {2,2,2} is 100, {2,2,1} is 80, {2,1,2} is 85 and misses a gate of 4 stars, {2,1,1} is 65, {1,2,1} is 60,
// {2,2,0} is 65 and misses a gate of 3 stars, {1,1,0} is 30.
inline ProductSet leaf_set() {
    ProductSet set;
    set.no = 1;
    set.key = "leaf";
    set.sections = {{"A", 4'000}, {"B", 2'500}, {"C", 3'500}};
    set.criteria = {criterion("1", 0, "ward", {{2'000, 0}, {4'000, 0}}), criterion("2", 1, "", {{1'000, 0}, {2'500, 4}}),
                    criterion("3", 2, "", {{1'500, 3}, {3'500, 5}})};
    return set;
}

inline Stage stage(const std::string& key, Does does, const std::vector<std::uint8_t>& decides, Points forwards_from) {
    Stage made;
    made.key = key;
    made.level = does == Does::external ? "" : key;
    made.does = does;
    made.meetings = does == Does::council ? 1 : 0;
    made.decides = decides;
    made.forwards_from = forwards_from;
    made.entered_by = does == Does::external ? "region" : "";
    return made;
}

inline RuleSet small_rules() {
    RuleSet rules;
    rules.hash = rules_hash;
    rules.id = "small-2023";
    for (const auto kind : {DossierKind::first, DossierKind::upgrade, DossierKind::re_evaluation}) {
        rules.terms.push_back({kind, day(2023, 1, 1), day(2026, 12, 31)});
    }
    rules.bands = {{1, 0}, {2, 3'000}, {3, 5'000}, {4, 7'000}, {5, 9'000}};
    rules.stages = {stage("ward", Does::opinion, {}, 0), stage("town", Does::council, {3}, 7'000),
                    stage("region", Does::council, {4}, 9'000), stage("state", Does::external, {5}, 0)};
    rules.certificate_months = 36;
    rules.certificate_stars_min = 3;
    rules.contents = {{"form", "", "", true}, {"samples", "", "", false}};
    rules.evidence = {{"story", "", ""}};
    rules.grounds = {{"not_renewed", "", "", true}, {"forged", "", "", false}};
    rules.product_sets = {leaf_set()};
    rules.dates_back_days_max = 60;
    return rules;
}

inline Unit unit(const UnitId& made, const UnitId& parent, const std::string& level) {
    Unit unit;
    unit.id = made;
    unit.parent = parent;
    unit.level = level;
    return unit;
}

inline Registry small_registry() {
    Registry registry;
    registry.began = day(2024, 3, 1);
    registry.root = region;
    registry.units[region] = unit(region, {}, "region");
    registry.units[town] = unit(town, region, "town");
    registry.units[ward] = unit(ward, town, "ward");
    registry.units[closed_ward] = unit(closed_ward, town, "ward");
    registry.units[closed_ward].valid_to = day(2023, 5, 31);
    registry.rule_sets[rules_hash] = std::make_shared<const RuleSet>(small_rules());
    registry.newest_rule_set = rules_hash;
    registry.rounds[id(40)].id = id(40);
    const std::vector<CouncilMember> members = {{id(21), Seat::chair}, {id(22), Seat::secretary}, {id(23), Seat::member}};
    registry.councils[id(30)] = {id(30), town, "town", members, 2, 1'000};
    registry.councils[id(31)] = {id(31), region, "region", members, 2, 1'000};
    registry.blocks[id(41)] = {id(41), id(90), NumberKind::certificate, "{}/GCN", 1, 99, {}};
    return registry;
}

}  // namespace hoso::domain::tests
