#pragma once

#include "shared/base/id.hpp"

namespace hoso {

// A private key with its public half (Ed25519, RFC 8032). Wiped when it goes.
class SigningKey {
public:
    static SigningKey from_seed(const std::array<Byte, 32>& seed);
    SigningKey(const SigningKey&) = delete;
    SigningKey& operator=(const SigningKey&) = delete;
    SigningKey(SigningKey&& other) noexcept;
    SigningKey& operator=(SigningKey&& other) noexcept;
    ~SigningKey();

    const PublicKey& public_key() const { return public_key_; }
    std::array<Byte, 32> seed() const;
    Signature sign(ByteSpan message) const;  // deterministic
    // The private half of a box sealed to this officer's key (birational map, libsodium).
    BoxPrivateKey box_private_key() const;

private:
    SigningKey() = default;
    std::array<Byte, 64> secret_{};
    PublicKey public_key_;
};

// Strict: canonical S, no small-order key.
bool verify(const PublicKey& key, ByteSpan message, const Signature& signature);

// The X25519 half of an Ed25519 public key; empty for a key that is no point of the main subgroup.
std::optional<BoxPublicKey> to_box_key(const PublicKey& key);
BoxPublicKey box_public_key(const BoxPrivateKey& key);

// Opens what crypto_box_seal closed; empty if it was not sealed to this key. Sealing draws randomness, so it lives in shared/io.
std::optional<Bytes> open_sealed(const BoxPrivateKey& key, ByteSpan sealed);
// The same where the public half is known: it costs a third of the time to make it again.
std::optional<Bytes> open_sealed(const BoxPublicKey& box, const BoxPrivateKey& key, ByteSpan sealed);

}  // namespace hoso
