#include "client/outbox.hpp"

#include <rocksdb/write_batch.h>

#include <algorithm>

#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client {
namespace {

constexpr std::string_view family = "outbox";
constexpr char action_kind = 1;  // seq -> action length u32, signatures u32, action, per signature kind u32, length u32, bytes
constexpr char seal_kind = 2;    // first seq -> as in the leaf
constexpr char answer_kind = 3;  // seq -> position u64, received i64, against u64, reason u16, outcome u8
constexpr std::size_t answer_size = 27;

std::string key_of(char kind, std::uint64_t number) {
    std::string key(1, kind);
    append_be64(key, number);
    return key;
}

rocksdb::Slice slice(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

Bytes encode_action(const log::SignedAction& from) {
    Bytes out;
    append_le(out, static_cast<std::uint32_t>(from.action.size()));
    append_le(out, static_cast<std::uint32_t>(from.signatures.size()));
    append(out, from.action);
    for (const auto& signature : from.signatures) {
        append_le(out, signature.kind);
        append_le(out, static_cast<std::uint32_t>(signature.bytes.size()));
        append(out, signature.bytes);
    }
    return out;
}

// Empty for bytes that encode_action does not write.
std::optional<log::SignedAction> decode_action(ByteSpan from) {
    if (from.size() < 8) return std::nullopt;
    const auto length = load_le<std::uint32_t>(from.data());
    const auto count = load_le<std::uint32_t>(from.data() + 4);
    from = from.subspan(8);
    if (length > from.size() || count > log::signatures_max) return std::nullopt;
    log::SignedAction made;
    made.action.assign(from.begin(), from.begin() + length);
    from = from.subspan(length);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (from.size() < 8) return std::nullopt;
        const auto size = load_le<std::uint32_t>(from.data() + 4);
        if (size > from.size() - 8) return std::nullopt;
        const auto bytes = from.subspan(8, size);
        made.signatures.push_back({load_le<std::uint32_t>(from.data()), {bytes.begin(), bytes.end()}});
        from = from.subspan(8 + size);
    }
    return from.empty() ? std::optional{made} : std::nullopt;
}

Bytes encode_seal(const log::Seal& seal) {
    Bytes out;
    append_le(out, seal.first_seq);
    append_le(out, seal.last_seq);
    append(out, seal.previous.span());
    append(out, seal.root.span());
    append(out, seal.signature.span());
    return out;
}

std::optional<log::Seal> decode_seal(ByteSpan from) {
    if (from.size() != log::seal_size) return std::nullopt;
    log::Seal seal;
    seal.first_seq = load_le<std::uint64_t>(from.data());
    seal.last_seq = load_le<std::uint64_t>(from.data() + 8);
    seal.previous = *Hash::from(from.subspan(16, 32));
    seal.root = *Hash::from(from.subspan(48, 32));
    seal.signature = *Signature::from(from.subspan(80, 64));
    return seal;
}

Bytes encode_answer(const log::Head& head) {
    Bytes out;
    append_le(out, head.position);
    append_le(out, head.received);
    append_le(out, head.against);
    append_le(out, head.reason);
    append_le(out, head.outcome);
    return out;
}

std::optional<log::Head> decode_answer(ByteSpan from) {
    if (from.size() != answer_size) return std::nullopt;
    log::Head head;
    head.position = load_le<std::uint64_t>(from.data());
    head.received = load_le<std::int64_t>(from.data() + 8);
    head.against = load_le<std::uint64_t>(from.data() + 16);
    head.reason = load_le<std::uint16_t>(from.data() + 24);
    head.outcome = from[26];
    return head;
}

// Scans one kind in order of its numbers, which must be dense where `dense`; false from `take` means that the value does not hold.
Result<void> scan(const io::Database& database, char kind, bool dense, const std::function<bool(std::uint64_t, ByteSpan)>& take) {
    std::optional<std::uint64_t> broken;
    std::uint64_t next = 0;
    const std::string prefix(1, kind);
    const auto done = database.scan(family, prefix, prefix, [&](ByteSpan key, ByteSpan value) {
        const std::uint64_t number = key.size() == 9 ? load_be64(key.data() + 1) : ~std::uint64_t{0};
        if (key.size() != 9 || (dense && number != next) || !take(number, value)) broken = next;
        ++next;
        return !broken;
    });
    if (!done) return done;
    if (broken)
        return Error{Errc::corrupt, "The outbox of this desk does not hold together at its entry " + std::to_string(*broken) +
                                        ": keep the folder and ask the province."};
    return {};
}

Error lost(std::uint64_t held, std::uint64_t said) {
    return {
        Errc::amnesia,
        "This desk recorded " + std::to_string(said) + " actions, and its disk holds " + std::to_string(held) +
            " of them or others: an older copy of the folder, or a disk that lost data. Record nothing here. Keep the folder as it "
            "is, look for a newer copy, and enrol a new desk with a new slip."};
}

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

Result<std::unique_ptr<Outbox>> Outbox::open(io::Database& database, const std::filesystem::path& folder, const LogId& log,
                                             const DeviceId& device, std::uint32_t epoch) {
    std::unique_ptr<Outbox> made{new Outbox(database, log, device, epoch)};
    auto headlog = io::Headlog::open(folder, true);
    if (!headlog) return headlog.error();
    made->headlog_ = std::move(*headlog);
    if (auto done = made->load_actions(); !done) return done.error();
    if (auto done = made->load_seals(); !done) return done.error();
    if (auto done = made->load_answers(); !done) return done.error();
    if (auto done = made->check_watermark(); !done) return done.error();
    return made;
}

Result<void> Outbox::load_actions() {
    return scan(database_, action_kind, true, [this](std::uint64_t seq, ByteSpan value) {
        const auto held = decode_action(value);
        const auto action = held ? domain::decode(held->action) : Result<domain::Action>{Error{Errc::corrupt, ""}};
        if (!action || action->header.seq != seq || action->header.device != device_ || action->header.epoch != epoch_)
            return false;
        own_.push_back(own_action(*action, action_id(held->action)));
        return true;
    });
}

Result<void> Outbox::load_seals() {
    return scan(database_, seal_kind, false, [this](std::uint64_t first, ByteSpan value) {
        const auto seal = decode_seal(value);
        if (!seal || seal->first_seq != first || first != sealed_ || seal->last_seq < first || seal->last_seq >= own_.size() ||
            seal->previous != seal_hash_) {
            return false;
        }
        seals_[first] = *seal;
        for (; sealed_ <= seal->last_seq; ++sealed_) own_[sealed_].standing = Standing::sent;
        seal_hash_ = log::seal_hash(log_, device_, epoch_, *seal);
        return true;
    });
}

Result<void> Outbox::load_answers() {
    return scan(database_, answer_kind, false, [this](std::uint64_t seq, ByteSpan value) {
        auto head = decode_answer(value);
        if (!head || seq >= own_.size()) return false;
        head->seq = seq;
        take_answer(*head);
        return true;
    });
}

// Actions after the watermark are a crash between the two syncs: durable, never reported. Fewer, or others, are a loss.
Result<void> Outbox::check_watermark() {
    const auto mark = headlog_->newest();
    if (mark) {
        if (mark->position > own_.size()) return lost(own_.size(), mark->position);
        if (mark->position > 0 && own_[mark->position - 1].id.bytes != mark->entry.bytes) return lost(own_.size(), mark->position);
        bool seal_held = mark->root.is_nil();
        for (const auto& [first, seal] : seals_) seal_held = seal_held || seal.previous == mark->root;
        if (!seal_held && seal_hash_ != mark->root) return lost(own_.size(), mark->position);
    }
    const bool behind = !mark || mark->position != own_.size() || mark->root != seal_hash_;
    return behind && !own_.empty() ? write_watermark() : Result<void>{};
}

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
    auto value = database_.get(family, key_of(action_kind, seq));
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

Result<void> Outbox::append(std::span<const Entry> entries) {
    if (entries.empty()) return {};
    rocksdb::WriteBatch batch;
    std::uint64_t seq = own_.size();
    for (const Entry& entry : entries) {
        CHECK(entry.own.seq == seq);
        const Bytes value = encode_action(entry.action);
        const auto put = batch.Put(database_.family(family), key_of(action_kind, seq++), slice(value));
        CHECK(put.ok());
    }
    if (auto written = database_.write(batch); !written) return written;
    for (const Entry& entry : entries) own_.push_back(entry.own);
    return write_watermark();
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
    std::size_t bytes = 0;
    for (std::uint64_t seq = sealed_; seq < own_.size() && push.actions.size() < actions_max; ++seq) {
        auto held = action(seq);
        if (!held) return held.error();
        bytes += held->action.size() + 16;
        for (const auto& signature : held->signatures) bytes += signature.bytes.size() + 16;
        if (bytes > log::push_bytes_max && !push.actions.empty()) break;
        push.actions.push_back(std::move(*held));
    }
    return push;
}

Result<std::optional<log::Push>> Outbox::prepare(std::uint64_t first_seq, const SigningKey& key) {
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
    const auto put = batch.Put(database_.family(family), key_of(seal_kind, sealed_), slice(encode_seal(push->seal)));
    CHECK(put.ok());
    if (auto written = database_.write(batch); !written) return written.error();
    seals_[sealed_] = push->seal;
    for (; sealed_ <= push->seal.last_seq; ++sealed_) own_[sealed_].standing = Standing::sent;
    seal_hash_ = log::seal_hash(log_, device_, epoch_, push->seal);
    if (auto marked = write_watermark(); !marked) return marked.error();
    return std::optional{std::move(*push)};
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
            const auto put = batch.Put(database_.family(family), key_of(answer_kind, head.seq), slice(encode_answer(head)));
            CHECK(put.ok());
        } else if (own.position != head.position || own.verdict != verdict_of(head)) {
            return Error{Errc::conflict,
                         who + "is not the one it gave before. Verdicts are never changed: keep this folder and ask an auditor."};
        }
    }
    if (batch.Count() == 0) return {};
    if (auto written = database_.write(batch); !written) return written;
    for (const log::Head& head : heads) take_answer(head);
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
