#pragma once

#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>

namespace hoso::tests {

// A real file system of 16 MiB at a folder; not mounted where the tests may not.
struct SmallDisk {
    explicit SmallDisk(std::filesystem::path where) : folder(std::move(where)) {
        std::filesystem::create_directories(folder);
        mounted = ::geteuid() == 0 && ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=16m") == 0;
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted) ::umount2(folder.c_str(), MNT_DETACH);
    }
    std::filesystem::path folder;
    bool mounted = false;
};

}  // namespace hoso::tests
