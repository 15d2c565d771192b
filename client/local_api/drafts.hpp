#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::local_api {

inline constexpr std::size_t draft_bytes_max = 256 << 10;
inline constexpr std::size_t drafts_max = 1000;

struct DraftName {
    std::string key;
    Instant saved;
};

// What was typed into a page and not recorded yet. On the disk when put() returns: ending the browser or this program loses no
// letter of it.
//   <folder>/<key>.json
class Drafts {
public:
    explicit Drafts(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // A key is [a-z0-9._-]{1,120} and begins with a letter or digit. Errc::invalid, limit, full, io.
    Result<void> put(std::string_view key, std::string_view json);
    Result<std::string> get(std::string_view key) const;  // Errc::not_found, invalid
    Result<void> remove(std::string_view key);            // also where there is none
    std::vector<DraftName> list(std::string_view begin) const;

private:
    Result<std::filesystem::path> file_of(std::string_view key) const;

    std::filesystem::path folder_;
};

}  // namespace hoso::client::local_api
