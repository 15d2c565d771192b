#include <png.h>

#include <new>

#include "client/media/metadata.hpp"
#include "client/media/png.hpp"

namespace hoso::client::media {
namespace {

class Decoder {
public:
    Decoder() { image_.version = PNG_IMAGE_VERSION; }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    ~Decoder() { png_image_free(&image_); }

    Result<Pixels> read(std::FILE& file) {
        if (!png_image_begin_read_from_stdio(&image_, &file)) return broken();
        if (const auto size = check_size(image_.width, image_.height); !size) return size.error();
        image_.format = PNG_FORMAT_RGB;
        Pixels pixels{image_.width, image_.height, {}};
        try {
            pixels.rgb.resize(PNG_IMAGE_SIZE(image_));
        } catch (const std::bad_alloc&) {
            return Error{Errc::limit, "The picture takes more memory than is free: make it smaller or close other programs."};
        }
        const png_color white{255, 255, 255};
        if (!png_image_finish_read(&image_, &white, pixels.rgb.data(), 0, nullptr)) return broken();
        return pixels;
    }

private:
    static Error broken() { return {Errc::invalid, "The picture is broken or no PNG: copy it again from where it was made."}; }

    png_image image_{};
};

}  // namespace

Result<Picture> read_png(std::FILE& file) {
    const unsigned orientation = png_orientation(file);
    std::rewind(&file);
    Decoder decoder;
    auto pixels = decoder.read(file);
    if (!pixels) return pixels.error();
    return Picture{*std::move(pixels), orientation};
}

}  // namespace hoso::client::media
