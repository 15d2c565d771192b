#pragma once

#include "server/province.hpp"
#include "shared/run/clock.hpp"

namespace hoso::server {

// The server is a device too, with the log key and a chain of its own, for facts that it alone knows. Errc as log::root_at.
Result<log::Push> own_push(const Province& province, domain::Body body, const run::Clock& clock);

}  // namespace hoso::server
