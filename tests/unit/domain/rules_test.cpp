#include "shared/domain/rules.hpp"

#include <gtest/gtest.h>
#include <zstd.h>

#include <algorithm>

#include "tests/support/published_rules.hpp"
#include "tests/support/small_rules.hpp"

namespace hoso::domain {
namespace {

using tests::published;
using tests::rule_file;

class Published : public testing::TestWithParam<const char*> {};
std::string decision(const testing::TestParamInfo<const char*>& row) {
    const char* const names[] = {"Decision148", "Decision1489", "Decision26"};
    return names[row.index];
}
INSTANTIATE_TEST_SUITE_P(Table, Published, testing::Values("ocop-148-2023", "ocop-148-2023+1489-2025", "ocop-26-2026"), decision);

TEST_P(Published, SaysWhatItIs) {
    const RuleSet& rules = published(GetParam());
    EXPECT_EQ(rules.id, GetParam());
    EXPECT_EQ(rules.illustrative.find("minh họa") != std::string::npos, rules.id != "ocop-26-2026");
    EXPECT_EQ(rules.illustrative.empty(), rules.id == "ocop-26-2026");
    EXPECT_EQ(rules.certificate_months, 36);
    EXPECT_EQ(rules.certificate_stars_min, 3);
    EXPECT_EQ(rules.dates_back_days_max, 60);
    EXPECT_EQ(rules.evidence.size(), 15u);
    EXPECT_EQ(rules.sectors.size(), 6u);
    EXPECT_EQ(rules.hash, sha256(as_bytes(rule_file(GetParam()))));
    for (const Content& content : rules.contents) EXPECT_EQ(content.mandatory, content.key != "product_samples") << content.key;
}

// The table of all 26 sets, as printed in the appendix: groups of each part, and how many criteria carry points.
struct Sheet {
    const char* key;
    const char* groups;
    std::size_t leaves;
};
const Sheet printed[] = {
    {"fresh_produce", "18+10+12 13+12 12+3+5+5+5+2+3", 32},
    {"fresh_animal", "18+10+12 13+12 15+5+5+5+2+3", 31},
    {"rice_cereal", "18+10+12 13+12 12+3+5+5+5+2+3", 32},
    {"honey_other", "18+10+12 13+12 12+3+5+5+5+2+3", 32},
    {"fast_food", "16+12+12 13+12 15+5+5+5+2+3", 31},
    {"processed_cereal", "18+10+12 13+12 15+5+5+5+2+3", 32},
    {"processed_produce", "18+10+12 13+12 15+5+5+5+2+3", 32},
    {"processed_animal", "18+10+12 13+12 15+5+5+5+2+3", 32},
    {"liquid_condiment", "18+10+12 13+12 15+5+5+5+2+3", 31},
    {"other_condiment", "18+10+12 13+12 15+5+5+5+2+3", 32},
    {"tea", "18+10+12 13+12 15+5+5+5+2+3", 32},
    {"herbal_tea", "18+10+12 13+12 15+5+5+5+2+3", 32},
    {"coffee_cocoa", "18+10+12 13+12 15+5+5+5+2+3", 34},
    {"white_spirit", "17+11+12 13+12 15+5+5+5+5", 29},
    {"other_alcohol", "17+11+12 13+12 15+5+5+5+5", 29},
    {"bottled_water", "17+11+12 13+12 15+5+5+5+5", 29},
    {"other_soft_drink", "17+11+12 13+12 15+5+5+5+5", 29},
    {"functional_food_medicine", "18+10+12 13+12 5+4+5+3+3+5+3+2+5", 31},
    {"herbal_cosmetic", "17+11+12 13+12 5+3+5+4+5+3+5+2+3", 30},
    {"essential_oil_herb", "17+11+12 13+12 5+3+5+4+3+5+5+2+3", 30},
    {"handicraft", "19+9+12 13+12 21+4+5+5", 28},
    {"fabric_garment", "18+10+12 13+12 24+3+3+5", 28},
    {"flower", "19+9+12 13+12 14+8+4+4+5", 26},
    {"ornamental_plant", "19+9+12 13+12 17+9+4+5", 26},
    {"ornamental_animal", "19+9+12 13+12 15+10+5+5", 25},
    {"community_tourism", "14+12+14 17+8 3+3+3+2+3+2+3+4+4+3+3+2", 32},
};

TEST_P(Published, HasTheSheetsAsPrinted) {
    const RuleSet& rules = published(GetParam());
    ASSERT_EQ(rules.product_sets.size(), std::size(printed));
    std::size_t leaves = 0;
    for (std::size_t i = 0; i < std::size(printed); ++i) {
        const ProductSet& set = rules.product_sets[i];
        std::string groups;
        for (std::size_t g = 0; g < set.groups.size(); ++g) {
            const bool begins = g > 0 && set.groups[g].section != set.groups[g - 1].section;
            groups += (g == 0 ? "" : begins ? " " : "+") + std::to_string(set.groups[g].points_max / 100);
        }
        EXPECT_EQ(set.no, i + 1);
        EXPECT_EQ(set.key, printed[i].key);
        EXPECT_EQ(groups, printed[i].groups) << set.key;
        EXPECT_EQ(set.criteria.size(), printed[i].leaves) << set.key;
        EXPECT_EQ(set.assessed_by("commune"), set.key == "community_tourism" ? 2u : 4u) << set.key;
        leaves += set.criteria.size();
    }
    EXPECT_EQ(leaves, 787u);
}

TEST_P(Published, SheetsSumTo40And25And35) {
    for (const ProductSet& set : published(GetParam()).product_sets) {
        std::vector<Points> sums(set.sections.size());
        for (const Criterion& criterion : set.criteria) sums[criterion.section] += criterion.points_max;
        EXPECT_EQ(sums, (std::vector<Points>{4000, 2500, 3500})) << set.key;
    }
}

TEST_P(Published, KeepsTheLaddersOfTea) {
    const RuleSet& rules = published(GetParam());
    const ProductSet* tea = rules.product_set("tea");
    ASSERT_TRUE(tea);
    const auto ladder = [&](const char* no) {
        std::string text;
        for (const Option& option : tea->find(no)->options) {
            text +=
                (text.empty() ? "" : " ") + std::to_string(option.points) + (option.gate ? "@" + std::to_string(option.gate) : "");
        }
        return text;
    };
    EXPECT_EQ(ladder("1.1"), "100 200@3 300");
    EXPECT_EQ(ladder("4.1"), "100 200@3 300@4 500@5");
    EXPECT_EQ(ladder("6.1.1"), "0 100 200@4");
    EXPECT_EQ(ladder("6.2.3"), "0 100 300 500");
    EXPECT_EQ(tea->find("6.2"), nullptr);  // a heading carries no points of its own
}

TEST_P(Published, FitsInOneAction) {
    const std::string canonical = rule_file(GetParam());
    const Bytes packed = pack_rules(canonical);
    EXPECT_LT(packed.size(), 16u * 1024);
    const auto unpacked = unpack_rules(packed);
    ASSERT_TRUE(unpacked) << unpacked.error().detail;
    EXPECT_EQ(unpacked->hash, sha256(as_bytes(canonical)));
}

std::string ladder(const RuleSet& rules) {
    std::string text;
    for (const Stage& stage : rules.stages) {
        text += (text.empty() ? "" : " > ") + stage.key;
        for (const auto stars : stage.decides) text += " " + std::to_string(stars);
        if (stage.forwards_from) text += " from " + std::to_string(stage.forwards_from);
        if (!stage.entered_by.empty()) text += " by " + stage.entered_by;
    }
    return text;
}

TEST(RuleSets, HaveTheirLadders) {
    EXPECT_EQ(ladder(published("ocop-1048-2019")), "district from 5000 > province 3 4 from 9000 > central 5 by province");
    EXPECT_EQ(ladder(published("ocop-148-2023")), "commune > district 3 from 7000 > province 4 from 9000 > central 5 by province");
    EXPECT_EQ(ladder(published("ocop-148-2023+1489-2025")), "commune > province 3 4 from 9000 > central 5 by province");
    EXPECT_EQ(ladder(published("ocop-26-2026")), "commune > province 3 4 from 9000 > central 5 by province");
}

// Its list of 26 sets is known, and one sheet: the rest says that it is missing, and never borrows another regulation's.
TEST(RuleSets, HoldOneSheetOf1048) {
    const RuleSet& rules = published("ocop-1048-2019");
    EXPECT_EQ(rules.stage("province")->meetings, 2);
    EXPECT_TRUE(rules.illustrative.empty());
    ASSERT_EQ(rules.product_sets.size(), 26u);
    for (const ProductSet& set : rules.product_sets) {
        ASSERT_EQ(set.sections.size(), 3u);
        EXPECT_EQ(set.sections[0].points_max, 3500u) << set.key;
        EXPECT_EQ(set.sections[1].points_max, 2500u) << set.key;
        EXPECT_EQ(set.sections[2].points_max, 4000u) << set.key;
        EXPECT_EQ(set.criteria.empty(), set.no != 1) << set.key;
        EXPECT_EQ(set.sheet_missing.empty(), set.no == 1) << set.key;
    }
    EXPECT_EQ(rules.product_sets[0].criteria.size(), 31u);
}

// What is not verified is said with the regulation itself, and so on every screen that shows it.
TEST(RuleSets, SayHowFarTheyWereVerified) {
    for (const char* id : {"ocop-1048-2019", "ocop-148-2023", "ocop-148-2023+1489-2025", "ocop-26-2026"}) {
        const RuleSet& rules = published(id);
        EXPECT_FALSE(rules.status.empty()) << id;
        EXPECT_FALSE(rules.legal_basis.empty()) << id;
        const auto about = [&](const std::string& what) {
            return std::any_of(rules.remarks.begin(), rules.remarks.end(),
                               [&](const Remark& each) { return each.about == what && !each.text.empty(); });
        };
        EXPECT_TRUE(about("")) << id;
        EXPECT_TRUE(about("files")) << id;
        EXPECT_TRUE(about("certificate")) << id;
    }
}

TEST(RuleSets, HaveGroundsOfRevocation) {
    const RuleSet& rules = published("ocop-148-2023");
    ASSERT_TRUE(rules.ground("not_re_evaluated"));
    EXPECT_TRUE(rules.ground("not_re_evaluated")->after_expiry);
    EXPECT_EQ(published("ocop-26-2026").grounds.size(), 6u);
    EXPECT_FALSE(rules.ground("none"));
}

struct Force {
    const char* name;
    const char* rules;
    DossierKind kind;
    const char* filed;
    bool then;
};
const Force forces[] = {
    {"DayBefore1048", "ocop-1048-2019", DossierKind::first, "2019-08-20", false},
    {"FirstDayOf1048", "ocop-1048-2019", DossierKind::first, "2019-08-21", true},
    {"LastDayOf1048", "ocop-1048-2019", DossierKind::re_evaluation, "2023-02-23", true},
    {"DayAfter1048", "ocop-1048-2019", DossierKind::upgrade, "2023-02-24", false},
    {"DayBefore148", "ocop-148-2023", DossierKind::first, "2023-02-23", false},
    {"FirstDayOf148", "ocop-148-2023", DossierKind::first, "2023-02-24", true},
    {"ReEvaluationUnder148", "ocop-148-2023", DossierKind::re_evaluation, "2023-12-15", true},
    {"LastDayOf148", "ocop-148-2023", DossierKind::upgrade, "2025-07-05", true},
    {"DayAfter148", "ocop-148-2023", DossierKind::upgrade, "2025-07-06", false},
    {"DayBefore1489", "ocop-148-2023+1489-2025", DossierKind::first, "2025-07-05", false},
    {"FirstDayOf1489", "ocop-148-2023+1489-2025", DossierKind::first, "2025-07-06", true},
    {"LastDayOf1489", "ocop-148-2023+1489-2025", DossierKind::re_evaluation, "2026-05-21", true},
    {"DayAfter1489", "ocop-148-2023+1489-2025", DossierKind::upgrade, "2026-05-22", false},
    {"DayBefore26", "ocop-26-2026", DossierKind::first, "2026-05-21", false},
    {"FirstDayOf26", "ocop-26-2026", DossierKind::first, "2026-05-22", true},
    {"OpenEndOf26", "ocop-26-2026", DossierKind::re_evaluation, "2040-01-01", true},
};
class InForce : public testing::TestWithParam<Force> {};
TEST_P(InForce, Row) {
    EXPECT_EQ(published(GetParam().rules).in_force(GetParam().kind, *date_from_text(GetParam().filed)), GetParam().then);
}
INSTANTIATE_TEST_SUITE_P(Table, InForce, testing::ValuesIn(forces), [](const auto& row) { return row.param.name; });

// From the first day of 1048 on every filing has one regulation, whatever its kind: they neither overlap nor leave a day out.
TEST(RuleSets, FollowEachOtherDayByDay) {
    const RuleSet all[] = {published("ocop-1048-2019"), published("ocop-148-2023"), published("ocop-148-2023+1489-2025"),
                           published("ocop-26-2026")};
    for (const auto kind : {DossierKind::first, DossierKind::upgrade, DossierKind::re_evaluation}) {
        for (Date day = *date_from_text("2019-08-21"); day < *date_from_text("2027-01-01"); day += std::chrono::days{1}) {
            const auto governs = [&](const RuleSet& rules) { return rules.in_force(kind, day); };
            EXPECT_EQ(std::count_if(std::begin(all), std::end(all), governs), 1) << to_text(day);
        }
    }
}

TEST(RuleSets, AreNotInForceForAKindWithoutTerm) {
    EXPECT_FALSE(tests::small_rules().in_force(DossierKind::re_evaluation, *date_from_text("2023-07-01")));
}

TEST(Canonical, KeepsTextsAndDropsTheRest) {
    EXPECT_EQ(*canonical_json(" { \"a b\" : [ 1 , \"x \\\" y\" ,\ttrue ,\r\n {} , [ ] ] } \n"),
              R"({"a b":[1,"x \" y",true,{},[]]})");
    EXPECT_EQ(*canonical_json(*canonical_json(tests::small_rules_json())), tests::small_rules_json());
}

