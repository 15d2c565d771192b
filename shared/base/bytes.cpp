#include "shared/base/bytes.hpp"

#include <sodium.h>

#include <bit>
#include <cstring>

namespace hoso {

static_assert(std::endian::native == std::endian::little, "the byte layouts are loaded as they lie; a big-endian port swaps here");

void append_be64(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

std::uint64_t load_be64(const Byte* from) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | from[i];
    return value;
}

std::string to_hex(ByteSpan bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
    Bytes bytes(text.size() / 2 + 1);  // never empty: the library takes no null pointer
    std::size_t length = 0;
    const bool whole = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr) == 0;
    if (!whole || length * 2 != text.size()) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

std::string to_base64(ByteSpan bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        return std::nullopt;
    }
    bytes.resize(length);
    return bytes;
}

namespace {

// Whether eight bytes of ASCII come next: codes, ids and half of every Vietnamese text are taken a word at a time.
bool ascii_word(ByteSpan from) {
    std::uint64_t word = 0;
    if (from.size() < sizeof word) return false;
    std::memcpy(&word, from.data(), sizeof word);
    return (word & 0x8080808080808080) == 0;
}

// Length of the UTF-8 sequence that starts at `from`, 0 if none does.
std::size_t utf8_sequence(ByteSpan from) {
    const Byte first = from[0];
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || from.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((from[i] & 0xC0) != 0x80) return 0;
    }
    const Byte second = from[1];
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool outside = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return overlong || outside ? 0 : length;
}

}  // namespace

bool is_utf8(ByteSpan bytes) {
    while (!bytes.empty()) {
        if (ascii_word(bytes)) {
            bytes = bytes.subspan(sizeof(std::uint64_t));
            continue;
        }
        const std::size_t length = utf8_sequence(bytes);
        if (length == 0) return false;
        bytes = bytes.subspan(length);
    }
    return true;
}

}  // namespace hoso
