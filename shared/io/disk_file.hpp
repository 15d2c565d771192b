#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <span>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace hoso::io {

// One open file. What fails says on which path: Errc::not_found, exists, denied, full, limit (too large for this file system), io.
class DiskFile {
public:
    static Result<DiskFile> open(const std::filesystem::path& path, int flags);    // O_RDONLY and its like
    static Result<DiskFile> create(const std::filesystem::path& path, int flags);  // empties what is there unless O_EXCL; mode 0600
    DiskFile(DiskFile&& from) noexcept;
    DiskFile& operator=(DiskFile&&) = delete;
    ~DiskFile();

    const std::filesystem::path& path() const { return path_; }
    Result<struct stat> status() const;
    Result<std::size_t> read_at(std::uint64_t offset, std::span<Byte> to) const;  // fewer bytes only at the end
    Result<void> write_at(std::uint64_t offset, ByteSpan bytes) const;
    Result<void> resize(std::uint64_t size) const;
    Result<void> sync() const;

private:
    DiskFile(int file, std::filesystem::path path) : file_(file), path_(std::move(path)) {}

    int file_;
    std::filesystem::path path_;
};

Error disk_error(const std::filesystem::path& path, const char* doing);  // what errno says
Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to);
Result<void> move_new_file(const std::filesystem::path& from, const std::filesystem::path& to);  // Errc::exists rather than replace
void remove_file(const std::filesystem::path& path);                                             // as far as it goes
Result<void> make_folder(const std::filesystem::path& folder);  // mode 0700; its name is durable on return

}  // namespace hoso::io
