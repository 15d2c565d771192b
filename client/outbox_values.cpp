#include "client/outbox_values.hpp"

namespace hoso::client {
namespace {

constexpr std::size_t answer_size = 27;

}  // namespace

std::string key_of(char kind, std::uint64_t number) {
    std::string key(1, kind);
    append_be64(key, number);
    return key;
}

Bytes encode_action(const log::SignedAction& from) {
    Bytes out;
    append_le(out, static_cast<std::uint32_t>(from.action.size()));
    append_le(out, static_cast<std::uint32_t>(from.signatures.size()));
    append(out, from.action);
    for (const auto& signature : from.signatures) {
        append_le(out, signature.kind);
        append_le(out, static_cast<std::uint32_t>(signature.bytes.size()));
        append(out, signature.bytes);
    }
    return out;
}

std::optional<log::SignedAction> decode_action(ByteSpan from) {
    if (from.size() < 8) return std::nullopt;
    const auto length = load_le<std::uint32_t>(from.data());
    const auto count = load_le<std::uint32_t>(from.data() + 4);
    from = from.subspan(8);
    if (length > from.size() || count > log::signatures_max) return std::nullopt;
    log::SignedAction made;
    made.action.assign(from.begin(), from.begin() + length);
    from = from.subspan(length);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (from.size() < 8) return std::nullopt;
        const auto size = load_le<std::uint32_t>(from.data() + 4);
        if (size > from.size() - 8) return std::nullopt;
        const auto bytes = from.subspan(8, size);
        made.signatures.push_back({load_le<std::uint32_t>(from.data()), {bytes.begin(), bytes.end()}});
        from = from.subspan(8 + size);
    }
    return from.empty() ? std::optional{made} : std::nullopt;
}

Bytes encode_seal(const log::Seal& seal) {
    Bytes out;
    append_le(out, seal.first_seq);
    append_le(out, seal.last_seq);
    append(out, seal.previous.span());
    append(out, seal.root.span());
    append(out, seal.signature.span());
    return out;
}

std::optional<log::Seal> decode_seal(ByteSpan from) {
    if (from.size() != log::seal_size) return std::nullopt;
    log::Seal seal;
    seal.first_seq = load_le<std::uint64_t>(from.data());
    seal.last_seq = load_le<std::uint64_t>(from.data() + 8);
    seal.previous = *Hash::from(from.subspan(16, 32));
    seal.root = *Hash::from(from.subspan(48, 32));
    seal.signature = *Signature::from(from.subspan(80, 64));
    return seal;
}

Bytes encode_answer(const log::Head& head) {
    Bytes out;
    append_le(out, head.position);
    append_le(out, head.received);
    append_le(out, head.against);
    append_le(out, head.reason);
    append_le(out, head.outcome);
    return out;
}

std::optional<log::Head> decode_answer(ByteSpan from) {
    if (from.size() != answer_size) return std::nullopt;
    log::Head head;
    head.position = load_le<std::uint64_t>(from.data());
    head.received = load_le<std::int64_t>(from.data() + 8);
    head.against = load_le<std::uint64_t>(from.data() + 16);
    head.reason = load_le<std::uint16_t>(from.data() + 24);
    head.outcome = from[26];
    return head;
}

Bytes encode_request(const ServedRequest& from) {
    Bytes out;
    append_le(out, from.at);
    append_le(out, from.first_seq);
    append_le(out, from.last_seq);
    append_le(out, static_cast<std::uint32_t>(from.key.size()));
    append(out, as_bytes(from.key));
    append(out, as_bytes(from.answer));
    return out;
}

std::optional<ServedRequest> decode_request(ByteSpan from) {
    constexpr std::size_t head_size = 28;
    if (from.size() < head_size) return std::nullopt;
    ServedRequest made;
    made.at = load_le<Instant>(from.data());
    made.first_seq = load_le<std::uint64_t>(from.data() + 8);
    made.last_seq = load_le<std::uint64_t>(from.data() + 16);
    const auto length = load_le<std::uint32_t>(from.data() + 24);
    from = from.subspan(head_size);
    if (length > from.size() || made.first_seq > made.last_seq) return std::nullopt;
    made.key = as_text(from.first(length));
    made.answer = as_text(from.subspan(length));
    return made;
}

}  // namespace hoso::client
