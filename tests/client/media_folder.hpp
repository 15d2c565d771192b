#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "client/media/media.hpp"
#include "tests/support/files.hpp"
#include "tests/support/pictures.hpp"
#include "tests/support/temp_folder.hpp"

// A folder with pictures and papers, good and bad.
namespace hoso::client::media {

using tests::Colour;
using tests::make_jpeg;
using tests::make_png;
using tests::see_jpeg;
using tests::Seen;

inline const Colour red{220, 30, 30}, green{30, 200, 30}, blue{30, 30, 220}, white{255, 255, 255};

inline bool near(const Colour& one, const Colour& other) {
    const int most = 30;
    return std::abs(one.red - other.red) < most && std::abs(one.green - other.green) < most &&
           std::abs(one.blue - other.blue) < most;
}

inline tests::Paint noise() {
    return [random = std::mt19937{1}](unsigned, unsigned) mutable {
        const auto bits = random();
        return Colour{static_cast<int>(bits & 255), static_cast<int>(bits >> 8 & 255), static_cast<int>(bits >> 16 & 255)};
    };
}

inline tests::Paint plain(const Colour& colour) {
    return [colour](unsigned, unsigned) { return colour; };
}

class Media : public testing::Test {
protected:
    std::filesystem::path put(const std::string& name, ByteSpan bytes) const {
        tests::write_bytes(folder_ / name, bytes);
        return folder_ / name;
    }
    Seen see_preview(const std::filesystem::path& file, const std::string& type) const {
        const auto made = preview(file, type);
        if (!made) ADD_FAILURE() << made.error().detail;
        EXPECT_LE(made->size(), preview_bytes_max);
        EXPECT_EQ(as_text(*made).find("Exif"), std::string::npos);
        return see_jpeg(*made);
    }
    // And says nothing on stderr.
    Errc fault(ByteSpan bytes, const std::string& type) const {
        testing::internal::CaptureStderr();
        const auto file = put("fault", bytes);
        const auto made = preview(file, type);
        const auto scaled_too = scaled(file, type);
        EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
        EXPECT_FALSE(made.has_value());
        EXPECT_FALSE(scaled_too.has_value());
        if (made) return Errc::internal;
        EXPECT_EQ(made.error().detail.back(), '.');
        return made.error().code;
    }
    tests::TempFolder folder_;
};

}  // namespace hoso::client::media
