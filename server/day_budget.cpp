#include "server/day_budget.hpp"

#include <utility>

namespace hoso::server {

DayBudget::Used& DayBudget::today(const DeviceId& device, Instant now) {
    Used& used = used_[device];
    if (const Date day = local_date(now); used.day != day) used = Used{day};
    return used;
}

bool DayBudget::spent(const DeviceId& device, Instant now) const {
    const auto used = used_.find(device);
    return bytes_max_ > 0 && used != used_.end() && used->second.day == local_date(now) && used->second.bytes >= bytes_max_;
}

void DayBudget::spend(const DeviceId& device, std::size_t bytes, Instant now) { today(device, now).bytes += bytes; }

bool DayBudget::first_refusal(const DeviceId& device, Instant now) { return !std::exchange(today(device, now).refused, true); }

}  // namespace hoso::server
