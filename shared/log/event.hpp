#pragma once

#include <optional>
#include <span>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/base/signature.hpp"

// The log holds bytes: an action is bytes once encoded, and a verdict is numbers. docs/log_format.md has the layouts.
namespace hoso::log {

// The seal of one push: the device's chain. Carried by the event of the push's last action.
struct Seal {
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    Hash previous;  // of the device's previous seal, zero for the first
    Hash root;      // RFC 6962 root of the action ids
    Signature signature;
    bool operator==(const Seal&) const = default;
};

struct DetachedSignature {
    std::uint32_t kind = 1;  // 1 = Ed25519 of the officer's key
    Bytes bytes;
    bool operator==(const DetachedSignature&) const = default;
};
inline constexpr std::uint32_t officer_signature = 1;

// The fixed part of a leaf.
struct Head {
    std::uint32_t judge_version = 0;
    Position position = 0;
    Instant received = 0;
    Instant seen_time = 0;
    std::uint64_t stream_version = 0;  // dense from 0 within the stream
    std::uint64_t scope_sequence = 0;  // dense from 0 within the scope
    Position against = no_position;
    std::uint8_t outcome = 0;  // schema/event.capnp Outcome
    std::uint8_t path = 0;
    std::uint16_t reason = 0;
    UnitId scope;
    DeviceId device;
    std::uint32_t epoch = 0;
    std::uint64_t seq = 0;
    bool operator==(const Head&) const = default;
};

struct Event {
    Head head;
    Bytes action;
    std::vector<DetachedSignature> signatures;
    std::optional<Seal> seal;
    bool operator==(const Event&) const = default;
};

// An action as it travels: the exact bytes, and its official signatures beside them.
struct SignedAction {
    Bytes action;
    std::vector<DetachedSignature> signatures;
    bool operator==(const SignedAction&) const = default;
};

// One frame, one seal: the unit in which a device's chain grows.
struct Push {
    DeviceId device;
    std::uint32_t epoch = 0;
    Seal seal;
    std::vector<SignedAction> actions;
    bool operator==(const Push&) const = default;
};

inline constexpr std::size_t head_size = 120;
inline constexpr std::size_t seal_size = 144;
inline constexpr std::size_t action_bytes_max = 64 * 1024;
inline constexpr std::size_t signatures_max = 4;
inline constexpr std::size_t push_actions_max = 512;
inline constexpr std::size_t push_bytes_max = 112 * 1024;  // of actions and signatures, so that a push fits one frame uncompressed

// The leaf's bytes, appended; a multiple of 8. decode gives back exactly what encode was given, and refuses (Errc::corrupt) all
// else. encode CHECKs the limits above: what enters a log was admitted first.
void encode_leaf(const Event& event, Bytes& out);
Result<Event> decode_leaf(ByteSpan leaf);
std::size_t leaf_size(const Event& event);
void encode_head(const Event& event, Byte* out);  // head_size bytes, including the lengths of what follows
Result<Head> decode_head(ByteSpan head);

// What is signed. Each statement starts with its own domain prefix.
Bytes seal_statement(const LogId& log, const DeviceId& device, std::uint32_t epoch, const Seal& seal);
Hash seal_hash(const LogId& log, const DeviceId& device, std::uint32_t epoch, const Seal& seal);  // statement and signature
Bytes act_statement(const ActionId& action);
Bytes slip_statement(const LogId& log, const Uuid& slip, const DeviceId& device, const PublicKey& device_key,
                     const AccountId& account, const PublicKey& officer_key);
Seal make_seal(const SigningKey& key, const LogId& log, const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
               const Hash& previous, std::span<const ActionId> actions);
// Range, root and signature; that it continues the chain is the caller's question.
bool seal_holds(const PublicKey& key, const LogId& log, const Push& push);
Hash actions_root(std::span<const ActionId> actions);

}  // namespace hoso::log
