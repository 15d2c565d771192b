#include "client/local_api/drafts.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "shared/io/key_file.hpp"

namespace hoso::client::local_api {
namespace {

constexpr std::size_t key_letters_max = 120;
constexpr int file_mode = 0600;

bool is_key(std::string_view key) {
    const auto plain = [](char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'); };
    const auto good = [&](char letter) { return plain(letter) || letter == '.' || letter == '_' || letter == '-'; };
    return !key.empty() && key.size() <= key_letters_max && plain(key.front()) && std::all_of(key.begin(), key.end(), good);
}

}  // namespace

Result<std::filesystem::path> Drafts::file_of(std::string_view key) const {
    if (!is_key(key)) return Error{Errc::invalid, "A draft's name is made of small letters, digits, points and dashes."};
    return folder_ / (std::string(key) + ".json");
}

Result<void> Drafts::put(std::string_view key, std::string_view json) {
    const auto file = file_of(key);
    if (!file) return file.error();
    if (json.size() > draft_bytes_max) return Error{Errc::limit, "A draft holds at most 256 KiB: record what is ready first."};
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (!std::filesystem::exists(*file, failed) && list("").size() >= drafts_max)
        return Error{Errc::limit, "This desk keeps at most 1000 drafts: record or discard some first."};
    return io::write_file(*file, as_bytes(json), file_mode);
}

Result<std::string> Drafts::get(std::string_view key) const {
    const auto file = file_of(key);
    if (!file) return file.error();
    const auto bytes = io::read_file(*file, draft_bytes_max);
    if (!bytes) return bytes.error().code == Errc::not_found ? Error{Errc::not_found, "There is no such draft."} : bytes.error();
    return std::string(as_text(*bytes));
}

Result<void> Drafts::remove(std::string_view key) {
    const auto file = file_of(key);
    if (!file) return file.error();
    std::error_code failed;
    std::filesystem::remove(*file, failed);
    if (failed) return Error{Errc::io, "The draft cannot be removed: " + failed.message() + "."};
    return {};
}

std::vector<DraftName> Drafts::list(std::string_view begin) const {
    std::vector<DraftName> found;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, failed)) {
        const std::string key = entry.path().stem().string();
        if (entry.path().extension() != ".json" || !is_key(key) || !key.starts_with(begin)) continue;
        struct stat about {};
        if (::stat(entry.path().c_str(), &about) != 0) continue;
        found.push_back({key, static_cast<Instant>(about.st_mtim.tv_sec) * 1'000'000 + about.st_mtim.tv_nsec / 1000});
    }
    std::sort(found.begin(), found.end(), [](const DraftName& one, const DraftName& other) { return one.key < other.key; });
    return found;
}

}  // namespace hoso::client::local_api
