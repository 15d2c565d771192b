#pragma once

#include "server/config.hpp"

namespace hoso::server {

// Serves until SIGTERM or SIGINT. Says on stdout where it listens, once desks can come.
Result<void> run(const Config& config);

}  // namespace hoso::server
