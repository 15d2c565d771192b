#include "shared/base/date.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace hoso {
namespace {

struct Term {
    const char* name;
    const char* from;
    int months;
    const char* last_day;
};
const Term terms[] = {
    {"SameDay", "2020-12-15", 36, "2023-12-15"},
    {"LeapDay", "2024-02-29", 36, "2027-02-28"},
    {"LeapDayToLeapYear", "2024-02-29", 48, "2028-02-29"},
    {"LastOfAugust", "2023-08-31", 36, "2026-08-31"},
    {"ThirtyFirstToShortMonth", "2023-08-31", 1, "2023-09-30"},
    {"ThirtyFirstToFebruary", "2023-08-31", 6, "2024-02-29"},
    {"LastOfFebruary", "2023-02-28", 36, "2026-02-28"},
    {"LastOfFebruaryStaysThe28th", "2021-02-28", 36, "2024-02-28"},
    {"OverTheYear", "2023-11-30", 3, "2024-02-29"},
    {"NoMonths", "2023-11-30", 0, "2023-11-30"},
    {"Century", "2000-02-29", 1200, "2100-02-28"},
};
class EndOfTerm : public testing::TestWithParam<Term> {};
TEST_P(EndOfTerm, Row) {
    EXPECT_EQ(to_text(end_of_term(*date_from_text(GetParam().from), GetParam().months)), GetParam().last_day);
}
INSTANTIATE_TEST_SUITE_P(Table, EndOfTerm, testing::ValuesIn(terms), [](const auto& row) { return row.param.name; });

TEST(DateText, ComesBack) {
    for (const char* const text : {"0001-01-01", "1970-01-01", "2000-02-29", "2024-02-29", "9999-12-31"}) {
        ASSERT_TRUE(date_from_text(text)) << text;
        EXPECT_EQ(to_text(*date_from_text(text)), text);
        EXPECT_EQ(from_days(to_days(*date_from_text(text))), *date_from_text(text));
    }
    EXPECT_EQ(to_days(*date_from_text("1970-01-02")), 1);
}

TEST(DateText, RefusesWhatIsNoDay) {
    for (const char* const text :
         {"", "2023", "2023-2-1", "2023-02-29", "1900-02-29", "2023-04-31", "2023-13-01", "2023-00-01", "2023-01-00", "2023/01/01",
          "2023-01-01 ", " 2023-01-01", "2023-01-0a", "+023-01-01", "15/12/2023"}) {
        EXPECT_FALSE(date_from_text(text)) << text;
    }
}

struct Moment {
    const char* name;
    const char* text;
    const char* shown;  // empty: refused
};
const Moment moments[] = {
    {"Local", "2023-12-15T09:12:00+07:00", "2023-12-15T09:12:00+07:00"},
    {"Utc", "2023-12-15T17:00:00Z", "2023-12-16T00:00:00+07:00"},
    {"LowerCase", "2023-12-15t16:59:59z", "2023-12-15T23:59:59+07:00"},
    {"West", "2023-12-31T20:30:00-03:30", "2024-01-01T07:00:00+07:00"},
    {"Fraction", "2023-12-15T09:12:00.25+07:00", "2023-12-15T09:12:00+07:00"},
    {"FinerThanMicroseconds", "2023-12-15T09:12:00.123456789+07:00", "2023-12-15T09:12:00+07:00"},
    {"DateAlone", "2023-12-15", "2023-12-15T00:00:00+07:00"},
    {"BeforeTheEpoch", "1969-12-31T23:59:59+07:00", "1969-12-31T23:59:59+07:00"},
    {"NoZone", "2023-12-15T09:12:00", ""},
    {"Space", "2023-12-15 09:12:00Z", ""},
    {"ShortZone", "2023-12-15T09:12:00+7:00", ""},
    {"ZoneOutOfRange", "2023-12-15T09:12:00+24:00", ""},
    {"HourOutOfRange", "2023-12-15T24:00:00Z", ""},
    {"MinuteOutOfRange", "2023-12-15T09:60:00Z", ""},
    {"SecondOutOfRange", "2023-12-15T09:12:60Z", ""},
    {"NoSuchDay", "2023-02-29T09:12:00Z", ""},
    {"Cut", "2023-12-15T09:12", ""},
    {"PointWithoutDigits", "2023-12-15T09:12:00.Z", ""},
    {"Trailing", "2023-12-15T09:12:00Zz", ""},
    {"Empty", "", ""},
};
class Rfc3339 : public testing::TestWithParam<Moment> {};
TEST_P(Rfc3339, Row) {
    const auto instant = instant_from_text(GetParam().text);
    EXPECT_EQ(instant ? to_text(*instant) : "", GetParam().shown);
}
INSTANTIATE_TEST_SUITE_P(Table, Rfc3339, testing::ValuesIn(moments), [](const auto& row) { return row.param.name; });

TEST(Instants, CountMicroseconds) {
    EXPECT_EQ(*instant_from_text("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(*instant_from_text("1970-01-01T00:00:01.000002Z"), 1'000'002);
    EXPECT_EQ(*instant_from_text("1969-12-31T23:59:59.999999Z"), -1);
}

TEST(Instants, FallOnTheDayInVietnam) {
    const Date day = *date_from_text("2023-12-15");
    EXPECT_EQ(to_text(start_of_day(day)), "2023-12-15T00:00:00+07:00");
    EXPECT_EQ(local_date(start_of_day(day)), day);
    EXPECT_EQ(local_date(start_of_day(day) - 1), day - std::chrono::days{1});
    EXPECT_EQ(local_date(start_of_day(day + std::chrono::days{1}) - 1), day);
    EXPECT_EQ(to_text(local_date(-1)), "1970-01-01");
    EXPECT_EQ(to_text(local_date(-7 * 3'600'000'000ll - 1)), "1969-12-31");
}

// An instant from another machine may be anything; the day is then far off, but no arithmetic leaves its type.
TEST(Instants, OfAnySizeHaveADay) {
    for (const Instant instant : {std::numeric_limits<Instant>::min(), std::numeric_limits<Instant>::max()}) {
        EXPECT_FALSE(to_text(instant).empty());
        EXPECT_EQ(local_date(instant) > Date{}, instant > 0);
    }
}

}  // namespace
}  // namespace hoso
