#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace hoso::client {

// When files may travel over this desk's line, and which originals it keeps. Facts always travel.
struct FilesPolicy {
    bool all_originals = false;       // of this desk's scope are fetched; else on demand
    bool previews = true;             // of this desk's scope are fetched
    std::uint64_t bytes_per_day = 0;  // both ways; 0: as many as it likes
    int from_minute = 0;              // originals travel from this minute of the day on, +07:00
    int to_minute = 0;                // until before this one; the same as from_minute: always. May lie past midnight

    bool allows_at(Instant now) const;  // originals
    bool operator==(const FilesPolicy&) const = default;
};

// "18:00-06:00", or "always". Errc::invalid.
Result<void> set_hours(FilesPolicy& policy, std::string_view text);
std::string hours_text(const FilesPolicy& policy);

// What travelled on one day.
struct FilesDay {
    Date day{};
    std::uint64_t bytes = 0;
};

}  // namespace hoso::client
