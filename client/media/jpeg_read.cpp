#include <chrono>

#include "client/media/jpeg.hpp"
#include "client/media/jpeg_errors.hpp"
#include "client/media/metadata.hpp"

namespace hoso::client::media {
namespace {

// A progressive picture keeps all its coefficients; cameras write about ten scans.
constexpr long memory_bytes_max = 256L * 1024 * 1024;
constexpr int scans_max = 100;
constexpr auto time_max = std::chrono::seconds{10};

struct Watch {
    jpeg_progress_mgr progress;  // first, so that libjpeg's pointer to it is one to us
    std::chrono::steady_clock::time_point until;
    bool expired = false;
};

void look_at_watch(j_common_ptr common) {
    auto* watch = reinterpret_cast<Watch*>(common->progress);
    const bool scans = reinterpret_cast<j_decompress_ptr>(common)->input_scan_number > scans_max;
    if (!scans && std::chrono::steady_clock::now() < watch->until) return;
    watch->expired = true;
    return_to_attempt(common);
}

// Four inks to three lights. Adobe's programs, the only ones that write such files much, store them inverted.
void ink_to_light(const Byte* inks, std::size_t pixels, bool inverted, Byte* rgb) {
    for (; pixels > 0; --pixels, inks += 4, rgb += 3) {
        const unsigned black = inverted ? inks[3] : 255U - inks[3];
        for (std::size_t channel = 0; channel < 3; ++channel) {
            rgb[channel] = static_cast<Byte>((inverted ? inks[channel] : 255U - inks[channel]) * black / 255);
        }
    }
}

class Decoder {
public:
    Decoder() { decoder_.err = use(errors_); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    ~Decoder() { jpeg_destroy_decompress(&decoder_); }

    Result<Picture> read(std::FILE& file, unsigned side_px_min) {
        if (!open(file)) return fault();
        if (const auto size = check_size(decoder_.image_width, decoder_.image_height); !size) return size.error();
        if (!start(side_px_min)) return fault();
        Picture picture{{decoder_.output_width, decoder_.output_height, {}}, orientation()};
        picture.pixels.rgb.resize(std::size_t{decoder_.output_width} * decoder_.output_height * 3);
        Bytes inks(has_inks() ? std::size_t{decoder_.output_width} * 4 : 0);
        if (!read_rows(picture.pixels.rgb, inks)) return fault();
        if (errors_.ran_out && errors_.lacked) {
            return Error{Errc::invalid, "The picture ends before it is complete: copy it again from where it was taken."};
        }
        return picture;
    }

private:
    bool open(std::FILE& file) {
        return attempt(errors_, [&] {
            jpeg_create_decompress(&decoder_);
            decoder_.mem->max_memory_to_use = memory_bytes_max;
            watch_.progress.progress_monitor = look_at_watch;
            watch_.until = std::chrono::steady_clock::now() + time_max;
            decoder_.progress = &watch_.progress;
            jpeg_stdio_src(&decoder_, &file);
            jpeg_save_markers(&decoder_, JPEG_APP0 + 1, 0xFFFF);
            jpeg_read_header(&decoder_, TRUE);
        });
    }

    bool start(unsigned side_px_min) {
        return attempt(errors_, [&] {
            const std::uint64_t longest = std::max(decoder_.image_width, decoder_.image_height);
            decoder_.scale_denom = 8;
            decoder_.scale_num = 1;
            while (decoder_.scale_num < 8 && longest * decoder_.scale_num / 8 < side_px_min) ++decoder_.scale_num;
            decoder_.out_color_space = has_inks() ? JCS_CMYK : JCS_RGB;
            jpeg_start_decompress(&decoder_);
        });
    }

    bool read_rows(Bytes& rgb, Bytes& inks) {
        return attempt(errors_, [&] {
            while (decoder_.output_scanline < decoder_.output_height) {
                const std::size_t width = decoder_.output_width;
                Byte* to = &rgb[decoder_.output_scanline * width * 3];
                JSAMPROW row = inks.empty() ? to : inks.data();
                jpeg_read_scanlines(&decoder_, &row, 1);
                if (!inks.empty()) ink_to_light(inks.data(), width, decoder_.saw_Adobe_marker, to);
            }
        });
    }

    bool has_inks() const { return decoder_.jpeg_color_space == JCS_CMYK || decoder_.jpeg_color_space == JCS_YCCK; }

    unsigned orientation() const {
        for (const auto* marker = decoder_.marker_list; marker; marker = marker->next) {
            if (const auto found = exif_orientation({marker->data, marker->data_length})) return *found;
        }
        return 1;
    }

    Error fault() const {
        if (watch_.expired) return {Errc::limit, "The picture takes too much time to decode: save it again as a plain JPEG."};
        switch (errors_.manager.msg_code) {
            case JERR_NO_BACKING_STORE:
            case JERR_OUT_OF_MEMORY:
            case JERR_WIDTH_OVERFLOW: return {Errc::limit, "The picture takes too much memory to decode: make it smaller."};
            case JERR_IMAGE_TOO_BIG:
                return {Errc::limit, "The picture has too many pixels: make it smaller, at most 30000 a side."};
            case JERR_FILE_READ: return {Errc::io, "The picture cannot be read: check the disk or stick that it is on."};
            default: return {Errc::invalid, "The picture is broken or no JPEG: copy it again from where it was taken."};
        }
    }

    jpeg_decompress_struct decoder_{};
    JpegErrors errors_{};
    Watch watch_{};
};

}  // namespace

Result<Picture> read_jpeg(std::FILE& file, unsigned side_px_min) {
    std::rewind(&file);
    Decoder decoder;
    return decoder.read(file, side_px_min);
}

}  // namespace hoso::client::media
