#pragma once

#include <functional>
#include <map>

#include "server/journal.hpp"
#include "server/limits.hpp"
#include "server/province.hpp"
#include "server/past.hpp"
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

// The work of the ledger, on its one thread: admits pushes into a group, puts the group on disk in one sync, then answers.
class Clerk {
public:
    Clerk(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal);

    // What is durable about a device: Known.
    sync::server::Known identify(const DeviceId& device) const;
    // Answers at once what is refused; what is admitted, or was logged before, waits for commit().
    void admit(Petition petition);
    bool group_full() const;
    // The group is durable on return, and answered. False while the disk has no room: then its pushes were told so, the group is
    // kept, and commit() is to be tried again. A disk that fails ends the process: nothing was answered.
    bool commit();
    bool stuck() const { return stuck_; }
    // What the answer need not wait for, once it is due for `events_min` events.
    void tidy(std::size_t events_min);
    const sync::server::Grew& newest() const { return newest_; }

private:
    struct Slot {
        Petition petition;
        std::size_t first = 0;
        std::size_t count = 0;  // of the group's events; none for a resend
    };
    Result<std::vector<log::Event>> judge(const log::Push& push);
    void refuse(const Petition& petition, const Error& error);
    void report_slip(const log::Push& push, std::string reason);
    void take_into_group(std::vector<log::Event> events);
    void answer(const Slot& slot);
    Result<Bytes> heads_of_resend(const log::Push& push) const;
    void sign_newest();
    void quarantine(const log::Push& push, const Error& error);
    [[noreturn]] void stop_dead(const Error& error) const;

    Province& province_;
    const run::Clock& clock_;
    const Limits& limits_;
    const Journal& journal_;
    PastSizes past_;

    std::vector<log::Event> group_;  // admitted, not yet durable
    std::size_t group_bytes_ = 0;
    std::vector<Slot> slots_;
    std::map<DeviceId, replica::Chain> durable_chains_;  // of the group's devices, as before it
    bool stuck_ = false;
    std::map<Uuid, std::size_t> slip_reports_;
    sync::server::Grew newest_;
};

sync::ByeReason bye_reason(Errc code);

}  // namespace hoso::server
