#include <algorithm>
#include <numeric>
#include <tuple>

#include "tests/support/dossier_bench.hpp"
#include "tests/support/published_rules.hpp"
#include "tests/support/small_rules.hpp"

// Where one star ends and the next begins: 30, 50, 70 and 90 points as exact sums over 5, 7 and 9 sheets, never as an average.
namespace hoso::domain::tests {
namespace {

using hoso::tests::published;

// Decisions 148/2023 and 26/2026 print half-open ranges: under 30, 30 to under 50, and so on. 1048/2019 prints whole numbers
// (30-49, 50-69): its lower bounds are taken for all of them.
struct Edge {
    const char* name;
    Points from;
    std::uint8_t below;  // stars
    std::uint8_t at;
};
const Edge edges[] = {
    {"Thirty", 3'000, 1, 2},
    {"Fifty", 5'000, 2, 3},
    {"Seventy", 7'000, 3, 4},
    {"Ninety", 9'000, 4, 5},
};
const std::size_t councils[] = {5, 7, 9};

PointsSum off_by(PointsSum edge, int off) { return static_cast<PointsSum>(static_cast<std::int64_t>(edge) + off); }

// The published ladders give whole points, so that the nearest sums are one point away.
struct Book {
    const char* name;
    const char* rules;
    std::size_t sheets;  // of its 26 sets
};
const Book books[] = {
    {"Decision1048", "ocop-1048-2019", 1},
    {"Decision148", "ocop-148-2023", 26},
    {"Decision1489", "ocop-148-2023+1489-2025", 26},
    {"Decision26", "ocop-26-2026", 26},
};
constexpr Points point = 100;

Points least_for(const Criterion& criterion, std::uint8_t stars) {
    Points least = 0;
    for (const Option& option : criterion.options) {
        if (option.gate > 0 && option.gate <= stars) least = std::max(least, option.points);
    }
    return least;
}

// By total: a sheet that comes to it and meets every gate up to `stars`, so that points alone decide.
std::map<Points, Bytes> sheets_by_total(const ProductSet& set, std::uint8_t stars) {
    std::map<Points, Bytes> sheets{{0, {}}};
    for (const Criterion& criterion : set.criteria) {
        const Points least = least_for(criterion, stars);
        std::map<Points, Bytes> longer;
        const auto choose = [&](Points points, std::size_t ordinal) {
            if (points < least) return;
            for (const auto& [total, options] : sheets) {
                Bytes chosen = options;
                chosen.push_back(static_cast<Byte>(ordinal));
                longer.try_emplace(total + points, std::move(chosen));
            }
        };
        choose(0, 0);
        for (std::size_t i = 0; i < criterion.options.size(); ++i) choose(criterion.options[i].points, i + 1);
        sheets = std::move(longer);
    }
    return sheets;
}

// Members who differ by up to seven points, or a few more with the last, who makes the sum come out `off` the edge.
std::vector<Points> totals_around(Points from, std::size_t members, int off) {
    std::vector<Points> totals;
    for (std::size_t i = 1; i < members; ++i) totals.push_back(i % 2 ? from + 3 * point : from - 4 * point);
    totals.push_back(static_cast<Points>(off_by(from + (members - 1) / 2 * point, off)));
    return totals;
}

class PublishedSheets : public testing::TestWithParam<std::tuple<Book, Edge>> {
protected:
    static void expect_stars(const ProductSet& set, const std::map<Points, Bytes>& by_total, std::size_t members, int off) {
        const auto& [book, edge] = GetParam();
        std::vector<Bytes> sheets;
        for (const Points total : totals_around(edge.from, members, off)) {
            const auto sheet = by_total.find(total);
            ASSERT_NE(sheet, by_total.end()) << "no sheet of " << total;
            sheets.push_back(sheet->second);
        }
        const Grade result = grade(published(book.rules), set, sheets);
        EXPECT_EQ(result.sum(), off_by(members * edge.from, off));
        EXPECT_EQ(result.stars_by_points, off < 0 ? edge.below : edge.at);
        EXPECT_EQ(result.stars, off < 0 ? edge.below : edge.at);
        EXPECT_TRUE(result.gates_missed.empty());
    }
};

TEST_P(PublishedSheets, ChangeTheirStarsAtTheEdge) {
    const auto& [book, edge] = GetParam();
    std::size_t with_criteria = 0;
    for (const ProductSet& set : published(book.rules).product_sets) {
        if (set.criteria.empty()) continue;
        with_criteria += 1;
        const auto by_total = sheets_by_total(set, edge.at);
        for (const std::size_t members : councils) {
            for (const int off : {-100, 0, 100}) {
                SCOPED_TRACE(set.key + ", " + std::to_string(members) + " sheets, " + std::to_string(off));
                expect_stars(set, by_total, members, off);
            }
        }
    }
    EXPECT_EQ(with_criteria, book.sheets);
}
INSTANTIATE_TEST_SUITE_P(Table, PublishedSheets, testing::Combine(testing::ValuesIn(books), testing::ValuesIn(edges)),
                         [](const auto& row) {
                             return std::string(std::get<0>(row.param).name) + "At" + std::get<1>(row.param).name;
                         });

class Gap : public testing::TestWithParam<Edge> {};

// Half of the members give 69 points and half 70. The average of 69.5 is in neither range as printed (50-69, 70-89), and has not
// reached the upper one.
TEST_P(Gap, OfDecision1048CountsAsTheStarsBelow) {
    const Edge& edge = GetParam();
    const RuleSet& rules = published("ocop-1048-2019");
    const ProductSet& set = *rules.product_set("fresh_produce");
    const auto by_total = sheets_by_total(set, edge.at);
    for (const std::size_t members : {2u, 4u, 6u, 8u}) {
        std::vector<Bytes> sheets(members, by_total.at(edge.from));
        std::fill_n(sheets.begin(), members / 2, by_total.at(edge.from - point));
        const Grade result = grade(rules, set, sheets);
        EXPECT_EQ(average_of(result.sum(), result.sheets), edge.from - 50);
        EXPECT_EQ(result.stars_by_points, edge.below) << members;
        EXPECT_EQ(result.stars, edge.below) << members;
    }
}
INSTANTIATE_TEST_SUITE_P(Table, Gap, testing::ValuesIn(edges), [](const auto& row) { return row.param.name; });

// The same edges before a council: its count, its signed minutes, and the way on.
// The town's council of so many members has a dossier of this set before it, which may go on from the edge.
Bench before_the_council(const RuleSet& rules, const ProductSet& set, Points forwards_from, std::size_t members) {
    Bench bench;
    bench.receive();
    bench.edit_rules([&](RuleSet& edited) {
        edited.bands = rules.bands;
        edited.product_sets = {set};
        edited.product_sets[0].key = bench.product.product_set;
        edited.stages[1].forwards_from = forwards_from;
    });
    auto& seats = bench.registry.councils.at(id(30)).members;
    while (seats.size() < members) seats.push_back({id(static_cast<Byte>(21 + seats.size())), Seat::member});
    return bench;
}

std::optional<Reason> asked(const Bench& bench, const Body& body) {
    const auto refused = bench.refusal(body);
    return refused ? std::optional{refused->reason} : std::nullopt;
}

// "plain" with a further option, so that a sheet may stand a hundredth of a point above an edge as well as below it.
const RuleSet& hundredths() {
    static const RuleSet rules = [] {
        std::string text = hoso::tests::small_rules_json();
        const std::string option = R"({"points":2900})";
        text.replace(text.find(option), option.size(), R"({"points":2900},{"points":2901})");
        return *parse_rules(text);
    }();
    return rules;
}
// Ordinals of a sheet that stands on the edge. The first criterion gives 0, 29, 29.01 or 39 points, the second 0, 0.99 or 1.
const std::map<Points, Bytes> on_the_edge = {
    {3'000, {2, 3, 1, 1}}, {5'000, {2, 3, 2, 1}}, {7'000, {2, 3, 2, 2}}, {9'000, {2, 3, 3, 4}}};

struct Count {
    const char* name;
    std::size_t under;  // members whose sheets stand a hundredth below the edge; all others stand on it
    std::size_t over;   // and above it
    bool reached;
};
const Count counts[] = {
    {"OneUnder", 1, 0, false},           // 29.99 and four times 30: 149.99, shown as 30.00
    {"AllUnder", 9, 0, false},           // 29.99
    {"MoreUnderThanOver", 2, 1, false},  // one hundredth short again
    {"AllOnIt", 0, 0, true},             // 30.00
    {"AsManyUnderAsOver", 2, 2, true},   // and again, by members who differ
    {"OneOver", 0, 1, true},             // 30.00 and a hundredth in the sum
    {"AllOver", 0, 9, true},             // 30.01
};

class CouncilsCount : public testing::TestWithParam<std::tuple<Edge, Count>> {};

TEST_P(CouncilsCount, IsByTheExactSum) {
    const auto& [edge, count] = GetParam();
    for (const std::size_t members : councils) {
        Bench bench = before_the_council(hundredths(), *hundredths().product_set("plain"), edge.from, members);
        const std::size_t under = std::min(count.under, members);
        const std::size_t over = std::min(count.over, members);
        bench.open_meeting();
        for (std::size_t i = 0; i < members; ++i) {
            Bytes sheet = on_the_edge.at(edge.from);
            if (i < under) {
                sheet[1] = 2;
            } else if (i < under + over) {
                sheet[0] = 3;
            }
            bench.sheet_of(id(static_cast<Byte>(21 + i)), sheet);
        }
        bench.close_meeting();

        Tallied tally = bench.count();
        EXPECT_EQ(tally.sheets, members);
        EXPECT_EQ(std::accumulate(tally.sums.begin(), tally.sums.end(), PointsSum{0}) + under, members * edge.from + over);
        tally.stars = count.reached ? edge.below : edge.at;
        EXPECT_EQ(asked(bench, tally), Reason::wrong_tally) << members;
        tally.stars = count.reached ? edge.at : edge.below;
        EXPECT_EQ(asked(bench, tally), std::nullopt) << members;
        bench.record(tally);
        const auto forwarded = count.reached ? std::nullopt : std::optional{Reason::below_threshold};
        EXPECT_EQ(asked(bench, bench.forwarding()), forwarded) << members;
    }
}
INSTANTIATE_TEST_SUITE_P(Table, CouncilsCount, testing::Combine(testing::ValuesIn(edges), testing::ValuesIn(counts)),
                         [](const auto& row) { return std::string(std::get<0>(row.param).name) + std::get<1>(row.param).name; });

// Averages by section that come to this much, as signed minutes state them.
std::vector<Points> averages_of(const ProductSet& set, Points sum) {
    std::vector<Points> averages;
    for (const Section& section : set.sections) {
        averages.push_back(std::min(sum, section.points_max));
        sum -= averages.back();
    }
    EXPECT_EQ(sum, 0u);
    return averages;
}

struct Minutes {
    const char* name;
    int off;  // from the edge
    bool reached;
};
const Minutes minutes[] = {
    {"HalfAPointUnder", -50, false},  // 69.50: the gap
    {"AHundredthUnder", -1, false},   // 69.99
    {"OnIt", 0, true},
    {"AHundredthOver", 1, true},
};

class CouncilsMinutes : public testing::TestWithParam<std::tuple<Edge, Minutes>> {};

// Most councils under 1048 have no sheet in the rule file: the averages of their minutes are typed.
TEST_P(CouncilsMinutes, EarnTheStarsOfTheirAverages) {
    const auto& [edge, row] = GetParam();
    const RuleSet& rules = published("ocop-1048-2019");
    const ProductSet& set = *rules.product_set("rice_cereal");
    for (const std::size_t members : councils) {
        Bench bench = before_the_council(rules, set, edge.from, members);
        PaperTallied paper = bench.paper();
        paper.sheets = static_cast<std::uint16_t>(members);
        paper.averages = averages_of(set, static_cast<Points>(off_by(edge.from, row.off)));
        paper.stars = edge.at;
        EXPECT_EQ(asked(bench, paper), row.reached ? std::nullopt : std::optional{Reason::wrong_tally}) << members;
        paper.stars = static_cast<std::uint8_t>(edge.at + 1);
        EXPECT_EQ(asked(bench, paper), Reason::wrong_tally) << members;
        paper.stars = edge.below;
        EXPECT_EQ(asked(bench, paper), std::nullopt) << members;
        bench.record(paper);
        const auto forwarded = row.reached ? std::nullopt : std::optional{Reason::below_threshold};
        EXPECT_EQ(asked(bench, bench.forwarding()), forwarded) << members;
    }
}
INSTANTIATE_TEST_SUITE_P(Table, CouncilsMinutes, testing::Combine(testing::ValuesIn(edges), testing::ValuesIn(minutes)),
                         [](const auto& row) { return std::string(std::get<0>(row.param).name) + std::get<1>(row.param).name; });

}  // namespace
}  // namespace hoso::domain::tests
