#include "client/outbox.hpp"
#include "client/outbox_values.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"

// Reading the outbox back, and whether it still holds what was reported as recorded.
namespace hoso::client {
namespace {

// Scans one kind in order of its numbers, which must be dense where `dense`; false from `take` means that the value does not hold.
Result<void> scan(const io::Database& database, char kind, bool dense, const std::function<bool(std::uint64_t, ByteSpan)>& take) {
    std::optional<std::uint64_t> broken;
    std::uint64_t next = 0;
    const std::string prefix(1, kind);
    const auto done = database.scan(outbox_family, prefix, prefix, [&](ByteSpan key, ByteSpan value) {
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

}  // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(io::Database& database, const std::filesystem::path& folder, const LogId& log,
                                             const DeviceId& device, std::uint32_t epoch) {
    std::unique_ptr<Outbox> made{new Outbox(database, log, device, epoch)};
    auto headlog = io::Headlog::open(folder, true);
    if (!headlog) return headlog.error();
    made->headlog_ = std::move(*headlog);
    if (auto done = made->load_actions(); !done) return done.error();
    if (auto done = made->load_seals(); !done) return done.error();
    if (auto done = made->load_answers(); !done) return done.error();
    if (auto done = made->load_seen(); !done) return done.error();
    if (auto done = made->load_requests(); !done) return done.error();
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
        sealed_ = seal->last_seq + 1;
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

Result<void> Outbox::load_requests() {
    return scan(database_, request_kind, false, [this](std::uint64_t number, ByteSpan value) {
        auto request = decode_request(value);
        if (!request || request->last_seq >= own_.size()) return false;
        requests_.emplace(number, std::move(*request));
        next_request_ = number + 1;
        return true;
    });
}

Result<void> Outbox::load_seen() {
    return scan(database_, seen_kind, false, [this](std::uint64_t seq, ByteSpan) {
        if (seq >= own_.size()) return false;
        own_[seq].seen = true;
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

}  // namespace hoso::client
