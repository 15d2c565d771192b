#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::io {

// What was acknowledged last: written with O_DSYNC after the WAL sync and before any answer leaves. 128-byte records,
// docs/log_format.md.
struct Watermark {
    std::uint64_t position = 0;  // events (or own actions) that are durable: the last one is position - 1
    Hash entry;                  // leaf hash (or action id) of the last one
    Hash root;                   // of the tree (or hash of the newest seal)
    std::uint32_t epoch = 0;
    bool operator==(const Watermark&) const = default;
};

// Two files, filled in turn, so that the newest record is never overwritten by the next. One writer.
class Headlog {
public:
    struct Newest {
        Watermark watermark;
        std::uint64_t number = 0;  // of the record, from 1
    };
    // Errc::not_found when there is none and `create` is false, Errc::corrupt when it holds bytes but no record holds (a torn last
    // record with a whole one before it is an honest power cut: the one before counts), Errc::io.
    static Result<std::unique_ptr<Headlog>> open(const std::filesystem::path& folder, bool create);
    // A look without touching it: empty when nothing was written yet. Errc as open.
    static Result<std::optional<Newest>> look(const std::filesystem::path& folder);
    ~Headlog();
    Headlog(const Headlog&) = delete;
    Headlog& operator=(const Headlog&) = delete;

    std::optional<Watermark> newest() const;
    std::uint64_t number() const { return newest_ ? newest_->number : 0; }  // of the newest record; 0 before the first
    // Makes sure that the next write needs no room on the disk: called before what the watermark will vouch for is written.
    // Errc::full, io.
    Result<void> reserve();
    // Durable on return; Errc::io means the process must end. `number` continues after a loss that somebody accepted.
    Result<void> write(const Watermark& watermark) { return write(watermark, number() + 1); }
    Result<void> write(const Watermark& watermark, std::uint64_t number);

private:
    struct Place {
        int file = 0;  // which of the two
        std::uint64_t slot = 0;
    };
    Headlog() = default;
    Place next_place() const;

    std::filesystem::path folder_;
    int files_[2] = {-1, -1};
    std::uint64_t room_[2] = {0, 0};  // records that lie on allocated, zeroed or once written bytes
    std::optional<Newest> newest_;
    Place at_;  // of the newest record
};

}  // namespace hoso::io
