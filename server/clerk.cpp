#include "server/clerk.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstdlib>

#include "server/own_push.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::server {
namespace {

using sync::ByeReason;
constexpr std::uint8_t path_websocket = 0;
namespace conversation = sync::server;

constexpr Instant pause_max = 3'600'000'000;  // before a device that spent its day is asked to try again
constexpr int note_mode = 0644;

// Events that may lie without their streams' index: those who wait for an answer go first, for a while.
constexpr std::size_t tidy_when_idle = 1024;
constexpr std::size_t tidy_when_busy = 64 * 1024;

std::string who(const log::Push& push) {
    return "device " + push.device.hex() + ", actions " + std::to_string(push.seal.first_seq) + " to " +
           std::to_string(push.seal.last_seq);
}

void append_head(const log::Event& event, Bytes& out) {
    out.resize(out.size() + log::head_size);
    log::encode_head(event, out.data() + out.size() - log::head_size);
}

replica::Chain chain_of(const replica::State& state, const DeviceId& device) {
    const auto found = state.chains.find(device);
    return found == state.chains.end() ? replica::Chain{} : found->second;
}

// Units come and go by these alone; what was held or is taken back may be one of them.
bool moves_scopes(const log::Event& event) {
    if (event.head.scope != registry_scope || event.head.outcome == static_cast<std::uint8_t>(domain::Outcome::voided))
        return false;
    const auto action = domain::decode(event.action);
    if (!action) return false;
    const domain::Body& body = action->body;
    return std::holds_alternative<domain::UnitCreated>(body) || std::holds_alternative<domain::UnitClosed>(body) ||
           std::holds_alternative<domain::Adopted>(body) || std::holds_alternative<domain::Annulled>(body);
}

// What no answer waits for, once it is due for `events_min` events. A full disk does it later.
Result<void> put_in_order(io::RocksLog& log, const std::string& note, std::size_t events_min) {
    for (const auto& done : {keep(log, note), log.index_streams(events_min)}) {
        if (!done && done.error().code != Errc::full) return done;
    }
    return {};
}

}  // namespace

std::size_t bytes_of(const log::Push& push) {
    std::size_t bytes = log::seal_size;
    for (const log::SignedAction& action : push.actions) bytes += log::head_size + sync::push_room(action);
    return bytes;
}

ByeReason bye_reason(Errc code) {
    switch (code) {
        case Errc::unauthentic: return ByeReason::bad_seal;
        case Errc::gap:
        case Errc::exists:
        case Errc::conflict: return ByeReason::bad_chain;
        case Errc::amnesia: return ByeReason::amnesia;
        case Errc::version: return ByeReason::version;
        case Errc::full: return ByeReason::full;
        case Errc::denied: return ByeReason::slip_refused;
        case Errc::locked:
        case Errc::unreachable:
        case Errc::corrupt:
        case Errc::io:
        case Errc::internal: return ByeReason::busy;  // our trouble, not the desk's
        case Errc::invalid:
        case Errc::limit:
        case Errc::protocol:
        case Errc::not_found: return ByeReason::protocol;
    }
    return ByeReason::protocol;
}

Clerk::Clerk(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal,
             std::function<void()> written)
    : province_(province),
      clock_(clock),
      limits_(limits),
      journal_(journal),
      past_(*province.book.log),
      checkpoints_(province),
      citations_(province.book.replica.state()),
      quarantine_(province.files.quarantine, limits),
      budget_(limits.device_bytes_per_day),
      written_(std::move(written)) {
    group_.scopes_at = checkpoints_.newest().scopes_at;
    if (!province_.book.amnesia) note_disk(province_.book.database->room());
}

Clerk::~Clerk() { writer_.join(); }

