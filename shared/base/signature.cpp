#include "shared/base/signature.hpp"

#include <sodium.h>

#include "shared/base/check.hpp"

namespace hoso {

SigningKey SigningKey::from_seed(const std::array<Byte, 32>& seed) {
    SigningKey key;
    CHECK(crypto_sign_seed_keypair(key.public_key_.bytes.data(), key.secret_.data(), seed.data()) == 0);
    return key;
}

SigningKey::SigningKey(SigningKey&& other) noexcept : secret_(other.secret_), public_key_(other.public_key_) {
    sodium_memzero(other.secret_.data(), other.secret_.size());
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
    std::swap(secret_, other.secret_);
    std::swap(public_key_, other.public_key_);
    return *this;
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

std::array<Byte, 32> SigningKey::seed() const {
    std::array<Byte, 32> seed;
    CHECK(crypto_sign_ed25519_sk_to_seed(seed.data(), secret_.data()) == 0);
    return seed;
}

Signature SigningKey::sign(ByteSpan message) const {
    Signature signature;
    CHECK(crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(), secret_.data()) == 0);
    return signature;
}

BoxPrivateKey SigningKey::box_private_key() const {
    BoxPrivateKey key;
    CHECK(crypto_sign_ed25519_sk_to_curve25519(key.bytes.data(), secret_.data()) == 0);
    return key;
}

bool verify(const PublicKey& key, ByteSpan message, const Signature& signature) {
    return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

std::optional<BoxPublicKey> to_box_key(const PublicKey& key) {
    BoxPublicKey box;
    if (crypto_sign_ed25519_pk_to_curve25519(box.bytes.data(), key.bytes.data()) != 0) return std::nullopt;
    return box;
}

BoxPublicKey box_public_key(const BoxPrivateKey& key) {
    BoxPublicKey box;
    CHECK(crypto_scalarmult_base(box.bytes.data(), key.bytes.data()) == 0);
    return box;
}

std::optional<Bytes> open_sealed(const BoxPrivateKey& key, ByteSpan sealed) {
    return open_sealed(box_public_key(key), key, sealed);
}

std::optional<Bytes> open_sealed(const BoxPublicKey& box, const BoxPrivateKey& key, ByteSpan sealed) {
    if (sealed.size() < crypto_box_SEALBYTES) return std::nullopt;
    Bytes opened(sealed.size() - crypto_box_SEALBYTES);
    if (crypto_box_seal_open(opened.data(), sealed.data(), sealed.size(), box.bytes.data(), key.bytes.data()) != 0) {
        return std::nullopt;
    }
    return opened;
}

}  // namespace hoso
