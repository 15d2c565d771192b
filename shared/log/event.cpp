#include "shared/log/event.hpp"

#include "shared/base/check.hpp"

namespace hoso::log {
namespace {

constexpr char magic[] = {'H', 'L', 'F', '1'};
constexpr std::size_t signature_head = 8;

std::size_t padded(std::size_t size) { return (size + 7) & ~std::size_t{7}; }

std::size_t signatures_size(const Event& event) {
    std::size_t size = 0;
    for (const DetachedSignature& signature : event.signatures) size += signature_head + padded(signature.bytes.size());
    return size;
}

Error corrupt(const char* what) { return {Errc::corrupt, std::string("This is no leaf: ") + what + "."}; }

template <std::size_t Size, typename Tag>
void put(Byte*& to, const FixedBytes<Size, Tag>& value) {
    to = std::copy(value.bytes.begin(), value.bytes.end(), to);
}

template <std::size_t Size, typename Tag>
void take(const Byte*& from, FixedBytes<Size, Tag>& value) {
    std::copy_n(from, Size, value.bytes.begin());
    from += Size;
}

void encode_seal(const Seal& seal, Byte* to) {
    store_le(to, seal.first_seq);
    store_le(to + 8, seal.last_seq);
    to += 16;
    put(to, seal.previous);
    put(to, seal.root);
    put(to, seal.signature);
}

Seal decode_seal(const Byte* from) {
    Seal seal;
    seal.first_seq = load_le<std::uint64_t>(from);
    seal.last_seq = load_le<std::uint64_t>(from + 8);
    from += 16;
    take(from, seal.previous);
    take(from, seal.root);
    take(from, seal.signature);
    return seal;
}

bool all_zero(ByteSpan bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](Byte byte) { return byte == 0; });
}

Result<std::vector<DetachedSignature>> decode_signatures(ByteSpan part) {
    std::vector<DetachedSignature> signatures;
    while (!part.empty()) {
        if (signatures.size() == signatures_max) return corrupt("it has too many signatures");
        if (part.size() < signature_head) return corrupt("a signature is cut short");
        const std::size_t length = load_le<std::uint32_t>(part.data() + 4);
        if (padded(length) > part.size() - signature_head) return corrupt("a signature is longer than its part");
        const ByteSpan bytes = part.subspan(signature_head, length);
        if (!all_zero(part.subspan(signature_head + length, padded(length) - length))) return corrupt("its padding is not zero");
        signatures.push_back({load_le<std::uint32_t>(part.data()), Bytes(bytes.begin(), bytes.end())});
        part = part.subspan(signature_head + padded(length));
    }
    return signatures;
}

}  // namespace

std::size_t leaf_size(const Event& event) {
    return head_size + event.action.size() + signatures_size(event) + (event.seal ? seal_size : 0);
}

void encode_head(const Event& event, Byte* out) {
    const Head& head = event.head;
    std::copy(std::begin(magic), std::end(magic), out);
    store_le(out + 4, head.judge_version);
    store_le(out + 8, head.position);
    store_le(out + 16, head.received);
    store_le(out + 24, head.seen_time);
    store_le(out + 32, head.stream_version);
    store_le(out + 40, head.scope_sequence);
    store_le(out + 48, head.against);
    out[56] = head.outcome;
    out[57] = head.path;
    store_le(out + 58, head.reason);
    store_le(out + 60, head.epoch);
    std::copy(head.scope.bytes.begin(), head.scope.bytes.end(), out + 64);
    std::copy(head.device.bytes.begin(), head.device.bytes.end(), out + 80);
    store_le(out + 96, head.seq);
    store_le(out + 104, static_cast<std::uint32_t>(event.action.size()));
    store_le(out + 108, static_cast<std::uint32_t>(signatures_size(event)));
    store_le(out + 112, static_cast<std::uint32_t>(event.seal ? seal_size : 0));
    store_le(out + 116, std::uint32_t{0});
}

Result<Head> decode_head(ByteSpan bytes) {
    if (bytes.size() != head_size) return corrupt("its head has another size");
    const Byte* from = bytes.data();
    if (!std::equal(std::begin(magic), std::end(magic), from)) return corrupt("it does not start with HLF1");
    Head head;
    head.judge_version = load_le<std::uint32_t>(from + 4);
    head.position = load_le<Position>(from + 8);
    head.received = load_le<Instant>(from + 16);
    head.seen_time = load_le<Instant>(from + 24);
    head.stream_version = load_le<std::uint64_t>(from + 32);
    head.scope_sequence = load_le<std::uint64_t>(from + 40);
    head.against = load_le<Position>(from + 48);
    head.outcome = from[56];
    head.path = from[57];
    head.reason = load_le<std::uint16_t>(from + 58);
    head.epoch = load_le<std::uint32_t>(from + 60);
    std::copy_n(from + 64, UnitId::size, head.scope.bytes.begin());
    std::copy_n(from + 80, DeviceId::size, head.device.bytes.begin());
    head.seq = load_le<std::uint64_t>(from + 96);
    if (head.outcome > 2) return corrupt("it has an unknown outcome");
    if (head.path > 1) return corrupt("it has an unknown path");
    if (load_le<std::uint32_t>(from + 116) != 0) return corrupt("its reserved bytes are not zero");
    return head;
}

void encode_leaf(const Event& event, Bytes& out) {
    CHECK(!event.action.empty() && event.action.size() % 8 == 0 && event.action.size() <= action_bytes_max);
    CHECK(event.signatures.size() <= signatures_max);
    const std::size_t start = out.size();
    out.resize(start + leaf_size(event));  // zeroes the padding
    Byte* to = out.data() + start;
    encode_head(event, to);
    to = std::copy(event.action.begin(), event.action.end(), to + head_size);
    for (const DetachedSignature& signature : event.signatures) {
        store_le(to, signature.kind);
        store_le(to + 4, static_cast<std::uint32_t>(signature.bytes.size()));
        std::copy(signature.bytes.begin(), signature.bytes.end(), to + signature_head);
        to += signature_head + padded(signature.bytes.size());
    }
    if (event.seal) encode_seal(*event.seal, to);
}

Result<Event> decode_leaf(ByteSpan leaf) {
    if (leaf.size() < head_size) return corrupt("it is shorter than a head");
    auto head = decode_head(leaf.first(head_size));
    if (!head) return head.error();
    const std::uint64_t action_size = load_le<std::uint32_t>(leaf.data() + 104);
    const std::uint64_t signatures_bytes = load_le<std::uint32_t>(leaf.data() + 108);
    const std::uint64_t seal_bytes = load_le<std::uint32_t>(leaf.data() + 112);
    if (action_size == 0 || action_size % 8 != 0 || action_size > action_bytes_max) return corrupt("no action has that length");
    if (seal_bytes != 0 && seal_bytes != seal_size) return corrupt("no seal has that length");
    if (head_size + action_size + signatures_bytes + seal_bytes != leaf.size()) return corrupt("its lengths do not add up");
    auto signatures = decode_signatures(leaf.subspan(head_size + action_size, signatures_bytes));
    if (!signatures) return signatures.error();
    const ByteSpan action = leaf.subspan(head_size, action_size);
    Event event{*head, Bytes(action.begin(), action.end()), std::move(*signatures), std::nullopt};
    if (seal_bytes != 0) event.seal = decode_seal(leaf.data() + leaf.size() - seal_size);
    return event;
}

}  // namespace hoso::log
