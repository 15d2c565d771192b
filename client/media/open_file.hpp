#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::media {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// A regular file, at its beginning. Errc::not_found, denied, io; invalid for a folder, pipe or device, which could block.
Result<File> open_file(const std::filesystem::path& path);

// What stands from the beginning on, at most `bytes_max`. Errc::io.
Result<Bytes> read_start(std::FILE& file, std::size_t bytes_max);

}  // namespace hoso::client::media