conversation::Known Clerk::identify(const conversation::Identify& asked) {
    CHECK(!writing());
    const replica::State& state = province_.book.replica.state();
    conversation::Known known;
    known.log = state.log;
    known.checkpoint = newest().checkpoint;
    known.log_size = newest().log_size;
    known.scopes_at = newest().scopes_at;
    if (const auto disproof = checkpoints_.disproof(asked.checkpoint)) {
        enter_amnesia(*disproof, asked.checkpoint);
        known.amnesia = disproof->detail;
    } else if (newest().checkpoint.empty()) {
        known.amnesia = "The log here is not what was acknowledged, and nothing that was signed before matches it.";
    }
    const auto enrolled = state.registry.devices.find(asked.device);
    if (enrolled == state.registry.devices.end() || enrolled->second.server) return known;
    const auto durable = group_.durable_chains.find(asked.device);
    const replica::Chain chain = durable == group_.durable_chains.end() ? chain_of(state, asked.device) : durable->second;
    if (chain.epoch != asked.epoch) return known;
    known.key = enrolled->second.key;
    known.head = sync::ChainHead{chain.next_seq, chain.seal_hash};
    known.scopes = state.registry.scopes(enrolled->second);
    return known;
}

// Kept beside the log, so that a restart forgets nothing.
void Clerk::enter_amnesia(const Error& why, const std::string& note) {
    if (province_.book.amnesia) return;
    province_.book.amnesia = why;
    journal_.fail("AMNESIA: " + why.detail +
                  " Nothing is logged from here on; bring back a standby or a backup that holds it all.");
    const auto kept = io::write_file(province_.files.evidence, as_bytes(note), note_mode);
    if (!kept) journal_.fail("the checkpoint that shows it could not be kept: " + kept.error().detail);
}

Result<std::vector<log::Event>> Clerk::judge(log::Push&& push) {
    const auto past_at = [this](std::uint64_t size) { return past_.at(size); };
    return province_.book.replica.admit(std::move(push), clock_.now(), path_websocket, past_at);
}

std::optional<Error> Clerk::hindrance() {
    if (province_.book.amnesia) return Error{Errc::amnesia, "The server's log is not all that was acknowledged."};
    if (stuck_) return Error{Errc::full, "The server's disk is full."};
    if (!group_.events.empty()) return std::nullopt;
    const auto room = province_.book.database->room();
    note_disk(room);
    return room ? std::nullopt : std::optional{room.error()};
}

// Told once when it begins and once when it ends.
void Clerk::note_disk(const Result<void>& room) {
    if (room.has_value() != disk_full_) return;
    disk_full_ = !room;
    if (room) return journal_.note("there is room on the disk again: actions are logged");
    journal_.fail("nothing is logged until there is room: " + room.error().detail);
}

// Resends cost nothing: their device must hear what became of them.
bool Clerk::over_budget(const Petition& petition) {
    const DeviceId& device = petition.push.device;
    const Instant now = clock_.now();
    const bool is_new = petition.push.seal.first_seq >= chain_of(province_.book.replica.state(), device).next_seq;
    if (petition.enrolment || !is_new || !budget_.spent(device, now)) return false;
    const std::string limit = std::to_string(limits_.device_bytes_per_day);
    if (budget_.first_refusal(device, now)) {
        journal_.warn("device " + device.hex() + " had its " + limit + " bytes of today logged; the rest waits for tomorrow");
    }
    const Instant pause = std::min(start_of_day(local_date(now) + std::chrono::days{1}) - now, pause_max);
    petition.answer(conversation::Refused{ByeReason::busy,
                                          "This desk has sent the " + limit +
                                              " bytes that a desk may send a day; what is left waits "
                                              "there, nothing is lost, and goes on tomorrow.",
                                          static_cast<std::uint32_t>(pause / 1000) + 1});
    return true;
}

void Clerk::admit(Petition petition) {
    if (const auto hindered = hindrance()) return refuse(petition, *hindered);
    if (over_budget(petition)) return;
    group_.durable_chains.try_emplace(petition.push.device, chain_of(province_.book.replica.state(), petition.push.device));
    const std::size_t bytes = bytes_of(petition.push);
    auto events = judge(std::move(petition.push));
    if (!events && events.error().code == Errc::exists) {
        group_.slots.push_back(Slot{std::move(petition), group_.events.size(), 0});
        return;
    }
    if (!events) return refuse(petition, events.error());
    if (!petition.enrolment) budget_.spend(petition.push.device, bytes, clock_.now());
    const std::size_t first = group_.events.size();
    const std::size_t count = events->size();
    take_into_group(std::move(*events));
    group_.slots.push_back(Slot{std::move(petition), first, count});
}

