#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "client/views/look.hpp"

// What views are made of. A view is a pure function over a replica's state that answers with JSON; the command line prints it and
// the web pages show it. Ids are hex, dates YYYY-MM-DD, instants RFC 3339, points hundredths (..._centi) and text beside them.
namespace hoso::client::views {

namespace json = boost::json;

template <std::size_t Size, typename Tag>
json::value id(const FixedBytes<Size, Tag>& from) {
    return from.is_nil() ? json::value(nullptr) : json::value(from.hex());
}
json::value date(Date from);  // null for none
json::value instant(Instant from);
json::value position(Position from);                // null for none
std::string points_text(std::uint64_t hundredths);  // "88,5"
json::object verdict(const domain::Verdict& from);  // outcome, reason, against

// For a long list: an array whose rows, made in its storage, lie in one piece of memory and go with it at once.
json::array long_list();

// "17/150/04831", and a unit's name, empty for none: by the codes and names of `on`, as a document of that day has them; without a
// day the newest that are known.
std::string unit_path(const domain::Registry& registry, const UnitId& unit, std::optional<Date> on = {});
std::string unit_name(const domain::Registry& registry, const UnitId& unit, std::optional<Date> on = {});
std::string account_title(const domain::Registry& registry, const AccountId& account);
const domain::Dossier* newest_dossier(const domain::Product& product);  // the one under way, or else the one filed last
void mark_missing(json::object& out, const domain::ProductSet& set);    // says why there is no sheet, where there is none
// "illustrative" with the rule set's own words, where its sheets are borrowed.
void mark_illustrative(json::object& out, const domain::RuleSet* rules);
void mark_illustrative(json::object& out, const Look& look, const StreamId& product, const DossierId& dossier);

}  // namespace hoso::client::views
