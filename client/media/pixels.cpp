#include "client/media/pixels.hpp"

namespace hoso::client::media {
namespace {

constexpr std::size_t channels = 3;

// One row to fewer pixels. In units of 1 / to.size(), a source pixel is as wide as `to` has pixels and a target pixel as `from`
// has.
void narrow_row(const Byte* from, std::uint64_t from_width, Byte* to, std::uint64_t to_width) {
    for (std::uint64_t x = 0; x < to_width; ++x, to += channels) {
        const std::uint64_t left = x * from_width, right = left + from_width;
        std::uint64_t sums[channels] = {};
        for (std::uint64_t source = left / to_width; source * to_width < right; ++source) {
            const std::uint64_t weight = std::min(right, (source + 1) * to_width) - std::max(left, source * to_width);
            for (std::size_t channel = 0; channel < channels; ++channel)
                sums[channel] += weight * from[source * channels + channel];
        }
        for (std::size_t channel = 0; channel < channels; ++channel) {
            to[channel] = static_cast<Byte>((sums[channel] + from_width / 2) / from_width);
        }
    }
}

Pixels narrowed(const Pixels& picture, unsigned width) {
    Pixels result{width, picture.height, Bytes(std::size_t{width} * picture.height * channels)};
    for (std::size_t y = 0; y < picture.height; ++y) {
        narrow_row(&picture.rgb[y * picture.width * channels], picture.width, &result.rgb[y * width * channels], width);
    }
    return result;
}

unsigned share(unsigned side, unsigned part, unsigned whole) {
    return std::max(1U, static_cast<unsigned>((std::uint64_t{side} * part + whole / 2) / whole));
}

constexpr unsigned transpose = 5;

}  // namespace

Result<void> check_size(std::uint64_t width, std::uint64_t height) {
    if (width == 0 || height == 0) return Error{Errc::invalid, "The picture has no pixels: export it again."};
    if (width > stored_side_px_max || height > stored_side_px_max || width * height > pixels_max) {
        return Error{Errc::limit, "The picture has " + std::to_string(width) + " x " + std::to_string(height) +
                                      " pixels: make it smaller, at most 100 million pixels and 30000 a side."};
    }
    return {};
}

Pixels shrunk(Pixels picture, unsigned side_px_max) {
    const unsigned longest = picture.longest_side();
    if (longest <= side_px_max) return picture;
    const unsigned width = share(picture.width, side_px_max, longest), height = share(picture.height, side_px_max, longest);
    const Pixels narrow = narrowed(picture, width);
    return turned(narrowed(turned(narrow, transpose), height), transpose);
}

Pixels turned(Pixels picture, unsigned orientation) {
    if (orientation <= 1 || orientation > 8) return picture;
    const bool lies = orientation >= 5;
    const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    Pixels result{picture.width, picture.height, Bytes(picture.rgb.size())};
    if (lies) std::swap(result.width, result.height);
    Byte* to = result.rgb.data();
    for (unsigned y = 0; y < result.height; ++y) {
        for (unsigned x = 0; x < result.width; ++x, to += channels) {
            const unsigned across = lies ? y : x, down = lies ? x : y;
            const std::size_t column = from_right ? picture.width - 1 - across : across;
            const std::size_t row = from_bottom ? picture.height - 1 - down : down;
            std::copy_n(&picture.rgb[(row * picture.width + column) * channels], channels, to);
        }
    }
    return result;
}

}  // namespace hoso::client::media
