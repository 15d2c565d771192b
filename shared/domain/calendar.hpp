#pragma once

#include "shared/domain/registry.hpp"

// Working days: all but Saturdays, Sundays and the days off that the registry holds for a year. Holidays are data: a year that was
// never set has none.
namespace hoso::domain {

bool is_working_day(const Registry& registry, Date day);
// The last day of a term of `days` working days which begins on the day after `from` (Civil Code 91/2015/QH13, article 147(2)).
Date end_of_working_days(const Registry& registry, Date from, std::uint16_t days);
// False where the term runs through a year whose days off were never set: its end is early then.
bool calendar_known(const Registry& registry, Date from, Date to);

}  // namespace hoso::domain
