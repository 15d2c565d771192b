#pragma once

#include "client/cli/session.hpp"
#include "client/text/sync_words.hpp"

namespace hoso::client::cli {

SyncFacts facts_of(const Session& session);  // what the status says of own actions and of the link

// `hoso outbox ...`: own actions, where they stand, and what was looked at.
std::vector<Verb> outbox_verbs();

}  // namespace hoso::client::cli
