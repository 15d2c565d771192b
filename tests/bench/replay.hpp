#pragma once

#include <filesystem>
#include <vector>

#include "shared/log/event.hpp"

namespace hoso::bench {

// The whole log of a stopped server, in memory.
std::vector<log::Event> read_log(const std::filesystem::path& server_folder);

struct Fold {
    double events_per_second = 0;
    Hash state_hash;
};
Fold fold_all(const std::vector<log::Event>& events);                 // fold and judge again
double replay_from_disk(const std::filesystem::path& server_folder);  // read, fold and judge; events per second

}  // namespace hoso::bench
