#pragma once

#include <filesystem>
#include <map>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::audit {

// The headlogs of a folder (docs/log_format.md, "Watermark").
struct Watermarks {
    std::map<std::uint64_t, Hash> roots;  // by size: of every record that still holds, each vouches for what it was written with
    std::uint64_t number = 0;             // of the newest record; 0: there is none
    Position size = 0;                    // that the newest record vouches for
};
Result<Watermarks> read_watermarks(const std::filesystem::path& folder);  // Errc::io, limit

}  // namespace hoso::client::audit
