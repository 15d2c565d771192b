#include "shared/log/record.hpp"
#include "shared/sync/frame_parts.hpp"

namespace hoso::sync {

std::size_t events_room(const log::Event& event) {
    return log::record_head + (event.action.empty() ? log::head_size : log::leaf_size(event));
}

namespace codec {
namespace {

// A detail quotes what went wrong elsewhere, however long; it is cut between two characters.
std::string cut(std::string text) {
    if (text.size() <= text_bytes_max) return text;
    std::size_t size = text_bytes_max;
    while (size > 0 && (text[size] & 0xC0) == 0x80) --size;
    text.resize(size);
    return text;
}

void get_records(ByteSpan records, Events& to, Take& take) {
    for (Position next = 0; !records.empty();) {
        const auto record = log::next_record(records);
        if (!record) return take.fail(Errc::protocol, "leaves");
        auto event = log::decode_record(*record);
        if (!event) return take.fail(Errc::protocol, "leaves");
        const Position position = event->head.position;
        const bool ascending = position >= next && position < to.through;
        // A leaf without an action would be encoded again as a head.
        if (!ascending || record->head_only != event->action.empty()) return take.fail(Errc::protocol, "leaves");
        next = position + 1;
        to.events.push_back(std::move(*event));
    }
}

}  // namespace

void put(schema::Results::Builder to, const Results& from) {
    to.setFirstSeq(from.first_seq);
    to.setHeads(data(from.heads));
}

void get(schema::Results::Reader from, Results& to, Take& take) {
    to.first_seq = from.getFirstSeq();
    take.bytes(from.getHeads(), log::push_actions_max * log::head_size, to.heads, "heads");
    if (to.heads.empty() || to.heads.size() % log::head_size != 0) take.fail(Errc::protocol, "heads");
}

void put(schema::Events::Builder to, const Events& from) {
    to.setThrough(from.through);
    std::size_t room = 0;
    for (const log::Event& event : from.events) room += events_room(event);
    Bytes records;
    records.reserve(room);
    for (const log::Event& event : from.events) log::append_record(event, records);
    to.setLeaves(codec::data(records));
}

void get(schema::Events::Reader from, Events& to, Take& take) {
    to.through = from.getThrough();
    if (!from.isLeaves()) {
        return take.fail({Errc::version, "the peer sends events in a form that this program does not know"});
    }
    const auto leaves = from.getLeaves();
    get_records({leaves.begin(), leaves.size()}, to, take);
}

void put(schema::EventsWant::Builder to, const EventsWant& from) {
    auto positions = to.initPositions(count(from.positions.size()));
    for (unsigned i = 0; i < positions.size(); ++i) positions.set(i, from.positions[i]);
}

void get(schema::EventsWant::Reader from, EventsWant& to, Take& take) {
    const auto positions = from.getPositions();
    if (!take.fits(positions.size(), positions_max, "positions")) return;
    to.positions.resize(positions.size());
    for (unsigned i = 0; i < positions.size(); ++i) to.positions[i] = positions[i];
}

void put(schema::Checkpoint::Builder to, const NewCheckpoint& from) { to.setNote(from.note); }

void get(schema::Checkpoint::Reader from, NewCheckpoint& to, Take& take) {
    take.text(from.getNote(), note_bytes_max, to.note, "note");
}

void put(schema::Credit::Builder to, const Credit& from) { to.setPushes(from.frames); }

void get(schema::Credit::Reader from, Credit& to, Take&) { to.frames = from.getPushes(); }

void put(schema::Scope::Builder to, const Scope& from) {
    put_units(to.initAdded(count(from.added.size())), from.added);
    put_units(to.initRemoved(count(from.removed.size())), from.removed);
    to.setWhy(from.why);
}

void get(schema::Scope::Reader from, Scope& to, Take& take) {
    get_units(from.getAdded(), to.added, take, "added");
    get_units(from.getRemoved(), to.removed, take, "removed");
    take.text(from.getWhy(), text_bytes_max, to.why, "why");
}

void put(schema::Bye::Builder to, const Bye& from) {
    to.setReason(static_cast<schema::ByeReason>(from.reason));
    to.setDetail(cut(from.detail));
    to.setRetryAfterMs(from.retry_after_ms);
}

void get(schema::Bye::Reader from, Bye& to, Take& take) {
    const auto reason = static_cast<std::uint16_t>(from.getReason());
    if (reason > static_cast<std::uint16_t>(ByeReason::superseded)) {
        return take.fail({Errc::version, "the peer ends the conversation for a reason that this program does not know"});
    }
    to.reason = static_cast<ByeReason>(reason);
    take.text(from.getDetail(), text_bytes_max, to.detail, "detail");
    to.retry_after_ms = from.getRetryAfterMs();
}

}  // namespace codec
}  // namespace hoso::sync
