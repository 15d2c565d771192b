#pragma once

#include <sodium.h>

#include <memory>

#include "shared/base/check.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/signature.hpp"

namespace hoso::tests {

// Ids, keys and sealed boxes, the same in every run.
class Names {
public:
    Uuid new_id() {
        Uuid id;
        id.bytes = {0x01, 0x8C, 0x3B, 0x5E, 0x90, 0x00, 0x70, 0x00, 0x80};
        for (std::size_t i = 0; i < 4; ++i) id.bytes[12 + i] = static_cast<Byte>(made_ >> (24 - 8 * i));
        ++made_;
        return id;
    }
    std::shared_ptr<const SigningKey> new_key() {
        const Hash seed = fresh();
        return std::make_shared<const SigningKey>(SigningKey::from_seed(seed.bytes));
    }
    BoxPrivateKey new_box_key() { return BoxPrivateKey{fresh().bytes}; }
    // As crypto_box_seal, with an ephemeral key that is the same in every run.
    Bytes seal_box(const BoxPublicKey& to, ByteSpan plain) {
        const BoxPrivateKey ephemeral = new_box_key();
        const BoxPublicKey from = box_public_key(ephemeral);
        Byte nonce[crypto_box_NONCEBYTES];
        crypto_generichash_state hash;
        crypto_generichash_init(&hash, nullptr, 0, sizeof nonce);
        crypto_generichash_update(&hash, from.bytes.data(), from.bytes.size());
        crypto_generichash_update(&hash, to.bytes.data(), to.bytes.size());
        crypto_generichash_final(&hash, nonce, sizeof nonce);
        Bytes sealed(plain.size() + crypto_box_SEALBYTES);
        std::copy(from.bytes.begin(), from.bytes.end(), sealed.begin());
        CHECK(crypto_box_easy(sealed.data() + from.bytes.size(), plain.data(), plain.size(), nonce, to.bytes.data(),
                              ephemeral.bytes.data()) == 0);
        return sealed;
    }

private:
    Hash fresh() {
        Bytes counter;
        append_le(counter, made_++);
        return sha256({as_bytes("key for tests"), counter});
    }

    std::uint32_t made_ = 1;
};

}  // namespace hoso::tests
