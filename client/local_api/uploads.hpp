#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "shared/base/bytes.hpp"
#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::local_api {

inline constexpr std::size_t uploads_max = 200;
inline constexpr std::uint64_t upload_bytes_max = 4ull << 30;
inline constexpr Instant upload_rests_max = 12LL * 3600 * 1'000'000;

// Files that a browser handed over and no command has used yet. Its name is a random number, what the browser calls it is kept
// beside it in memory; nothing survives this program's end.
//   <folder>/<32 hex digits>
class Uploads {
public:
    // Empties the folder. `reserve_bytes` of the disk stay free.
    Uploads(std::filesystem::path folder, std::uint64_t reserve_bytes);

    Result<std::string> begin(std::string_view name, Instant now);   // its number; Errc::limit, full, io
    Result<void> append(const std::string& number, ByteSpan bytes);  // Errc::limit, full, io: it is gone then
    void drop(const std::string& number);
    struct Found {
        std::filesystem::path file;
        std::string name;
        std::uint64_t bytes;
    };
    Result<Found> find(std::string_view number) const;  // Errc::not_found
    // The text with what the browser called these files instead of where they lie and their numbers.
    std::string as_called(std::string text, std::span<const std::string> numbers) const;

private:
    struct Upload {
        std::string name;
        std::uint64_t bytes = 0;
        Instant begun = 0;
    };
    std::filesystem::path file_of(const std::string& number) const { return folder_ / number; }

    std::filesystem::path folder_;
    std::uint64_t reserve_bytes_;
    std::map<std::string, Upload, std::less<>> uploads_;
};

}  // namespace hoso::client::local_api
