#pragma once

#include "client/media/jpeg.hpp"

namespace hoso::client::media {

// Transparency lies on white, as on paper. Errc::invalid if it is broken, limit if it is too large.
Result<Picture> read_png(std::FILE& file);

}  // namespace hoso::client::media
