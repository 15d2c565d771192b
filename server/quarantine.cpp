#include "server/quarantine.hpp"

#include "shared/io/key_file.hpp"

namespace hoso::server {
namespace {

constexpr int file_mode = 0600;

}  // namespace

Quarantine::Quarantine(std::filesystem::path folder, const Limits& limits) : folder_(std::move(folder)), limits_(limits) {
    std::error_code none;
    for (const auto& device : std::filesystem::directory_iterator(folder_, none)) {
        for (const auto& push : std::filesystem::directory_iterator(device.path(), none)) {
            if (!push.is_regular_file(none)) continue;
            ++pushes_of_[device.path().filename().string()];
            ++pushes_;
            bytes_ += push.file_size(none);
        }
    }
}

Result<void> Quarantine::room_for(const DeviceId& device, std::size_t bytes) const {
    const auto held = pushes_of_.find(device.hex());
    if (held != pushes_of_.end() && held->second >= limits_.quarantine_pushes_of_device_max) {
        return Error{Errc::limit, "The quarantine holds " + std::to_string(held->second) + " pushes of device " + device.hex() +
                                      ", which is its share: look at " + (folder_ / device.hex()).string() + "."};
    }
    if (pushes_ < limits_.quarantine_pushes_max && bytes_ + bytes <= limits_.quarantine_bytes_max) return {};
    return Error{Errc::limit,
                 "The quarantine is full: look at what " + folder_.string() + " holds, take it away, and start the server again."};
}

Result<bool> Quarantine::keep(const DeviceId& device, const Hash& seal, ByteSpan refused) {
    const std::string name = device.hex();
    const auto file = folder_ / name / seal.hex();
    std::error_code error;
    if (std::filesystem::exists(file, error)) return false;
    if (auto room = room_for(device, refused.size()); !room) return room.error();
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) return Error{Errc::io, "Cannot make the folder " + file.parent_path().string() + ": " + error.message() + "."};
    for (const auto& folder : {folder_, folder_.parent_path()}) {
        if (auto synced = io::sync_folder(folder); !synced) return synced.error();
    }
    if (auto written = io::write_new_file(file, refused, file_mode); !written) return written.error();
    ++pushes_of_[name];
    ++pushes_;
    bytes_ += refused.size();
    return true;
}

}  // namespace hoso::server
