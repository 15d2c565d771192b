#pragma once

#include "client/cli/grammar.hpp"

namespace hoso::client::cli {

// Making a desk, and letting it run.
std::vector<Verb> founding_verbs();

}  // namespace hoso::client::cli
