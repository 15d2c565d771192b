#include "client/media/media.hpp"

#include "client/media/jpeg.hpp"
#include "client/media/metadata.hpp"
#include "client/media/open_file.hpp"
#include "client/media/pdf_page.hpp"
#include "client/media/png.hpp"

namespace hoso::client::media {
namespace {

constexpr int quality = 85;
constexpr std::size_t page_bytes_max = 2 << 20;

bool is_jpeg(const std::string& type) { return type == "image/jpeg"; }
bool is_png(const std::string& type) { return type == "image/png" || type == "image/apng"; }
bool is_pdf(const std::string& type) { return type == "application/pdf"; }

Error has_none(const std::string& type) {
    return {Errc::not_found, "There is no preview of " + type + ": only of JPEG and PNG pictures and PDF."};
}

// The decoders meet only what looks like what they decode.
Result<void> check_type(const std::filesystem::path& file, const std::string& type) {
    const auto found = media_type(file);
    if (!found) return found.error();
    if (*found == type || (is_png(*found) && is_png(type))) return {};
    return Error{Errc::invalid, "The file is said to be " + type + " but is " + *found + ": choose the right file."};
}

Result<Picture> read_picture(std::FILE& file, const std::string& type, unsigned side_px) {
    auto picture = is_jpeg(type) ? read_jpeg(file, side_px) : read_png(file);
    if (picture) picture->pixels = shrunk(std::move(picture->pixels), side_px);
    return picture;
}

Result<Pixels> small_picture(const std::filesystem::path& file, const std::string& type) {
    if (is_pdf(type)) return first_page(file, preview_side_px_max);
    const auto opened = open_file(file);
    if (!opened) return opened.error();
    auto picture = read_picture(**opened, type, preview_side_px_max);
    if (!picture) return picture.error();
    return turned(std::move(picture->pixels), picture->orientation);
}

}  // namespace

Result<Bytes> preview(const std::filesystem::path& file, const std::string& type) {
    if (!is_jpeg(type) && !is_png(type) && !is_pdf(type)) return has_none(type);
    if (const auto checked = check_type(file, type); !checked) return checked.error();
    auto pixels = small_picture(file, type);
    if (!pixels) return pixels.error();
    return jpeg_within(shrunk(*std::move(pixels), preview_side_px_max), quality, preview_bytes_max);
}

Result<Bytes> page_picture(const std::filesystem::path& pdf, unsigned side_px_max) {
    const auto pixels = first_page(pdf, side_px_max);
    if (!pixels) return pixels.error();
    return jpeg_within(*pixels, quality, page_bytes_max);
}

Result<Bytes> scaled(const std::filesystem::path& image, const std::string& type, unsigned side_px_max) {
    CHECK(side_px_max > 0);
    if (!is_jpeg(type) && !is_png(type)) return has_none(type);
    if (const auto checked = check_type(image, type); !checked) return checked.error();
    const auto opened = open_file(image);
    if (!opened) return opened.error();
    auto picture = read_picture(**opened, type, side_px_max);
    if (!picture) return picture.error();
    std::fseek(opened->get(), 0, SEEK_END);
    const auto stored_bytes = static_cast<std::size_t>(std::ftell(opened->get()));
    Pixels upright = turned(std::move(picture->pixels), picture->orientation);
    if (auto jpeg = jpeg_of(upright, quality, stored_bytes)) return *std::move(jpeg);
    if (picture->orientation == 1) {
        const auto stored = read_start(**opened, stored_bytes);
        if (!stored) return stored.error();
        if (auto clean = without_metadata(*stored)) return *std::move(clean);
    }
    return jpeg_within(std::move(upright), quality, stored_bytes);
}

}  // namespace hoso::client::media
