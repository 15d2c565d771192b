#pragma once

#include <boost/json/array.hpp>
#include <map>
#include <string>
#include <string_view>

#include "shared/domain/rules.hpp"

namespace hoso::client::views {

// A row for everything in which two regulations differ: "part" names it, "before" and "after" say how it stands in the one and the
// other, null where it is missing. Of product sets how many criteria differ, or each of these criteria for the set named.
boost::json::array compare(const domain::RuleSet& one, const domain::RuleSet& other, std::string_view set = {});

// What a regulation lays down on days, rounds, samples and codes, by name; what it does not is left out.
std::map<std::string, std::string> times_of(const domain::RuleSet& rules);

}  // namespace hoso::client::views
