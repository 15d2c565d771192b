#pragma once

#include <algorithm>
#include <cstdint>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

// Pictures in memory, and what is done with them between decoding and encoding.
namespace hoso::client::media {

inline constexpr std::uint64_t pixels_max = 100'000'000;
inline constexpr unsigned stored_side_px_max = 30'000;

struct Pixels {
    unsigned width = 0;
    unsigned height = 0;
    Bytes rgb;  // rows from the top, three bytes a pixel
    unsigned longest_side() const { return std::max(width, height); }
};

// Errc::limit for what a file of a few bytes may claim and no memory holds; invalid for a side of 0. Asked before decoding.
Result<void> check_size(std::uint64_t width, std::uint64_t height);

// Each pixel the mean of the area it covers; as it was if it is not longer than that.
Pixels shrunk(Pixels picture, unsigned side_px_max);

// Upright, given the orientation 1 to 8 of Exif 2.3 section 4.6.4; as it was for any other.
Pixels turned(Pixels picture, unsigned orientation);

}  // namespace hoso::client::media
