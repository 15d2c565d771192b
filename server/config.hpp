#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "server/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/net/address.hpp"

namespace hoso::server {

struct Config {
    std::filesystem::path data;
    net::Address listen;
    std::string now;       // as for run::make_clock
    unsigned threads = 1;  // that talk to desks
    Limits limits;
};

// Settings by name, as text: data, listen, now, threads, disk_reserve, handshakes_per_minute, group_pushes, device_bytes_per_day,
// device_file_bytes_per_day,
// loopback_is_free.
using Settings = std::map<std::string, std::string>;

Settings settings_from_environment();  // HOSO_DATA and so on
// A TOML file of these names. Errc::not_found, Errc::invalid for another form or an unknown name.
Result<Settings> settings_from_file(const std::filesystem::path& file);
// Flags before the environment before the file before the default. Errc::invalid names the setting that has a wrong form.
Result<Config> make_config(const Settings& flags, const Settings& environment, const Settings& file);

}  // namespace hoso::server
