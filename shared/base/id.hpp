#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <string>

#include "shared/base/bytes.hpp"

namespace hoso {

// Fixed-size bytes that name something. `Tag` keeps kinds of names apart; ordering is bytewise.
template <std::size_t Size, typename Tag>
struct FixedBytes {
    std::array<Byte, Size> bytes{};

    static constexpr std::size_t size = Size;
    // Empty if `from` has another size.
    static std::optional<FixedBytes> from(ByteSpan from) {
        if (from.size() != Size) return std::nullopt;
        FixedBytes made;
        std::copy(from.begin(), from.end(), made.bytes.begin());
        return made;
    }
    static std::optional<FixedBytes> from_hex(std::string_view text) {
        const auto raw = hoso::from_hex(text);
        return raw ? from(ByteSpan{*raw}) : std::nullopt;
    }
    ByteSpan span() const { return bytes; }
    std::string hex() const { return to_hex(bytes); }
    bool is_nil() const {
        return std::all_of(bytes.begin(), bytes.end(), [](Byte byte) { return byte == 0; });
    }
    auto operator<=>(const FixedBytes&) const = default;
};

using Hash = FixedBytes<32, struct HashTag>;
using ActionId = FixedBytes<32, struct ActionIdTag>;
using LogId = FixedBytes<32, struct LogIdTag>;               // SHA-256 of the genesis action
using PublicKey = FixedBytes<32, struct PublicKeyTag>;       // Ed25519
using Signature = FixedBytes<64, struct SignatureTag>;       // Ed25519
using BoxPublicKey = FixedBytes<32, struct BoxPublicTag>;    // X25519
using BoxPrivateKey = FixedBytes<32, struct BoxPrivateTag>;  // X25519

// UUIDv7 (RFC 9562), made at the rim, never here.
using Uuid = FixedBytes<16, struct UuidTag>;
using DeviceId = Uuid;
using AccountId = Uuid;
using UnitId = Uuid;
using StreamId = Uuid;  // nil = the registry
using DossierId = Uuid;

inline constexpr StreamId registry_stream{};
inline constexpr UnitId registry_scope{};  // the registry is in every scope
UnitId whole_log_scope();                  // 16 bytes of 0xff

using Position = std::uint64_t;
inline constexpr Position no_position = ~Position{0};

}  // namespace hoso
