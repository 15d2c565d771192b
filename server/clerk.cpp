#include "server/clerk.hpp"

#include <algorithm>
#include <cstdlib>

#include "server/own_push.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/log/checkpoint.hpp"

namespace hoso::server {
namespace {

using sync::ByeReason;
constexpr std::uint8_t path_websocket = 0;
namespace conversation = sync::server;

std::size_t bytes_of(const log::Event& event) { return log::head_size + event.action.size() + log::seal_size; }

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

}  // namespace

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

Clerk::Clerk(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal)
    : province_(province), clock_(clock), limits_(limits), journal_(journal), past_(*province.book.log) {
    sign_newest();
}

void Clerk::sign_newest() {
    const log::CompactTree& tree = province_.book.log->tree();
    const std::string& origin = province_.book.replica.state().registry.genesis.origin;
    newest_.log_size = province_.book.log->size();
    newest_.checkpoint = log::sign_note(log::Checkpoint{origin, tree.size(), tree.root()}, province_.log_key);
}

conversation::Known Clerk::identify(const DeviceId& device) const {
    const replica::State& state = province_.book.replica.state();
    conversation::Known known;
    known.log = state.log;
    known.checkpoint = newest_.checkpoint;
    known.log_size = newest_.log_size;
    const auto enrolled = state.registry.devices.find(device);
    if (enrolled == state.registry.devices.end() || enrolled->second.server) return known;
    const auto durable = durable_chains_.find(device);
    const replica::Chain chain = durable == durable_chains_.end() ? chain_of(state, device) : durable->second;
    known.key = enrolled->second.key;
    known.head = sync::ChainHead{chain.next_seq, chain.seal_hash};
    known.scopes = state.registry.scopes(enrolled->second);
    return known;
}

Result<std::vector<log::Event>> Clerk::judge(const log::Push& push) {
    const auto past_at = [this](std::uint64_t size) { return past_.at(size); };
    return province_.book.replica.admit(push, clock_.now(), path_websocket, past_at);
}

void Clerk::admit(Petition petition) {
    if (province_.book.amnesia) return refuse(petition, Error{Errc::amnesia, "The server's disk lost what it had acknowledged."});
    if (stuck_) return refuse(petition, Error{Errc::full, "The server's disk is full."});
    if (group_.empty()) {
        if (const auto room = province_.book.database->room(); !room) return refuse(petition, room.error());
    }
    durable_chains_.try_emplace(petition.push.device, chain_of(province_.book.replica.state(), petition.push.device));
    auto events = judge(petition.push);
    if (!events && events.error().code == Errc::exists) {
        slots_.push_back(Slot{std::move(petition), group_.size(), 0});
        return;
    }
    if (!events) return refuse(petition, events.error());
    const std::size_t first = group_.size();
    const std::size_t count = events->size();
    take_into_group(std::move(*events));
    slots_.push_back(Slot{std::move(petition), first, count});
}

void Clerk::take_into_group(std::vector<log::Event> events) {
    for (log::Event& event : events) {
        group_bytes_ += bytes_of(event);
        group_.push_back(std::move(event));
    }
}

bool Clerk::group_full() const { return slots_.size() >= limits_.group_pushes_max || group_bytes_ >= limits_.group_bytes_max; }

void Clerk::refuse(const Petition& petition, const Error& error) {
    const ByeReason reason = bye_reason(error.code);
    const bool our_trouble = province_.book.amnesia || reason == ByeReason::full || reason == ByeReason::busy;
    if (reason == ByeReason::busy) journal_.fail("a push (" + who(petition.push) + ") could not be judged: " + error.detail);
    if (!our_trouble) journal_.warn("refused a push (" + who(petition.push) + "): " + error.detail);
    if (!our_trouble && !petition.enrolment) quarantine(petition.push, error);  // strangers write nothing to our disk
    if (petition.enrolment && error.code == Errc::denied) report_slip(petition.push, error.detail);
    petition.answer(conversation::Refused{reason, error.detail});
}

// What was refused as a whole stays for a person to look at, as it came.
void Clerk::quarantine(const log::Push& push, const Error& error) {
    Bytes kept{error.detail.begin(), error.detail.end()};
    kept.push_back('\n');
    append(kept, sync::encode(sync::Push{push}));
    const auto written = province_.book.log->quarantine(kept);
    if (written || written.error().code == Errc::full || written.error().code == Errc::limit) return;
    stop_dead(written.error());
}

void Clerk::report_slip(const log::Push& push, std::string reason) {
    if (push.actions.empty()) return;
    const auto action = domain::decode(push.actions.front().action);
    const auto* enrolled = action ? std::get_if<domain::DeviceEnrolled>(&action->body) : nullptr;
    // A slip that was never issued cannot be misused; a loud stranger does not fill the log.
    if (!enrolled || !province_.book.replica.state().registry.slips.contains(enrolled->slip)) return;
    if (++slip_reports_[enrolled->slip] > limits_.slip_reports_max) return;
    journal_.warn("slip " + enrolled->slip.hex() + " was tried and refused: " + reason);
    const log::Push own = own_push(province_, domain::SlipMisused{enrolled->slip, enrolled->device_key, std::move(reason)}, clock_);
    auto events = judge(own);
    if (!events) return journal_.fail("the misuse of a slip could not be logged: " + events.error().detail);
    take_into_group(std::move(*events));
}

bool Clerk::commit() {
    if (!group_.empty()) {
        const auto appended = province_.book.log->append(group_);
        if (!appended && appended.error().code != Errc::full) stop_dead(appended.error());
        if (!appended && !stuck_)
            journal_.fail("the disk is full, nothing more is logged until there is room: " + appended.error().detail);
        stuck_ = !appended;
        if (stuck_) {
            for (const Slot& slot : slots_) slot.petition.answer(conversation::Refused{ByeReason::full, appended.error().detail});
            slots_.clear();
            return false;
        }
        sign_newest();
    }
    for (const Slot& slot : slots_) answer(slot);
    slots_.clear();
    group_.clear();
    group_bytes_ = 0;
    durable_chains_.clear();
    return true;
}

void Clerk::tidy(std::size_t events_min) {
    const auto indexed = province_.book.log->index_streams(events_min);
    if (!indexed && indexed.error().code != Errc::full) stop_dead(indexed.error());
}

void Clerk::answer(const Slot& slot) {
    conversation::Logged logged;
    logged.first_seq = slot.petition.push.seal.first_seq;
    logged.checkpoint = newest_.checkpoint;
    if (slot.petition.enrolment) logged.genesis = province_.genesis;
    if (slot.count == 0) {
        auto heads = heads_of_resend(slot.petition.push);
        if (!heads) return refuse(slot.petition, heads.error());
        logged.heads = std::move(*heads);
    }
    logged.heads.reserve(logged.heads.size() + slot.count * log::head_size);
    for (std::size_t i = 0; i < slot.count; ++i) append_head(group_[slot.first + i], logged.heads);
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
