#pragma once

#include <string>
#include <variant>
#include <vector>

#include "shared/log/event.hpp"
#include "shared/log/file_tree.hpp"
#include "shared/log/log.hpp"

// The frames of schema/sync.capnp as plain values; docs/protocol.md says who sends which and when.
namespace hoso::sync {

inline constexpr std::uint16_t protocol_version = 1;
inline constexpr std::size_t frame_bytes_max = 128 * 1024;     // on the wire
inline constexpr std::size_t message_bytes_max = 1024 * 1024;  // after decompression
inline constexpr std::uint32_t pushes_in_flight_max = 16;
inline constexpr std::uint32_t event_frames_in_flight_max = 8;
inline constexpr std::size_t header_bytes = 8;
inline constexpr std::size_t preauth_bytes_max = 16 * 1024;  // of one frame before Ready: Hello, Auth, Enrol
// Callers cut their frames by these sums, so that a frame fits even when nothing in it compresses. An item that
// is alone in its frame always fits.
inline constexpr std::size_t push_room_max = log::push_bytes_max;      // of push_room()
inline constexpr std::size_t push_taken_max = frame_bytes_max - 1024;  // of push_room(), received: it can be kept and sent on
inline constexpr std::size_t events_room_max = 120 * 1024;     // of events_room(); the server's session cuts what it fetched
inline constexpr std::size_t scopes_max = 256;                 // cursors, scopes
inline constexpr std::size_t signature_bytes_max = 16 * 1024;  // of one signature beside an action
inline constexpr std::size_t note_bytes_max = 4 * 1024;
inline constexpr std::size_t positions_max = 4096;   // EventsWant
inline constexpr std::size_t text_bytes_max = 1024;  // software, detail, why
// Of files: what leaves at once, what a receiver asks for ahead of what it has, and how many files are spoken of at a time.
inline constexpr std::size_t piece_bytes_max = 16 * 1024;
inline constexpr std::uint64_t blob_window_bytes = 256 * 1024;
inline constexpr std::size_t blob_offers_max = 16;
inline constexpr std::size_t blob_wants_max = 64;  // ranges that wait to be sent
inline constexpr std::size_t chunk_map_bytes_max = log::file_bytes_max / log::file_chunk_bytes / 8;
inline constexpr std::size_t proof_hashes_max = 16;  // of a chunk of the largest file

struct ChainHead {
    std::uint64_t next_seq = 0;
    Hash seal_hash;
    bool operator==(const ChainHead&) const = default;
};

struct Cursor {
    UnitId scope;
    std::uint64_t next_sequence = 0;
    Position after = 0;
    bool operator==(const Cursor&) const = default;
};

struct Hello {
    std::uint16_t protocol_min = protocol_version;
    std::uint16_t protocol_max = protocol_version;
    LogId log;
    DeviceId device;
    std::uint32_t epoch = 0;
    ChainHead head;
    std::string checkpoint;
    std::vector<Cursor> cursors;
    Hash nonce;
    std::string software;
    bool operator==(const Hello&) const = default;
};

struct Welcome {
    std::uint16_t protocol = protocol_version;
    Hash nonce;
    std::string checkpoint;
    ChainHead head;
    std::vector<UnitId> scopes;
    std::uint32_t frame_bytes_max = sync::frame_bytes_max;
    std::uint32_t push_actions_max = log::push_actions_max;
    std::uint32_t action_bytes_max = log::action_bytes_max;
    std::uint32_t credit = pushes_in_flight_max;
    Instant server_time = 0;
    bool operator==(const Welcome&) const = default;
};

struct Auth {
    Signature signature;
    bool operator==(const Auth&) const = default;
};
struct Ready {
    bool operator==(const Ready&) const = default;
};
struct Enrol {
    std::uint16_t protocol_min = protocol_version;
    std::uint16_t protocol_max = protocol_version;
    log::Push push;
    bool operator==(const Enrol&) const = default;
};
struct Enrolled {
    Bytes genesis;  // leaf
    Bytes head;     // of the DeviceEnrolled event
    std::string checkpoint;
    bool operator==(const Enrolled&) const = default;
};
struct Push {
    log::Push push;
    bool operator==(const Push&) const = default;
};
struct Results {
    std::uint64_t first_seq = 0;
    Bytes heads;  // log::head_size each
    bool operator==(const Results&) const = default;
};
// Events in ascending position, all below `through`. An event of the receiver's own device may come with its head alone: then
// action, signatures and seal are empty and the receiver takes them from its outbox.
struct Events {
    Position through = 0;
    std::vector<log::Event> events;
    bool operator==(const Events&) const = default;
};
struct EventsWant {
    std::vector<Position> positions;
    bool operator==(const EventsWant&) const = default;
};
struct NewCheckpoint {
    std::string note;
    bool operator==(const NewCheckpoint&) const = default;
};
struct Credit {
    std::uint32_t frames = 0;
    bool operator==(const Credit&) const = default;
};
struct Scope {
    std::vector<UnitId> added;
    std::vector<UnitId> removed;
    std::string why;
    bool operator==(const Scope&) const = default;
};
// What its sender holds of a file: `any` false for nothing, else whole chunks, all of them where the map is empty.
struct BlobHave {
    log::FileId file;
    bool any = true;
    Bytes chunks;
    bool operator==(const BlobHave&) const = default;
};
enum class BlobState : std::uint16_t { wanted, stored, not_cited, quota, full, later };
const char* name(BlobState state);
// The bytes from `offset` on that are to be sent, or with `bytes` 0 why none is.
struct BlobWant {
    log::FileId file;
    std::uint64_t offset = 0;
    std::uint32_t bytes = 0;
    BlobState state = BlobState::wanted;
    Position position = 0;   // stored: past the event that says so
    std::uint64_t held = 0;  // bytes of the file that its sender has
    bool operator==(const BlobWant&) const = default;
};
// A piece of at most piece_bytes_max within one chunk; with the chunk's proof where it ends it.
struct BlobChunk {
    log::FileId file;
    std::uint64_t offset = 0;
    Bytes bytes;
    std::vector<Hash> proof;
    bool operator==(const BlobChunk&) const = default;
};
enum class ByeReason : std::uint16_t {
    done,
    protocol,
    version,
    wrong_log,
    unknown_device,
    bad_signature,
    bad_seal,
    bad_chain,
    slow,
    busy,
    full,
    amnesia,
    shutdown,
    timeout,
    slip_refused,
    superseded,
};
const char* name(ByeReason reason);
struct Bye {
    ByeReason reason = ByeReason::done;
    std::string detail;
    std::uint32_t retry_after_ms = 0;
    bool operator==(const Bye&) const = default;
};

using Frame = std::variant<Hello, Welcome, Auth, Ready, Enrol, Enrolled, Push, Results, Events, EventsWant, NewCheckpoint, Credit,
                           Scope, Bye, BlobHave, BlobWant, BlobChunk>;

// One WebSocket message: 8-byte header (version u8, codec u8, dictionary u16, message bytes u32) and the message, plain or zstd,
// whichever is smaller. CHECKs that the result keeps frame_bytes_max: callers cut their frames.
Bytes encode(const Frame& frame);

struct Decoded {
    Frame frame;
    Hash message_hash;  // SHA-256 of the uncompressed message, for the transcript: of Hello and Welcome only, else zero
};
// Errc::protocol for bytes that are no frame, Errc::limit past a limit, Errc::version for a newer header or frame.
Result<Decoded> decode(ByteSpan bytes);
Hash message_hash(const Frame& frame);  // of what encode() sends
const char* name(const Frame& frame);

// What an item takes in an uncompressed frame, rounded up. An event whose action is empty counts as a head alone.
std::size_t push_room(const log::SignedAction& action);
std::size_t events_room(const log::Event& event);

// What the device signs to open a session; `exporter` binds it to this TLS connection (RFC 9266).
Bytes session_statement(const Hash& exporter, const Hash& hello, const Hash& welcome);

// A list of what is moved into it: an initializer list would copy a push or a frame of events.
template <typename Effects, typename Effect>
Effects one_effect(Effect&& effect) {
    Effects effects;
    effects.emplace_back(std::forward<Effect>(effect));
    return effects;
}

}  // namespace hoso::sync
