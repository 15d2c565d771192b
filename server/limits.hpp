#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace hoso::server {

// What the server takes before it says no. `hoso-server --limits` prints them beside those of the protocol.
struct Limits {
    std::size_t early_message_bytes_max = 16 * 1024;  // before the device is known
    int early_seconds_max = 5;                        // to say who it is, after the handshakes
    std::size_t early_per_host_max = 64;              // connections that have not said who they are
    std::size_t early_total_max = 512;
    std::size_t connections_max = 16'000;
    std::uint32_t handshakes_per_minute = 20;  // and host
    bool loopback_is_free = true;              // of the limits per host: many desks on one machine

    std::size_t inbox_frames_max = 8;       // read from a connection and not yet looked at
    std::size_t waiting_pushes_max = 4096;  // for the ledger
    std::size_t waiting_bytes_max = 64u << 20;
    std::size_t group_pushes_max = 16;  // of one sync to disk
    std::size_t group_bytes_max = 8u << 20;
    std::size_t events_bytes_max = 100 * 1024;  // of leaves, fetched at once
    std::size_t events_fetched_max = 4096;
    std::size_t slip_reports_max = 5;                // SlipMisused per slip and run of the program
    std::uint64_t disk_reserve_bytes = 64ull << 20;  // left free on the disk
    int goodbye_seconds_max = 3;                     // for the peers, when the program ends
};

std::string table_of(const Limits& limits);

}  // namespace hoso::server
