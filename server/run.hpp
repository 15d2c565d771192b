#pragma once

#include <optional>

#include "server/config.hpp"
#include "shared/base/id.hpp"

namespace hoso::server {

// Serves until SIGTERM or SIGINT. Says on stdout where it listens, once desks can come. `accept_head` as in RocksLog::Options.
Result<void> run(const Config& config, const std::optional<Hash>& accept_head);

}  // namespace hoso::server
