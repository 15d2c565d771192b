#pragma once

#include <cstdint>
#include <string>

#include "client/text/language.hpp"
#include "shared/base/date.hpp"

namespace hoso::client {

// The five states of the bar; an offline desk with nothing to send is no alarm.
enum class SyncState : std::uint8_t { all_sent, waiting, sending, cannot_connect, needs_you };

// Times are 0 where there is none.
struct SyncFacts {
    std::uint64_t waiting = 0;  // recorded here, no answer yet
    std::uint64_t sent = 0;     // of those, left by the connection that stands
    std::uint64_t refused = 0;  // answered void, or annulled, and not looked at
    std::uint64_t held = 0;     // answered held, waiting for a person, and not looked at
    bool live = false;          // the connection stands
    std::string trouble = {};   // what comes before all: this desk stopped, or is an older copy
    std::uint64_t here = 0;     // events that came, of those that the province signed for
    std::uint64_t known = 0;
    std::uint64_t files = 0;       // that the province lacks and this desk holds
    std::uint64_t file_bytes = 0;  // of them that it does not have yet
    unsigned file_percent = 0;     // of the file under way that it has
    bool files_rest = false;       // they wait for the hours that are set
    bool day_spent = false;        // they wait for tomorrow
    // Of `files`, what the province said no to when they were offered last; the others are on their way.
    std::uint64_t files_full = 0;     // its disk is full
    std::uint64_t files_refused = 0;  // no document of its log cites them
    std::uint64_t files_quota = 0;    // it took a day's bytes from this desk: it takes them tomorrow
    std::uint64_t files_later = 0;    // not now: they are offered again by themselves
    std::uint64_t files_lost = 0;     // cited by this desk's own acts, and neither here nor at the province
    std::string files_trouble = {};   // the folder of files cannot be opened: nothing is known of them
    Instant failing_since = 0;        // the province cannot be reached since then
    Instant last_exchange = 0;        // when everything was last sent and received
    Instant now = 0;
};

SyncState sync_state(const SyncFacts& facts);
const char* name(SyncState state);
std::string sentence(Language language, const SyncFacts& facts);

}  // namespace hoso::client
