#pragma once

#include "client/views/parts.hpp"

// What the programme keeps around the dossiers: offices, days off, dispatches, letters, difficulties, fairs, inspections,
// complaints.
namespace hoso::client::views {

json::array offices(const domain::Registry& registry, Date at);  // called as on that day
json::object calendar(std::uint16_t year, const domain::Calendar& from);
json::array notices(const domain::Registry& registry);
json::object notice(const Look& state, const domain::NoticeIssued& from);  // with its lists, product by product
json::object package(const Look& state, const domain::PackageSent& from);  // with its dossiers
json::array packages(const Look& state);
json::array reminders(const domain::Registry& registry);
json::array difficulties(const domain::Registry& registry);
json::array promotions(const Look& state);  // with how many products took part
json::array inspections(const Look& state);
json::array complaints(const Look& state);
// What happened to a product outside its dossiers, for `product show`.
void add_care(json::object& out, const domain::Product& from);

}  // namespace hoso::client::views
