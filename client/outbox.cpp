#include "client/outbox.hpp"

#include <rocksdb/write_batch.h>

#include <algorithm>

#include "client/outbox_values.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client {
namespace {

rocksdb::Slice slice(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

domain::Verdict verdict_of(const log::Head& head) {
    return {static_cast<domain::Outcome>(head.outcome), static_cast<domain::Reason>(head.reason), head.against};
}

}  // namespace

const char* name(Standing standing) {
    switch (standing) {
        case Standing::recorded: return "recorded";
        case Standing::sent: return "sent";
        case Standing::logged: return "logged";
    }
    return "";
}

OwnAction own_action(const domain::Action& action, const ActionId& id) {
    OwnAction own;
    own.seq = action.header.seq;
    own.id = id;
    own.stream = action.header.stream;
    own.actor = action.header.actor;
    own.kind = static_cast<std::uint16_t>(action.body.index());
    own.claimed_time = action.header.claimed_time;
    return own;
}

Outbox::Outbox(io::Database& database, const LogId& log, const DeviceId& device, std::uint32_t epoch)
    : database_(database), log_(log), device_(device), epoch_(epoch) {}

Result<void> Outbox::write_watermark() {
    const Hash last = own_.empty() ? Hash{} : Hash{own_.back().id.bytes};
    return headlog_->write({.position = own_.size(), .entry = last, .root = seal_hash_, .epoch = epoch_});
}

const OwnAction* Outbox::find(const ActionId& id) const {
    const auto found = std::find_if(own_.begin(), own_.end(), [&](const OwnAction& own) { return own.id == id; });
    return found == own_.end() ? nullptr : &*found;
}

std::uint64_t Outbox::resend_from() const {
    return answered_ < sealed_ ? std::prev(seals_.upper_bound(answered_))->first : answered_;
}

sync::ChainHead Outbox::head() const { return {sealed_, seal_hash_}; }

Result<log::SignedAction> Outbox::action(std::uint64_t seq) const {
    auto value = database_.get(outbox_family, key_of(action_kind, seq));
    if (!value) return value.error();
    auto held = decode_action(as_bytes(*value));
    if (!held || seq >= own_.size() || action_id(held->action) != own_[seq].id) {
        return Error{Errc::corrupt, "Action " + std::to_string(seq) +
                                        " of this desk's outbox does not hold together: keep the folder and ask the province."};
    }
    return std::move(*held);
}

Result<domain::Action> Outbox::decoded(std::uint64_t seq) const {
    auto held = action(seq);
    if (!held) return held.error();
    return domain::decode(held->action);
}

Result<void> Outbox::writable() const {
    if (failed_) return *failed_;
    return {};
}

Result<void> Outbox::commit(rocksdb::WriteBatch& batch, const std::function<void()>& apply) {
    if (auto able = writable(); !able) return able;
    if (auto room = headlog_->reserve(); !room) return room;  // so that a full disk cannot come between the two syncs
    if (auto written = database_.write(batch); !written) {
        if (written.error().code != Errc::io) return written;
        failed_ = Error{Errc::io,
                        "The disk failed, and whether the last action was recorded is not known: this program records and "
                        "sends nothing more. End it, look at the disk, then at what is there, with: hoso outbox list. " +
                            written.error().detail};
        return *failed_;
    }
    apply();
    auto marked = write_watermark();
    if (marked) return {};
    failed_ = Error{Errc::io,
                    "The disk failed after the last action was written: it is in this desk's chain, do not repeat it. This "
                    "program records and sends nothing more. End it, look at the disk, and start again. " +
                        marked.error().detail};
    return *failed_;
}

void Outbox::put_request(const ServedRequest& request, rocksdb::WriteBatch& batch) {
    auto* family = database_.family(outbox_family);
    const auto is_over = [&](const ServedRequest& oldest) {
        return requests_.size() >= requests_max || oldest.at + request_lasts < request.at;
    };
    while (!requests_.empty() && is_over(requests_.begin()->second)) {
        const auto gone = batch.Delete(family, key_of(request_kind, requests_.begin()->first));
        CHECK(gone.ok());
        requests_.erase(requests_.begin());
    }
    const auto put = batch.Put(family, key_of(request_kind, next_request_), slice(encode_request(request)));
    CHECK(put.ok());
}

std::vector<ServedRequest> Outbox::served(std::string_view key, Instant now) const {
    std::vector<ServedRequest> found;
    for (const auto& [number, request] : requests_) {
        if (request.key == key && request.at + request_lasts >= now) found.push_back(request);
    }
    return found;
}

Result<void> Outbox::append(std::span<const Entry> entries, const ServedRequest* request) {
    if (entries.empty()) return {};
    rocksdb::WriteBatch batch;
    std::uint64_t seq = own_.size();
    for (const Entry& entry : entries) {
        CHECK(entry.own.seq == seq);
        const Bytes value = encode_action(entry.action);
        const auto put = batch.Put(database_.family(outbox_family), key_of(action_kind, seq++), slice(value));
        CHECK(put.ok());
    }
    std::optional<ServedRequest> served;
    if (request) {
        served = *request;
        served->first_seq = own_.size();
        served->last_seq = seq - 1;
        if (served->answer.size() > request_answer_bytes_max) served->answer.clear();
        put_request(*served, batch);
    }
    return commit(batch, [&] {
        for (const Entry& entry : entries) own_.push_back(entry.own);
        if (served) requests_.emplace(next_request_++, std::move(*served));
    });
}

Result<log::Push> Outbox::push_of(const log::Seal& seal) const {
    log::Push push{device_, epoch_, seal, {}};
    for (std::uint64_t seq = seal.first_seq; seq <= seal.last_seq; ++seq) {
        auto held = action(seq);
        if (!held) return held.error();
        push.actions.push_back(std::move(*held));
    }
    return push;
}

// The next push, not sealed yet: as many actions as fit. An enrolment travels alone, as its frame wants it.
Result<log::Push> Outbox::cut() const {
    log::Push push{device_, epoch_, {}, {}};
    const bool enrolment = sealed_ == 0 && own_.front().kind == domain::Body{domain::DeviceEnrolled{}}.index();
    const std::size_t actions_max = enrolment ? 1 : log::push_actions_max;
    std::size_t room = 0;
    for (std::uint64_t seq = sealed_; seq < own_.size() && push.actions.size() < actions_max; ++seq) {
        auto held = action(seq);
        if (!held) return held.error();
        room += sync::push_room(*held);
        if (room > sync::push_room_max && !push.actions.empty()) break;
        push.actions.push_back(std::move(*held));
    }
    return push;
}

Result<std::optional<log::Push>> Outbox::prepare(std::uint64_t first_seq, const SigningKey& key) {
    if (auto able = writable(); !able) return able.error();
    if (first_seq >= own_.size()) return std::optional<log::Push>{};
    if (first_seq < sealed_) {
        auto push = push_of(std::prev(seals_.upper_bound(first_seq))->second);
        if (!push) return push.error();
        return std::optional{std::move(*push)};
    }
    CHECK(first_seq == sealed_);
    auto push = cut();
    if (!push) return push.error();
    std::vector<ActionId> ids;
    for (std::size_t i = 0; i < push->actions.size(); ++i) ids.push_back(own_[sealed_ + i].id);
    push->seal = log::make_seal(key, log_, device_, epoch_, sealed_, seal_hash_, ids);
    rocksdb::WriteBatch batch;
    const auto put = batch.Put(database_.family(outbox_family), key_of(seal_kind, sealed_), slice(encode_seal(push->seal)));
    CHECK(put.ok());
    auto sealed = commit(batch, [&] {
        seals_[sealed_] = push->seal;
        sealed_ = push->seal.last_seq + 1;
        seal_hash_ = log::seal_hash(log_, device_, epoch_, push->seal);
    });
    if (!sealed) return sealed.error();
    return std::optional{std::move(*push)};
}

void Outbox::left(std::uint64_t first_seq, std::uint64_t last_seq) {
    for (std::uint64_t seq = first_seq; seq <= last_seq && seq < own_.size(); ++seq) {
        if (own_[seq].standing == Standing::recorded) own_[seq].standing = Standing::sent;
    }
}

void Outbox::line_ended() {
    for (std::uint64_t seq = answered_; seq < sealed_; ++seq) {
        if (own_[seq].standing == Standing::sent) own_[seq].standing = Standing::recorded;
    }
}

void Outbox::take_answer(const log::Head& head) {
    OwnAction& own = own_[head.seq];
    own.standing = Standing::logged;
    own.position = head.position;
    own.verdict = verdict_of(head);
    while (answered_ < own_.size() && own_[answered_].standing == Standing::logged) ++answered_;
}

Result<void> Outbox::answer(std::span<const log::Head> heads) {
    rocksdb::WriteBatch batch;
    for (const log::Head& head : heads) {
        const std::string who = "The province's answer to action " + std::to_string(head.seq) + " of this desk ";
        if (head.device != device_ || head.epoch != epoch_ || head.seq >= sealed_)
            return Error{Errc::conflict, who + "is about an action this desk never sent."};
        if (head.outcome > 2 || head.reason >= domain::reasons)
            return Error{Errc::version, who + "uses words of a newer program: update this program."};
        const OwnAction& own = own_[head.seq];
        if (own.standing != Standing::logged) {
            const auto put = batch.Put(database_.family(outbox_family), key_of(answer_kind, head.seq), slice(encode_answer(head)));
            CHECK(put.ok());
        } else if (own.position != head.position || own.verdict != verdict_of(head)) {
            return Error{Errc::conflict,
                         who + "is not the one it gave before. Verdicts are never changed: keep this folder and ask an auditor."};
        }
    }
    if (batch.Count() == 0) return {};
    if (auto able = writable(); !able) return able;
    if (auto written = database_.write(batch); !written) return written;
    for (const log::Head& head : heads) take_answer(head);
    return {};
}

Result<void> Outbox::mark_seen(std::span<const std::uint64_t> seqs) {
    rocksdb::WriteBatch batch;
    for (const std::uint64_t seq : seqs) {
        if (seq >= own_.size() || own_[seq].standing != Standing::logged)
            return Error{Errc::not_found, "There is no answer yet to an action " + std::to_string(seq) +
                                              " of this desk: look at the numbers in hoso outbox list"};
        const auto put = batch.Put(database_.family(outbox_family), key_of(seen_kind, seq), rocksdb::Slice{});
        CHECK(put.ok());
    }
    if (auto able = writable(); !able) return able;
    if (auto written = database_.write(batch); !written) return written;
    for (const std::uint64_t seq : seqs) own_[seq].seen = true;
    return {};
}

Result<log::Event> Outbox::complete(const log::Head& head) const {
    if (head.device != device_ || head.epoch != epoch_ || head.seq >= own_.size()) {
        return Error{
            Errc::conflict,
            "The province sent an event without its action, and this desk never recorded it: keep this folder and ask an auditor."};
    }
    auto held = action(head.seq);
    if (!held) return held.error();
    log::Event event{head, std::move(held->action), std::move(held->signatures), std::nullopt};
    if (head.seq < sealed_) {
        const log::Seal& seal = std::prev(seals_.upper_bound(head.seq))->second;
        if (seal.last_seq == head.seq) event.seal = seal;
    }
    return event;
}

}  // namespace hoso::client
