#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hoso {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
using ByteSpan = std::span<const Byte>;

inline ByteSpan as_bytes(std::string_view text) { return {reinterpret_cast<const Byte*>(text.data()), text.size()}; }
inline std::string_view as_text(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline void append(Bytes& out, ByteSpan bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

// Little-endian integers at a place in a byte layout; the caller has checked the room.
template <typename Integer>
Integer load_le(const Byte* from) {
    Integer value;
    std::memcpy(&value, from, sizeof value);  // we run on little-endian machines only; bytes.cpp asserts it
    return value;
}
template <typename Integer>
void store_le(Byte* to, Integer value) {
    std::memcpy(to, &value, sizeof value);
}
template <typename Integer>
void append_le(Bytes& out, Integer value) {
    Byte bytes[sizeof value];
    store_le(bytes, value);
    out.insert(out.end(), bytes, bytes + sizeof value);
}

// Big-endian keys keep their order when compared as bytes.
void append_be64(std::string& out, std::uint64_t value);
std::uint64_t load_be64(const Byte* from);

std::string to_hex(ByteSpan bytes);
std::optional<Bytes> from_hex(std::string_view text);  // empty if `text` is no even run of hex digits
std::string to_base64(ByteSpan bytes);                 // RFC 4648 section 4, padded
std::optional<Bytes> from_base64(std::string_view text);

bool is_utf8(ByteSpan bytes);  // RFC 3629: no overlong forms, no surrogates

}  // namespace hoso
