#include "shared/io/disk_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "shared/io/key_file.hpp"

namespace hoso::io {
namespace {

constexpr mode_t file_mode = 0600;
constexpr mode_t folder_mode = 0700;

Errc code_of(int error) {
    switch (error) {
        case ENOENT:
        case ENOTDIR: return Errc::not_found;
        case EEXIST: return Errc::exists;
        case EACCES:
        case EPERM:
        case EROFS: return Errc::denied;
        case ENOSPC:
        case EDQUOT: return Errc::full;
        case EFBIG: return Errc::limit;
        default: return Errc::io;
    }
}

}  // namespace

Error disk_error(const std::filesystem::path& path, const char* doing) {
    const int error = errno;
    return {code_of(error), std::string(doing) + " " + path.string() + " failed: " + std::strerror(error) + "."};
}

DiskFile::DiskFile(DiskFile&& from) noexcept : file_(from.file_), path_(std::move(from.path_)) { from.file_ = -1; }

DiskFile::~DiskFile() {
    if (file_ >= 0) ::close(file_);
}

Result<DiskFile> DiskFile::open(const std::filesystem::path& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    if (file < 0) return disk_error(path, "Opening");
    return DiskFile{file, path};
}

Result<DiskFile> DiskFile::create(const std::filesystem::path& path, int flags) {
    const int keep = flags & O_EXCL ? 0 : O_TRUNC;
    const int file = ::open(path.c_str(), flags | keep | O_CREAT | O_CLOEXEC | O_NOFOLLOW, file_mode);
    if (file < 0) return disk_error(path, "Making");
    return DiskFile{file, path};
}

Result<struct stat> DiskFile::status() const {
    struct stat status {};
    if (::fstat(file_, &status) != 0) return disk_error(path_, "Looking at");
    return status;
}

Result<std::size_t> DiskFile::read_at(std::uint64_t offset, std::span<Byte> to) const {
    std::size_t done = 0;
    while (done < to.size()) {
        const ssize_t got = ::pread(file_, to.data() + done, to.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return disk_error(path_, "Reading");
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Result<void> DiskFile::write_at(std::uint64_t offset, ByteSpan bytes) const {
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return disk_error(path_, "Writing");
        bytes = bytes.subspan(static_cast<std::size_t>(put));
        offset += static_cast<std::uint64_t>(put);
    }
    return {};
}

Result<void> DiskFile::resize(std::uint64_t size) const {
    if (::ftruncate(file_, static_cast<off_t>(size)) != 0) return disk_error(path_, "Cutting");
    return {};
}

Result<void> DiskFile::sync() const {
    if (::fsync(file_) != 0) return disk_error(path_, "Syncing");
    return {};
}

Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return disk_error(to, "Making");
    return {};
}

// USB sticks know no links, some file systems not this kind of renaming.
Result<void> move_new_file(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
    if (errno != EINVAL) return disk_error(to, "Making");
    if (::link(from.c_str(), to.c_str()) != 0) return disk_error(to, "Making");
    remove_file(from);
    return {};
}

void remove_file(const std::filesystem::path& path) { ::unlink(path.c_str()); }

Result<void> make_folder(const std::filesystem::path& folder) {
    if (::mkdir(folder.c_str(), folder_mode) == 0) return sync_folder(folder.has_parent_path() ? folder.parent_path() : ".");
    struct stat status {};
    if (errno == EEXIST && ::stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) return {};
    return disk_error(folder, "Making");
}

}  // namespace hoso::io
