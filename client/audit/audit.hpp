#pragma once

#include "client/audit/stored_log.hpp"

namespace hoso::client::audit {

using Progress = std::function<void(Position done, Position size)>;

// Where a replay stops: after a position, or with the last event received before an instant.
struct Until {
    std::optional<Position> position;
    std::optional<Instant> before;
};

struct Replayed {
    replica::Replica replica;
    Counts counts;
    std::optional<Hash> root;    // of a whole log
    std::optional<Fault> fault;  // the first event that could not be read or judged alike
};

// Folds and judges everything again, from the stored bytes. Works on a scoped copy too. Errc::not_found for a position past the
// end.
Result<Replayed> replay(const StoredLog& log, const Until& until, const Progress& progress);

// What an auditor knows of the log from elsewhere: read before the log is opened, so that it must hold it.
struct Known {
    struct Note {
        std::string said_by;
        std::string text;  // a signed checkpoint
    };
    std::optional<LogId> log;  // names the genesis, and with it origin and log key
    std::vector<Note> notes;
};

struct Verified {
    std::uint64_t size = 0;
    Hash root;
    Hash state_hash;
    Counts counts;
    bool training = false;
    std::uint64_t checkpoint_size = 0;  // of the newest signed checkpoint that was compared; 0 without one
    std::optional<Fault> fault;
};

// Everything a Verifier checks, with what the disk says beside the events and what is known from elsewhere. Errc::invalid for a
// scoped copy: seals and roots cover events that it does not hold. Errc::conflict while a log in use cannot be read as far as a
// note.
Result<Verified> verify(const StoredLog& log, const Known& known, const Progress& progress);

}  // namespace hoso::client::audit
