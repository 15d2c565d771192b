#include "shared/base/date.hpp"

#include <charconv>
#include <cstdio>

namespace hoso {
namespace {

using namespace std::chrono;

constexpr Instant second = 1'000'000;
constexpr Instant day = 86'400 * second;
constexpr Instant offset = 7 * 3'600 * second;  // +07:00

// `count` digits at `at`, or empty.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

// `count` digits of the value that end at `last`; lists print a date in every row.
void print_digits(unsigned value, std::string& text, std::size_t last, std::size_t count) {
    for (std::size_t at = last + 1; count > 0; --count, value /= 10) text[--at] = static_cast<char>('0' + value % 10);
}

// A day and the time within it, at +07:00. Divided before the offset is added: an instant may be as large as its type holds.
struct Local {
    std::int32_t days;
    Instant within;
};
Local local(Instant instant) {
    Instant whole = instant / day;
    Instant within = instant % day + offset;
    if (within < 0) within += day, --whole;
    if (within >= day) within -= day, ++whole;
    return {static_cast<std::int32_t>(whole), within};
}

// "Z", "+07:00", "-03:30" as microseconds east of UTC.
std::optional<Instant> zone(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    const auto hours = digits(text, 1, 2);
    const auto minutes = digits(text, 4, 2);
    if (text.size() != 6 || text[3] != ':' || !hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    if (text[0] != '+' && text[0] != '-') return std::nullopt;
    const Instant east = (*hours * 60 + *minutes) * 60 * second;
    return text[0] == '+' ? east : -east;
}

}  // namespace

Date local_date(Instant instant) { return from_days(local(instant).days); }

Instant start_of_day(Date date) { return to_days(date) * day - offset; }

std::int32_t to_days(Date date) { return static_cast<std::int32_t>(date.time_since_epoch().count()); }

Date from_days(std::int32_t days_since) { return Date{days{days_since}}; }

std::string to_text(Date date) {
    const year_month_day parts{date};
    if (const int y = static_cast<int>(parts.year()); y >= 0 && y <= 9999) {
        std::string text = "0000-00-00";
        print_digits(static_cast<unsigned>(y), text, 3, 4);
        print_digits(static_cast<unsigned>(parts.month()), text, 6, 2);
        print_digits(static_cast<unsigned>(parts.day()), text, 9, 2);
        return text;
    }
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(parts.year()), static_cast<unsigned>(parts.month()),
                  static_cast<unsigned>(parts.day()));
    return text;
}

std::optional<Date> date_from_text(std::string_view text) {
    const auto y = digits(text, 0, 4);
    const auto m = digits(text, 5, 2);
    const auto d = digits(text, 8, 2);
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !y || !m || !d) return std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, std::chrono::day{static_cast<unsigned>(*d)}};
    if (!date.ok()) return std::nullopt;
    return sys_days{date};
}

std::string to_text(Instant instant) {
    const auto seconds = static_cast<int>(local(instant).within / second);
    char text[48];
    std::snprintf(text, sizeof text, "T%02d:%02d:%02d+07:00", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return to_text(local_date(instant)) + text;
}

std::optional<Instant> instant_from_text(std::string_view text) {
    const auto date = date_from_text(text.substr(0, 10));
    if (!date) return std::nullopt;
    if (text.size() == 10) return start_of_day(*date);
    const auto h = digits(text, 11, 2);
    const auto m = digits(text, 14, 2);
    const auto s = digits(text, 17, 2);
    if ((text[10] != 'T' && text[10] != 't') || !h || !m || !s || text[13] != ':' || text[16] != ':') return std::nullopt;
    if (*h > 23 || *m > 59 || *s > 59) return std::nullopt;
    Instant micros = 0;
    std::size_t at = 19;
    if (at < text.size() && text[at] == '.') {
        Instant unit = second / 10;
        if (!digits(text, at + 1, 1)) return std::nullopt;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) micros += (text[at] - '0') * unit;
    }
    const auto east = zone(text.substr(at));
    if (!east) return std::nullopt;
    return to_days(*date) * day + ((*h * 60 + *m) * 60 + *s) * second + micros - *east;
}

Date end_of_term(Date from, int months_count) {
    const year_month_day start{from};
    const year_month_day end{start.year() / start.month() / start.day() + months{months_count}};
    if (end.ok()) return sys_days{end};
    return sys_days{end.year() / end.month() / last};
}

}  // namespace hoso
