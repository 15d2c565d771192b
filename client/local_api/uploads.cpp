#include "client/local_api/uploads.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "client/text/unicode.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::local_api {
namespace {

constexpr int file_mode = 0600;
constexpr std::size_t number_digits = 32;

Error disk_error() {
    if (errno == ENOSPC || errno == EDQUOT) return {Errc::full, "The disk is full: free some space and choose the file again."};
    return {Errc::io, "The file cannot be taken in: " + std::error_code(errno, std::generic_category()).message() + "."};
}

}  // namespace

Uploads::Uploads(std::filesystem::path folder, std::uint64_t reserve_bytes)
    : folder_(std::move(folder)), reserve_bytes_(reserve_bytes) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Result<std::string> Uploads::begin(std::string_view name, Instant now) {
    for (auto each = uploads_.begin(); each != uploads_.end();) {
        const std::string number = each->second.begun + upload_rests_max < now ? each->first : std::string{};
        ++each;
        if (!number.empty()) drop(number);
    }
    if (uploads_.size() == uploads_max)
        return Error{Errc::limit, "200 files were chosen and not added to a dossier yet: add those first."};
    std::error_code failed;
    std::filesystem::create_directory(folder_, failed);
    const std::string number = io::random_hash().hex().substr(0, number_digits);
    const int made = ::open(file_of(number).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file_mode);
    if (made < 0) return disk_error();
    ::close(made);
    uploads_[number] = {std::string(name), 0, now};
    return number;
}

Result<void> Uploads::append(const std::string& number, ByteSpan bytes) {
    Upload& upload = uploads_.at(number);
    std::error_code failed;
    const auto space = std::filesystem::space(folder_, failed);
    std::optional<Error> wrong;
    if (upload.bytes + bytes.size() > upload_bytes_max) {
        wrong = Error{Errc::limit, "The file is larger than 4 GiB."};
    } else if (!failed && space.available < reserve_bytes_ + bytes.size()) {
        wrong = Error{Errc::full, "The disk is nearly full: free some space and choose the file again."};
    }
    const int file = wrong ? -1 : ::open(file_of(number).c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (!wrong && file < 0) wrong = disk_error();
    while (!wrong && !bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) wrong = disk_error();
        if (written >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
            upload.bytes += static_cast<std::uint64_t>(written);
        }
    }
    if (file >= 0) ::close(file);
    if (!wrong) return {};
    drop(number);
    return *wrong;
}

void Uploads::drop(const std::string& number) {
    if (uploads_.erase(number) == 0) return;
    std::error_code ignored;
    std::filesystem::remove(file_of(number), ignored);
}

Result<Uploads::Found> Uploads::find(std::string_view number) const {
    const auto found = uploads_.find(number);
    if (found == uploads_.end()) return Error{Errc::not_found, "The chosen file is not here any more: choose it again."};
    return Found{file_of(found->first), found->second.name, found->second.bytes};
}

std::string Uploads::as_called(std::string text, std::span<const std::string> numbers) const {
    for (const std::string& number : numbers) {
        const auto found = uploads_.find(number);
        if (found == uploads_.end() || found->second.name.empty()) continue;
        const std::string name = nfc(found->second.name);
        for (const std::string& written : {file_of(number).string(), number}) {
            for (auto at = text.find(written); at != std::string::npos; at = text.find(written, at + name.size()))
                text.replace(at, written.size(), name);
        }
    }
    return text;
}

}  // namespace hoso::client::local_api
