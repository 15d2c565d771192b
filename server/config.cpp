#include "server/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

namespace hoso::server {
namespace {

struct Setting {
    const char* name;
    const char* variable;
    const char* fallback;
};

constexpr Setting settings[] = {
    {"data", "HOSO_DATA", ""},
    {"listen", "HOSO_LISTEN", "0.0.0.0:7443"},
    {"now", "HOSO_NOW", ""},
    {"threads", "HOSO_THREADS", "1"},
    {"disk_reserve", "HOSO_DISK_RESERVE", "auto"},
    {"handshakes_per_minute", "HOSO_HANDSHAKES_PER_MINUTE", "20"},
    {"group_pushes", "HOSO_GROUP_PUSHES", "16"},
    {"device_bytes_per_day", "HOSO_DEVICE_BYTES_PER_DAY", "50000000"},
    {"device_file_bytes_per_day", "HOSO_DEVICE_FILE_BYTES_PER_DAY", "4000000000"},
    {"loopback_is_free", "HOSO_LOOPBACK_IS_FREE", "true"},
};

template <typename Number>
std::optional<Number> number(std::string_view text, Number min, Number max) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < min || value > max) return std::nullopt;
    return value;
}

Error wrong(const char* name, std::string_view needs) {
    return Error{Errc::invalid, "The setting " + std::string{name} + " takes " + std::string{needs} + "."};
}

std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* integer = node.as_integer()) return std::to_string(integer->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    return std::nullopt;
}

}  // namespace

Settings settings_from_environment() {
    Settings found;
    for (const Setting& setting : settings) {
        if (const char* value = std::getenv(setting.variable)) found[setting.name] = value;
    }
    return found;
}

Result<Settings> settings_from_file(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return Error{Errc::not_found, "There is no settings file " + file.string() + "."};
    Settings found;
    try {
        const toml::table table = toml::parse_file(file.string());
        for (const auto& [key, node] : table) {
            const std::string name{key.str()};
            const auto is_known = [&name](const Setting& setting) { return name == setting.name; };
            if (std::none_of(std::begin(settings), std::end(settings), is_known)) {
                return Error{Errc::invalid, file.string() + ": there is no setting \"" + name + "\"."};
            }
            const auto text = text_of(node);
            if (!text)
                return Error{Errc::invalid,
                             file.string() + ": the setting \"" + name + "\" takes a text, a number, true or false."};
            found[name] = *text;
        }
    } catch (const toml::parse_error& wrong_form) {
        return Error{Errc::invalid, file.string() + ", line " + std::to_string(wrong_form.source().begin.line) + ": " +
                                        std::string{wrong_form.description()} + "."};
    }
    return found;
}

Result<Config> make_config(const Settings& flags, const Settings& environment, const Settings& file) {
    Settings chosen;
    for (const Setting& setting : settings) chosen[setting.name] = setting.fallback;
    for (const Settings* layer : {&file, &environment, &flags}) {
        for (const auto& [name, value] : *layer) chosen[name] = value;
    }
    Config config;
    config.data = chosen["data"];
    if (config.data.empty()) return wrong("data", "the folder of the province: give --data DIR or HOSO_DATA");
    const auto listen = net::address_from_text(chosen["listen"]);
    if (!listen) return wrong("listen", "HOST:PORT");
    config.listen = *listen;
    config.now = chosen["now"];
    const auto threads = number<unsigned>(chosen["threads"], 1, 64);
    if (!threads) return wrong("threads", "a number from 1 to 64");
    config.threads = *threads;
    if (chosen["disk_reserve"] != "auto") {
        config.limits.disk_reserve_bytes = number<std::uint64_t>(chosen["disk_reserve"], 0, ~std::uint64_t{0});
        if (!config.limits.disk_reserve_bytes) return wrong("disk_reserve", "a number of bytes, or auto");
    }
    const auto handshakes = number<std::uint32_t>(chosen["handshakes_per_minute"], 1, 1'000'000);
    if (!handshakes) return wrong("handshakes_per_minute", "a number from 1 to 1000000");
    config.limits.handshakes_per_minute = *handshakes;
    const auto group = number<std::size_t>(chosen["group_pushes"], 1, 1024);
    if (!group) return wrong("group_pushes", "a number from 1 to 1024");
    config.limits.group_pushes_max = *group;
    const auto day = number<std::uint64_t>(chosen["device_bytes_per_day"], 0, ~std::uint64_t{0});
    if (!day) return wrong("device_bytes_per_day", "a number of bytes, 0 for no limit");
    config.limits.device_bytes_per_day = *day;
    const auto files = number<std::uint64_t>(chosen["device_file_bytes_per_day"], 0, ~std::uint64_t{0});
    if (!files) return wrong("device_file_bytes_per_day", "a number of bytes, 0 for no limit");
    config.limits.device_file_bytes_per_day = *files;
    const std::string& free = chosen["loopback_is_free"];
    if (free != "true" && free != "false") return wrong("loopback_is_free", "true or false");
    config.limits.loopback_is_free = free == "true";
    return config;
}

}  // namespace hoso::server
