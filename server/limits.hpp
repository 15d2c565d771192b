#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace hoso::server {

// What the server takes before it says no. `hoso-server --limits` prints them beside those of the protocol.
struct Limits {
    std::size_t early_message_bytes_max = 16 * 1024;  // before the device is known
    int early_seconds_max = 5;                        // to say who it is, after the handshakes
    int enrolment_seconds_max = 60;                   // instead, for one that enrols: until it is logged
    std::size_t early_per_host_max = 64;              // connections that have not said who they are
    std::size_t early_total_max = 512;
    std::size_t connections_max = 16'000;      // or fewer, as many as there are file descriptors for
    std::uint32_t handshakes_per_minute = 20;  // and host
    bool loopback_is_free = true;              // of the limits per host: many desks on one machine

    std::size_t inbox_frames_max = 8;                         // read from a connection and not yet looked at
    int send_seconds_max = 120;                               // for one frame to leave
    std::uint64_t device_bytes_per_day = 50'000'000;          // of events that one device's pushes become; 0: as many as it likes
    std::uint64_t device_file_bytes_per_day = 4'000'000'000;  // of files; 0: as many as it likes
    int scrub_hours = 24;                                     // in which every file is read again
    std::size_t waiting_pushes_max = 4096;                    // for the ledger
    std::size_t waiting_bytes_max = 64u << 20;
    std::size_t group_pushes_max = 16;  // of one sync to disk
    std::size_t group_bytes_max = 8u << 20;
    std::size_t events_bytes_max = 100 * 1024;  // of leaves, fetched at once
    std::size_t events_fetched_max = 4096;
    std::size_t slip_reports_max = 5;          // SlipMisused per slip and run of the program
    std::size_t quarantine_pushes_max = 1000;  // refused as a whole and kept
    std::uint64_t quarantine_bytes_max = 64ull << 20;
    std::size_t quarantine_pushes_of_device_max = 16;
    std::optional<std::uint64_t> disk_reserve_bytes = {};  // left free on the disk; nothing: reserve_for() it
    int goodbye_seconds_max = 3;                           // for the peers, when the program ends
};

std::string table_of(const Limits& limits);

// What is left free on a disk of that size unless a setting says otherwise: 1 GiB, or 5 % if that is more.
std::uint64_t reserve_for(std::uint64_t disk_bytes);
// How many connections `open_files` descriptors are enough for, at most `wanted`: what the log's own files need is kept back.
std::size_t connections_for(std::uint64_t open_files, std::size_t wanted);
// Raises the number of files this process may open to what the system allows it, and answers it.
std::uint64_t raise_open_files();

}  // namespace hoso::server