TEST(Canonical, RefusesWhatReadersDoNotReadAlike) {
    const char* const texts[] = {"",        " ",           "{",          "[1",       "[1,]",
                                 "{\"a\"}", "{\"a\":}",    "{\"a\":1,}", "{a:1}",    "nul",
                                 "tru",     "1 2",         "01",         "-1",       "1e2",
                                 "1.0",     "12345678901", "null",       "\"a",      "\"\\u0041\"",
                                 "\"\\x\"", "\"\\",        "\"a\tb\"",   "\"\xC3\"", "{\"a\":1,\"a\":1}",
                                 "'a'"};
    for (const char* const text : texts) {
        const auto canonical = canonical_json(text);
        ASSERT_FALSE(canonical) << text;
        EXPECT_EQ(canonical.error().code, Errc::invalid) << text;
    }
    EXPECT_FALSE(canonical_json(std::string_view("{}\0{}", 5)));
    EXPECT_FALSE(canonical_json(std::string(40, '[') + std::string(40, ']')));
    EXPECT_EQ(canonical_json(std::string(rule_set_bytes_max + 1, ' ')).error().code, Errc::limit);
}

TEST(Unpack, RefusesWhatIsNotOneFrame) {
    const Bytes packed = pack_rules(tests::small_rules_json());
    ASSERT_TRUE(unpack_rules(packed));
    Bytes longer = packed;
    longer.push_back(0);
    Bytes twice = packed;
    append(twice, packed);
    Bytes shorter(packed.begin(), packed.end() - 1);
    for (const Bytes& wrong : {Bytes{}, Bytes{1, 2, 3}, Bytes(100, 0), longer, twice, shorter}) {
        EXPECT_EQ(unpack_rules(wrong).error().code, Errc::invalid);
    }
}

