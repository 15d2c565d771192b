#include "client/media/jpeg.hpp"
#include "client/media/jpeg_errors.hpp"

namespace hoso::client::media {
namespace {

constexpr int quality_min = 35, quality_step = 10;

class Encoder {
public:
    Encoder() { encoder_.err = use(errors_); }
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;
    ~Encoder() { jpeg_destroy_compress(&encoder_); }

    // The bytes written into `out`, or nothing if it is too small.
    std::optional<std::size_t> write(const Pixels& picture, int quality, Bytes& out) {
        const bool whole = attempt(errors_, [&] {
            jpeg_create_compress(&encoder_);
            write_into(out);
            start(picture, quality);
            while (encoder_.next_scanline < encoder_.image_height) {
                JSAMPROW row = const_cast<Byte*>(&picture.rgb[std::size_t{encoder_.next_scanline} * picture.width * 3]);
                jpeg_write_scanlines(&encoder_, &row, 1);
            }
            jpeg_finish_compress(&encoder_);
        });
        if (!whole) return std::nullopt;
        return out.size() - target_.free_in_buffer;
    }

private:
    void write_into(Bytes& out) {
        target_.next_output_byte = out.data();
        target_.free_in_buffer = out.size();
        target_.init_destination = [](j_compress_ptr) {};
        target_.term_destination = [](j_compress_ptr) {};
        target_.empty_output_buffer = [](j_compress_ptr encoder) -> boolean {
            return_to_attempt(reinterpret_cast<j_common_ptr>(encoder));
            return FALSE;
        };
        encoder_.dest = &target_;
    }

    void start(const Pixels& picture, int quality) {
        encoder_.image_width = picture.width;
        encoder_.image_height = picture.height;
        encoder_.input_components = 3;
        encoder_.in_color_space = JCS_RGB;
        jpeg_set_defaults(&encoder_);
        jpeg_set_quality(&encoder_, quality, TRUE);
        encoder_.optimize_coding = TRUE;  // some per cent fewer bytes on a slow link
        jpeg_start_compress(&encoder_, TRUE);
    }

    jpeg_compress_struct encoder_{};
    JpegErrors errors_{};
    jpeg_destination_mgr target_{};
};

}  // namespace

std::optional<Bytes> jpeg_of(const Pixels& picture, int quality, std::size_t bytes_max) {
    // libjpeg asks for more room as soon as there is none left, so one byte more than may be used.
    Bytes out(std::min(bytes_max, picture.rgb.size() + std::size_t{16} * 1024) + 1);
    Encoder encoder;
    const auto written = encoder.write(picture, quality, out);
    if (!written) return std::nullopt;
    out.resize(*written);
    out.shrink_to_fit();
    return out;
}

Bytes jpeg_within(Pixels picture, int quality_max, std::size_t bytes_max) {
    for (;;) {
        for (int quality = quality_max; quality >= quality_min; quality -= quality_step) {
            if (auto jpeg = jpeg_of(picture, quality, bytes_max)) return *std::move(jpeg);
        }
        const unsigned side = picture.longest_side();
        if (side == 1) break;
        picture = shrunk(std::move(picture), side * 3 / 4);
    }
    auto smallest = jpeg_of(picture, quality_min, std::size_t{16} * 1024);
    CHECK(smallest.has_value());
    return *std::move(smallest);
}

}  // namespace hoso::client::media
