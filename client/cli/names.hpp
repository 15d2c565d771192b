#pragma once

#include <string_view>

#include "client/views/look.hpp"
#include "shared/base/result.hpp"

// What people call things. Every finder also takes the id in hex; Errc::not_found for none, Errc::invalid for several of that name.
namespace hoso::client::cli {

// 17/150/04831, or a code that is unique, of the units in force on that day: codes are used again for other units.
Result<UnitId> find_unit(const domain::Registry& registry, std::string_view text, Date on);
// Other units that carried or will carry this one's code, at the same level, by their first day.
std::vector<const domain::Unit*> of_same_code(const domain::Registry& registry, const domain::Unit& unit);
Result<AccountId> find_account(const domain::Registry& registry, std::string_view text);         // title
Result<DeviceId> find_device(const domain::Registry& registry, std::string_view text, Date on);  // path of a unit with one desk
Result<Uuid> find_round(const domain::Registry& registry, std::string_view text);                // title, or its year
Result<Uuid> find_council(const domain::Registry& registry, std::string_view text);
Result<Uuid> find_meeting(const domain::Registry& registry, std::string_view text);
Result<Uuid> find_mandate(const domain::Registry& registry, std::string_view text);
Result<Uuid> find_decision(const domain::Registry& registry, std::string_view text);   // number
Result<Uuid> find_office(const domain::Registry& registry, std::string_view text);     // name
Result<Uuid> find_notice(const domain::Registry& registry, std::string_view text);     // number
Result<Uuid> find_package(const domain::Registry& registry, std::string_view text);    // number of the letter
Result<Uuid> find_promotion(const domain::Registry& registry, std::string_view text);  // title
Result<Hash> find_rule_set(const domain::Registry& registry, std::string_view text);   // id: the newest of that id
Result<StreamId> find_subject(const views::Look& look, std::string_view text);         // name
Result<StreamId> find_product(const views::Look& look, std::string_view text);         // code or name

// The finders by the word for what they find: what a record file's {"unit": "17/150"} asks. Answers with hex.
Result<std::string> find_hex(const views::Look& look, std::string_view what, std::string_view text, Date on);

}  // namespace hoso::client::cli
