#include "client/media/open_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace hoso::client::media {
namespace {

Error cannot_open(const std::filesystem::path& path, int reason) {
    const std::string name = path.string();
    if (reason == ENOENT || reason == ENOTDIR) return {Errc::not_found, "There is no file " + name + ": check its name."};
    if (reason == EACCES) return {Errc::denied, "The file " + name + " may not be read: ask its owner for the right to read it."};
    return {Errc::io, "The file " + name + " cannot be opened: check the disk or stick that it is on."};
}

}  // namespace

Result<File> open_file(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe must not hold us
    if (descriptor < 0) return cannot_open(path, errno);
    struct stat status {};
    const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    std::FILE* file = regular ? ::fdopen(descriptor, "rb") : nullptr;
    if (file) return File{file};
    ::close(descriptor);
    if (regular) return cannot_open(path, ENOMEM);
    return Error{Errc::invalid, path.string() + " is no regular file: choose a file."};
}

Result<Bytes> read_start(std::FILE& file, std::size_t bytes_max) {
    std::rewind(&file);
    Bytes bytes(bytes_max);
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), &file));
    if (std::ferror(&file)) return Error{Errc::io, "The file cannot be read to its end: check the disk or stick that it is on."};
    return bytes;
}

}  // namespace hoso::client::media
