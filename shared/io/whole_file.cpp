#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "shared/io/key_file.hpp"

namespace hoso::io {
namespace {

// Closes on the way out; errno stays what it was.
class File {
public:
    explicit File(int file) : file_(file) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        const int error = errno;
        if (file_ >= 0) ::close(file_);
        errno = error;
    }
    int get() const { return file_; }

private:
    int file_;
};

Error failed(const std::filesystem::path& file, const char* doing) {
    const int error = errno;
    const Errc code = error == ENOSPC || error == EDQUOT ? Errc::full
                      : error == ENOENT                  ? Errc::not_found
                      : error == EEXIST                  ? Errc::exists
                      : error == EISDIR                  ? Errc::invalid
                                                         : Errc::io;
    return {code, std::string(doing) + " " + file.string() + " failed: " + std::strerror(error) + "."};
}

Result<void> write_synced(const std::filesystem::path& path, ByteSpan bytes, int mode) {
    const File file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, static_cast<mode_t>(mode))};
    if (file.get() < 0) return failed(path, "Making");
    if (::fchmod(file.get(), static_cast<mode_t>(mode)) != 0) return failed(path, "Protecting");  // whatever the umask says
    while (!bytes.empty()) {
        const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return failed(path, "Writing");
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    if (::fsync(file.get()) != 0) return failed(path, "Syncing");
    return {};
}

Result<void> sync_folder_of(const std::filesystem::path& path) {
    return sync_folder(path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."});
}

enum class Existing { replace, keep };

Result<void> write_whole(const std::filesystem::path& file, ByteSpan bytes, int mode, Existing existing) {
    const std::filesystem::path part = file.string() + "." + random_hash().hex().substr(0, 12) + ".part";
    auto done = write_synced(part, bytes, mode);
    if (done) {
        const bool moved =
            existing == Existing::replace ? ::rename(part.c_str(), file.c_str()) == 0 : ::link(part.c_str(), file.c_str()) == 0;
        if (!moved) done = failed(file, "Making");
    }
    if (!done || existing == Existing::keep) ::unlink(part.c_str());
    return done ? sync_folder_of(file) : done;
}

}  // namespace

Result<void> sync_folder(const std::filesystem::path& folder) {
    const File file{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (file.get() < 0 || ::fsync(file.get()) != 0) return failed(folder, "Syncing");
    return {};
}

Result<void> write_file(const std::filesystem::path& file, ByteSpan bytes, int mode) {
    return write_whole(file, bytes, mode, Existing::replace);
}

Result<void> write_new_file(const std::filesystem::path& file, ByteSpan bytes, int mode) {
    return write_whole(file, bytes, mode, Existing::keep);
}

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
    const File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.get() < 0) return failed(path, "Opening");
    Bytes bytes;
    Byte part[16 * 1024];
    for (;;) {
        const ssize_t got = ::read(file.get(), part, sizeof part);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed(path, "Reading");
        if (got == 0) return bytes;
        if (bytes.size() + static_cast<std::size_t>(got) > bytes_max) {
            return Error{Errc::limit, path.string() + " is larger than the " + std::to_string(bytes_max) + " bytes it may have."};
        }
        append(bytes, {part, static_cast<std::size_t>(got)});
    }
}

}  // namespace hoso::io
