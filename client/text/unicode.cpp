#include "client/text/unicode.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <optional>

namespace hoso::client {

namespace {

// Empty for what is not UTF-8.
std::optional<std::string> mapped(std::string_view text, int options) {
    utf8proc_uint8_t* made = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &made, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(made, &std::free);
    if (size < 0) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
}

}  // namespace

std::string nfc(std::string_view text) { return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE).value_or(std::string(text)); }

std::string folded(std::string_view text) {
    constexpr std::string_view d_with_stroke = "\xC4\x91";  // a letter of its own, which no decomposition takes apart
    std::string plain =
        mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD).value_or(std::string(text));
    for (auto at = plain.find(d_with_stroke); at != std::string::npos; at = plain.find(d_with_stroke, at))
        plain.replace(at, d_with_stroke.size(), "d");
    return plain;
}

}  // namespace hoso::client
