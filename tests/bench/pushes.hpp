#pragma once

#include <vector>

#include "client/desk.hpp"
#include "shared/sync/client_session.hpp"

namespace hoso::bench {

struct Ingest {
    std::size_t actions = 0;
    double seconds = 0;          // from the first push sent to the last result received
    std::size_t bytes_up = 0;    // frames of pushes, on the WebSocket
    std::size_t bytes_down = 0;  // frames of results
};

// Everything the desk has to push, sealed and held in memory.
std::vector<log::Push> sealed_pushes(client::Desk& desk);

// Sends them over one WebSocket, within the server's credit, and waits for every result. The session is the one desks run; only the
// desk's own disk is left out, so that the server's path is measured.
Ingest push_all(client::Desk& desk, const std::vector<log::Push>& pushes);

}  // namespace hoso::bench
