#pragma once

#include "client/cli/grammar.hpp"

namespace hoso::client::cli {

// submit, withdraw, receive, return, forward, decline: what moves a dossier on.
std::vector<Verb> transition_verbs();

}  // namespace hoso::client::cli
