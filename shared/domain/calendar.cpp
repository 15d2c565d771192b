#include "shared/domain/calendar.hpp"

namespace hoso::domain {
namespace {

int year_of(Date day) { return int{std::chrono::year_month_day{day}.year()}; }

const Calendar* calendar_of(const Registry& registry, int year) {
    const auto found = registry.calendars.find(static_cast<std::uint16_t>(year));
    return found == registry.calendars.end() ? nullptr : &found->second;
}

}  // namespace

bool is_working_day(const Registry& registry, Date day) {
    const Calendar* calendar = calendar_of(registry, year_of(day));
    if (calendar && calendar->worked.contains(day)) return true;
    if (calendar && calendar->off.contains(day)) return false;
    const std::chrono::weekday weekday{day};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

Date end_of_working_days(const Registry& registry, Date from, std::uint16_t days) {
    Date day = from;
    for (std::uint16_t counted = 0; counted < days;) {
        day += std::chrono::days{1};
        if (is_working_day(registry, day)) ++counted;
    }
    return day;
}

bool calendar_known(const Registry& registry, Date from, Date to) {
    for (int year = year_of(from); year <= year_of(to); ++year) {
        if (!calendar_of(registry, year)) return false;
    }
    return true;
}

}  // namespace hoso::domain
