#include <gtest/gtest.h>

#include "tests/support/small_rules.hpp"

namespace hoso::domain {
namespace {

// A change to the small rule set, and the fault it must be refused with.
struct Wrong {
    const char* name;
    const char* change;
    const char* into;
    const char* fault;
};
const Wrong wrongs[] = {
    {"LastOptionTooLow", R"("no":"1.2","nameVi":"b","nameEn":"b","points":100)",
     R"("no":"1.2","nameVi":"b","nameEn":"b","points":150)",
     "productSets[0].sections[A].groups[0].criteria[1]: the last option is 1 points, not 1.50"},
    {"GroupTooSmall", R"("nameEn":"One","points":4000)", R"("nameEn":"One","points":3950)",
     "productSets[0].sections[A].groups[0]: the criteria sum to 40, not 39.50"},
    {"SectionTooSmall", R"("key":"B","points":2500)", R"("key":"B","points":2400)",
     "productSets[0].sections[B]: the groups sum to 25, not 24"},
    {"SetOver100", R"("key":"C","points":3500,"groups":[)",
     R"("key":"C","points":3600,"groups":[{"no":"9","nameVi":"x","nameEn":"x","points":100,"criteria":[)"
     R"({"no":"9","nameVi":"x","nameEn":"x","points":100,"options":[{"points":100}]}]},)",
     "productSets[0]: the sections sum to 101, not 100"},
    {"OptionTooHigh", R"({"points":0},{"points":2900})", R"({"points":0},{"points":4000})",
     "productSets[0].sections[A].groups[0].criteria[0].options[1]: 40 points are more than the criterion's 39"},
    {"OptionsFall", R"({"points":0},{"points":2000},{"points":2500}]}]}]},{"key":"C")",
     R"({"points":2000},{"points":0},{"points":2500}]}]}]},{"key":"C")",
     "productSets[0].sections[B].groups[0].criteria[0].options[1]: the points fall within the ladder"},
    {"NoOptions", R"("options":[{"points":0},{"points":99},{"points":100}])", R"("options":[])",
     "productSets[0].sections[A].groups[0].criteria[1]: the criterion has no options"},
    {"GateWithoutCertificate", R"("gate":3},{"points":3000)", R"("gate":2},{"points":3000)",
     "productSets[1].sections[A].groups[0].criteria[0].options[1]: the gate is no number of stars that gets a certificate"},
    {"GateWithoutBand", R"("points":4000,"gate":5)", R"("points":4000,"gate":6)",
     "productSets[1].sections[A].groups[0].criteria[0].options[3]: the gate is no number of stars that gets a certificate"},
    {"GatesFall", R"("points":3000,"gate":4)", R"("points":3000,"gate":3)",
     "productSets[1].sections[A].groups[0].criteria[0].options[2]: the gates do not ascend"},
    {"CriterionTwice", R"("no":"1.2")", R"("no":"1.1")",
     "productSets[0].sections[A].groups[0].criteria[1]: a number of its own is expected"},
    {"GroupTwice", R"("no":"2","nameVi":"Hai")", R"("no":"1","nameVi":"Hai")",
     "productSets[0].sections[B].groups[0]: a number of its own is expected"},
    {"SheetMissingAndThere", R"("no":2,"key":"gated")", R"("no":2,"sheetMissing":"not found","key":"gated")",
     "productSets[1].sections[A]: sheetMissing: a section without groups is expected"},
    {"SectionTwice", R"("key":"B")", R"("key":"A")",
     "productSets[0].sections[1]: a key of its own is expected, of at most 8 letters and digits"},
    {"SetTwice", R"("key":"gated")", R"("key":"plain")", "productSets[1].key: the key is there twice"},
    {"SetNumber", R"("no":2,"key")", R"("no":1,"key")", "productSets[1]: the numbers of product sets do not ascend from 1"},
    {"KeyForm", R"("key":"gated")", R"("key":"Gated tea")",
     "productSets[1].key: a key of lower-case letters, digits, _ and - is expected"},
    {"UnknownSector", R"("sector":"food")", R"("sector":"drink")", "productSets[0]: sector and group name no group of a sector"},
    {"UnknownStage", R"("assessedBy":"commune")", R"("assessedBy":"ward")",
     "productSets[0].sections[A].groups[0].criteria[0]: assessedBy names no opinion stage"},
    {"CouncilAssesses", R"("assessedBy":"commune")", R"("assessedBy":"district")",
     "productSets[0].sections[A].groups[0].criteria[0]: assessedBy names no opinion stage"},
    {"BandsFall", R"("stars":3,"from":5000)", R"("stars":3,"from":3000)", "bands[2]: the bands do not ascend"},
    {"LowestBand", R"("stars":1,"from":0)", R"("stars":1,"from":1)", "bands[0]: the lowest band does not begin at 0"},
    {"BandOver100", R"("stars":5,"from":9000)", R"("stars":5,"from":10001)", "bands[4]: the band begins above 100 points"},
    {"StarsUndecided", R"("decides":[4,5])", R"("decides":[5])", "certificate: 4 stars are not decided by exactly one stage"},
    {"StarsDecidedTwice", R"("decides":[3])", R"("decides":[3,4])", "certificate: 4 stars are not decided by exactly one stage"},
    {"StarsWithoutCertificate", R"("decides":[3])", R"("decides":[2,3])",
     "certificate: 2 stars are decided by a stage but get no certificate"},
    {"StarsWithoutBand", R"("decides":[3])", R"("decides":[3,6])", "stages[1]: decides stars that are no band"},
    {"NoMonths", R"("months":36)", R"("months":0)", "certificate: months are expected"},
    {"EnteredByNobody", R"("enteredBy":"district")", R"("enteredBy":"province")",
     "stages[2]: enteredBy names no stage that has desks"},
    {"EnteredByItself", R"("enteredBy":"district")", R"("enteredBy":"central")",
     "stages[2]: enteredBy names no stage that has desks"},
    {"ExternalWithLevel", R"("does":"external")", R"("level":"central","does":"external")",
     "stages[2]: a stage has the level of its desks, unless it is external"},
    {"NoForwarding", R"("forwardsFrom":7000,)", "", "stages[1]: forwardsFrom is expected: a stage follows"},
    {"LastForwards", R"("enteredBy":"district")", R"("enteredBy":"district","forwardsFrom":9000)",
     "stages[2]: the last stage decides and forwards nothing"},
    {"OpinionDecides", R"("does":"opinion")", R"("does":"opinion","decides":[3])",
     "stages[0]: an opinion stage decides nothing and forwards all"},
    {"OpinionAboveACouncil", R"({"key":"central",)",
     R"({"key":"ward","nameVi":"Phường","nameEn":"Ward","level":"ward","does":"opinion"},{"key":"central",)",
     "stages[2]: opinions are given below the first council"},
    {"NoMeeting", R"("meetings":1)", R"("meetings":0)", "stages[1]: a council stage, and no other, has meetings"},
    {"StageTwice", R"("key":"district","nameVi")", R"("key":"commune","nameVi")", "stages[1].key: the key is there twice"},
    {"DateOfNoCalendar", "2023-06-01", "2023-02-30", "forms[1].filedFrom: a date YYYY-MM-DD is expected"},
    {"TermBackwards", "2023-12-31", "2022-12-31", "forms[0]: filedTo is before filedFrom"},
    {"KindUnknown", R"("kind":"upgrade")", R"("kind":"again")", "forms[1]: kind is first, upgrade or reEvaluation"},
    {"NeverInForce",
     R"("forms":[{"kind":"first","filedFrom":"2023-01-01","filedTo":"2023-12-31"},{"kind":"upgrade","filedFrom":"2023-06-01"}],)",
     "", "forms: it is never in force"},
    {"NoSchemaVersion", R"("schemaVersion":1,)", "", "the rule set: schemaVersion is not 1"},
    {"EvidenceIsContent", R"("key":"tests")", R"("key":"form")", "evidence[0].key: the key is there twice"},
    {"NoName", R"("nameEn":"Expired")", R"("nameEn":"")", "revocationGrounds[0]: nameVi and nameEn are expected"},
    {"SchemaVersion", R"("schemaVersion":1)", R"("schemaVersion":2)", "the rule set: schemaVersion is not 1"},
    {"FieldUnknown", R"("starsMin":3)", R"("starMin":3)", "certificate.starMin: no such field"},
    {"WordUnknown", R"("does":"council")", R"("does":"counci")", "stages[1].does: no such word: counci"},
    {"TextForNumber", R"("months":36)", R"("months":"36")", "certificate.months: an integer is expected"},
    {"NumberForText", R"("id":"small")", R"("id":3)", "id: a text is expected"},
    {"NumberTooLarge", R"("decides":[3])", R"("decides":[256])", "stages[1].decides[0]: the integer is greater than 255"},
    {"ObjectForList", R"("notes":["for tests"])", R"("notes":{})", "notes: a list is expected"},
    {"ListForObject", R"("certificate":{"months":36,"starsMin":3,"source":"none"})", R"("certificate":[])",
     "certificate: an object is expected"},
    {"NumberForBool", R"("mandatory":true)", R"("mandatory":1)", "contents[0].mandatory: true or false is expected"},
    {"KeyTwice", R"("months":36)", R"("months":36,"months":12)", "certificate.months: the key is there twice"},
    {"Fraction", R"("months":36)", R"("months":36.5)", "certificate.months: a number is not an integer of at most ten digits"},
    {"Null", R"("months":36)", R"("months":null)",
     "certificate.months: a text, an integer, true, false, a list or an object is expected"},
    {"WhiteSpace", R"("months":36)", R"("months": 36)", "the rule set is not canonical: white space between tokens"},
};
class Refused : public testing::TestWithParam<Wrong> {};
TEST_P(Refused, Row) {
    const auto& [name, change, into, fault] = GetParam();
    std::string text = tests::small_rules_json();
    const std::size_t at = text.find(change);
    ASSERT_NE(at, std::string::npos) << "the small rule set has no " << change;
    text.replace(at, std::string_view(change).size(), into);
    const auto rules = parse_rules(text);
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().code, Errc::invalid);
    EXPECT_EQ(rules.error().detail, fault);
}
// A megabyte of items travels in forty bytes: nobody compares them all with each other.
TEST(RefusedLists, LongerThanAnyRegulations) {
    std::string text = tests::small_rules_json();
    const std::string first = R"({"key":"form","nameVi":"Phiếu","nameEn":"Form","mandatory":true})";
    const std::size_t at = text.find(first);
    ASSERT_NE(at, std::string::npos);
    std::string more;
    for (int i = 0; i < 256; ++i) more += R"(,{"key":"form)" + std::to_string(i) + R"(","nameVi":"a","nameEn":"b"})";
    text.insert(at + first.size(), more);
    const auto rules = parse_rules(text);
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().detail, "contents: there are more than 256");
}

INSTANTIATE_TEST_SUITE_P(Table, Refused, testing::ValuesIn(wrongs), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hoso::domain
