#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hoso {

// Instants are microseconds since 1970-01-01 UTC. They order nothing; they bracket and are shown.
using Instant = std::int64_t;

// A legal date: a day in Vietnam (+07:00, no daylight saving), as an officer states it.
using Date = std::chrono::sys_days;

Date local_date(Instant instant);  // the day it is at +07:00
Instant start_of_day(Date date);   // first microsecond of that day at +07:00
std::int32_t to_days(Date date);
Date from_days(std::int32_t days);
std::string to_text(Date date);                                   // 2023-12-15
std::optional<Date> date_from_text(std::string_view text);        // YYYY-MM-DD that exists
std::string to_text(Instant instant);                             // 2023-12-15T09:12:00+07:00
std::optional<Instant> instant_from_text(std::string_view text);  // RFC 3339, or a date: its start

// The last day of a term of `months` counted from `from`: the same day of the last month, or that month's last day where it has no
// such day. Civil Code 91/2015/QH13, article 148(3). 29/02/2024 + 36 months runs to 28/02/2027.
Date end_of_term(Date from, int months);

}  // namespace hoso
