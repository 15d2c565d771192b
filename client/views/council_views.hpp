#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

json::array councils(const domain::Registry& registry);
json::array meetings(const domain::Registry& registry);
// Dossiers, and for each who has handed in; once it is closed every sheet's total and points by section, and the grade.
json::object meeting(const Look& state, const domain::Meeting& from);
json::array decisions(const Look& state);

}  // namespace hoso::client::views
