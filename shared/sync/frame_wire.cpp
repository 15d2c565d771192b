#include <zstd.h>

#include <algorithm>
#include <memory>

#include "shared/base/hash.hpp"
#include "shared/sync/frame_codec.hpp"

// The outer form of a frame: header, compression, and every limit on sizes, checked before anything is allocated.
namespace hoso::sync {
namespace {

constexpr Byte header_version = 1;
constexpr Byte codec_plain = 0;
constexpr Byte codec_zstd = 1;
constexpr int zstd_level = 1;
constexpr std::size_t compress_bytes_min = 256;  // a smaller message gains nothing
constexpr std::size_t window_bytes_max = 1 << 20;
constexpr std::size_t ratio_max = 64;
constexpr std::size_t ratio_slack = 64 * 1024;

struct FreeZstd {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// Making a context costs more than a small frame; each thread keeps its own.
ZSTD_CCtx* compressor() {
    thread_local const std::unique_ptr<ZSTD_CCtx, FreeZstd> context{ZSTD_createCCtx()};
    CHECK(context);
    return context.get();
}

ZSTD_DCtx* decompressor() {
    thread_local const std::unique_ptr<ZSTD_DCtx, FreeZstd> context{ZSTD_createDCtx()};
    CHECK(context);
    return context.get();
}

void write_header(Byte* to, Byte codec, std::size_t message_bytes) {
    to[0] = header_version;
    to[1] = codec;
    store_le(to + 2, std::uint16_t{0});
    store_le(to + 4, static_cast<std::uint32_t>(message_bytes));
}

// RFC 8878, section 3.1.1.1: the window a streaming receiver would need. False for bytes too short to hold the header.
bool window_fits(ByteSpan zstd) {
    if (zstd.size() < 6) return false;
    const Byte descriptor = zstd[4];
    if (descriptor & 0x20) return true;  // a single segment: its window is the message itself
    const std::size_t base = std::size_t{1} << std::min(10 + (zstd[5] >> 3), 41);
    return base + base / 8 * (zstd[5] & 7) <= window_bytes_max;
}

// Straight into a buffer of the size announced: a bomb finds no room, and a window needs no memory of its own.
std::optional<Error> decompress(ByteSpan body, Byte* to, std::size_t message_bytes) {
    if (!window_fits(body)) return Error{Errc::limit, "the frame's compression window is too large"};
    if (ZSTD_findFrameCompressedSize(body.data(), body.size()) != body.size()) {
        return Error{Errc::protocol, "the frame's body is not one zstd frame"};
    }
    const std::size_t size = ZSTD_decompressDCtx(decompressor(), to, message_bytes, body.data(), body.size());
    if (ZSTD_isError(size) || size != message_bytes)
        return Error{Errc::protocol, "the frame's body does not decompress to its length"};
    return std::nullopt;
}

std::optional<Error> header_fault(ByteSpan bytes) {
    if (bytes.size() > frame_bytes_max) return Error{Errc::limit, "the frame is larger than a frame may be"};
    if (bytes.size() < header_bytes) return Error{Errc::protocol, "the frame is shorter than its header"};
    if (bytes[0] != header_version || bytes[1] > codec_zstd || load_le<std::uint16_t>(bytes.data() + 2) != 0) {
        return Error{Errc::version, "the frame's header is of a version that this program does not know"};
    }
    const std::size_t message_bytes = load_le<std::uint32_t>(bytes.data() + 4);
    const std::size_t body_bytes = bytes.size() - header_bytes;
    if (message_bytes > std::min(message_bytes_max, ratio_max * body_bytes + ratio_slack)) {
        return Error{Errc::limit, "the frame's message is larger than a message may be"};
    }
    if (message_bytes % sizeof(capnp::word) != 0)
        return Error{Errc::protocol, "the frame's message is not a whole number of words"};
    if (bytes[1] == codec_plain && body_bytes != message_bytes)
        return Error{Errc::protocol, "the frame's length is not that of its body"};
    return std::nullopt;
}

bool in_transcript(const Frame& frame) { return std::holds_alternative<Hello>(frame) || std::holds_alternative<Welcome>(frame); }

}  // namespace

Bytes encode(const Frame& frame) {
    Bytes plain(header_bytes);
    codec::write(frame, plain);
    const std::size_t message_bytes = plain.size() - header_bytes;
    CHECK(message_bytes <= message_bytes_max);
    // Photos and scans do not get smaller, and trying costs more than sending them.
    const bool packs = !std::holds_alternative<BlobChunk>(frame);
    if (packs && message_bytes >= compress_bytes_min) {
        // Room for less than the plain form only: where zstd gains nothing it stops with an error.
        Bytes packed(plain.size() - 1);
        const std::size_t size = ZSTD_compressCCtx(compressor(), packed.data() + header_bytes, packed.size() - header_bytes,
                                                   plain.data() + header_bytes, message_bytes, zstd_level);
        // A message that a receiver would take for a bomb travels plain.
        if (!ZSTD_isError(size) && message_bytes <= ratio_max * size + ratio_slack) {
            packed.resize(header_bytes + size);
            CHECK(packed.size() <= frame_bytes_max);
            write_header(packed.data(), codec_zstd, message_bytes);
            return packed;
        }
    }
    CHECK(plain.size() <= frame_bytes_max);
    write_header(plain.data(), codec_plain, message_bytes);
    return plain;
}

Result<Decoded> decode(ByteSpan bytes) {
    if (const auto fault = header_fault(bytes)) return *fault;
    const ByteSpan body = bytes.subspan(header_bytes);
    const std::size_t message_bytes = load_le<std::uint32_t>(bytes.data() + 4);
    // Cap'n Proto reads words: a buffer of its own is aligned, whatever the frame arrived in.
    const std::size_t words = message_bytes / sizeof(capnp::word);
    const auto message = std::make_unique_for_overwrite<std::uint64_t[]>(words);
    auto* raw = reinterpret_cast<Byte*>(message.get());
    if (bytes[1] == codec_plain) {
        std::copy(body.begin(), body.end(), raw);
    } else if (const auto fault = decompress(body, raw, message_bytes)) {
        return *fault;
    }
    auto frame = codec::read({reinterpret_cast<const capnp::word*>(message.get()), words});
    if (!frame) return frame.error();
    const Hash hash = in_transcript(*frame) ? sha256(ByteSpan{raw, message_bytes}) : Hash{};
    return Decoded{std::move(*frame), hash};
}

Hash message_hash(const Frame& frame) {
    Bytes message;
    codec::write(frame, message);
    return sha256(message);
}

Bytes session_statement(const Hash& exporter, const Hash& hello, const Hash& welcome) {
    Bytes statement;
    append(statement, as_bytes("hoso/session/v1"));
    for (const Hash* part : {&exporter, &hello, &welcome}) append(statement, part->span());
    return statement;
}

}  // namespace hoso::sync
