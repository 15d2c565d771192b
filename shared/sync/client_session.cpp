#include "shared/sync/client_session.hpp"

#include <algorithm>

#include "shared/base/check.hpp"

namespace hoso::sync::client {
namespace {

constexpr Instant handshake_duration_max = 10'000'000;

}  // namespace

Effects Session::step(Input input) {
    if (phase_ == Phase::closed) return {};
    Effects effects = std::visit([this](auto& what) { return on(std::move(what)); }, input);
    const auto sends = [](const Effect& effect) { return std::holds_alternative<Send>(effect); };
    if (std::any_of(effects.begin(), effects.end(), sends)) quiet_ = false;
    return effects;
}

Effects Session::close(ByeReason reason, std::string detail) {
    phase_ = Phase::closed;
    return {Send{Bye{reason, detail, 0}}, Close{reason, std::move(detail), 0}};
}

Effects Session::on(const Opened& opened) {
    CHECK(phase_ == Phase::opening);
    phase_ = Phase::greeting;
    exporter_ = opened.exporter;
    deadline_ = opened.now + handshake_duration_max;
    if (const auto known = log::open_note(facts_.checkpoint, facts_.origin, facts_.log_key)) known_ = *known;
    Hello hello;
    hello.log = facts_.log;
    hello.device = facts_.device;
    hello.epoch = facts_.epoch;
    hello.head = facts_.head;
    hello.checkpoint = facts_.checkpoint;
    hello.cursors = facts_.cursors;
    hello.nonce = opened.nonce;
    hello.software = facts_.software;
    const Frame frame = std::move(hello);
    hello_hash_ = message_hash(frame);
    return {Send{frame}};
}

Effects Session::on(Received&& received) {
    return std::visit(
        [&](auto& frame) {
            if constexpr (std::is_same_v<decltype(frame), Welcome&>) {
                return take(frame, received.message_hash);
            } else {
                return take(std::move(frame));
            }
        },
        received.frame);
}

template <typename Other>
Effects Session::take(const Other& other) {
    return close(ByeReason::protocol, std::string{"a desk does not expect a frame of this kind: "} + name(other));
}

Effects Session::take(const Bye& bye) {
    phase_ = Phase::closed;
    return {Close{bye.reason, bye.detail, bye.retry_after_ms}};
}

std::optional<Close> Session::learn(const std::string& note) {
    const auto opened = log::open_note(note, facts_.origin, facts_.log_key);
    if (!opened)
        return Close{ByeReason::bad_signature, "the checkpoint is not signed by this province's log: " + opened.error().detail};
    if (known_ && opened->size < known_->size) {
        return Close{ByeReason::amnesia, "the province's log holds " + std::to_string(opened->size) +
                                             " events, this desk has seen " + std::to_string(known_->size) +
                                             ": tell the province, nothing is sent until it is cleared"};
    }
    if (known_ && opened->size == known_->size && opened->root != known_->root) {
        return Close{ByeReason::amnesia, "the province shows another history than the one this desk has seen, both of " +
                                             std::to_string(opened->size) +
                                             " events: tell the province, nothing is sent until it is cleared"};
    }
    known_ = *opened;
    note_ = note;
    return std::nullopt;
}

// The order matters: nothing is signed before the province's own word has been checked.
Effects Session::take(const Welcome& welcome, const Hash& message_hash) {
    if (phase_ != Phase::greeting) return close(ByeReason::protocol, "Welcome answers Hello and comes once");
    if (welcome.protocol != protocol_version) {
        return close(ByeReason::version, "the province speaks another protocol version: update this program");
    }
    if (const auto fault = learn(welcome.checkpoint)) return close(fault->reason, fault->detail);
    for (const Cursor& cursor : facts_.cursors) {
        if (cursor.after > known_->size)
            return close(ByeReason::amnesia, "the province's log is shorter than what this desk holds of it");
    }
    if (auto effects = compare_heads(welcome.head)) return std::move(*effects);
    phase_ = Phase::authenticating;
    scopes_ = welcome.scopes;
    saved_ = complete_through();
    credit_ = std::min(welcome.credit, pushes_in_flight_max);
    return {Send{Auth{key_.sign(session_statement(exporter_, hello_hash_, message_hash))}}};
}

std::optional<Effects> Session::compare_heads(const ChainHead& server) {
    if (server.next_seq > facts_.head.next_seq) {
        Effects effects = close(ByeReason::bad_chain,
                                "the province holds more of this desk's actions than the desk itself: this is an older copy");
        effects.insert(effects.end() - 1, Ahead{server});  // before Close: the province is told first
        return effects;
    }
    if (server.next_seq == facts_.head.next_seq && server.seal_hash != facts_.head.seal_hash) {
        return close(ByeReason::bad_chain,
                     "the province holds other actions of this desk than the desk itself: there is a second copy of it");
    }
    if (server.next_seq < facts_.answered) {
        return close(ByeReason::amnesia, "the province no longer holds actions of this desk that it has answered");
    }
    return std::nullopt;
}

Position Session::complete_through() const {
    Position through = no_position;
    for (const UnitId& scope : scopes_) {
        const auto held =
            std::find_if(facts_.cursors.begin(), facts_.cursors.end(), [&](const Cursor& cursor) { return cursor.scope == scope; });
        through = std::min(through, held == facts_.cursors.end() ? 0 : held->after);
    }
    return through;
}

Effects Session::take(const Ready&) {
    if (phase_ != Phase::authenticating) return close(ByeReason::protocol, "Ready answers Auth and comes once");
    phase_ = Phase::ready;
    next_seq_ = facts_.answered;
    Effects effects{UseScopes{scopes_}};
    prepare(effects);
    settle(effects);
    return effects;
}

void Session::prepare(Effects& effects) {
    if (preparing_ || drained_ || unanswered_.size() >= credit_) return;
    preparing_ = true;
    grew_ = false;
    effects.push_back(Prepare{next_seq_});
}

Effects Session::on(Prepared&& prepared) {
    if (phase_ != Phase::ready || !preparing_) return {};
    preparing_ = false;
    Effects effects;
    if (prepared.push) {
        const log::Seal seal = prepared.push->seal;
        CHECK(seal.first_seq == next_seq_ && seal.last_seq - seal.first_seq + 1 == prepared.push->actions.size());
        effects.push_back(Send{Push{std::move(*prepared.push)}});
        unanswered_.push_back({seal.first_seq, seal.last_seq});
        next_seq_ = seal.last_seq + 1;
    } else {
        drained_ = !grew_;  // what was recorded since we asked may have been missed
    }
    prepare(effects);
    settle(effects);
    return effects;
}

Effects Session::on(const OutboxGrew&) {
    if (phase_ != Phase::ready) return {};
    grew_ = true;
    drained_ = false;
    idle_ = false;
    no_files_ = false;
    Effects effects;
    prepare(effects);
    return effects;
}

Effects Session::take(Results&& results) {
    if (phase_ != Phase::ready || unanswered_.empty()) return close(ByeReason::protocol, "Results answers a push");
    const Range asked = unanswered_.front();
    const std::uint64_t count = asked.last - asked.first + 1;
    if (results.first_seq != asked.first || results.heads.size() != count * log::head_size) {
        return close(ByeReason::protocol, "Results does not answer the oldest push");
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto head = log::decode_head(ByteSpan{results.heads}.subspan(i * log::head_size, log::head_size));
        if (!head || head->device != facts_.device || head->seq != asked.first + i) {
            return close(ByeReason::protocol, "Results is not about this desk's actions");
        }
        logged_ = std::max(logged_, head->position + 1);
    }
    unanswered_.pop_front();
    Effects effects = one_effect<Effects>(Answered{std::move(results)});
    prepare(effects);
    settle(effects);
    return effects;
}

Effects Session::take(Events&& events) {
    if (phase_ != Phase::ready) return close(ByeReason::protocol, "Events comes after Ready");
    if (saving_.size() == event_frames_in_flight_max)
        return close(ByeReason::protocol, "more frames of events than the credit allows");
    idle_ = false;
    saving_.push_back(events.through);
    std::string note = known_->size == events.through ? note_ : std::string{};
    return one_effect<Effects>(Save{std::move(events), std::move(note)});
}

Effects Session::on(const Saved&) {
    if (phase_ != Phase::ready) return {};
    CHECK(!saving_.empty());
    saved_ = std::max(saved_, saving_.front());
    saving_.pop_front();
    no_files_ = false;
    Effects effects{Send{Credit{1}}};
    settle(effects);
    return effects;
}

Effects Session::take(const NewCheckpoint& checkpoint) {
    if (phase_ != Phase::ready) return close(ByeReason::protocol, "Checkpoint comes after Ready");
    if (const auto fault = learn(checkpoint.note)) return close(fault->reason, fault->detail);
    idle_ = false;
    Effects effects;
    settle(effects);
    return effects;
}

Effects Session::take(const Scope& scope) {
    if (phase_ != Phase::ready) return close(ByeReason::protocol, "Scope comes after Ready");
    std::erase_if(scopes_, [&](const UnitId& held) {
        return std::find(scope.removed.begin(), scope.removed.end(), held) != scope.removed.end();
    });
    for (const UnitId& added : scope.added) {
        if (std::find(scopes_.begin(), scopes_.end(), added) != scopes_.end()) continue;
        scopes_.push_back(added);
        saved_ = 0;  // nothing of it is here
    }
    idle_ = false;
    return {UseScopes{scopes_}};
}

void Session::settle(Effects& effects) {
    if (!note_.empty() && known_->size <= saved_) {
        effects.push_back(SaveCheckpoint{std::move(note_)});
        note_.clear();
    }
    const bool all_sent = drained_ && !preparing_ && unanswered_.empty();
    const bool all_here = saving_.empty() && known_->size == saved_ && logged_ <= saved_;
    if (!all_sent || !all_here || idle_ || looking_ || !offered_.empty() || !debt_.empty()) return;
    if (!no_files_) {
        looking_ = true;
        effects.push_back(LookForFiles{});
        return;
    }
    idle_ = true;
    effects.push_back(Idle{});
}

Effects Session::on(const Tick& tick) {
    if ((phase_ == Phase::greeting || phase_ == Phase::authenticating) && tick.now >= deadline_) {
        return close(ByeReason::timeout, "the province did not answer in time");
    }
    return {};
}

Effects Session::on(const Stop&) { return close(ByeReason::done, {}); }

}  // namespace hoso::sync::client
