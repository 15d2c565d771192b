#pragma once

// jpeglib.h needs cstdio before it.
// clang-format off
#include <cstdio>
#include <jpeglib.h>
// clang-format on
#include <png.h>

#include <cstdlib>
#include <functional>

#include "shared/base/bytes.hpp"
#include "shared/base/check.hpp"

// Pictures as cameras, scanners and attackers make them, and a look at what became of them.
namespace hoso::tests {

struct Colour {
    int red = 0, green = 0, blue = 0, alpha = 255;
};
using Paint = std::function<Colour(unsigned x, unsigned y)>;

struct JpegWish {
    unsigned width = 1, height = 1;
    Paint paint;
    J_COLOR_SPACE space = JCS_RGB;  // JCS_GRAYSCALE takes red; JCS_CMYK takes 255 - colour, inverted as Adobe's programs do
    bool progressive = false;
    int quality = 95;
    Bytes exif = {};  // the contents of APP1
};

// Little-endian Exif with an orientation and, in a further directory, a latitude.
inline Bytes exif_block(unsigned orientation) {
    Bytes block;
    append(block, as_bytes({"Exif\0\0II*\0\x08\0\0\0\x02\0", 16}));
    append(block, as_bytes({"\x12\x01\x03\0\x01\0\0\0", 8}));
    append_le<std::uint32_t>(block, orientation);
    append(block, as_bytes({"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0", 16}));   // place: at 38
    append(block, as_bytes({"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0", 18}));  // north
    return block;
}

inline int samples_of(const Colour& colour, J_COLOR_SPACE space, Byte* to) {
    const int colours[] = {colour.red, colour.green, colour.blue, 255};  // inverted ink is light; the last is no black
    const int count = space == JCS_GRAYSCALE ? 1 : space == JCS_CMYK ? 4 : 3;
    for (int sample = 0; sample < count; ++sample) to[sample] = static_cast<Byte>(colours[sample]);
    return count;
}

inline Bytes make_jpeg(const JpegWish& wish) {
    jpeg_compress_struct encoder{};
    jpeg_error_mgr errors{};
    encoder.err = jpeg_std_error(&errors);
    jpeg_create_compress(&encoder);
    unsigned char* written = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&encoder, &written, &size);
    encoder.image_width = wish.width;
    encoder.image_height = wish.height;
    encoder.in_color_space = wish.space;
    Byte sample[4];
    encoder.input_components = samples_of({}, wish.space, sample);
    jpeg_set_defaults(&encoder);
    jpeg_set_quality(&encoder, wish.quality, TRUE);
    if (wish.space == JCS_CMYK) encoder.write_Adobe_marker = TRUE;
    if (wish.progressive) jpeg_simple_progression(&encoder);
    jpeg_start_compress(&encoder, TRUE);
    if (!wish.exif.empty()) jpeg_write_marker(&encoder, JPEG_APP0 + 1, wish.exif.data(), static_cast<unsigned>(wish.exif.size()));
    Bytes row(std::size_t{wish.width} * 4);
    for (unsigned y = 0; y < wish.height; ++y) {
        Byte* to = row.data();
        for (unsigned x = 0; x < wish.width; ++x) to += samples_of(wish.paint(x, y), wish.space, to);
        JSAMPROW rows = row.data();
        jpeg_write_scanlines(&encoder, &rows, 1);
    }
    jpeg_finish_compress(&encoder);
    jpeg_destroy_compress(&encoder);
    const Bytes result{written, written + size};
    std::free(written);
    return result;
}

inline Bytes make_png(unsigned width, unsigned height, const Paint& paint) {
    Bytes rgba;
    for (unsigned y = 0; y < height; ++y) {
        for (unsigned x = 0; x < width; ++x) {
            const Colour colour = paint(x, y);
            for (const int sample : {colour.red, colour.green, colour.blue, colour.alpha})
                rgba.push_back(static_cast<Byte>(sample));
        }
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = PNG_FORMAT_RGBA;
    png_alloc_size_t size = 0;
    CHECK(png_image_write_to_memory(&image, nullptr, &size, 0, rgba.data(), 0, nullptr));
    Bytes result(size);
    CHECK(png_image_write_to_memory(&image, result.data(), &size, 0, rgba.data(), 0, nullptr));
    result.resize(size);
    return result;
}

// One of PNG's pieces, with its checksum.
inline Bytes png_chunk(std::string_view name, ByteSpan contents) {
    const auto append_be = [](Bytes& out, std::uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<Byte>(value >> shift));
    };
    Bytes chunk;
    append_be(chunk, static_cast<std::uint32_t>(contents.size()));
    append(chunk, as_bytes(name));
    append(chunk, contents);
    std::uint32_t sum = ~0U;
    for (std::size_t at = 4; at < chunk.size(); ++at) {
        sum ^= chunk[at];
        for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (sum & 1U ? 0xEDB88320U : 0U);
    }
    append_be(chunk, ~sum);
    return chunk;
}

struct Seen {
    unsigned width = 0, height = 0;
    Bytes rgb;
    Colour at(unsigned x, unsigned y) const {
        const Byte* pixel = &rgb[(std::size_t{y} * width + x) * 3];
        return {pixel[0], pixel[1], pixel[2]};
    }
};

// Of a JPEG that must be whole: libjpeg ends the test otherwise.
inline Seen see_jpeg(ByteSpan jpeg) {
    jpeg_decompress_struct decoder{};
    jpeg_error_mgr errors{};
    decoder.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&decoder);
    jpeg_mem_src(&decoder, jpeg.data(), jpeg.size());
    jpeg_read_header(&decoder, TRUE);
    decoder.out_color_space = JCS_RGB;
    jpeg_start_decompress(&decoder);
    Seen seen{decoder.output_width, decoder.output_height, Bytes(std::size_t{decoder.output_width} * decoder.output_height * 3)};
    while (decoder.output_scanline < decoder.output_height) {
        JSAMPROW row = &seen.rgb[std::size_t{decoder.output_scanline} * seen.width * 3];
        jpeg_read_scanlines(&decoder, &row, 1);
    }
    CHECK(errors.num_warnings == 0);
    jpeg_destroy_decompress(&decoder);
    return seen;
}

}  // namespace hoso::tests
