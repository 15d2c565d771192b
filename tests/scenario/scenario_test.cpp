#include <gtest/gtest.h>

#include "tests/scenario/play.hpp"

namespace hoso::tests {
namespace {

std::string text_of(const std::string& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

struct Script {
    const char* name;
    const char* rules;
    const char* first_day = "2023-06-01";
};
const Script scripts[] = {
    {"to_three_stars", "ocop-148-2023"},
    {"two_desks_race", "ocop-148-2023"},
    {"to_five_stars", "ocop-148-2023"},
    {"revoked_after_expiry", "ocop-148-2023"},
    {"round_2023", "ocop-148-2023"},
    {"under_1048", "ocop-1048-2019", "2021-06-01"},
    {"under_148", "ocop-148-2023"},
    {"under_1489", "ocop-148-2023+1489-2025", "2025-07-07"},
    {"reorganised_2025", "ocop-148-2023", "2025-05-05"},
    {"under_26", "ocop-26-2026", "2026-05-22"},
};

class Scenario : public testing::TestWithParam<Script> {};
TEST_P(Scenario, GoesAsWritten) {
    const auto rules = domain::canonical_json(text_of(std::string{HOSO_RULES_FOLDER} + "/" + GetParam().rules + ".json"));
    ASSERT_TRUE(rules.has_value());
    const auto lines = read_script(std::string{HOSO_SCENARIO_FOLDER} + "/" + GetParam().name + ".txt");
    ASSERT_FALSE(lines.empty());
    Play play{*rules, GetParam().first_day};
    for (const Line& line : lines) {
        const std::string fault = play.play(line);
        ASSERT_TRUE(fault.empty()) << GetParam().name << ".txt:" << line.number << ": " << line.text << "\n" << fault;
    }
    EXPECT_TRUE(play.replays_alike());
}
INSTANTIATE_TEST_SUITE_P(Text, Scenario, testing::ValuesIn(scripts), [](const auto& row) { return row.param.name; });

// The reader itself must be able to say no.
TEST(Script, LineThatIsNotMetIsTold) {
    Play play{*domain::canonical_json(text_of(std::string{HOSO_RULES_FOLDER} + "/ocop-148-2023.json"))};
    const auto fault = [&](const std::string& text) { return play.play(read_line(text, 1)); };
    EXPECT_EQ(fault("commune-1: register tea as tea"), "");
    EXPECT_NE(fault("commune-1: submit tea"), "");
    EXPECT_NE(fault("commune-1: open first dossier of tea gives void no_mandate"), "");
    EXPECT_NE(fault("commune-1: dance around tea"), "");
    EXPECT_NE(fault("nobody: submit tea"), "");
    EXPECT_NE(fault("tea is submitted"), "");
    EXPECT_NE(fault("tea holds 3 stars"), "");
    EXPECT_NE(fault("tea smells good"), "");
    EXPECT_EQ(fault("tea is drafting at commune"), "");
}

}  // namespace
}  // namespace hoso::tests
