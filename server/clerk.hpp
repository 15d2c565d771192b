#pragma once

#include <functional>
#include <map>
#include <set>

#include "server/checkpoints.hpp"
#include "server/day_budget.hpp"
#include "server/journal.hpp"
#include "server/limits.hpp"
#include "server/past.hpp"
#include "server/province.hpp"
#include "server/quarantine.hpp"
#include "shared/run/clock.hpp"
#include "shared/sync/server_session.hpp"

namespace hoso::server {

using Answer = std::function<void(sync::server::Input)>;

// A push that asks to be logged.
struct Petition {
    log::Push push;
    bool enrolment = false;
    Answer answer;  // with Logged or Refused
};

// What a push takes while it waits, and about what its events will take.
std::size_t bytes_of(const log::Push& push);

// The work of the ledger, on its one thread: admits pushes into a group, puts the group on disk in one sync, then answers.
class Clerk {
public:
    Clerk(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal);

    // What is durable about a device: Known. A checkpoint it shows that this log does not match makes the log amnesiac.
    sync::server::Known identify(const sync::server::Identify& asked);
    // Answers at once what is refused; what is admitted, or was logged before, waits for commit().
    void admit(Petition petition);
    bool group_full() const;
    // The group is durable on return, and answered. False while the disk has no room: then its pushes were told so, the group is
    // kept, and commit() is to be tried again. A disk that fails ends the process: nothing was answered.
    bool commit();
    bool stuck() const { return stuck_; }
    // What the answer need not wait for, once it is due for `events_min` events.
    void tidy(std::size_t events_min);
    const sync::server::Grew& newest() const { return checkpoints_.newest(); }

private:
    struct Slot {
        Petition petition;
        std::size_t first = 0;
        std::size_t count = 0;  // of the group's events; none for a resend
    };
    Result<std::vector<log::Event>> judge(const log::Push& push);
    // Why a push cannot be looked at now; empty when it can.
    std::optional<Error> hindrance();
    bool over_budget(const Petition& petition);
    void refuse(const Petition& petition, const Error& error);
    void report_slip(const log::Push& push, std::string reason);
    void take_into_group(std::vector<log::Event> events);
    void answer(const Slot& slot);
    Result<Bytes> heads_of_resend(const log::Push& push) const;
    void enter_amnesia(const Error& why, const std::string& note);
    void quarantine(const log::Push& push, const Error& error);
    void note_disk(const Result<void>& room);
    [[noreturn]] void stop_dead(const Error& error) const;

    Province& province_;
    const run::Clock& clock_;
    const Limits& limits_;
    const Journal& journal_;
    PastSizes past_;
    Checkpoints checkpoints_;
    Quarantine quarantine_;
    std::set<DeviceId> quarantine_told_;  // whose share is used up, as the journal knows
    DayBudget budget_;

    std::vector<log::Event> group_;  // admitted, not yet durable
    std::size_t group_bytes_ = 0;
    std::vector<Slot> slots_;
    std::map<DeviceId, replica::Chain> durable_chains_;  // of the group's devices, as before it
    Position scopes_at_ = 0;  // size of the log, with the group, at which any desk's scopes may last have changed
    bool stuck_ = false;
    bool disk_full_ = false;  // as the journal knows
    std::map<Uuid, std::size_t> slip_reports_;
};

sync::ByeReason bye_reason(Errc code);

}  // namespace hoso::server
