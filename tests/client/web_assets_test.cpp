#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "client/web/embed/assets.hpp"

// The pages are in the program, under the addresses that the browser asks for.
namespace hoso::client::web {
namespace {

TEST(WebAssets, FirstPageIsThere) {
    const Asset* index = find("/index.html");
    ASSERT_NE(index, nullptr);
    EXPECT_EQ(index->media_type, "text/html; charset=utf-8");
    EXPECT_FALSE(index->immutable);
    EXPECT_TRUE(index->bytes.starts_with("<!doctype html>"));
    EXPECT_EQ(index->bytes.find("<script>"), std::string_view::npos) << "a script within the page breaks its policy";
    EXPECT_EQ(index->bytes.find("style="), std::string_view::npos);
}

TEST(WebAssets, ItsScriptIsThereCompressedAndImmutable) {
    const std::string_view page = find("/index.html")->bytes;
    const std::size_t begin = page.find("src=\"");
    ASSERT_NE(begin, std::string_view::npos);
    const std::string path(page.substr(begin + 5, page.find('"', begin + 5) - begin - 5));
    const Asset* script = find(path);
    ASSERT_NE(script, nullptr) << path;
    EXPECT_EQ(script->media_type, "text/javascript; charset=utf-8");
    EXPECT_TRUE(script->immutable);
    EXPECT_FALSE(script->brotli.empty());
    EXPECT_LT(script->brotli.size(), script->bytes.size() / 2);
}

TEST(WebAssets, FindsEveryFileAndNoOther) {
    ASSERT_FALSE(all().empty());
    EXPECT_TRUE(std::ranges::is_sorted(all(), {}, &Asset::path));
    for (const Asset& asset : all()) {
        EXPECT_EQ(find(asset.path), &asset) << asset.path;
        EXPECT_FALSE(asset.bytes.empty()) << asset.path;
    }
    for (const std::string_view path : {"", "/", "index.html", "/index.htm", "/assets/", "/../index.html", "/zzz"})
        EXPECT_EQ(find(path), nullptr) << path;
}

TEST(WebAssets, AllScriptsTogetherStaySmall) {
    std::size_t sum = 0;
    for (const Asset& asset : all()) {
        if (asset.path.ends_with(".js")) sum += asset.brotli.empty() ? asset.bytes.size() : asset.brotli.size();
    }
    EXPECT_LE(sum, 120'000u);
}

}  // namespace
}  // namespace hoso::client::web
