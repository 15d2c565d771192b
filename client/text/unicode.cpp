#include "client/text/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <optional>
#include <utility>

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

// Every word's tone mark goes behind the word, words are parted by one blank.
std::string name_key(std::string_view text) {
    constexpr std::string_view tones[] = {"\xCC\x80", "\xCC\x81", "\xCC\x83", "\xCC\x89", "\xCC\xA3"};  // à á ã ả ạ
    const std::string letters = mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD).value_or(std::string(text));
    std::string key, tone;
    bool blank = false;
    for (std::size_t at = 0; at < letters.size();) {
        const std::string_view two = std::string_view(letters).substr(at, 2);
        if (std::find(std::begin(tones), std::end(tones), two) != std::end(tones)) {
            tone += two;
            at += two.size();
            continue;
        }
        const char letter = letters[at++];
        const bool plain = static_cast<unsigned char>(letter) < 0x80;
        if (plain && !std::isalnum(static_cast<unsigned char>(letter))) key += std::exchange(tone, {});
        if (plain && std::isspace(static_cast<unsigned char>(letter))) {
            blank = !key.empty();
            continue;
        }
        if (std::exchange(blank, false)) key += ' ';
        key += letter;
    }
    return key + tone;
}

void Folder::fold(std::string_view text, std::string& to) {
    const std::size_t before = to.size();
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead < 0x80) {
            to += lead >= 'A' && lead <= 'Z' ? static_cast<char>(lead + ('a' - 'A')) : static_cast<char>(lead);
            ++at;
            continue;
        }
        utf8proc_int32_t code = 0;
        const auto* from = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
        const auto size = utf8proc_iterate(from, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
        if (size <= 0) {  // no UTF-8: as folded() leaves it
            to.resize(before);
            to += folded(text);
            return;
        }
        fold_letter(static_cast<std::size_t>(code), text.substr(at, static_cast<std::size_t>(size)), to);
        at += static_cast<std::size_t>(size);
    }
}

void Folder::fold_letter(std::size_t code, std::string_view letter, std::string& to) {
    if (code >= letters_max) {
        to += folded(letter);
        return;
    }
    if (letters_.empty()) letters_.resize(letters_max);
    std::string& known = letters_[code];
    if (known.empty()) known = folded(letter);  // a mark alone becomes nothing, and is asked for again
    to += known;
}

}  // namespace hoso::client
