#pragma once

#include <map>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"

namespace hoso::server {

// How much each device had logged on the day it is: one alone cannot fill the province's disk. Begins anew with the program.
class DayBudget {
public:
    explicit DayBudget(std::uint64_t bytes_max) : bytes_max_(bytes_max) {}  // of one device and day; 0: no limit

    bool spent(const DeviceId& device, Instant now) const;
    void spend(const DeviceId& device, std::size_t bytes, Instant now);
    // True once for a device and day.
    bool first_refusal(const DeviceId& device, Instant now);

private:
    struct Used {
        Date day{};
        std::uint64_t bytes = 0;
        bool refused = false;
    };
    Used& today(const DeviceId& device, Instant now);

    const std::uint64_t bytes_max_;
    std::map<DeviceId, Used> used_;  // of enrolled devices
};

}  // namespace hoso::server