TEST(Unpack, TakesAFrameThatDoesNotSayItsSize) {
    const std::string& text = tests::small_rules_json();
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    Bytes packed(ZSTD_compressBound(text.size()));
    packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), text.data(), text.size()));
    ASSERT_TRUE(unpack_rules(packed));
    const std::string bomb(rule_set_bytes_max + 1, ' ');
    packed.resize(ZSTD_compressBound(bomb.size()));
    packed.resize(ZSTD_compress2(context, packed.data(), packed.size(), bomb.data(), bomb.size()));
    ZSTD_freeCCtx(context);
    EXPECT_LT(packed.size(), 1024u);
    EXPECT_EQ(unpack_rules(packed).error().code, Errc::limit);
}

TEST(Unpack, RefusesABomb) { EXPECT_EQ(unpack_rules(pack_rules(std::string(64 << 20, ' '))).error().code, Errc::limit); }

TEST(Unpack, EveryFlippedBitIsRulesOrAnError) {
    const Bytes packed = pack_rules(tests::small_rules_json());
    std::size_t refused = 0;
    for (std::size_t bit = 0; bit < packed.size() * 8; ++bit) {
        Bytes wrong = packed;
        wrong[bit / 8] ^= static_cast<Byte>(1u << bit % 8);
        refused += unpack_rules(wrong) ? 0 : 1;
    }
    EXPECT_GT(refused, packed.size() * 4);
}

}  // namespace
}  // namespace hoso::domain
