#pragma once

#include <filesystem>
#include <map>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::audit {

// Size and root of every record in the headlogs of a folder that still holds (docs/log_format.md, "Watermark"), not of the newest
// alone: each vouches for the events that were acknowledged with it. Empty when there are none.
Result<std::map<std::uint64_t, Hash>> watermark_roots(const std::filesystem::path& folder);

}  // namespace hoso::client::audit
