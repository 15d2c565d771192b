#pragma once

#include "client/views/geography.hpp"

namespace hoso::client::views {

// One row for every unit right below the province of the geography, one for what is not determined among some of them, and a
// row of totals: how far the dossiers of a round are, what became of the certificates that ran out or were revoked by that day, and
// what will be late at the deadline.
json::array progress(const Look& state, const domain::Round& round, Date at, const Geography& on);

// A dossier as a step of these rows counts it: "registered", "submitted", ... "recognised_3", ... "withdrawn", "open".
bool is_dossier_step(std::string_view step);
bool came_to(const domain::Registry& registry, const domain::Product& product, const domain::Dossier& dossier,
             std::string_view step);

}  // namespace hoso::client::views
