#include <sys/stat.h>

#include <cmath>

#include "tests/client/media_folder.hpp"

// Types by content, and pictures made smaller.
namespace hoso::client::media {
namespace {

struct Sample {
    const char* name;
    std::string start;
    const char* type;
};
const Sample samples[] = {
    {"Pdf", "%PDF-1.4\n1 0 obj", "application/pdf"},
    {"Html", "<!DOCTYPE html><html><head><title>x</title></head></html>", "text/html"},
    {"Text", "Hồ sơ sản phẩm\n", "text/plain"},
    {"Mp3", std::string{"ID3\x03\0\0\0\0\0\x0A", 10} + std::string(64, '\0'), "audio/mpeg"},
    {"Mp3WithoutTag", "\xFF\xFB\x90\x44" + std::string(413, '\0') + "\xFF\xFB\x90\x44" + std::string(413, '\0'), "audio/mpeg"},
    {"Mp4",
     std::string{"\0\0\0\x18"
                 "ftypmp42\0\0\0\0mp42isom",
                 24} +
         std::string(64, '\0'),
     "video/mp4"},
    {"Unknown", std::string{"\x01\x02\xFE\x80\x91\x00\x03", 7}, "application/octet-stream"},
    {"Empty", "", "application/octet-stream"},
};
class Type : public testing::TestWithParam<Sample> {};
TEST_P(Type, Row) {
    const tests::TempFolder folder;
    tests::write_bytes(folder / "named.jpg", as_bytes(GetParam().start));
    EXPECT_EQ(*media_type(folder / "named.jpg"), GetParam().type);
}
INSTANTIATE_TEST_SUITE_P(Table, Type, testing::ValuesIn(samples), [](const auto& row) { return row.param.name; });

TEST_F(Media, TypeOfPictures) {
    EXPECT_EQ(*media_type(put("a.pdf", make_jpeg({2, 2, plain(red)}))), "image/jpeg");
    EXPECT_EQ(*media_type(put("b.txt", make_png(2, 2, plain(red)))), "image/png");
}

TEST_F(Media, WhatIsNoFile) {
    EXPECT_EQ(media_type(folder_ / "absent").error().code, Errc::not_found);
    EXPECT_EQ(media_type(folder_.path()).error().code, Errc::invalid);
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(media_type(folder_ / "pipe").error().code, Errc::invalid);
    EXPECT_EQ(media_type("/dev/zero").error().code, Errc::invalid);
}

TEST_F(Media, NoPreviewOfSound) {
    const auto file = put("a.mp3", as_bytes(samples[3].start));
    EXPECT_EQ(preview(file, "audio/mpeg").error().code, Errc::not_found);
    EXPECT_EQ(scaled(file, "audio/mpeg").error().code, Errc::not_found);
    EXPECT_EQ(scaled(file, "application/pdf").error().code, Errc::not_found);
}

// Upright the picture is 48 x 32, red at the top left, green at the top right, blue below.
Colour upright(unsigned x, unsigned y) { return y >= 16 ? blue : x < 24 ? red : green; }

// Where a camera held so stores the pixel that belongs at x, y: Exif 2.3, the meaning of each orientation.
Colour stored(unsigned orientation, unsigned x, unsigned y) {
    const unsigned right = 47, bottom = 31;
    switch (orientation) {
        case 2: return upright(right - x, y);
        case 3: return upright(right - x, bottom - y);
        case 4: return upright(x, bottom - y);
        case 5: return upright(y, x);
        case 6: return upright(right - y, x);
        case 7: return upright(right - y, bottom - x);
        case 8: return upright(y, bottom - x);
        default: return upright(x, y);
    }
}

class Turned : public testing::TestWithParam<unsigned> {};
TEST_P(Turned, Upright) {
    const unsigned orientation = GetParam();
    const bool lies = orientation >= 5 && orientation <= 8;
    const tests::TempFolder folder;
    const auto paint = [&](unsigned x, unsigned y) { return stored(orientation, x, y); };
    tests::write_bytes(folder / "a",
                       make_jpeg({lies ? 32U : 48U, lies ? 48U : 32U, paint, JCS_RGB, false, 95, tests::exif_block(orientation)}));
    for (const auto& made : {preview(folder / "a", "image/jpeg"), scaled(folder / "a", "image/jpeg")}) {
        ASSERT_TRUE(made.has_value());
        EXPECT_EQ(as_text(*made).find("Exif"), std::string::npos);
        const Seen seen = see_jpeg(*made);
        ASSERT_EQ(seen.width, 48U);
        ASSERT_EQ(seen.height, 32U);
        EXPECT_TRUE(near(seen.at(3, 3), red));
        EXPECT_TRUE(near(seen.at(44, 3), green));
        EXPECT_TRUE(near(seen.at(3, 28), blue));
        EXPECT_TRUE(near(seen.at(44, 28), blue));
    }
}
INSTANTIATE_TEST_SUITE_P(EveryOrientation, Turned, testing::Values(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xFFFF));

TEST_F(Media, PngSaysHowItIsTurned) {
    Bytes png = make_png(32, 48, [](unsigned x, unsigned y) { return stored(6, x, y); });
    const Bytes chunk = tests::png_chunk("eXIf", ByteSpan{tests::exif_block(6)}.subspan(6));
    png.insert(png.begin() + 33, chunk.begin(), chunk.end());
    const Seen seen = see_preview(put("a", png), "image/png");
    ASSERT_EQ(seen.width, 48U);
    EXPECT_TRUE(near(seen.at(44, 3), green));
}

TEST_F(Media, TransparencyIsWhite) {
    const auto half = [](unsigned x, unsigned) { return x < 20 ? Colour{0, 0, 0, 0} : blue; };
    const Seen seen = see_preview(put("a", make_png(40, 40, half)), "image/png");
    EXPECT_TRUE(near(seen.at(5, 20), white));
    EXPECT_TRUE(near(seen.at(35, 20), blue));
}

TEST_F(Media, EveryKindOfJpeg) {
    for (const J_COLOR_SPACE space : {JCS_GRAYSCALE, JCS_RGB, JCS_CMYK}) {
        for (const bool progressive : {false, true}) {
            const Colour colour = space == JCS_GRAYSCALE ? Colour{90, 90, 90} : green;
            const auto file = put("a", make_jpeg({700, 350, plain(colour), space, progressive}));
            const Seen seen = see_preview(file, "image/jpeg");
            EXPECT_EQ(seen.width, 480U);
            EXPECT_EQ(seen.height, 240U);
            EXPECT_TRUE(near(seen.at(200, 100), colour)) << space;
        }
    }
}

TEST_F(Media, OnePixelAndOneLine) {
    EXPECT_TRUE(near(see_preview(put("a", make_jpeg({1, 1, plain(red)})), "image/jpeg").at(0, 0), red));
    EXPECT_TRUE(near(see_preview(put("b", make_png(1, 1, plain(red))), "image/png").at(0, 0), red));
    const Seen line = see_preview(put("c", make_jpeg({20000, 1, plain(red)})), "image/jpeg");
    EXPECT_EQ(line.width, 480U);
    EXPECT_EQ(line.height, 1U);
    EXPECT_EQ(see_preview(put("d", make_png(1, 5000, plain(red))), "image/png").height, 480U);
}

TEST_F(Media, NoiseFits) {
    EXPECT_GE(see_preview(put("a", make_jpeg({1000, 1000, noise()})), "image/jpeg").width, 100U);
    EXPECT_GE(see_preview(put("b", make_png(480, 480, noise())), "image/png").width, 100U);
}

TEST_F(Media, ScaledIsNeverLarger) {
    const auto photo = [](unsigned x, unsigned y) {
        return Colour{static_cast<int>(128 + 100 * std::sin(x / 40.0)), static_cast<int>(y % 256), static_cast<int>((x ^ y) & 63)};
    };
    const Bytes jpeg = make_jpeg({2600, 1300, photo, JCS_RGB, false, 95, tests::exif_block(6)});
    const auto made = scaled(put("a", jpeg), "image/jpeg");
    ASSERT_TRUE(made.has_value());
    EXPECT_LT(made->size(), jpeg.size());
    EXPECT_EQ(see_jpeg(*made).height, 1920U);
    EXPECT_EQ(see_jpeg(*made).width, 960U);
    EXPECT_EQ(see_jpeg(*scaled(folder_ / "a", "image/jpeg", 100)).height, 100U);
}

TEST_F(Media, WhatCannotGetSmallerStaysButForItsMetadata) {
    Bytes jpeg = make_jpeg({300, 200, noise(), JCS_RGB, true, 10, tests::exif_block(1)});
    const Bytes bare = make_jpeg({300, 200, noise(), JCS_RGB, true, 10});
    append(jpeg, make_jpeg({9, 9, plain(red), JCS_RGB, false, 9, tests::exif_block(1)}));  // as phones do
    EXPECT_EQ(*scaled(put("a", jpeg), "image/jpeg"), bare);

    const Bytes clean = make_png(8, 8, plain(red));
    Bytes png = clean;
    const Bytes text = tests::png_chunk("tEXt", as_bytes("Author"));
    png.insert(png.begin() + 33, text.begin(), text.end());
    EXPECT_EQ(*scaled(put("b", png), "image/png"), clean);
}

TEST_F(Media, WhatIsTurnedStaysWithinItsBytes) {
    const Bytes jpeg = make_jpeg({300, 200, noise(), JCS_RGB, false, 20, tests::exif_block(8)});
    const auto made = scaled(put("a", jpeg), "image/jpeg");
    ASSERT_TRUE(made.has_value());
    EXPECT_LE(made->size(), jpeg.size());
    EXPECT_GT(see_jpeg(*made).height, see_jpeg(*made).width);
}

}  // namespace
}  // namespace hoso::client::media
