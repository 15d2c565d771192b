#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "shared/base/bytes.hpp"
#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

struct archive;

namespace hoso::client::cli {

// Writes a ZIP archive part by part. Parts are stored as they are, since photos and PDF do not shrink; all have the time 00:00 of
// `day`, so that the same parts give the same bytes. Errc of every call: full, io, denied.
class ZipFile {
public:
    static Result<std::unique_ptr<ZipFile>> create(const std::filesystem::path& file, Date day);  // replaces what is there

    Result<void> begin(const std::string& name, std::uint64_t bytes);
    Result<void> write(ByteSpan bytes);  // of the part that was begun last: all its bytes together, no more
    Result<void> finish();               // without it the file is no archive

private:
    struct Free {
        void operator()(archive* held) const;
    };
    ZipFile(std::unique_ptr<archive, Free> to, Date day) : to_(std::move(to)), day_(day) {}
    Error failed() const;

    std::unique_ptr<archive, Free> to_;
    Date day_;
};

}  // namespace hoso::client::cli
