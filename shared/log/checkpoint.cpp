#include "shared/log/checkpoint.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/check.hpp"
#include "shared/base/hash.hpp"

namespace hoso::log {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // an em dash and a space begin a signature line
constexpr std::size_t key_id_size = 4;
constexpr std::size_t note_bytes_max = 16 * 1024;
constexpr std::size_t lines_max = 100;

Bytes key_id(std::string_view origin, const PublicKey& key) {
    constexpr Byte separator[] = {0x0A, 0x01};  // 1 is Ed25519
    const Hash hash = sha256({as_bytes(origin), separator, key.span()});
    return Bytes(hash.bytes.begin(), hash.bytes.begin() + key_id_size);
}

bool is_name(std::string_view name) {
    return !name.empty() &&
           std::none_of(name.begin(), name.end(), [](char c) { return c == '+' || (c >= 0 && c <= ' ') || c == 0x7F; });
}

std::string text_of(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root.span()) + "\n";
}

Error refuse(const char* why) { return {Errc::unauthentic, std::string("The checkpoint does not hold: ") + why + "."}; }

// Takes the next line off `rest`, without its end; empty if no line end follows.
std::optional<std::string_view> next_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

std::optional<Checkpoint> read_text(std::string_view text) {
    const auto origin = next_line(text);
    const auto size = next_line(text);
    const auto root = next_line(text);
    if (!origin || !size || !root || !text.empty()) return std::nullopt;
    Checkpoint checkpoint{std::string(*origin), 0, {}};
    const auto number = std::from_chars(size->data(), size->data() + size->size(), checkpoint.size);
    if (number.ec != std::errc{} || std::to_string(checkpoint.size) != *size) return std::nullopt;
    const auto bytes = from_base64(*root);
    const auto hash = bytes ? Hash::from(*bytes) : std::nullopt;
    if (!hash) return std::nullopt;
    checkpoint.root = *hash;
    return checkpoint;
}

struct SignatureLine {
    std::string_view name;
    Bytes bytes;  // key id and signature
};

std::optional<SignatureLine> read_signature(std::string_view line) {
    if (!line.starts_with(dash)) return std::nullopt;
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_name(line.substr(0, space))) return std::nullopt;
    auto bytes = from_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= key_id_size) return std::nullopt;
    return SignatureLine{line.substr(0, space), std::move(*bytes)};
}

// Every line is read; one of ours that does not verify refuses the note, those of others are left alone.
Result<void> check_signatures(std::string_view lines, std::string_view text, std::string_view origin, const PublicKey& key) {
    const Bytes own_id = key_id(origin, key);
    bool held = false;
    for (std::size_t count = 0; !lines.empty(); ++count) {
        const auto line = next_line(lines);
        const auto signature = line ? read_signature(*line) : std::nullopt;
        if (!signature || count == lines_max) return refuse("a signature line is malformed");
        if (signature->name != origin || !std::equal(own_id.begin(), own_id.end(), signature->bytes.begin())) continue;
        const auto bytes = Signature::from(ByteSpan{signature->bytes}.subspan(key_id_size));
        if (!bytes || !verify(key, as_bytes(text), *bytes)) return refuse("its signature is wrong");
        held = true;
    }
    if (!held) return refuse("it has no signature by the log's key");
    return {};
}

}  // namespace

std::string sign_note(const Checkpoint& checkpoint, const SigningKey& key) {
    CHECK(is_name(checkpoint.origin));
    const std::string text = text_of(checkpoint);
    Bytes signature = key_id(checkpoint.origin, key.public_key());
    append(signature, key.sign(as_bytes(text)).span());
    return text + "\n" + std::string(dash) + checkpoint.origin + " " + to_base64(signature) + "\n";
}

Result<Checkpoint> open_note(std::string_view note, std::string_view origin, const PublicKey& key) {
    if (note.size() > note_bytes_max) return refuse("it is too long");
    const bool plain = std::none_of(note.begin(), note.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; });
    if (!plain || !is_utf8(as_bytes(note))) return refuse("it is no text");
    const std::size_t end = note.rfind("\n\n");
    if (end == std::string_view::npos) return refuse("it has no signature");
    const std::string_view text = note.substr(0, end + 1);
    const auto checkpoint = read_text(text);
    if (!checkpoint) return refuse("its three lines are malformed");
    if (checkpoint->origin != origin) return refuse("it is of another log");
    if (const auto held = check_signatures(note.substr(end + 2), text, origin, key); !held) return held.error();
    return *checkpoint;
}

}  // namespace hoso::log
