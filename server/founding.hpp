#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/registry_actions.hpp"

namespace hoso::server {

struct Founding {
    std::filesystem::path folder;
    std::string origin;
    std::string title;
    std::string address;  // host:port, as desks will reach it
    std::vector<domain::Founder> founders;
    std::optional<BoxPublicKey> recovery;  // nothing: a pair is made, and its private half lies in the folder
    std::filesystem::path join;
    bool training = false;
};

struct Founded {
    LogId log;
    std::filesystem::path recovery_key;  // empty unless a pair was made
};

// A founder's card, as `hoso founder new` writes it. Errc::not_found, invalid, version.
Result<domain::Founder> read_card(const std::filesystem::path& file);

// Makes the data directory whole or not at all: keys, certificate, database with the genesis event, and the join file.
// Errc::exists unless the folder is missing or empty, Errc::invalid for founders or names that no log can have, io.
Result<Founded> found(const Founding& founding, Instant now);

}  // namespace hoso::server
