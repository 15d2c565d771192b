#include "client/desk_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace hoso::client {

Result<DeskLock> DeskLock::take(const std::filesystem::path& folder) {
    const std::string file = folder / "desk.lock";
    const int opened = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (opened < 0) return Error{Errc::io, "The file " + file + " cannot be opened: " + std::strerror(errno) + "."};
    DeskLock lock(opened);
    if (::flock(opened, LOCK_EX | LOCK_NB) != 0) {
        char holder[24] = {};
        const auto length = ::pread(opened, holder, sizeof holder - 1, 0);
        const std::string who = length > 0 ? "Process " + std::string(holder, static_cast<std::size_t>(length)) : "Another process";
        return Error{Errc::locked,
                     who + " is using the desk in " + folder.string() + ". Wait until it is done, or stop it with: hoso stop"};
    }
    const std::string self = std::to_string(::getpid());
    if (::ftruncate(opened, 0) != 0 || ::pwrite(opened, self.data(), self.size(), 0) != static_cast<ssize_t>(self.size())) {
        return Error{Errc::io, "The file " + file + " cannot be written: " + std::strerror(errno) + "."};
    }
    return lock;
}

DeskLock::DeskLock(DeskLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

DeskLock::~DeskLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace hoso::client
