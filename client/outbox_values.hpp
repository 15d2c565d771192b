#pragma once

#include <optional>
#include <string>

#include "shared/base/date.hpp"
#include "shared/log/event.hpp"

// How the outbox lies in its column family: a kind and a number make the key.
namespace hoso::client {

inline constexpr std::string_view outbox_family = "outbox";
inline constexpr char action_kind =
    1;                                // seq -> action length u32, signatures u32, action, per signature kind u32, length u32, bytes
inline constexpr char seal_kind = 2;  // first seq -> as in the leaf
inline constexpr char answer_kind = 3;   // seq -> position u64, received i64, against u64, reason u16, outcome u8
inline constexpr char seen_kind = 4;     // seq -> nothing: its officer has looked at the answer
inline constexpr char request_kind = 5;  // number -> at i64, first seq u64, last seq u64, key length u32, key, answer

// A request of a page, by the key that it was sent with, and what it recorded.
struct ServedRequest {
    std::string key;
    Instant at = 0;
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    std::string answer;  // JSON; empty where none was kept
};

std::string key_of(char kind, std::uint64_t number);

// Decoding answers nothing for bytes that encoding does not write.
Bytes encode_action(const log::SignedAction& from);
std::optional<log::SignedAction> decode_action(ByteSpan from);
Bytes encode_seal(const log::Seal& seal);
std::optional<log::Seal> decode_seal(ByteSpan from);
Bytes encode_answer(const log::Head& head);
std::optional<log::Head> decode_answer(ByteSpan from);
Bytes encode_request(const ServedRequest& from);
std::optional<ServedRequest> decode_request(ByteSpan from);

}  // namespace hoso::client
