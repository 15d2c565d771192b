#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

// By the name and code of `on`, or the newest; with what it went into.
json::object unit(const domain::Registry& registry, const domain::Unit& from, std::optional<Date> on = {});
json::object unit_with_lineage(const domain::Registry& registry, const domain::Unit& from, Date on);  // and what went into it
json::array units(const domain::Registry& registry,
                  std::optional<Date> on);  // in the order of their paths; those in force that day
json::array accounts(const domain::Registry& registry);
json::array mandates(const domain::Registry& registry);
json::array devices(const domain::Registry& registry);
json::array rounds(const domain::Registry& registry);
json::array number_blocks(const domain::Registry& registry);
json::object rule_set(const domain::RuleSet& from);  // without its sheets
json::array rule_sets(const domain::Registry& registry);
// One sheet: every criterion with its options, in printed order.
json::object sheet(const domain::RuleSet& rules, const domain::ProductSet& set);

}  // namespace hoso::client::views
