#pragma once

#include <filesystem>

#include "client/media/pixels.hpp"

namespace hoso::client::media {

// The first page, drawn by poppler in a process of its own. Errc::invalid for a broken PDF or one with a password, limit if it
// takes too much memory or time, io if poppler is not installed.
Result<Pixels> first_page(const std::filesystem::path& pdf, unsigned side_px_max);

}  // namespace hoso::client::media
