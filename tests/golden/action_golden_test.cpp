#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"
#include "tests/support/sample_actions.hpp"

// The bytes of one action of every kind, as they were made when the format was fixed. Logs hold such bytes for ever: when this
// fails, the format of an action has changed, and what must change back is the code. The files are never edited.
namespace hoso::domain {
namespace {

Bytes golden_bytes(const std::string& kind) {
    std::ifstream file(std::string(HOSO_GOLDEN_FOLDER) + "/actions/" + kind + ".hex");
    std::string hex((std::istreambuf_iterator<char>(file)), {});
    std::erase(hex, '\n');
    return from_hex(hex).value_or(Bytes{});
}

class Golden : public testing::TestWithParam<std::pair<std::string, Action>> {};
INSTANTIATE_TEST_SUITE_P(Actions, Golden, testing::ValuesIn(tests::sample_actions()),
                         [](const auto& row) { return row.param.first; });
INSTANTIATE_TEST_SUITE_P(FullerActions, Golden, testing::ValuesIn(tests::fuller_sample_actions()),
                         [](const auto& row) { return row.param.first; });

// Of kinds that got fields since: logs hold these bytes too. They are read, and not written so any more.
class OlderGolden : public testing::TestWithParam<std::pair<std::string, Action>> {};
INSTANTIATE_TEST_SUITE_P(Actions, OlderGolden, testing::ValuesIn(tests::older_sample_actions()),
                         [](const auto& row) { return row.param.first; });

TEST_P(OlderGolden, IsReadAsWhatItWas) {
    const auto& [kind, action] = GetParam();
    const auto decoded = decode(golden_bytes(kind));
    ASSERT_TRUE(decoded) << decoded.error().detail;
    EXPECT_EQ(*decoded, action) << "the bytes of the action " << kind << " are read as something else";
}

TEST_P(Golden, IsReadAsWhatItWas) {
    const auto& [kind, action] = GetParam();
    const Bytes bytes = golden_bytes(kind);
    ASSERT_FALSE(bytes.empty()) << "tests/golden/actions/" << kind << ".hex is missing";
    const auto decoded = decode(bytes);
    ASSERT_TRUE(decoded) << "the format of the action " << kind << " has changed: " << decoded.error().detail;
    EXPECT_EQ(*decoded, action) << "the format of the action " << kind << " has changed: its bytes are read as something else";
}

TEST_P(Golden, IsStillWrittenSo) {
    const auto& [kind, action] = GetParam();
    EXPECT_EQ(to_hex(encode(action)), to_hex(golden_bytes(kind))) << "the format of the action " << kind << " has changed";
}

}  // namespace
}  // namespace hoso::domain
