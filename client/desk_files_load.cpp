#include <boost/json.hpp>

#include "client/desk_files.hpp"
#include "shared/io/key_file.hpp"

// files.json: the settings, what is wanted, and what travelled today.
namespace hoso::client {
namespace {

namespace json = boost::json;

constexpr std::size_t file_bytes_max = 16 << 20;

Error unreadable(const std::filesystem::path& file) {
    return {Errc::invalid, file.string() + " does not have its form: move it away; settings of files begin anew without it."};
}

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

Result<void> DeskFiles::load() try {
    const auto bytes = io::read_file(file_, file_bytes_max);
    if (!bytes) return bytes.error().code == Errc::not_found ? Result<void>{} : Result<void>{bytes.error()};
    const json::value from = json::parse(std::string(as_text(*bytes)));
    policy_.all_originals = from.at("originals").as_string() == "all";
    policy_.previews = from.at("previews").as_bool();
    policy_.bytes_per_day = from.at("bytes_per_day").to_number<std::uint64_t>();
    if (auto hours = set_hours(policy_, std::string(from.at("hours").as_string())); !hours) return hours;
    day_ = {date_from_text(std::string(from.at("day").as_string())).value_or(Date{}),
            from.at("day_bytes").to_number<std::uint64_t>()};
    for (const json::value& each : from.at("wanted").as_array()) {
        const auto file = file_from(each);
        if (!file) return unreadable(file_);
        wanted_.insert(*file);
    }
    return {};
} catch (const std::exception&) {
    return unreadable(file_);
}

}  // namespace hoso::client
