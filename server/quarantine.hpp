#pragma once

#include <filesystem>
#include <map>

#include "server/limits.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::server {

// Pushes that were refused as a whole, for a person to look at: a file each, in a folder of their device (docs/log_format.md,
// section 9). They lie beside the database, which is not written in amnesia. Bounded, and each device has its share: one alone
// cannot fill it.
class Quarantine {
public:
    // Counts what lies there: what somebody takes away counts less from the next start on.
    Quarantine(std::filesystem::path folder, const Limits& limits);

    // Durable on return; false when this push, by its seal's hash, lies there already. Errc::limit when the device's share or all
    // the room is used up; full, io.
    Result<bool> keep(const DeviceId& device, const Hash& seal, ByteSpan refused);

private:
    Result<void> room_for(const DeviceId& device, std::size_t bytes) const;

    const std::filesystem::path folder_;
    const Limits& limits_;
    std::map<std::string, std::size_t> pushes_of_;  // by the device's folder
    std::size_t pushes_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace hoso::server