void Clerk::take_into_group(std::vector<log::Event> events) {
    for (log::Event& event : events) {
        group_.bytes += log::leaf_size(event);
        if (moves_scopes(event)) group_.scopes_at = event.head.position + 1;
        look_at(event);
        group_.events.push_back(std::move(event));
    }
}

bool Clerk::group_full() const {
    return group_.slots.size() >= limits_.group_pushes_max || group_.bytes >= limits_.group_bytes_max;
}

void Clerk::refuse(const Petition& petition, const Error& error) {
    const ByeReason reason = bye_reason(error.code);
    const bool waits = reason == ByeReason::full || reason == ByeReason::busy;  // the same push is taken later
    if (reason == ByeReason::busy) journal_.fail("a push (" + who(petition.push) + ") could not be judged: " + error.detail);
    if (!waits && !province_.book.amnesia) journal_.warn("refused a push (" + who(petition.push) + "): " + error.detail);
    if (!waits && !petition.enrolment) quarantine(petition.push, error);  // strangers write nothing to our disk
    if (petition.enrolment && error.code == Errc::denied) report_slip(petition.push, error.detail);
    petition.answer(conversation::Refused{reason, error.detail});
}

// What was refused as a whole stays for a person to look at.
void Clerk::quarantine(const log::Push& push, const Error& error) {
    if (!province_.book.database->room()) return;
    Bytes kept{error.detail.begin(), error.detail.end()};
    kept.push_back('\n');
    append(kept, sync::encode(sync::Push{push}));
    const Hash seal = log::seal_hash(province_.book.replica.state().log, push.device, push.epoch, push.seal);
    const auto done = quarantine_.keep(push.device, seal, kept);
    if (done && *done && province_.book.amnesia)
        journal_.warn("AMNESIA: kept but did not log a push (" + who(push) + "): " + province_.book.amnesia->detail);
    if (done || (done.error().code == Errc::limit && !quarantine_told_.insert(push.device).second)) return;
    journal_.fail("a refused push (" + who(push) + ") is not kept: " + done.error().detail);
}

void Clerk::report_slip(const log::Push& push, std::string reason) {
    if (push.actions.empty()) return;
    const auto action = domain::decode(push.actions.front().action);
    const auto* enrolled = action ? std::get_if<domain::DeviceEnrolled>(&action->body) : nullptr;
    // A slip that was never issued cannot be misused; a loud stranger does not fill the log.
    if (!enrolled || !province_.book.replica.state().registry.slips.contains(enrolled->slip)) return;
    if (++slip_reports_[enrolled->slip] > limits_.slip_reports_max) return;
    journal_.warn("slip " + enrolled->slip.hex() + " was tried and refused: " + reason);
    const DeviceId& server = province_.book.replica.state().registry.genesis.server_device;
    act({{server, domain::SlipMisused{enrolled->slip, enrolled->device_key, std::move(reason)}}});
}

// What the server's own device has to say.
bool Clerk::act(std::vector<OwnAct> acts) {
    auto own = own_push(province_, std::move(acts), clock_);
    auto events = own ? judge(std::move(*own)) : Result<std::vector<log::Event>>{own.error()};
    if (!events) journal_.fail("an act of the server itself could not be logged: " + events.error().detail);
    if (events) take_into_group(std::move(*events));
    return events.has_value();
}

bool Clerk::written() const { return writing() && at_disk_.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }

void Clerk::run(std::packaged_task<Result<void>()> work) {
    CHECK(!writing());
    at_disk_ = work.get_future();
    boost::asio::post(writer_, [this, moved = std::move(work)]() mutable {
        moved();
        written_();
    });
}

void Clerk::write() {
    if (group_.events.empty()) {  // resends of what is durable
        for (const Slot& slot : group_.slots) answer(group_, slot);
        for (const StoredFile& stored : std::exchange(group_.files, {})) answer(stored);
        group_.slots.clear();
        group_.durable_chains.clear();
        return;
    }
    if (province_.book.amnesia) return;  // it came while the group waited for room
    const Position scopes_at = group_.scopes_at;
    in_write_ = std::exchange(group_, {});
    group_.scopes_at = scopes_at;
    run(std::packaged_task<Result<void>()>{[this, note = newest().checkpoint]() -> Result<void> {
        io::RocksLog& log = *province_.book.log;
        if (auto ordered = put_in_order(log, note, tidy_when_busy); !ordered) return ordered;
        return log.append(in_write_.events);
    }});
}

