#pragma once

#include <string>

#include "shared/domain/registry_actions.hpp"
#include "shared/net/tls.hpp"

namespace hoso::server {

// What a founder's desk needs to reach the province and to know it again.
struct JoinFile {
    std::string address;
    net::Pin pin;
    LogId log;
    std::string origin;
    PublicKey log_key;
    bool training = false;
    Bytes genesis;  // leaf
};

std::string join_file(const JoinFile& file);
Result<domain::Founder> card_from_json(std::string_view text);  // Errc::invalid, version

}  // namespace hoso::server
