#pragma once

#include "client/views/geography.hpp"

namespace hoso::client::views {

// One row for every unit right below the province of the geography, one for what is not determined among some of them, and a
// row of totals: how far the dossiers of a round are, what became of the certificates that ran out or were revoked by that day, and
// what will be late at the deadline.
json::array progress(const Look& state, const domain::Round& round, Date at, const Geography& on);

}  // namespace hoso::client::views
