#include "shared/io/key_file.hpp"

#include <sodium.h>

#include "shared/base/check.hpp"

// Layout, little-endian:
//   0 "HKEY"   4 version u32 = 1   8 kind u32: 0 device, 1 under a passphrase   12 zero   16 public key
//  48 kind 0: seed
//  48 kind 1: argon2id passes u64   56 memory in bytes u64   64 salt   80 nonce   104 XChaCha20-Poly1305 of the seed, over bytes 0
//  to 103
namespace hoso::io {
namespace {

constexpr char magic[] = {'H', 'K', 'E', 'Y'};
constexpr std::uint32_t version = 1;
constexpr std::uint32_t plain = 0;
constexpr std::uint32_t locked = 1;
constexpr std::size_t seed_size = 32;
constexpr std::size_t head_size = 48;
constexpr std::size_t salt_at = 64;
constexpr std::size_t nonce_at = 80;
constexpr std::size_t sealed_at = 104;
constexpr std::size_t locked_size = sealed_at + seed_size + crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint64_t passes_max = 16;  // a file that asks for more work than this is damaged or hostile
constexpr std::uint64_t memory_max = 1ull << 30;
static_assert(nonce_at - salt_at == crypto_pwhash_SALTBYTES);
static_assert(sealed_at - nonce_at == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);

// 32 bytes that are kept out of swap and wiped.
struct Secret {
    Secret() { sodium_mlock(bytes.data(), bytes.size()); }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { sodium_munlock(bytes.data(), bytes.size()); }  // zeroes too
    std::array<Byte, 32> bytes{};
};

Error damaged(const std::filesystem::path& file) {
    return {Errc::corrupt, file.string() + " is no key file, or it is damaged: bring it back from a backup, or enrol again."};
}

Bytes key_head(std::uint32_t kind, const SigningKey& key) {
    Bytes head(std::begin(magic), std::end(magic));
    append_le(head, version);
    append_le(head, kind);
    append_le(head, std::uint32_t{0});
    append(head, key.public_key().span());
    return head;
}

Result<Bytes> read_key(const std::filesystem::path& file, std::uint32_t kind, std::size_t size) {
    auto bytes = read_file(file, 4096);
    if (!bytes) return bytes.error().code == Errc::limit ? damaged(file) : bytes.error();
    if (bytes->size() < head_size || !std::equal(std::begin(magic), std::end(magic), bytes->begin())) return damaged(file);
    if (load_le<std::uint32_t>(bytes->data() + 4) > version)
        return Error{Errc::version, file.string() + " was written by a newer program."};
    const bool holds = bytes->size() == size && load_le<std::uint32_t>(bytes->data() + 4) == version &&
                       load_le<std::uint32_t>(bytes->data() + 8) == kind && load_le<std::uint32_t>(bytes->data() + 12) == 0;
    if (!holds) return damaged(file);
    return bytes;
}

// The public half stands beside the private one: a flipped bit is seen before it signs anything.
Result<SigningKey> key_from(const std::filesystem::path& file, const Secret& seed, ByteSpan head) {
    SigningKey key = SigningKey::from_seed(seed.bytes);
    const ByteSpan held = head.subspan(16, PublicKey::size);
    if (!std::equal(held.begin(), held.end(), key.public_key().bytes.begin())) return damaged(file);
    return key;
}

Result<void> derive(Secret& secret, std::string_view passphrase, const Byte* salt, std::uint64_t passes, std::uint64_t memory) {
    const bool derived = crypto_pwhash(secret.bytes.data(), secret.bytes.size(), passphrase.data(), passphrase.size(), salt, passes,
                                       static_cast<std::size_t>(memory), crypto_pwhash_ALG_ARGON2ID13) == 0;
    if (!derived)
        return Error{Errc::limit,
                     "There is not enough memory to unlock a key: " + std::to_string(memory >> 20) + " MiB are needed."};
    return {};
}

}  // namespace

Result<void> save_key(const std::filesystem::path& file, const SigningKey& key) {
    start_sodium();
    Bytes bytes = key_head(plain, key);
    Secret seed;
    seed.bytes = key.seed();
    append(bytes, seed.bytes);
    auto saved = write_new_file(file, bytes, 0600);
    sodium_memzero(bytes.data(), bytes.size());
    return saved;
}

Result<SigningKey> load_key(const std::filesystem::path& file) {
    start_sodium();
    auto bytes = read_key(file, plain, head_size + seed_size);
    if (!bytes) return bytes.error();
    Secret seed;
    std::copy_n(bytes->begin() + head_size, seed_size, seed.bytes.begin());
    sodium_memzero(bytes->data() + head_size, seed_size);
    return key_from(file, seed, *bytes);
}

Result<void> save_locked_key(const std::filesystem::path& file, const SigningKey& key, std::string_view passphrase, Work work) {
    start_sodium();
    const std::uint64_t passes = work == Work::full ? 3 : crypto_pwhash_OPSLIMIT_MIN;
    const std::uint64_t memory = work == Work::full ? 64ull << 20 : crypto_pwhash_MEMLIMIT_MIN;
    Bytes bytes = key_head(locked, key);
    append_le(bytes, passes);
    append_le(bytes, memory);
    bytes.resize(locked_size);
    randombytes_buf(bytes.data() + salt_at, sealed_at - salt_at);  // salt and nonce
    Secret secret;
    if (auto derived = derive(secret, passphrase, bytes.data() + salt_at, passes, memory); !derived) return derived;
    Secret seed;
    seed.bytes = key.seed();
    CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(bytes.data() + sealed_at, nullptr, seed.bytes.data(), seed.bytes.size(),
                                                     bytes.data(), sealed_at, nullptr, bytes.data() + nonce_at,
                                                     secret.bytes.data()) == 0);
    return write_new_file(file, bytes, 0600);
}

Result<SigningKey> load_locked_key(const std::filesystem::path& file, std::string_view passphrase) {
    start_sodium();
    const auto bytes = read_key(file, locked, locked_size);
    if (!bytes) return bytes.error();
    const auto passes = load_le<std::uint64_t>(bytes->data() + head_size);
    const auto memory = load_le<std::uint64_t>(bytes->data() + head_size + 8);
    const bool bounded = passes >= crypto_pwhash_OPSLIMIT_MIN && passes <= passes_max && memory >= crypto_pwhash_MEMLIMIT_MIN &&
                         memory <= memory_max;
    if (!bounded) return damaged(file);
    Secret secret;
    if (auto derived = derive(secret, passphrase, bytes->data() + salt_at, passes, memory); !derived) return derived.error();
    Secret seed;
    const bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(seed.bytes.data(), nullptr, nullptr, bytes->data() + sealed_at,
                                                                   bytes->size() - sealed_at, bytes->data(), sealed_at,
                                                                   bytes->data() + nonce_at, secret.bytes.data()) == 0;
    if (!opened) return Error{Errc::denied, "The passphrase is wrong, or " + file.string() + " is damaged."};
    return key_from(file, seed, *bytes);
}

}  // namespace hoso::io
