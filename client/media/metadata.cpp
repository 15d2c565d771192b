#include "client/media/metadata.hpp"

#include <libexif/exif-data.h>

#include <algorithm>
#include <memory>

namespace hoso::client::media {
namespace {

constexpr std::string_view exif_start{"Exif\0\0", 6};
constexpr std::string_view jpeg_start{"\xFF\xD8", 2};
constexpr std::string_view png_start{"\x89PNG\r\n\x1A\n", 8};
constexpr std::size_t chunk_overhead = 12;  // length, name, checksum

struct UnrefExif {
    void operator()(ExifData* data) const { exif_data_unref(data); }
};

bool starts_with(ByteSpan bytes, std::string_view start) { return as_text(bytes).starts_with(start); }

std::size_t be16(const Byte* from) { return std::size_t{from[0]} << 8 | from[1]; }
std::size_t be32(const Byte* from) { return be16(from) << 16 | be16(from + 2); }

// Segments that the pixels need, the profile of their colours, and Adobe's word on how inks are stored.
bool jpeg_needs(ByteSpan segment) {
    const Byte marker = segment[1];
    if (marker == 0xE2) return starts_with(segment.subspan(4), "ICC_PROFILE");
    return marker == 0xE0 || marker == 0xEE || (marker < 0xE0) || (marker > 0xEF && marker != 0xFE);
}

// Where the next marker stands: data between markers hold FF only before 00 or a restart.
std::size_t end_of_scan(ByteSpan jpeg, std::size_t at) {
    const auto inside = [](Byte next) { return next == 0x00 || next == 0xFF || (next >= 0xD0 && next <= 0xD7); };
    while (at + 1 < jpeg.size() && (jpeg[at] != 0xFF || inside(jpeg[at + 1]))) ++at;
    return at;
}

std::optional<Bytes> clean_jpeg(ByteSpan jpeg) {
    Bytes clean{jpeg.begin(), jpeg.begin() + 2};
    for (std::size_t at = 2; at + 1 < jpeg.size() && jpeg[at] == 0xFF;) {
        const Byte marker = jpeg[at + 1];
        if (marker == 0xD9) {  // phones put more pictures and films behind the end
            append(clean, jpeg.subspan(at, 2));
            return clean;
        }
        if (marker == 0xFF) {
            ++at;
            continue;
        }
        if (at + 4 > jpeg.size()) return std::nullopt;
        const std::size_t length = 2 + be16(&jpeg[at + 2]);
        if (length < 4 || at + length > jpeg.size()) return std::nullopt;
        const ByteSpan segment = jpeg.subspan(at, length);
        if (jpeg_needs(segment)) append(clean, segment);
        at += length;
        if (marker != 0xDA) continue;
        const std::size_t end = end_of_scan(jpeg, at);
        append(clean, jpeg.subspan(at, end - at));
        at = end;
    }
    return std::nullopt;
}

bool png_needs(std::string_view name) {
    constexpr std::string_view needed[] = {"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs"};
    const bool critical = name[0] >= 'A' && name[0] <= 'Z';
    return critical || std::find(std::begin(needed), std::end(needed), name) != std::end(needed);
}

std::optional<Bytes> clean_png(ByteSpan png) {
    Bytes clean{png.begin(), png.begin() + png_start.size()};
    for (std::size_t at = png_start.size(); at + chunk_overhead <= png.size();) {
        const std::size_t length = be32(&png[at]);
        if (length > png.size() - at - chunk_overhead) return std::nullopt;
        const ByteSpan chunk = png.subspan(at, length + chunk_overhead);
        const std::string_view name = as_text(chunk.subspan(4, 4));
        if (png_needs(name)) append(clean, chunk);
        if (name == "IEND") return clean;
        at += chunk.size();
    }
    return std::nullopt;
}

}  // namespace

std::optional<unsigned> exif_orientation(ByteSpan block) {
    if (!starts_with(block, exif_start)) return std::nullopt;
    const std::unique_ptr<ExifData, UnrefExif> exif{
        exif_data_new_from_data(block.data(), static_cast<unsigned>(std::min(block.size(), std::size_t{0xFFFF})))};
    if (!exif) return 1;
    const ExifEntry* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->components < 1 || entry->size < 2) return 1;
    const unsigned orientation = exif_get_short(entry->data, exif_data_get_byte_order(exif.get()));
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

unsigned png_orientation(std::FILE& png) {
    constexpr std::size_t exif_bytes_max = 0xFFFF;
    std::fseek(&png, static_cast<long>(png_start.size()), SEEK_SET);
    for (Byte head[8]; std::fread(head, 1, sizeof head, &png) == sizeof head;) {
        const std::size_t length = be32(head);
        const std::string_view name = as_text({head + 4, 4});
        if (name == "IDAT") return 1;  // it must come before the pixels
        if (name != "eXIf" || length > exif_bytes_max) {
            if (std::fseek(&png, static_cast<long>(length + 4), SEEK_CUR) != 0) return 1;
            continue;
        }
        Bytes block{exif_start.begin(), exif_start.end()};
        block.resize(exif_start.size() + length);
        if (std::fread(&block[exif_start.size()], 1, length, &png) != length) return 1;
        return exif_orientation(block).value_or(1);
    }
    return 1;
}

std::optional<Bytes> without_metadata(ByteSpan jpeg_or_png) {
    if (starts_with(jpeg_or_png, jpeg_start)) return clean_jpeg(jpeg_or_png);
    if (starts_with(jpeg_or_png, png_start)) return clean_png(jpeg_or_png);
    return std::nullopt;
}

}  // namespace hoso::client::media
