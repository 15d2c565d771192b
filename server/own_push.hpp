#pragma once

#include "server/province.hpp"
#include "shared/run/clock.hpp"

namespace hoso::server {

struct OwnAct {
    StreamId stream;
    domain::Body body;
};

// The server is a device too, with the log key and a chain of its own, for facts that it alone knows: one to push_actions_max of
// them. Errc as log::root_at.
Result<log::Push> own_push(const Province& province, std::vector<OwnAct> acts, const run::Clock& clock);

}  // namespace hoso::server
