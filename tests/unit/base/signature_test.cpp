#include "shared/base/signature.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace hoso {
namespace {

std::array<Byte, 32> seed(const char* hex) { return Hash::from_hex(hex)->bytes; }

// RFC 8032 section 7.1.
struct Vector {
    const char* name;
    const char* seed;
    const char* key;
    const char* message;
    const char* signature;
};
const Vector vectors[] = {
    {"Empty", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a1"
     "00b"},
    {"OneByte", "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0"
     "c00"},
    {"TwoBytes", "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec"
     "40a"},
};
class Ed25519 : public testing::TestWithParam<Vector> {};
TEST_P(Ed25519, SignsAndVerifies) {
    const SigningKey key = SigningKey::from_seed(seed(GetParam().seed));
    const Bytes message = *from_hex(GetParam().message);
    EXPECT_EQ(key.public_key().hex(), GetParam().key);
    EXPECT_EQ(key.seed(), seed(GetParam().seed));
    EXPECT_EQ(key.sign(message).hex(), GetParam().signature);
    EXPECT_TRUE(verify(key.public_key(), message, *Signature::from_hex(GetParam().signature)));
}
TEST_P(Ed25519, RefusesEveryFlippedBit) {
    const auto key = *PublicKey::from_hex(GetParam().key);
    const Bytes message = *from_hex(GetParam().message);
    for (std::size_t bit = 0; bit < Signature::size * 8; ++bit) {
        Signature wrong = *Signature::from_hex(GetParam().signature);
        wrong.bytes[bit / 8] ^= static_cast<Byte>(1u << bit % 8);
        EXPECT_FALSE(verify(key, message, wrong)) << bit;
    }
}
INSTANTIATE_TEST_SUITE_P(Rfc8032, Ed25519, testing::ValuesIn(vectors), [](const auto& row) { return row.param.name; });

// S + L verifies too where S is not checked to be canonical: one act would have two signatures.
TEST(Strict, RefusesANonCanonicalS) {
    const Byte order[32] = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                            0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};
    Signature wrong = *Signature::from_hex(vectors[0].signature);
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += wrong.bytes[32 + i] + order[i];
        wrong.bytes[32 + i] = static_cast<Byte>(carry);
        carry >>= 8;
    }
    EXPECT_EQ(carry, 0u);
    EXPECT_FALSE(verify(*PublicKey::from_hex(vectors[0].key), {}, wrong));
}

// Under a key of small order R = identity, S = 0 would sign any message.
TEST(Strict, RefusesASmallOrderKey) {
    PublicKey identity;
    identity.bytes[0] = 1;
    Signature forged;
    forged.bytes[0] = 1;
    EXPECT_FALSE(verify(identity, as_bytes("anything"), forged));
    EXPECT_FALSE(verify(PublicKey{}, as_bytes("anything"), forged));
    EXPECT_FALSE(to_box_key(identity));
}

TEST(SigningKeys, Move) {
    SigningKey first = SigningKey::from_seed(seed(vectors[0].seed));
    SigningKey second = std::move(first);
    EXPECT_EQ(second.sign({}).hex(), vectors[0].signature);
    second = SigningKey::from_seed(seed(vectors[1].seed));
    EXPECT_EQ(second.public_key().hex(), vectors[1].key);
}

class SealedBox : public testing::Test {
protected:
    static void SetUpTestSuite() { ASSERT_GE(sodium_init(), 0); }
    static Bytes seal(const BoxPublicKey& to, std::string_view text) {
        Bytes sealed(text.size() + crypto_box_SEALBYTES);
        crypto_box_seal(sealed.data(), as_bytes(text).data(), text.size(), to.bytes.data());
        return sealed;
    }
    const SigningKey officer_ = SigningKey::from_seed(seed(vectors[0].seed));
    const SigningKey other_ = SigningKey::from_seed(seed(vectors[1].seed));
};

TEST_F(SealedBox, OpensWithTheOfficersKeyAlone) {
    const auto box = to_box_key(officer_.public_key());
    ASSERT_TRUE(box);
    EXPECT_EQ(box_public_key(officer_.box_private_key()), *box);
    const Bytes sealed = seal(*box, "phiếu điểm");
    const auto opened = open_sealed(officer_.box_private_key(), sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(as_text(*opened), "phiếu điểm");
    EXPECT_EQ(open_sealed(*box, officer_.box_private_key(), sealed), opened);
    EXPECT_FALSE(open_sealed(other_.box_private_key(), sealed));
}

TEST_F(SealedBox, RefusesWhatWasChanged) {
    const Bytes sealed = seal(*to_box_key(officer_.public_key()), "phiếu điểm");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes wrong = sealed;
        wrong[i] ^= 1;
        EXPECT_FALSE(open_sealed(officer_.box_private_key(), wrong)) << i;
        EXPECT_FALSE(open_sealed(officer_.box_private_key(), ByteSpan(sealed).first(i))) << i;
    }
}

TEST_F(SealedBox, MayHoldNothing) {
    const auto opened = open_sealed(officer_.box_private_key(), seal(*to_box_key(officer_.public_key()), ""));
    ASSERT_TRUE(opened);
    EXPECT_TRUE(opened->empty());
}

// Sealed once with libsodium 1.0.18: a log must open it for ever.
TEST_F(SealedBox, OpensWhatWasSealedBefore) {
    const auto sealed =
        from_hex("f9ce1d61ab8e1f2b9f69cfd7eebd43bd7ac07401d294993eb76c172b9a6d126506f528067e7234138e2841653d390d58abf3b432");
    ASSERT_TRUE(sealed);
    const auto opened = open_sealed(officer_.box_private_key(), *sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(as_text(*opened), "HSS1");
}

}  // namespace
}  // namespace hoso
