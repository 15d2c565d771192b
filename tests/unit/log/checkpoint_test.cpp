#include "shared/log/checkpoint.hpp"

#include <gtest/gtest.h>

#include "shared/base/hash.hpp"

namespace hoso::log {
namespace {

const std::string dash = "\xE2\x80\x94 ";
const std::string origin = "ocop.example/log";
// Made with the openssl command line and sha256sum from the text of the C2SP pages; the seed is 32 times 0x07.
const std::string text = origin + "\n1234567\nSBNJTRN+FjG7owHVrKtue7eqdM4RhdRWVl71HXN2d7I=\n";
const std::string signature = "IrmE9U71UiOyD7m1vy3Mjj6go9FAfKM9AHxGBoVPTyCmVPxoT9DH+esdcoD/Qik2R/htTkUEswDfaKrY+Vbti1TaNAo=";
const std::string own_line = dash + origin + " " + signature + "\n";
const std::string witness_line = dash + "witness.example/a Cr8Ru5zo1oPYQtCJHHMj+2yvU0o=\n";

SigningKey key() {
    std::array<Byte, 32> seed;
    seed.fill(7);
    return SigningKey::from_seed(seed);
}
Checkpoint checkpoint() { return {origin, 1234567, sha256(as_bytes("root"))}; }

TEST(Checkpoint, SignsTheReferenceNote) { EXPECT_EQ(sign_note(checkpoint(), key()), text + "\n" + own_line); }

TEST(Checkpoint, OpensWhatItSigned) {
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
        Checkpoint made = checkpoint();
        made.size = size;
        const auto opened = open_note(sign_note(made, key()), origin, key().public_key());
        ASSERT_TRUE(opened) << opened.error().detail;
        EXPECT_EQ(*opened, made);
    }
}

struct Case {
    const char* name;
    std::string note;
    bool opens;
};
void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

std::string replaced(std::string note, const std::string& from, const std::string& to) {
    return note.replace(note.find(from), from.size(), to);
}

const std::string whole = text + "\n" + own_line;
const Case cases[] = {
    {"AsSigned", whole, true},
    {"WitnessAfter", whole + witness_line, true},
    {"WitnessBefore", text + "\n" + witness_line + own_line, true},
    {"OtherAlgorithmOfTheSameName", text + "\n" + dash + origin + " AAAAAAAAAAA=\n" + own_line, true},
    {"OnlyAWitness", text + "\n" + witness_line, false},
    {"Unsigned", text, false},
    {"NoSignatureLine", text + "\n", false},
    {"OneOfOursWrong",
     whole + dash + origin + " IrmE9U71UiOyD7m1vy3Mjj6go9FAfKM9AHxGBoVPTyCmVPxoT9DH+esdcoD/Qik2R/htTkUEswDfaKrY+Vbti1TaNAs=\n",
     false},
    {"OurSignatureCutShort", text + "\n" + dash + origin + " IrmE9U71\n", false},
    {"LineEndMissing", whole.substr(0, whole.size() - 1), false},
    {"HyphenForDash", text + "\n- " + origin + " " + signature + "\n", false},
    {"JunkLineAfter", whole + "junk\n", false},
    {"NameWithPlus", whole + dash + "a+b Cr8Ru5zo1oPYQtCJHHMj+2yvU0o=\n", false},
    {"NoNumber", replaced(whole, "1234567", "1234567x"), false},
    {"LeadingZero", replaced(whole, "1234567", "01234567"), false},
    {"OtherSize", replaced(whole, "1234567", "1234568"), false},
    {"OtherRoot", replaced(whole, "SBNJ", "SBNK"), false},
    {"ShortRoot", replaced(whole, "SBNJ", ""), false},
    {"FourthLine", replaced(whole, "d7I=\n", "d7I=\nmore\n"), false},
    {"OtherOrigin", replaced(whole, "ocop.example", "ocop.exampel"), false},
    {"ControlCharacter",
     replaced(whole, "1234567",
              "123\x01"
              "4567"),
     false},
    {"NoText", replaced(whole, "1234567", "123\xFF"), false},
    {"Empty", "", false},
    {"TooLong", whole + std::string(20'000, 'x'), false},
};
class Note : public testing::TestWithParam<Case> {};
TEST_P(Note, Row) {
    const auto& row = GetParam();
    const auto opened = open_note(row.note, origin, key().public_key());
    ASSERT_EQ(opened.has_value(), row.opens) << (opened ? "" : opened.error().detail);
    if (row.opens) {
        EXPECT_EQ(*opened, checkpoint());
    } else {
        EXPECT_EQ(opened.error().code, Errc::unauthentic);
    }
}
INSTANTIATE_TEST_SUITE_P(Table, Note, testing::ValuesIn(cases), [](const auto& row) { return row.param.name; });

TEST(Checkpoint, EveryFlippedBitIsRefused) {
    for (std::size_t i = 0; i < whole.size() * 8; ++i) {
        std::string note = whole;
        note[i / 8] = static_cast<char>(note[i / 8] ^ 1 << i % 8);
        ASSERT_FALSE(open_note(note, origin, key().public_key())) << "bit " << i;
    }
}

TEST(Checkpoint, OtherKeyIsRefused) { EXPECT_FALSE(open_note(whole, origin, SigningKey::from_seed({}).public_key())); }

}  // namespace
}  // namespace hoso::log
