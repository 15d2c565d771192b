#include "server/conversation.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/io/key_file.hpp"

namespace hoso::server {
namespace asio = boost::asio;
namespace {

using namespace sync::server;

constexpr auto tick = std::chrono::seconds(1);
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// A peer's words, for one line of the journal.
std::string printable(std::string words) {
    for (char& c : words) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    return words;
}

sync::ByeReason bye_for(Errc code) { return code == Errc::version ? sync::ByeReason::version : sync::ByeReason::protocol; }

}  // namespace

Conversation::Conversation(std::unique_ptr<net::Connection> connection, Services& services)
    : connection_(std::move(connection)),
      services_(services),
      host_(connection_->remote().host),
      inbox_(std::make_shared<Inbox>(connection_->executor(), services.limits.inbox_frames_max)),
      timer_(connection_->executor()) {}

Conversation::~Conversation() {
    if (known_) services_.hub.leave(device_, inbox_);
    if (sender_) services_.blobs.leave(sender_);
    services_.gate.leave(host_, known_);
}

void Conversation::start() {
    const auto ended = [self = shared_from_this()](std::exception_ptr failure) {
        if (failure) self->services_.journal.fail("a conversation with " + self->host_ + " ended by an exception");
        self->end();
    };
    asio::co_spawn(connection_->executor(), serve(shared_from_this()), ended);
}

net::Awaitable<void> Conversation::serve(Self self) {
    const auto shaken = co_await self->connection_->handshake();
    if (!shaken) co_return;
    const auto ended = [self](std::exception_ptr failure) {
        if (failure) self->end();
    };
    self->opened_ = self->services_.clock.now();
    self->began_ = std::chrono::steady_clock::now();
    asio::co_spawn(self->connection_->executor(), listen(self), ended);
    asio::co_spawn(self->connection_->executor(), keep_time(self), ended);
    Session session;
    std::optional<Input> input{Opened{self->connection_->exporter(), io::random_hash(), self->opened_}};
    while (input) {
        Effects effects = session.step(std::move(*input));
        self->device_ = session.device();
        if (session.ready() && !self->known_) self->become_known();
        for (Effect& effect : effects) {
            const bool goes_on = co_await self->carry_out(effect);
            if (!goes_on) co_return;
        }
        input = co_await self->inbox_->next();
    }
}

net::Awaitable<void> Conversation::listen(Self self) {
    for (;;) {
        auto bytes = co_await self->connection_->receive();
        if (!bytes && bytes.error().code == Errc::unreachable) break;
        auto frame = bytes ? sync::decode(*bytes) : Result<sync::Decoded>{bytes.error()};
        if (!frame) {
            self->inbox_->answer(Stop{bye_for(frame.error().code)});
            co_return;  // the peer is told why before the connection ends
        }
        Input input{Received{std::move(frame->frame), frame->message_hash}};
        co_await self->inbox_->put(std::move(input));
    }
    self->end();
}

net::Awaitable<void> Conversation::keep_time(Self self) {
    for (;;) {
        self->timer_.expires_after(tick);
        const auto [cancelled] = co_await self->timer_.async_wait(as_result);
        if (cancelled) co_return;
        if (self->waited_too_long()) break;
        self->inbox_->tick(self->now());
    }
    self->end();
}

// For a peer that does not listen: to take a frame, or to hear from the session that its time is up.
bool Conversation::waited_too_long() const {
    const Limits& limits = services_.limits;
    const auto now = std::chrono::steady_clock::now();
    if (sending_since_ && now > *sending_since_ + std::chrono::seconds(limits.send_seconds_max)) return true;
    const int early_seconds = enrolling_ ? limits.enrolment_seconds_max : limits.early_seconds_max;
    return !known_ && now > began_ + std::chrono::seconds(early_seconds + 1);
}

// The conversation's time runs evenly also where the log's clock is handed in.
Instant Conversation::now() const {
    const auto gone = std::chrono::steady_clock::now() - began_;
    return opened_ + std::chrono::duration_cast<std::chrono::microseconds>(gone).count();
}

net::Awaitable<bool> Conversation::carry_out(Effect& effect) {
    if (auto* send = std::get_if<Send>(&effect)) {
        Bytes message = sync::encode(send->frame);
        sending_since_ = std::chrono::steady_clock::now();
        const auto sent = co_await connection_->send(std::move(message));
        sending_since_.reset();
        co_return sent.has_value();
    }
    if (const auto* close = std::get_if<Close>(&effect)) {
        if (close->by_desk) report(*close);
        co_await connection_->finish();
        co_return false;
    }
    ask(effect);
    co_return true;
}

// What a desk finds wrong with this log is evidence, also from one that has not proved who it is.
void Conversation::report(const Close& close) const {
    using enum sync::ByeReason;
    if (close.reason != amnesia && close.reason != bad_signature && close.reason != bad_chain) return;
    services_.journal.warn("a desk at " + host_ + (known_ ? ", device " : ", which says that it is device ") + device_.hex() +
                           ", ended the conversation: " + sync::name(close.reason) + ", \"" + printable(close.detail) + "\"");
}

void Conversation::ask(Effect& effect) {
    if (auto* identify = std::get_if<Identify>(&effect)) services_.ledger.identify(std::move(*identify), answer());
    if (auto* store = std::get_if<Store>(&effect)) services_.ledger.store(Petition{std::move(store->push), false, answer()});
    if (auto* enrol = std::get_if<StoreEnrolment>(&effect)) {
        enrolling_ = true;
        services_.ledger.store(Petition{std::move(enrol->push), true, answer()});
    }
    if (auto* fetch = std::get_if<Fetch>(&effect)) services_.reader.fetch(std::move(*fetch), answer());
    ask_about_files(effect);
}

void Conversation::ask_about_files(Effect& effect) {
    Blobs& blobs = services_.blobs;
    if (auto* weigh = std::get_if<Weigh>(&effect)) blobs.weigh(sender_, std::move(*weigh), answer());
    if (auto* withdraw = std::get_if<Withdraw>(&effect)) blobs.withdraw(sender_, *withdraw, answer());
    if (auto* keep = std::get_if<KeepPiece>(&effect)) blobs.keep(sender_, std::move(*keep), answer());
    if (auto* read = std::get_if<ReadPiece>(&effect)) blobs.read(std::move(*read), answer());
}

Answer Conversation::answer() const {
    return [inbox = inbox_](Input input) { inbox->answer(std::move(input)); };
}

void Conversation::become_known() {
    known_ = true;
    sender_ = services_.blobs.sender(device_);
    services_.blobs.greet(sender_, answer());
    services_.gate.known(host_);
    connection_->limit_messages(sync::frame_bytes_max);
    services_.hub.enter(device_, inbox_);
    inbox_->notify(services_.ledger.newest());  // what was logged between the session's look and now
}

void Conversation::end() {
    inbox_->close();
    timer_.cancel();
    connection_->cancel();
}

}  // namespace hoso::server
