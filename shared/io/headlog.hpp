#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::io {

// What was acknowledged last: written with O_DSYNC after the WAL sync and before any answer leaves. 128-byte records, docs/log_format.md.
struct Watermark {
    std::uint64_t position = 0;  // events (or own actions) that are durable: the last one is position - 1
    Hash entry;                  // leaf hash (or action id) of the last one
    Hash root;                   // of the tree (or hash of the newest seal)
    std::uint32_t epoch = 0;
    bool operator==(const Watermark&) const = default;
};

class Headlog {
public:
    // Errc::not_found when there is none and `create` is false, Errc::corrupt when its newest record does not hold (a torn last record
    // with a whole one before it is an honest power cut: the one before counts), Errc::io.
    static Result<std::unique_ptr<Headlog>> open(const std::filesystem::path& folder, bool create);
    ~Headlog();
    Headlog(const Headlog&) = delete;
    Headlog& operator=(const Headlog&) = delete;

    std::optional<Watermark> newest() const { return newest_; }
    Result<void> write(const Watermark& watermark);  // durable on return; Errc::io means the process must end

private:
    Headlog() = default;
    std::optional<Watermark> newest_;
};

}  // namespace hoso::io