void Clerk::tidy() {
    run(std::packaged_task<Result<void>()>{
        [this, note = newest().checkpoint] { return put_in_order(*province_.book.log, note, tidy_when_idle); }});
}

bool Clerk::settle() {
    if (!writing()) return !stuck_;
    const Result<void> done = at_disk_.get();
    if (!done && done.error().code != Errc::full) stop_dead(done.error());
    Group group = std::exchange(in_write_, {});
    if (group.events.empty()) return !stuck_;  // it was put in order
    if (!done || stuck_) note_disk(done);      // hindrance() may have seen a fuller disk since this group was handed over
    stuck_ = !done;
    if (stuck_) {
        take_back(std::move(group), done.error());
        return false;
    }
    checkpoints_.sign(group.scopes_at);
    durable_ = std::move(group);
    return true;
}

void Clerk::answer() {
    const Group group = std::exchange(durable_, {});
    for (const Slot& slot : group.slots) answer(group, slot);
    for (const StoredFile& stored : group.files) answer(stored);
}

// What was judged stays judged, in its order, and waits for room; who sent it sends it again.
void Clerk::take_back(Group group, const Error& error) {
    for (const auto* refused : {&group.slots, &group_.slots}) {
        for (const Slot& slot : *refused) slot.petition.answer(conversation::Refused{ByeReason::full, error.detail});
    }
    group.slots.clear();
    std::move(group_.files.begin(), group_.files.end(), std::back_inserter(group.files));
    std::move(group_.events.begin(), group_.events.end(), std::back_inserter(group.events));
    group.bytes += group_.bytes;
    group.durable_chains.merge(group_.durable_chains);  // of a device in both, the older one
    group.scopes_at = group_.scopes_at;
    group_ = std::move(group);
}

void Clerk::answer(const Group& group, const Slot& slot) {
    conversation::Logged logged;
    logged.first_seq = slot.petition.push.seal.first_seq;
    logged.checkpoint = newest().checkpoint;
    if (slot.petition.enrolment) logged.genesis = province_.genesis;
    if (slot.count == 0) {
        auto heads = heads_of_resend(slot.petition.push);
        if (!heads) return refuse(slot.petition, heads.error());
        logged.heads = std::move(*heads);
    }
    logged.heads.reserve(logged.heads.size() + slot.count * log::head_size);
    for (std::size_t i = 0; i < slot.count; ++i) append_head(group.events[slot.first + i], logged.heads);
    slot.petition.answer(std::move(logged));
}

// The first answer again. Another push under the same numbers is no resend: the device has two pasts.
Result<Bytes> Clerk::heads_of_resend(const log::Push& push) const {
    const auto records = province_.book.log->pushes(push.device, push.epoch, push.seal.first_seq, push.seal.last_seq);
    if (!records) return records.error();
    const Hash seal = log::seal_hash(province_.book.replica.state().log, push.device, push.epoch, push.seal);
    const auto same =
        std::find_if(records->begin(), records->end(), [&](const log::PushRecord& record) { return record.seal_hash == seal; });
    if (same == records->end()) return Error{Errc::conflict, "Another push of this device was logged under these numbers."};
    Bytes heads;
    for (Position next = same->first_position; heads.size() < push.actions.size() * log::head_size;) {
        const std::size_t left = push.actions.size() - heads.size() / log::head_size;
        const auto events = province_.book.log->read(next, left, limits_.group_bytes_max);
        if (!events) return events.error();
        if (events->empty()) return Error{Errc::corrupt, "The log ends within a push."};
        for (const log::Event& event : *events) append_head(event, heads);
        next += events->size();
    }
    return heads;
}

void Clerk::stop_dead(const Error& error) const {
    journal_.fail("the log cannot be written, so nothing more is acknowledged and the server ends: " + error.detail);
    std::_Exit(exit_code(error.code));
}

}  // namespace hoso::server
