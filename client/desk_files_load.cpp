#include <boost/json.hpp>

#include "client/desk_files.hpp"
#include "shared/io/key_file.hpp"

// files.json: the settings, what is wanted, and what travelled today.
namespace hoso::client {
namespace {

namespace json = boost::json;

constexpr std::size_t file_bytes_max = 16 << 20;

std::optional<log::FileId> file_from(const json::value& from) {
    const auto root = Hash::from_hex(from.at("file").as_string());
    const auto size = from.at("bytes").to_number<std::uint64_t>();
    return root && size > 0 ? std::optional{log::FileId{*root, size}} : std::nullopt;
}

}  // namespace

Result<void> DeskFiles::save() {
    json::array wanted;
    for (const log::FileId& file : wanted_) wanted.push_back(json::object{{"file", file.root.hex()}, {"bytes", file.size}});
    const json::object object{{"originals", policy_.all_originals ? "all" : "demand"},
                              {"previews", policy_.previews},
                              {"bytes_per_day", policy_.bytes_per_day},
                              {"hours", hours_text(policy_)},
                              {"day", to_text(day_.day)},
                              {"day_bytes", day_.bytes},
                              {"wanted", std::move(wanted)}};
    return io::write_file(file_, as_bytes(json::serialize(object) + "\n"), 0600);
}

bool DeskFiles::read_settings(std::string_view text) try {
    const json::value from = json::parse(std::string(text));
    FilesPolicy policy;
    const auto originals = from.at("originals").as_string();
    policy.all_originals = originals == "all";
    policy.previews = from.at("previews").as_bool();
    policy.bytes_per_day = from.at("bytes_per_day").to_number<std::uint64_t>();
    const auto day = date_from_text(std::string(from.at("day").as_string()));
    std::set<log::FileId> wanted;
    for (const json::value& each : from.at("wanted").as_array()) {
        const auto file = file_from(each);
        if (!file) return false;
        wanted.insert(*file);
    }
    const bool holds =
        set_hours(policy, std::string(from.at("hours").as_string())) && day && (policy.all_originals || originals == "demand");
    if (!holds) return false;
    policy_ = policy;
    day_ = {*day, from.at("day_bytes").to_number<std::uint64_t>()};
    wanted_ = std::move(wanted);
    return true;
} catch (const std::exception&) {
    return false;
}

// Settings that cannot be read keep nobody from working: they are put aside and begin anew.
Result<void> DeskFiles::load() {
    const auto bytes = io::read_file(file_, file_bytes_max);
    if (!bytes) return bytes.error().code == Errc::not_found ? Result<void>{} : Result<void>{bytes.error()};
    if (read_settings(as_text(*bytes))) return {};
    std::error_code failed;
    std::filesystem::rename(file_, file_.string() + ".damaged", failed);
    return {};
}

}  // namespace hoso::client
