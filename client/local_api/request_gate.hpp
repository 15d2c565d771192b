#pragma once

#include <span>

#include "client/local_api/http.hpp"

namespace hoso::client::local_api {

// Where the pages may be asked for: scheme and HOST:PORT, as browsers write them in Host and Origin.
struct Doors {
    std::string scheme;              // "http" on the loopback, "https" in an office
    std::vector<std::string> hosts;  // whole names with their port
};

struct TurnedAway {
    unsigned status;
    const char* code;
    const char* en;
    const char* vi;
};

// Asked before anything else looks at a request, with or without a session; empty: it may come in. A page of another site reaches
// this port as well: by its own name that resolves to us (DNS rebinding: another Host), by a form or script (another Origin, or
// none where a change is asked for), by a link or picture (Sec-Fetch-Site).
std::optional<TurnedAway> turned_away(const Request& request, const Doors& doors);

}  // namespace hoso::client::local_api
