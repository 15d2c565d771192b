#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

// The products that moved between two states of one log: whose newest dossier is another or stands elsewhere, whose points, stars
// or newest certificate are others. One row each, in both states; null where there was nothing. Only products of units that
// lie within `unit` on `day`, unless it is nil.
json::array moves(const Look& before, const Look& after, const UnitId& unit, Date day);

}  // namespace hoso::client::views
