#pragma once

#include "client/cli/grammar.hpp"

namespace hoso::client::cli {

// `hoso slip issue`: a one-time slip that enrols a desk, or adds an officer to one.
Verb slip_issue_verb();

}  // namespace hoso::client::cli
