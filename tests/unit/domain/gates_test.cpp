#include <gtest/gtest.h>

#include <algorithm>

#include "shared/domain/grade.hpp"
#include "tests/support/published_rules.hpp"

namespace hoso::domain {
namespace {

// The sheet of set 3, rice and cereals, in appendix II of Decision 26/2026/QĐ-TTg: every option that is marked as the lowest
// allowed for a star, in printed order. Copied from the print by hand: nothing here is read from the rule file.
struct Gate {
    const char* no;
    std::uint8_t stars;
    Points points;
};
const Gate gates[] = {
    {"1.3", 5, 300}, {"1.5", 4, 200}, {"1.5", 5, 300}, {"1.6", 4, 100}, {"2.1", 4, 300}, {"2.2", 3, 200}, {"2.3", 3, 100},
    {"2.3", 4, 300}, {"3.4", 4, 200}, {"3.5", 3, 100}, {"3.5", 4, 200}, {"4.1", 3, 200}, {"4.1", 4, 300}, {"4.1", 5, 500},
    {"5.3", 3, 100}, {"6.1", 4, 300}, {"6.2", 4, 300}, {"6.3", 4, 200}, {"6.3", 5, 300}, {"6.4", 4, 200}, {"6.4", 5, 300},
    {"8", 4, 300},   {"8", 5, 500},   {"9", 3, 200},   {"10", 3, 100},  {"10", 4, 300},
};
constexpr std::uint8_t most_stars = 5;
constexpr std::size_t council = 5;

const RuleSet& rules() { return tests::published("ocop-26-2026"); }
const ProductSet& rice() { return *rules().product_set("rice_cereal"); }

bool has_gate(const std::string& no) {
    return std::any_of(std::begin(gates), std::end(gates), [&](const Gate& gate) { return gate.no == no; });
}

// The stars of a sheet that is full but for this criterion, on which the members gave `sum` points.
std::uint8_t stars_by_the_table(const std::string& no, PointsSum sum, std::size_t members) {
    std::uint8_t stars = most_stars;
    for (const Gate& gate : gates) {
        if (gate.no == no && sum < members * gate.points) stars = std::min<std::uint8_t>(stars, gate.stars - 1);
    }
    return stars;
}

std::size_t place_of(const std::string& no) {
    const Criterion* criterion = rice().find(no);
    EXPECT_TRUE(criterion) << no;
    return criterion ? static_cast<std::size_t>(criterion - rice().criteria.data()) : 0;
}

Points points_of(const Criterion& criterion, Byte ordinal) { return ordinal == 0 ? 0 : criterion.options[ordinal - 1u].points; }

// 0, by which no option fits, where nothing offers these points.
Byte ordinal_of(const Criterion& criterion, Points points) {
    const auto found = std::find_if(criterion.options.begin(), criterion.options.end(),
                                    [&](const Option& option) { return option.points == points; });
    return found == criterion.options.end() ? Byte{0} : static_cast<Byte>(found - criterion.options.begin() + 1);
}

// The points one step down the ladder; below its lowest option no option fits, and that is 0.
Points just_below(const Criterion& criterion, Points points) {
    Points below = 0;
    for (const Option& option : criterion.options) {
        if (option.points < points) below = std::max(below, option.points);
    }
    return below;
}

// Full points, but for one criterion.
Bytes sheet_but(std::size_t place, Byte ordinal) {
    Bytes sheet;
    for (const Criterion& criterion : rice().criteria) sheet.push_back(ordinal_of(criterion, criterion.points_max));
    sheet[place] = ordinal;
    return sheet;
}

Grade graded(std::size_t place, const Bytes& ordinals) {
    std::vector<Bytes> sheets;
    for (const Byte ordinal : ordinals) sheets.push_back(sheet_but(place, ordinal));
    return grade(rules(), rice(), sheets);
}

// For every sum that a council can give this criterion one way to come to it, and an uneven one where there is one: members are
// sent as far apart as the ladder goes.
std::map<PointsSum, Bytes> ways_to_vote(const Criterion& criterion) {
    std::map<PointsSum, Bytes> ways{{0, {}}};
    for (std::size_t member = 0; member < council; ++member) {
        std::map<PointsSum, Bytes> further;
        for (const auto& [sum, votes] : ways) {
            for (std::size_t ordinal = 0; ordinal <= criterion.options.size(); ++ordinal) {
                Bytes longer = votes;
                longer.push_back(static_cast<Byte>(ordinal));
                further.try_emplace(sum + points_of(criterion, longer.back()), longer);
            }
        }
        ways = std::move(further);
    }
    return ways;
}

std::vector<std::size_t> only(std::size_t place) { return {place}; }

TEST(GatesOfASheet, AreThoseOfTheTableAndNoOthers) {
    std::vector<std::string> in_table;
    for (const Gate& gate : gates) {
        in_table.push_back(std::string(gate.no) + " " + std::to_string(gate.points) + "@" + std::to_string(gate.stars));
    }
    std::vector<std::string> in_file;
    for (const Criterion& criterion : rice().criteria) {
        for (const Option& option : criterion.options) {
            if (option.gate == 0) continue;
            in_file.push_back(criterion.no + " " + std::to_string(option.points) + "@" + std::to_string(option.gate));
        }
    }
    EXPECT_EQ(in_file, in_table);
}

TEST(GatesOfASheet, AreAllMetByFullPoints) {
    const Criterion& first = rice().criteria[0];
    const Grade full = graded(0, {ordinal_of(first, first.points_max)});
    EXPECT_EQ(full.sum(), 10'000u);
    EXPECT_EQ(full.stars, most_stars);
    EXPECT_TRUE(full.gates_missed.empty());
}

// A criterion without a mark may be left at nothing: it costs points and no star.
TEST(GatesOfASheet, BindNoOtherCriterion) {
    std::size_t free = 0;
    for (std::size_t place = 0; place < rice().criteria.size(); ++place) {
        if (has_gate(rice().criteria[place].no)) continue;
        const Grade result = graded(place, {0});
        EXPECT_EQ(result.stars, most_stars) << rice().criteria[place].no;
        EXPECT_TRUE(result.gates_missed.empty()) << rice().criteria[place].no;
        free += 1;
    }
    EXPECT_EQ(free, 15u);
}

class EveryGate : public testing::TestWithParam<Gate> {};

TEST_P(EveryGate, CostsItsStarJustBelow) {
    const auto& [no, stars, points] = GetParam();
    const std::size_t place = place_of(no);
    const Criterion& criterion = rice().criteria[place];
    const Grade below = graded(place, {ordinal_of(criterion, just_below(criterion, points))});
    EXPECT_EQ(below.stars_by_points, most_stars);
    EXPECT_EQ(below.stars, stars - 1);
    EXPECT_EQ(below.gates_missed, only(place));
}

TEST_P(EveryGate, IsMetByItsOption) {
    const auto& [no, stars, points] = GetParam();
    const std::size_t place = place_of(no);
    const Byte ordinal = ordinal_of(rice().criteria[place], points);
    ASSERT_NE(ordinal, 0);
    const Grade met = graded(place, {ordinal});
    EXPECT_EQ(met.stars_by_points, most_stars);
    EXPECT_GE(met.stars, stars);
    EXPECT_EQ(met.stars, stars_by_the_table(no, points, 1));  // a gate above it on the same ladder still costs its own star
}

// Not every member has to reach it: what counts is what the council gave together.
TEST_P(EveryGate, IsMetByTheSumOfFiveSheets) {
    const auto& [no, stars, points] = GetParam();
    const std::size_t place = place_of(no);
    const auto ways = ways_to_vote(rice().criteria[place]);
    const auto met = ways.find(council * points);
    ASSERT_NE(met, ways.end());
    const Grade at = graded(place, met->second);
    EXPECT_EQ(at.stars_by_points, most_stars);
    EXPECT_EQ(at.stars, stars_by_the_table(no, met->first, council));
    EXPECT_GE(at.stars, stars);
    const auto missed = std::prev(met);  // the greatest sum that is short of it
    const Grade below = graded(place, missed->second);
    EXPECT_EQ(below.stars_by_points, most_stars);
    EXPECT_EQ(below.stars, stars - 1) << "with " << missed->first << " of " << met->first;
    EXPECT_EQ(below.gates_missed, only(place));
}

// One member a step below, the others on the gate: the same, whoever the one is.
TEST_P(EveryGate, IsMissedWhereOneOfFiveIsBelow) {
    const auto& [no, stars, points] = GetParam();
    const std::size_t place = place_of(no);
    const Criterion& criterion = rice().criteria[place];
    const Bytes on_it(council, ordinal_of(criterion, points));
    EXPECT_GE(graded(place, on_it).stars, stars);
    for (std::size_t member = 0; member < council; ++member) {
        Bytes votes = on_it;
        votes[member] = ordinal_of(criterion, just_below(criterion, points));
        EXPECT_EQ(graded(place, votes).stars, stars - 1) << member;
    }
}

std::string name_of(const testing::TestParamInfo<Gate>& row) {
    std::string no = row.param.no;
    std::replace(no.begin(), no.end(), '.', '_');
    return "Criterion" + no + "For" + std::to_string(row.param.stars) + "Stars";
}
INSTANTIATE_TEST_SUITE_P(Rice, EveryGate, testing::ValuesIn(gates), name_of);

}  // namespace
}  // namespace hoso::domain
