#pragma once

#include <cstdint>
#include <string>

#include "client/text/language.hpp"

namespace hoso::client {

// The five states of the bar; an offline desk with nothing to send is no alarm.
enum class SyncState : std::uint8_t { all_sent, waiting, sending, cannot_connect, needs_you };

struct SyncFacts {
    std::uint64_t waiting = 0;       // recorded here, no answer yet
    std::uint64_t sent = 0;          // of those, on their way
    std::uint64_t refused = 0;       // answered held or void
    bool live = false;               // the connection stands
    bool failed = false;             // the last attempt to connect failed
    std::string last_received = {};  // when the province had received what this desk knows; empty before the first contact
};

SyncState sync_state(const SyncFacts& facts);
const char* name(SyncState state);
std::string sentence(Language language, const SyncFacts& facts);

}  // namespace hoso::client
