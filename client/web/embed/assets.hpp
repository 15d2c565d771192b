#pragma once

#include <span>
#include <string_view>

// The web pages, compiled into the program: nothing on the disk can be missing or changed.
namespace hoso::client::web {

struct Asset {
    std::string_view path;        // as in an address: "/index.html", "/assets/index-0a1b2c.js"
    std::string_view media_type;  // with the charset where it has one
    std::string_view bytes;
    std::string_view brotli;  // the same, compressed; empty where that saves nothing
    bool immutable;           // its path holds a hash of its bytes: browsers may keep it forever
};

// Empty pointer for a path that is none of the files; "/" is none.
const Asset* find(std::string_view path);

// In the order of their paths.
std::span<const Asset> all();

}  // namespace hoso::client::web
