#include "tests/client/media_folder.hpp"

// Pictures that were cut, damaged or made to do harm.
namespace hoso::client::media {
namespace {

// The size that a JPEG's header claims.
Bytes claiming(Bytes jpeg, unsigned width, unsigned height) {
    for (std::size_t at = 2; at + 9 < jpeg.size(); ++at) {
        if (jpeg[at] != 0xFF || (jpeg[at + 1] != 0xC0 && jpeg[at + 1] != 0xC2)) continue;
        const unsigned sides[] = {height, width};
        for (std::size_t side = 0; side < 2; ++side) {
            jpeg[at + 5 + side * 2] = static_cast<Byte>(sides[side] >> 8);
            jpeg[at + 6 + side * 2] = static_cast<Byte>(sides[side]);
        }
        return jpeg;
    }
    return {};
}

TEST_F(Media, Bombs) {
    const Bytes plain_jpeg = make_jpeg({64, 64, plain(red)}), progressive = make_jpeg({64, 64, plain(red), JCS_RGB, true});
    EXPECT_EQ(fault(claiming(plain_jpeg, 65500, 65500), "image/jpeg"), Errc::limit);
    EXPECT_EQ(fault(claiming(plain_jpeg, 65535, 65535), "image/jpeg"), Errc::limit);
    EXPECT_EQ(fault(claiming(plain_jpeg, 30001, 1), "image/jpeg"), Errc::limit);
    EXPECT_EQ(fault(claiming(progressive, 14000, 7000), "image/jpeg"), Errc::limit);

    Bytes png = make_png(1, 1, plain(red));
    const Bytes head = tests::png_chunk("IHDR", as_bytes({"\0\0\xC3\x50\0\0\xC3\x50\x01\0\0\0\0", 13}));  // 50 000 a side, 1 bit
    std::copy(head.begin(), head.end(), png.begin() + 8);
    EXPECT_EQ(fault(png, "image/png"), Errc::limit);
}

TEST_F(Media, EndlessScans) {
    Bytes jpeg = make_jpeg({64, 64, plain(red), JCS_GRAYSCALE, true});
    std::size_t last = jpeg.size() - 2;
    while (jpeg[last] != 0xFF || jpeg[last + 1] != 0xDA) --last;
    const Bytes scan{jpeg.begin() + static_cast<std::ptrdiff_t>(last), jpeg.end() - 2};
    for (int times = 0; times < 5000; ++times) jpeg.insert(jpeg.end() - 2, scan.begin(), scan.end());
    EXPECT_EQ(fault(jpeg, "image/jpeg"), Errc::limit);
}

TEST_F(Media, NotWhatItIsSaidToBe) {
    const Bytes jpeg = make_jpeg({64, 64, plain(red)}), png = make_png(64, 64, plain(red));
    EXPECT_EQ(fault(jpeg, "image/png"), Errc::invalid);
    EXPECT_EQ(fault(png, "image/jpeg"), Errc::invalid);
    EXPECT_EQ(fault(as_bytes("%PDF-1.4\n"), "image/jpeg"), Errc::invalid);
    EXPECT_EQ(fault({}, "image/jpeg"), Errc::invalid);
    EXPECT_EQ(fault({}, "image/png"), Errc::invalid);
}

TEST_F(Media, CutAnywhere) {
    for (const bool progressive : {false, true}) {
        const Bytes jpeg = make_jpeg({64, 64, noise(), JCS_RGB, progressive, 60, tests::exif_block(6)});
        for (std::size_t size = 3; size < jpeg.size(); size += jpeg.size() / 60) {
            testing::internal::CaptureStderr();
            const auto made = preview(put("a", ByteSpan{jpeg}.first(size)), "image/jpeg");
            EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
            if (!made) {
                EXPECT_EQ(made.error().code, Errc::invalid);
            }
            if (!progressive) {
                EXPECT_FALSE(made.has_value()) << size;
            }
        }
    }
    const Bytes png = make_png(64, 64, noise());
    for (std::size_t size = 16; size < png.size() - 12; size += png.size() / 20) {
        EXPECT_EQ(fault(ByteSpan{png}.first(size), "image/png"), Errc::invalid);
    }
}

TEST_F(Media, DamagedAnywhere) {
    const Bytes pictures[] = {make_jpeg({40, 40, noise(), JCS_RGB, true, 60, tests::exif_block(6)}), make_png(20, 20, noise())};
    std::mt19937 random{7};
    testing::internal::CaptureStderr();
    for (const Bytes& picture : pictures) {
        const std::string type = picture[0] == 0xFF ? "image/jpeg" : "image/png";
        for (int times = 0; times < 300; ++times) {
            Bytes damaged = picture;
            for (int bytes = 0; bytes < 3; ++bytes) damaged[8 + random() % (damaged.size() - 8)] = static_cast<Byte>(random());
            const auto file = put("a", damaged);
            const auto made = preview(file, type);
            if (made) {
                EXPECT_LE(made->size(), preview_bytes_max);
            }
            static_cast<void>(scaled(file, type).has_value());
        }
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace hoso::client::media
