#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <future>
#include <map>
#include <set>

#include "server/checkpoints.hpp"
#include "server/citations.hpp"
#include "server/day_budget.hpp"
#include "server/journal.hpp"
#include "server/limits.hpp"
#include "server/own_push.hpp"
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

// A file that is whole and synced. `told` hears the position past the event that says so once that is durable; no_position when it
// could not be logged now.
struct StoredFile {
    log::FileId file;
    std::function<void(Position past)> told;
};

// What a push takes while it waits, and about what its events will take.
std::size_t bytes_of(const log::Push& push);

// The work of the ledger, on its one thread: admits pushes into a group, has the group put on disk in one sync, then answers. A
// second thread writes, one group at a time and nothing else, so that the next group is judged while the disk works.
class Clerk {
public:
    // `written` is called on the second thread whenever the disk has done what it was given.
    Clerk(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal, std::function<void()> written);
    ~Clerk();

    // What is durable about a device: Known. A checkpoint it shows that this log does not match makes the log amnesiac. Not while
    // the disk works.
    sync::server::Known identify(const sync::server::Identify& asked);
    // Answers at once what is refused; what is admitted, or was logged before, waits until it is written and settled.
    void admit(Petition petition);
    // Logs that a file is stored, in every stream that cites it and does not say so yet.
    void file_stored(StoredFile stored);
    Citations& citations() { return citations_; }
    bool group_full() const;
    bool group_empty() const { return group_.events.empty() && group_.slots.empty() && group_.files.empty(); }
    bool writing() const { return at_disk_.valid(); }  // until it is settled
    bool written() const;
    // Hands the group to the disk; a group of resends alone is answered at once. Not while the disk works.
    void write();
    // Waits for the disk; the group it had is durable then, and to be answered. False while it has no room: then the pushes were
    // told so, the group is kept, and write() is to be tried again. A disk that fails ends the process: nothing was answered.
    bool settle();
    void answer();
    bool stuck() const { return stuck_; }
    // Has the disk do what no answer waits for. Not while it works.
    void tidy();
    const sync::server::Grew& newest() const { return checkpoints_.newest(); }

private:
    struct Slot {
        Petition petition;
        std::size_t first = 0;
        std::size_t count = 0;  // of the group's events; none for a resend
    };
    struct Group {
        std::vector<log::Event> events;
        std::size_t bytes = 0;
        std::vector<Slot> slots;
        std::vector<StoredFile> files;                      // to be told when it is durable
        std::map<DeviceId, replica::Chain> durable_chains;  // of its devices, as before it
        Position scopes_at = 0;  // size of the log, with the group, at which any desk's scopes may last have changed
    };
    Result<std::vector<log::Event>> judge(log::Push&& push);
    void run(std::packaged_task<Result<void>()> work);
    void take_back(Group group, const Error& error);
    // Why a push cannot be looked at now; empty when it can.
    std::optional<Error> hindrance();
    bool over_budget(const Petition& petition);
    void refuse(const Petition& petition, const Error& error);
    bool act(std::vector<OwnAct> acts);
    void report_slip(const log::Push& push, std::string reason);
    void take_into_group(std::vector<log::Event> events);
    void answer(const Group& group, const Slot& slot);
    void answer(const StoredFile& stored);
    void look_at(const log::Event& event);
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
    Citations citations_;
    Quarantine quarantine_;
    std::set<DeviceId> quarantine_told_;  // whose share is used up, as the journal knows
    DayBudget budget_;

    Group group_;     // admitted, not yet durable
    Group in_write_;  // the second thread reads its events; empty while that one tidies
    Group durable_;   // not yet answered
    bool stuck_ = false;
    bool disk_full_ = false;  // as the journal knows
    std::map<Uuid, std::size_t> slip_reports_;

    std::function<void()> written_;
    std::future<Result<void>> at_disk_;
    boost::asio::thread_pool writer_{1};
};

sync::ByeReason bye_reason(Errc code);

}  // namespace hoso::server
