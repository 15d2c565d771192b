#pragma once

#include "tests/bench/season.hpp"

namespace hoso::bench {

// Moves a file of that size from the commune's desk, in a process of its own, to the server: throughput beside a raw stream of the
// same bytes, and what both sides held in memory meanwhile. Closes the desks.
void files(Season& season, std::uint64_t megabytes);

}  // namespace hoso::bench
