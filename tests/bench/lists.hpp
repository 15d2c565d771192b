#pragma once

#include "tests/bench/programme.hpp"

namespace hoso::bench {

// Every list that `hoso` offers, over the state of the whole province, beside a walk over the same dossiers.
void lists(const History& history, const Programme& programme);

}  // namespace hoso::bench
