#pragma once

#include <cstdio>
#include <optional>

#include "client/media/pixels.hpp"

namespace hoso::client::media {

struct Picture {
    Pixels pixels;             // as stored: not yet turned
    unsigned orientation = 1;  // of Exif
};

// Decoded at the smallest eighth of its size that is not below `side_px_min`, so that memory is bounded by the result.
// Errc::invalid if it is broken or cut short, limit if it is too large, needs too much memory or takes too long.
Result<Picture> read_jpeg(std::FILE& file, unsigned side_px_min);

// Empty if it would have more than `bytes_max`.
std::optional<Bytes> jpeg_of(const Pixels& picture, int quality, std::size_t bytes_max);

// Of at most `bytes_max`: first the quality falls from `quality_max`, then the size too. Only a picture of a single pixel may
// be larger.
Bytes jpeg_within(Pixels picture, int quality_max, std::size_t bytes_max);

}  // namespace hoso::client::media
