#pragma once

#include <filesystem>
#include <vector>

#include "shared/log/event.hpp"

// What the parts underneath can do with the same bytes, measured in the same run.
namespace hoso::bench {

// RocksDB alone: one value of `group` events a batch, cut at `bytes_max` of leaves, one synced write each. Events per second.
double raw_group_commit(const std::filesystem::path& folder, const std::vector<log::Event>& events, std::size_t group,
                        std::size_t bytes_max);

// A WebSocket echo over TLS on loopback, window of 8, of these frames. Frames per second.
double raw_echo(const std::vector<Bytes>& frames);

// The same connection one way: `count` frames of these bytes, and a word back at the end. Bytes per second.
double raw_stream(const Bytes& frame, std::size_t count);

// Walks the leaves in memory and adds up their bytes. Events per second.
double plain_iteration(const std::vector<Bytes>& leaves);

}  // namespace hoso::bench
