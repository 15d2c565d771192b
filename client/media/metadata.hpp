#pragma once

#include <cstdio>
#include <optional>

#include "shared/base/bytes.hpp"

// What a picture says besides its pixels: how it is to be turned, and much that is nobody's business.
namespace hoso::client::media {

// 1 to 8, of a block that begins with "Exif"; 1 if it does not say. Empty if it is no such block.
std::optional<unsigned> exif_orientation(ByteSpan block);
unsigned png_orientation(std::FILE& png);

// The same pixels in the same type, with what colours need and nothing else: no place, device, time, text or second picture.
// Empty if it does not hold together.
std::optional<Bytes> without_metadata(ByteSpan jpeg_or_png);

}  // namespace hoso::client::media
