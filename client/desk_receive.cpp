#include <rocksdb/write_batch.h>

#include <algorithm>

#include "client/desk_parts.hpp"

namespace hoso::client {
namespace {

constexpr std::string_view advice = " This desk receives nothing more; it still records. Keep its folder and ask the province.";

}  // namespace

// ---- what the session has to know -----------------------------------------------------------------------------------

sync::client::Facts Desk::facts() const {
    const Identity& self = parts_->identity;
    std::vector<sync::Cursor> cursors;
    const auto& next = parts_->confirmed.state().scope_next;
    for (const ScopeMark& mark : parts_->marks) {
        if (parts_->anew) {
            cursors.push_back({mark.scope, 0, 0});
        } else if (mark.scope == whole_log_scope()) {
            cursors.push_back({mark.scope, through(), through()});
        } else {
            const auto found = next.find(mark.scope);
            cursors.push_back({mark.scope, found == next.end() ? 0 : found->second, mark.after});
        }
    }
    return {.log = self.province.log,
            .origin = self.province.origin,
            .log_key = self.province.log_key,
            .device = self.device,
            .epoch = self.epoch,
            .head = parts_->outbox->head(),
            .answered = parts_->outbox->resend_from(),
            .checkpoint = parts_->note,
            .cursors = std::move(cursors),
            .software = "hoso"};
}

Result<std::optional<log::Push>> Desk::prepare(std::uint64_t first_seq) {
    return parts_->outbox->prepare(first_seq, parts_->device_key);
}

void Desk::left(std::uint64_t first_seq, std::uint64_t last_seq) { parts_->outbox->left(first_seq, last_seq); }
void Desk::line_ended() { parts_->outbox->line_ended(); }

// ---- what it tells us -----------------------------------------------------------------------------------------------

// Nothing is believed silently: the event that does not hold is kept, and the desk says why it stopped.
Error Desk::Parts::halt(Error error, const log::Event* evidence) {
    if (evidence) {
        error.detail =
            "Event " + std::to_string(evidence->head.position) + " of the province's log does not hold here: " + error.detail;
        Bytes leaf;
        log::encode_leaf(*evidence, leaf);
        std::string key;
        append_be64(key, evidence->head.position);
        rocksdb::WriteBatch batch;
        const auto put = batch.Put(database->family("quarantine"), key, {reinterpret_cast<const char*>(leaf.data()), leaf.size()});
        CHECK(put.ok());
        if (const auto kept = database->write(batch); !kept)
            error.detail += " Its evidence could not be kept: " + kept.error().detail;
    }
    error.detail += error.code == Errc::version ? " Update this program, then sync again."
                    : error.code == Errc::full  ? " Free some space, then start again."
                                                : std::string{advice};
    halted = error;
    return error;
}

// True for an event that this desk holds already: it was sent again. An older one that it lacks would leave a hole.
Result<bool> Desk::Parts::known(const log::Event& event) const {
    if (event.head.position >= confirmed.size()) return false;
    const auto held = log->at(event.head.position);
    if (!held && held.error().code == Errc::not_found) {
        return Error{Errc::gap, "it is older than what was folded."};
    }
    if (!held) return held.error();
    if (held->head != event.head || held->action != event.action)
        return Error{Errc::conflict, "another event was received for the same position before."};
    return true;
}

// Folds what is new and gives it back, to be made durable; stops at the first that does not hold.
Result<std::vector<log::Event>> Desk::Parts::fold(const std::vector<log::Event>& events) {
    std::vector<log::Event> folded;
    for (const log::Event& event : events) {
        const auto seen_before = known(event);
        if (seen_before && *seen_before) continue;
        if (!seen_before && seen_before.error().code == Errc::gap) {
            if (auto emptied = fetch_again(); !emptied) return emptied.error();
            return Error{Errc::unreachable,
                         "Units came to this desk's scope with a history of their own: the log is fetched again from its start."};
        }
        const auto done = seen_before ? fold_one(event) : Result<void>{seen_before.error()};
        if (!done) {
            const Error stop = halt(done.error(), &event);
            if (auto kept = log->append(folded); !kept) return kept.error();
            return stop;
        }
        folded.push_back(event);
    }
    return folded;
}

Result<void> Desk::accept(const sync::client::UseScopes& use) {
    std::vector<ScopeMark> marks;
    for (const UnitId& scope : use.scopes) {
        const auto held =
            std::find_if(parts_->marks.begin(), parts_->marks.end(), [&](const ScopeMark& mark) { return mark.scope == scope; });
        marks.push_back({scope, held == parts_->marks.end() ? 0 : held->after});
    }
    if (marks.empty()) return parts_->halt({Errc::protocol, "The province named no scope for this desk."}, nullptr);
    parts_->save_warning({});
    if (parts_->anew) {
        parts_->anew = false;
        parts_->marks = std::move(marks);
        parts_->scopes = use.scopes;
        return parts_->fetch_again();
    }
    const bool was_whole = parts_->follows_whole();
    const bool whole_now = use.scopes.size() == 1 && use.scopes.front() == whole_log_scope();
    if (parts_->log && was_whole != whole_now) {
        return parts_->halt({Errc::conflict, "The province changed what this desk follows. Enrol a new desk."}, nullptr);
    }
    parts_->marks = std::move(marks);
    parts_->scopes = use.scopes;
    if (auto saved = parts_->save_meta(); !saved) return saved;
    if (parts_->log) return {};
    if (auto opened = parts_->open_log(); !opened) return opened;
    if (parts_->halted) return *parts_->halted;
    return {};
}

Result<void> Desk::accept(const sync::client::Answered& answered) {
    std::vector<log::Head> heads;
    for (std::size_t at = 0; at + log::head_size <= answered.results.heads.size(); at += log::head_size) {
        auto head = log::decode_head(ByteSpan{answered.results.heads}.subspan(at, log::head_size));
        if (!head) return parts_->halt(head.error(), nullptr);
        heads.push_back(*head);
    }
    auto done = parts_->outbox->answer(heads);
    parts_->pending.reset();
    if (!done && done.error().code == Errc::conflict) return parts_->halt(done.error(), nullptr);
    return done ? parts_->note_exchange() : done;
}

Result<void> Desk::exchanged() { return parts_->note_exchange(); }

Result<void> Desk::Parts::note_exchange() {
    exchanged = clock.now();
    return save_meta();
}

Result<void> Desk::accept(const sync::client::Save& save) {
    if (parts_->halted) return *parts_->halted;
    if (!parts_->log)
        return parts_->halt({Errc::protocol, "The province sent events before it named this desk's scopes."}, nullptr);
    std::vector<log::Event> events = save.events.events;
    std::vector<log::Head> own;
    for (log::Event& event : events) {
        if (event.head.device != parts_->identity.device || event.head.epoch != parts_->identity.epoch) continue;
        auto whole = parts_->outbox->complete(event.head);
        if (!whole) return parts_->halt(whole.error(), nullptr);
        if (event.action.empty()) event = *whole;
        if (event.action != whole->action)
            return parts_->halt({Errc::conflict, "it bears this desk's name, and is not what this desk recorded."}, &event);
        own.push_back(event.head);
    }
    parts_->pending.reset();
    auto folded = parts_->fold(events);
    if (!folded) return folded.error();
    if (auto kept = parts_->log->append(*folded); !kept) return parts_->halt(kept.error(), nullptr);
    if (auto answered = parts_->outbox->answer(own); !answered) return parts_->halt(answered.error(), nullptr);
    for (ScopeMark& mark : parts_->marks) mark.after = std::max(mark.after, save.events.through);
    if (!save.checkpoint.empty()) {
        if (auto noted = parts_->note_checkpoint(save.checkpoint); !noted) return noted;
    }
    if (auto reached = parts_->reach_checkpoints(); !reached) return reached;
    return parts_->save_meta();
}

Result<void> Desk::accept(const sync::client::SaveCheckpoint& save) {
    if (parts_->halted) return *parts_->halted;
    if (auto noted = parts_->note_checkpoint(save.note); !noted) return noted;
    if (auto reached = parts_->reach_checkpoints(); !reached) return reached;
    return parts_->save_meta();
}

Result<void> Desk::accept(const sync::Enrolled& enrolled) {
    const Identity& self = parts_->identity;
    if (enrolled.genesis != self.province.genesis) {
        return Error{Errc::conflict,
                     "The province answered with another genesis than the slip's: this is not the log the slip is for."};
    }
    const auto head = log::decode_head(enrolled.head);
    if (!head) return head.error();
    if (head->seq != 0) return Error{Errc::protocol, "The province answered something else than the enrolment."};
    if (auto answered = parts_->outbox->answer({&*head, 1}); !answered) return answered;
    parts_->pending.reset();
    const domain::Verdict& verdict = parts_->outbox->at(0).verdict;
    if (verdict.outcome != domain::Outcome::effective) {
        return Error{Errc::denied,
                     std::string{name(verdict.reason)} +
                         ": the province did not accept this slip. Ask for a new one and enrol in a new, empty folder."};
    }
    if (auto noted = parts_->note_exchange(); !noted || enrolled.checkpoint.empty()) return noted;
    return accept(sync::client::SaveCheckpoint{enrolled.checkpoint});
}

}  // namespace hoso::client
