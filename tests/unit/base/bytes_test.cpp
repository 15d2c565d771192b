#include "shared/base/bytes.hpp"

#include <gtest/gtest.h>

#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"

namespace hoso {
namespace {

struct Text {
    const char* name;
    std::string text;
    bool holds;
};
const Text texts[] = {
    {"Empty", "", true},
    {"Ascii", "abc", true},
    {"Vietnamese", "Hòa Bình, đặc sản", true},
    {"FourBytes", "\xF0\x9F\x8D\xB5", true},
    {"LastCodePoint", "\xF4\x8F\xBF\xBF", true},
    {"PastTheLast", "\xF4\x90\x80\x80", false},
    {"BeforeTheSurrogates", "\xED\x9F\xBF", true},
    {"Surrogate", "\xED\xA0\x80", false},
    {"OverlongTwo", "\xC0\xAF", false},
    {"OverlongThree", "\xE0\x9F\xBF", false},
    {"OverlongFour", "\xF0\x8F\xBF\xBF", false},
    {"LoneContinuation", "a\x80", false},
    {"CutTwo", "a\xC3", false},
    {"CutThree", "\xE1\xBB", false},
    {"CutFour", "\xF0\x9F\x8D", false},
    {"BadSecond",
     "\xE1"
     "aa",
     false},
    {"BadThird",
     "\xE1\xBB"
     "a",
     false},
    {"FiveBytes", "\xF8\x88\x80\x80\x80", false},
    {"ByteFF", "\xFF", false},
};
class Utf8 : public testing::TestWithParam<Text> {};
TEST_P(Utf8, Row) { EXPECT_EQ(is_utf8(as_bytes(GetParam().text)), GetParam().holds); }
INSTANTIATE_TEST_SUITE_P(Table, Utf8, testing::ValuesIn(texts), [](const auto& row) { return row.param.name; });
TEST(Utf8Text, ABadByteIsFoundWhereverItLies) {
    for (std::size_t size = 1; size <= 33; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            std::string text(size, 'a');
            EXPECT_TRUE(is_utf8(as_bytes(text)));
            text[at] = '\x80';
            EXPECT_FALSE(is_utf8(as_bytes(text))) << at << " of " << size;
        }
    }
}

TEST(Hex, ComesBack) {
    const Bytes bytes = {0x00, 0x01, 0xAB, 0xFF};
    EXPECT_EQ(to_hex(bytes), "0001abff");
    EXPECT_EQ(from_hex("0001abff"), bytes);
    EXPECT_EQ(from_hex("0001ABFF"), bytes);
    EXPECT_EQ(to_hex({}), "");
    EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, RefusesWhatIsNone) {
    for (const char* const text : {"0", "000", "0g", "0x00", "00 00", "00\n", "đ0"}) EXPECT_FALSE(from_hex(text)) << text;
}

// RFC 4648 section 10.
TEST(Base64, Vectors) {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"},
                                                           {"\xFB\xFF", "+/8="}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
        ASSERT_TRUE(from_base64(encoded)) << encoded;
        EXPECT_EQ(as_text(*from_base64(encoded)), plain);
    }
}

TEST(Base64, RefusesWhatIsNone) {
    for (const char* const text : {"Zg", "Zg=", "Zg==Zg==", "Z", "Zm9v ", "Zm9v\n", "-_8=", "Zh==", "===="})
        EXPECT_FALSE(from_base64(text)) << text;
}

TEST(Integers, LieLittleEndianInLayoutsAndBigEndianInKeys) {
    Bytes out;
    append_le(out, std::uint32_t{0x01020304});
    append_le(out, std::uint16_t{0x0506});
    EXPECT_EQ(to_hex(out), "040302010605");
    EXPECT_EQ(load_le<std::uint32_t>(out.data()), 0x01020304u);
    std::string key;
    append_be64(key, 0x0102030405060708);
    EXPECT_EQ(to_hex(as_bytes(key)), "0102030405060708");
    EXPECT_EQ(load_be64(as_bytes(key).data()), 0x0102030405060708u);
    std::string greater;
    append_be64(greater, 0x0202030405060708);
    EXPECT_LT(key, greater);
}

TEST(FixedBytes, KnowTheirSize) {
    EXPECT_FALSE(Uuid::from(Bytes(15)));
    EXPECT_FALSE(Uuid::from(Bytes(17)));
    EXPECT_TRUE(Uuid::from(Bytes(16))->is_nil());
    EXPECT_FALSE(Uuid::from_hex("00"));
    const auto id = Uuid::from_hex("0180000000007000800000000000000a");
    ASSERT_TRUE(id);
    EXPECT_FALSE(id->is_nil());
    EXPECT_EQ(id->hex(), "0180000000007000800000000000000a");
    EXPECT_LT(Uuid{}, *id);
    EXPECT_LT(*id, whole_log_scope());
}

// FIPS 180-4, examples of NIST.
TEST(Sha256, Vectors) {
    EXPECT_EQ(sha256({}).hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256(as_bytes("abc")).hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).hex(),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(sha256(as_bytes(std::string(1'000'000, 'a'))).hex(),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfPartsIsThatOfTheWhole) {
    EXPECT_EQ(sha256({as_bytes("a"), as_bytes(""), as_bytes("bc")}), sha256(as_bytes("abc")));
    EXPECT_EQ(action_id(as_bytes("abc")).hex(), sha256(as_bytes("abc")).hex());
}

}  // namespace
}  // namespace hoso
