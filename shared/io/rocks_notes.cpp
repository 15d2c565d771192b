#include "shared/io/rocks_notes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace hoso::io {
namespace {

constexpr std::size_t bytes_max = 256 * 1024;

}  // namespace

RocksNotes::RocksNotes(const std::filesystem::path& folder) : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {
    if (folder.empty()) return;
    file_ = ::open((folder / "LOG").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct stat status {};
    if (file_ >= 0 && ::fstat(file_, &status) == 0) bytes_ = static_cast<std::size_t>(status.st_size);
}

RocksNotes::~RocksNotes() {
    if (file_ >= 0) ::close(file_);
}

void RocksNotes::Logv(const char* format, va_list values) {
    if (file_ < 0) return;
    char line[1024];
    const auto seconds = static_cast<long long>(::time(nullptr));
    const auto begin = static_cast<std::size_t>(std::snprintf(line, sizeof line, "%lld ", seconds));
    const int wanted = std::vsnprintf(line + begin, sizeof line - begin - 1, format, values);
    const std::size_t length = std::min(begin + static_cast<std::size_t>(std::max(wanted, 0)), sizeof line - 2);
    line[length] = '\n';
    if (bytes_.fetch_add(length + 1) > bytes_max && ::ftruncate(file_, 0) == 0) bytes_ = 0;
    if (::write(file_, line, length + 1) < 0) return;
}

}  // namespace hoso::io
