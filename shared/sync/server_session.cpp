#include "shared/sync/server_session.hpp"

#include "shared/base/check.hpp"

namespace hoso::sync::server {
namespace {

constexpr Instant second = 1'000'000;
constexpr Instant handshake_duration_max = 5 * second;   // from the opening to Auth
constexpr Instant enrolment_duration_max = 60 * second;  // the ledger's answer is a sync to disk away
// Frames without an event, only to move the cursor, between two ticks: a busy province must not flood the desks it does not
// concern.
constexpr std::uint32_t news_per_tick_max = 4;

// What the desk should let pass before it comes back; it adds jitter of its own.
std::uint32_t usual_pause_ms(ByeReason reason) {
    switch (reason) {
        case ByeReason::shutdown: return 2'000;
        case ByeReason::busy: return 5'000;
        case ByeReason::superseded:
        case ByeReason::full: return 60'000;
        case ByeReason::amnesia: return 300'000;
        case ByeReason::done:
        case ByeReason::protocol:
        case ByeReason::version:
        case ByeReason::wrong_log:
        case ByeReason::unknown_device:
        case ByeReason::bad_signature:
        case ByeReason::bad_seal:
        case ByeReason::bad_chain:
        case ByeReason::slow:
        case ByeReason::timeout:
        case ByeReason::slip_refused: return 0;
    }
    return 0;
}

// What is wrong with an enrolment's push is wrong with its slip; the rest is not the slip's fault.
ByeReason enrolment_reason(ByeReason reason) {
    const bool of_push = reason == ByeReason::bad_seal || reason == ByeReason::bad_chain || reason == ByeReason::bad_signature;
    return of_push ? ByeReason::slip_refused : reason;
}

bool speaks(std::uint16_t protocol_min, std::uint16_t protocol_max) {
    return protocol_min <= protocol_version && protocol_version <= protocol_max;
}

constexpr const char* update_one = "this server speaks protocol version 1 only: update the older of the two programs";

}  // namespace

Effects Session::step(Input input) {
    if (phase_ == Phase::closed) return {};
    return std::visit([this](auto& what) { return on(std::move(what)); }, input);
}

Effects Session::bye(ByeReason reason, std::string detail, std::uint32_t retry_after_ms) {
    phase_ = Phase::closed;
    return {Send{Bye{reason, std::move(detail), retry_after_ms ? retry_after_ms : usual_pause_ms(reason)}}, Close{reason}};
}

Effects Session::on(const Opened& opened) {
    CHECK(phase_ == Phase::opening);
    phase_ = Phase::greeting;
    exporter_ = opened.exporter;
    nonce_ = opened.nonce;
    now_ = opened.now;
    deadline_ = now_ + handshake_duration_max;
    return {};
}

Effects Session::on(Received&& received) {
    return std::visit(
        [&](auto& frame) {
            if constexpr (std::is_same_v<decltype(frame), Hello&>) {
                return take(frame, received.message_hash);
            } else {
                return take(std::move(frame));
            }
        },
        received.frame);
}

template <typename Other>
Effects Session::take(const Other& other) {
    return bye(ByeReason::protocol, std::string{"this server does not expect a frame of this kind: "} + name(other));
}

Effects Session::take(const Bye& bye) {
    phase_ = Phase::closed;
    return {Close{bye.reason, true, bye.detail}};
}

Effects Session::take(const Hello& hello, const Hash& message_hash) {
    if (phase_ != Phase::greeting) return bye(ByeReason::protocol, "Hello opens a conversation and comes once");
    if (!speaks(hello.protocol_min, hello.protocol_max)) return bye(ByeReason::version, update_one);
    phase_ = Phase::identifying;
    device_ = hello.device;
    epoch_ = hello.epoch;
    hello_hash_ = message_hash;
    hello_ = hello;
    return {Identify{device_, epoch_, hello.checkpoint}};
}

Effects Session::on(const Known& known) {
    if (phase_ == Phase::ready) return scopes_again(known);
    if (phase_ != Phase::identifying) return {};
    if (known.log != hello_.log)
        return bye(ByeReason::wrong_log, "this server keeps the log of another province: check the address");
    if (!known.key)
        return bye(ByeReason::unknown_device,
                   "this device is not enrolled here under this epoch: enrol it with a slip of this province");
    if (!known.amnesia.empty()) return bye(ByeReason::amnesia, known.amnesia);
    phase_ = Phase::authenticating;
    key_ = *known.key;
    if (known.log_size >= log_size_) {  // else news came first
        log_size_ = known.log_size;
        checkpoint_ = known.checkpoint;
    }
    checkpoint_sent_ = known.log_size;
    scopes_at_ = known.scopes_at;
    set_cursors(known.scopes);
    const Frame frame = welcome(known);
    welcome_hash_ = message_hash(frame);
    return {Send{frame}};
}

Welcome Session::welcome(const Known& known) const {
    Welcome welcome;
    welcome.nonce = nonce_;
    welcome.checkpoint = known.checkpoint;
    welcome.head = known.head;
    welcome.scopes = known.scopes;
    welcome.server_time = now_;
    return welcome;
}

Effects Session::take(const Auth& auth) {
    if (phase_ != Phase::authenticating) return bye(ByeReason::protocol, "Auth answers Welcome and comes once");
    if (!verify(key_, session_statement(exporter_, hello_hash_, welcome_hash_), auth.signature)) {
        return bye(ByeReason::bad_signature, "the device's signature over this connection does not hold");
    }
    phase_ = Phase::ready;
    hello_ = {};
    news_left_ = news_per_tick_max;
    Effects effects{Send{Ready{}}};
    advance(effects);
    return effects;
}

Effects Session::take(const Enrol& enrol) {
    if (phase_ != Phase::greeting) return bye(ByeReason::protocol, "Enrol stands alone on a connection of its own");
    if (!speaks(enrol.protocol_min, enrol.protocol_max)) return bye(ByeReason::version, update_one);
    const log::Seal& seal = enrol.push.seal;
    if (enrol.push.actions.size() != 1 || seal.first_seq != 0 || seal.last_seq != 0) {
        return bye(ByeReason::protocol, "Enrol carries one action, the first of its device");
    }
    phase_ = Phase::enrolling;
    deadline_ += enrolment_duration_max - handshake_duration_max;
    return {StoreEnrolment{enrol.push}};
}

Effects Session::take(Push&& push) {
    if (phase_ != Phase::ready) return bye(ByeReason::protocol, "Push comes after Ready");
    if (push.push.device != device_ || push.push.epoch != epoch_)
        return bye(ByeReason::protocol, "a push of another device or epoch");
    if (unanswered_ == pushes_in_flight_max)
        return bye(ByeReason::protocol, "more pushes without an answer than the credit allows");
    ++unanswered_;
    return one_effect<Effects>(Store{std::move(push.push)});
}

Effects Session::on(Logged&& logged) {
    if (phase_ == Phase::enrolling) {
        phase_ = Phase::closed;
        return {Send{Enrolled{logged.genesis, logged.heads, logged.checkpoint}}, Close{ByeReason::done}};
    }
    if (phase_ != Phase::ready) return {};
    CHECK(unanswered_ > 0);
    --unanswered_;
    return one_effect<Effects>(Send{Results{logged.first_seq, std::move(logged.heads)}});
}

Effects Session::on(const Refused& refused) {
    const ByeReason reason = phase_ == Phase::enrolling ? enrolment_reason(refused.reason) : refused.reason;
    return bye(reason, refused.detail, refused.retry_after_ms);
}

Effects Session::on(const Tick& tick) {
    now_ = tick.now;
    if (phase_ != Phase::ready && phase_ != Phase::opening && tick.now >= deadline_) {
        return bye(ByeReason::timeout, "the handshake took too long");
    }
    news_left_ = news_per_tick_max;
    Effects effects;
    advance(effects);
    return effects;
}

Effects Session::on(const Stop& stop) { return bye(stop.reason, stop.detail); }

}  // namespace hoso::sync::server
