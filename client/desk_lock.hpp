#pragma once

#include <filesystem>

#include "shared/base/result.hpp"

namespace hoso::client {

// One process at a time holds a desk. The lock goes with the process, also when it is killed; the file names the holder.
class DeskLock {
public:
    static Result<DeskLock> take(const std::filesystem::path& folder);  // Errc::locked names the process that holds it
    DeskLock(DeskLock&& other) noexcept;
    DeskLock& operator=(DeskLock&& other) = delete;
    ~DeskLock();

private:
    explicit DeskLock(int file) : file_(file) {}
    int file_;
};

}  // namespace hoso::client
