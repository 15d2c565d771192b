#include "shared/domain/grade.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_rules.hpp"

namespace hoso::domain {
namespace {

const ProductSet& plain() { return *tests::small_rules().product_set("plain"); }
const ProductSet& gated() { return *tests::small_rules().product_set("gated"); }

// Sheets of "plain" that stand one hundredth short of a band's edge, or on it, by their second criterion alone.
struct Edge {
    const char* name;
    Bytes coarse;  // ordinals of a sheet whose second criterion is open; the rest is one point short of the edge
    std::uint8_t below;
    std::uint8_t above;
};
const Edge edges[] = {
    {"Thirty", {2, 0, 0, 0}, 1, 2},
    {"Fifty", {2, 0, 2, 0}, 2, 3},
    {"Seventy", {2, 0, 2, 2}, 3, 4},
    {"Ninety", {3, 0, 3, 3}, 4, 5},
};
class Threshold : public testing::TestWithParam<Edge> {};
TEST_P(Threshold, IsMetByTheExactSum) {
    constexpr Byte all = 3, most = 2;  // 1 point, 0.99 points
    for (const std::size_t count : {5u, 7u, 9u}) {
        std::vector<Bytes> sheets(count, GetParam().coarse);
        for (Bytes& sheet : sheets) sheet[1] = all;
        EXPECT_EQ(grade(tests::small_rules(), plain(), sheets).stars, GetParam().above) << count;
        sheets.front()[1] = most;  // short by one hundredth in the sum of all sheets: and shown below the edge
        const Grade short_by_one = grade(tests::small_rules(), plain(), sheets);
        EXPECT_EQ(short_by_one.stars, GetParam().below) << count;
        EXPECT_EQ(average_of(short_by_one.sum(), short_by_one.sheets) % 1000, 999u);
        EXPECT_EQ(short_by_one.spread, 1u);
        for (Bytes& sheet : sheets) sheet[1] = most;
        const Grade short_each = grade(tests::small_rules(), plain(), sheets);
        EXPECT_EQ(short_each.stars, GetParam().below) << count;
        EXPECT_EQ(average_of(short_each.sum(), short_each.sheets) % 1000, 999u);
        EXPECT_EQ(short_each.spread, 0u);
    }
}
INSTANTIATE_TEST_SUITE_P(Table, Threshold, testing::ValuesIn(edges), [](const auto& row) { return row.param.name; });

// Sheets of "gated" and the stars they earn. Ordinals: A 0/20(3)/30(4)/40(5), B 0/10/25(4), C 15/35(3)/15/35.
struct Gate {
    const char* name;
    std::vector<Bytes> sheets;
    std::uint8_t by_points;
    std::uint8_t stars;
    std::vector<std::size_t> missed;
};
const Gate gates[] = {
    {"AllMet", {{4, 3, 2}}, 5, 5, {}},
    {"TopGateMissed", {{3, 3, 2}}, 5, 4, {0}},
    {"FourMissed", {{3, 2, 2}}, 4, 3, {1}},
    {"ThreeMissed", {{1, 3, 2}}, 3, 2, {0}},
    {"Cumulative", {{4, 3, 1}}, 4, 2, {2}},  // the gate of 4 is met, that of 3 is not
    {"TwoMissed", {{1, 3, 1}}, 2, 2, {}},    // gates above what the points earn do not count
    {"LowestCounts", {{4, 2, 1}}, 3, 2, {2}},
    {"SeveralNamed", {{3, 2, 3}, {4, 2, 4}, {4, 3, 4}}, 4, 2, {1, 2}},
    {"SecondLadderReachesIt", {{4, 3, 4}}, 5, 5, {}},  // by points, not by ordinal
    {"NoneFits", {{0, 0, 0}}, 1, 1, {}},
    {"MeanMeets", {{4, 3, 2}, {2, 3, 2}, {1, 3, 2}}, 4, 3, {0}},
    {"MeanJustMeetsThree", {{4, 2, 2}, {2, 2, 2}, {1, 2, 2}}, 3, 3, {}},
    {"MeanFails", {{4, 3, 2}, {1, 3, 2}, {1, 3, 2}}, 4, 2, {0}},
};
class Gates : public testing::TestWithParam<Gate> {};
TEST_P(Gates, Row) {
    const Grade result = grade(tests::small_rules(), gated(), GetParam().sheets);
    EXPECT_EQ(result.stars_by_points, GetParam().by_points);
    EXPECT_EQ(result.stars, GetParam().stars);
    EXPECT_EQ(result.gates_missed, GetParam().missed);
}
INSTANTIATE_TEST_SUITE_P(Table, Gates, testing::ValuesIn(gates), [](const auto& row) { return row.param.name; });

TEST(Grade, AddsBySection) {
    const std::vector<Bytes> sheets = {{3, 3, 3, 4}, {2, 2, 2, 2}, {0, 0, 0, 0}};
    const Grade result = grade(tests::small_rules(), plain(), sheets);
    EXPECT_EQ(result.sums, (std::vector<PointsSum>{4000 + 2999, 2500 + 2000, 3500 + 2000}));
    EXPECT_EQ(result.sum(), 16999u);
    EXPECT_EQ(result.spread, 10000u);
    EXPECT_EQ(result.sheets, 3);
    EXPECT_EQ(total(plain(), sheets[1]), 6999u);
}

TEST(Options, Hold) {
    EXPECT_TRUE(options_hold(plain(), Bytes{3, 3, 3, 4}));
    EXPECT_TRUE(options_hold(plain(), Bytes{0, 0, 0, 0}));
    EXPECT_FALSE(options_hold(plain(), Bytes{4, 3, 3, 4}));
    EXPECT_FALSE(options_hold(plain(), Bytes{3, 3, 3}));
    EXPECT_FALSE(options_hold(plain(), Bytes{3, 3, 3, 4, 0}));
    EXPECT_FALSE(options_hold(plain(), Bytes{3, 3, 3, not_answered}));
    EXPECT_EQ(total(plain(), Bytes{3, not_answered, 0, 1}), 3900u);
}

TEST(Average, DoesNotShowWhatItDidNotReach) {
    EXPECT_EQ(average_of(2 * 7'000 - 1, 2), 6'999u);
    EXPECT_EQ(average_of(2 * 7'000, 2), 7'000u);
    EXPECT_EQ(average_of(0, 7), 0u);
    EXPECT_EQ(average_of(0, 0), 0u);
}

Sheet sample_sheet() {
    Sheet sheet;
    sheet.meeting.bytes.fill(1);
    sheet.product.bytes.fill(2);
    sheet.dossier.bytes.fill(3);
    sheet.assessor.bytes.fill(4);
    sheet.options = {3, 0, 1};
    return sheet;
}

TEST(SheetBytes, AreThoseOfTheLogFormat) {
    const auto repeated = [](const char* byte) {
        std::string hex;
        for (int i = 0; i < 16; ++i) hex += byte;
        return hex;
    };
    const std::string expected =
        "48535331" + repeated("01") + repeated("02") + repeated("03") + repeated("04") + "03000000" + "030001";
    EXPECT_EQ(to_hex(encode(sample_sheet())), expected);
    EXPECT_EQ(decode_sheet(encode(sample_sheet())), sample_sheet());
}

TEST(SheetBytes, AnythingElseIsNoSheet) {
    const Bytes plain_bytes = encode(sample_sheet());
    for (std::size_t length = 0; length < plain_bytes.size(); ++length) {
        EXPECT_FALSE(decode_sheet(ByteSpan(plain_bytes).first(length))) << length;
    }
    Bytes longer = plain_bytes;
    longer.push_back(0);
    EXPECT_FALSE(decode_sheet(longer));
    Bytes other = plain_bytes;
    other[3] = '2';
    EXPECT_FALSE(decode_sheet(other));
}

}  // namespace
}  // namespace hoso::domain
