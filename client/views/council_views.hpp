#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

json::array councils(const domain::Registry& registry);
json::array meetings(const domain::Registry& registry);
// Members and dossiers; while it is open how many sheets are in, once it is closed every sheet's total and the grade.
json::object meeting(const Look& state, const domain::Meeting& from);
json::array decisions(const Look& state);

}  // namespace hoso::client::views
