#include <sodium.h>

#include <algorithm>
#include <mutex>

#include "shared/base/check.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::io {

void start_sodium() { CHECK(sodium_init() >= 0); }

Hash random_hash() {
    start_sodium();
    Hash hash;
    randombytes_buf(hash.bytes.data(), hash.bytes.size());
    return hash;
}

SigningKey new_signing_key() {
    Hash seed = random_hash();
    SigningKey key = SigningKey::from_seed(seed.bytes);
    sodium_memzero(seed.bytes.data(), seed.bytes.size());
    return key;
}

BoxPrivateKey new_box_key() { return {random_hash().bytes}; }

// 48 bits of milliseconds, then 12 bits that count within one millisecond (RFC 9562, section 6.2, method 1), then 62 random bits.
Uuid uuid_v7(Instant now) {
    constexpr std::uint64_t count_max = 0xFFF;
    static std::mutex mutex;
    static std::uint64_t last = 0;  // milliseconds and count of the newest id: a clock that steps back makes no smaller one
    std::uint64_t stamp = static_cast<std::uint64_t>(now > 0 ? now / 1000 : 0) << 12;
    {
        const std::lock_guard lock{mutex};
        stamp = std::max(stamp, last + 1);  // may run into the next millisecond
        last = stamp;
    }
    const std::uint64_t milliseconds = stamp >> 12;
    const Hash random = random_hash();
    Uuid id;
    for (int i = 0; i < 6; ++i) id.bytes[static_cast<std::size_t>(i)] = static_cast<Byte>(milliseconds >> (40 - 8 * i));
    id.bytes[6] = static_cast<Byte>(0x70 | (stamp & count_max) >> 8);
    id.bytes[7] = static_cast<Byte>(stamp);
    std::copy_n(random.bytes.begin(), 8, id.bytes.begin() + 8);
    id.bytes[8] = static_cast<Byte>(0x80 | (id.bytes[8] & 0x3F));
    return id;
}

Bytes seal_box(const BoxPublicKey& to, ByteSpan plain) {
    start_sodium();
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    CHECK(crypto_box_seal(sealed.data(), plain.data(), plain.size(), to.bytes.data()) == 0);
    return sealed;
}

}  // namespace hoso::io
