#include "client/link_conversation.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/io/key_file.hpp"

namespace hoso::client {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto tick_every = 5s;

net::Awaitable<void> wait(asio::steady_timer& timer) {
    boost::system::error_code woken;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

}  // namespace

Error error_of(sync::ByeReason reason, const std::string& detail) {
    using enum sync::ByeReason;
    const std::string said = detail.empty() ? std::string{} : " (" + detail + ")";
    switch (reason) {
        case done:
        case shutdown: return {Errc::unreachable, "The province's server ended the connection" + said + ": try again later."};
        case slow:
        case timeout:
            return {Errc::unreachable,
                    "The connection to the province is too slow" + said + ": it continues where it stopped, try again."};
        case busy: return {Errc::unreachable, "The province's server is busy" + said + ": try again later."};
        case superseded:
            return {Errc::conflict, "Another connection of this desk took over" + said +
                                        ": if no other program runs here, a copy of this folder is in use somewhere."};
        case protocol:
            return {Errc::protocol, "The province's server did not understand this program" + said +
                                        ": tell the province, with the versions of both."};
        case version:
            return {Errc::version,
                    "This program and the province's server have no protocol in common" + said + ": update this program."};
        case wrong_log:
            return {Errc::denied,
                    "The server at this address keeps another log than this desk's" + said + ": ask the province for its address."};
        case unknown_device: return {Errc::denied, "The province does not know this desk" + said + ": enrol it with a slip."};
        case bad_signature:
            return {Errc::unauthentic, "The province's server did not accept this desk's signature" + said +
                                           ": its key is another one. Ask the province."};
        case bad_seal:
        case bad_chain:
            return {Errc::conflict, "The province holds other actions of this desk than this folder" + said +
                                        ": a copy of the folder was in use. Keep both and ask the province."};
        case full:
            return {Errc::full,
                    "The disk of the province's server is full" + said + ". Everything stays recorded here; try again later."};
        case amnesia:
            return {Errc::amnesia, "The province's server lost part of its log and takes nothing until that is repaired" + said +
                                       ". Everything stays recorded here."};
        case slip_refused:
            return {Errc::denied, "The province refused the slip" + said +
                                      ": it was used before or has expired. Ask for a new one and enrol in a new, empty folder."};
    }
    return {Errc::protocol, "The province's server ended the connection for an unknown reason."};
}

Result<net::Address> address_of(const Province& province) {
    const auto address = net::address_from_text(province.address);
    if (!address) return Error{Errc::invalid, "The province's address \"" + province.address + "\" is no host:port."};
    return *address;
}

Conversation::Conversation(Desk& desk, asio::io_context& context, Progress& progress, const OnProgress& on_progress,
                           bool stop_when_idle)
    : desk_(desk),
      context_(context),
      progress_(progress),
      on_progress_(on_progress),
      stop_when_idle_(stop_when_idle),
      something_to_send_(context, asio::steady_timer::time_point::max()),
      next_tick_(context),
      helpers_left_(context, asio::steady_timer::time_point::max()) {}

net::Awaitable<Result<void>> Conversation::run() {
    const auto address = address_of(desk_.identity().province);
    if (!address) co_return address.error();
    auto connected = co_await net::connect(*address, desk_.identity().province.pin, sync::frame_bytes_max);
    if (!connected) co_return connected.error();
    connection_ = std::move(*connected);
    if (!ended_) co_await converse();
    connection_->cancel();
    something_to_send_.cancel();
    next_tick_.cancel();
    while (helpers_ > 0) co_await wait(helpers_left_);
    desk_.line_ended();
    if (outcome_) co_return *outcome_;
    co_return Result<void>{};
}

net::Awaitable<void> Conversation::converse() {
    session_.emplace(desk_.device_key(), desk_.facts());
    desk_.files().begin();
    helpers_ = 2;
    asio::co_spawn(context_, write(), asio::detached);
    asio::co_spawn(context_, tick(), asio::detached);
    step(sync::client::Opened{connection_->exporter(), io::random_hash(), desk_.now()});
    while (!ended_) {
        auto message = co_await connection_->receive();
        if (ended_) break;
        if (!message) {
            end(message.error());
            break;
        }
        auto decoded = sync::decode(*message);
        if (decoded) {
            look_at(decoded->frame);
            step(sync::client::Received{std::move(decoded->frame), decoded->message_hash});
        } else {
            end(decoded.error());
        }
    }
    // A goodbye that waits in line may still leave.
    while (!outgoing_.empty()) co_await wait(helpers_left_);
}

net::Awaitable<void> Conversation::write() {
    const auto self = shared_from_this();
    while (!ended_ || !outgoing_.empty()) {
        if (outgoing_.empty()) {
            co_await wait(something_to_send_);
            continue;
        }
        Bytes next = std::move(outgoing_.front().message);
        const auto sent = co_await connection_->send(std::move(next));
        if (!outgoing_.empty()) {
            const Outgoing& gone = outgoing_.front();
            if (sent && gone.actions > 0) desk_.left(gone.first_seq, gone.first_seq + gone.actions - 1);
            if (sent) progress_.sent += gone.actions;
            if (sent) progress_.file_bytes += gone.file_bytes;
            outgoing_.pop_front();
        }
        if (sent && outgoing_.empty() && !ended_) step(sync::client::Drained{});
        if (!sent) {
            end(sent.error());
            outgoing_.clear();
        }
    }
    connection_->cancel();
    --helpers_;
    helpers_left_.cancel();
}

net::Awaitable<void> Conversation::tick() {
    const auto self = shared_from_this();
    while (!ended_) {
        next_tick_.expires_after(tick_every);
        co_await wait(next_tick_);
        if (!ended_) step(sync::client::Tick{desk_.now()});
        if (!ended_ && desk_.files().more_may_travel(desk_.now())) step(sync::client::FilesChanged{});
    }
    --helpers_;
    helpers_left_.cancel();
}

// How long the province's log is, for a progress line; whether the note holds is the session's to say.
void Conversation::look_at(const sync::Frame& frame) {
    if (const auto* want = std::get_if<sync::BlobWant>(&frame)) desk_.files().heard(*want);
    const auto* welcome = std::get_if<sync::Welcome>(&frame);
    const auto* newer = std::get_if<sync::NewCheckpoint>(&frame);
    if (!welcome && !newer) return;
    const Province& province = desk_.identity().province;
    const auto opened = log::open_note(welcome ? welcome->checkpoint : newer->note, province.origin, province.log_key);
    if (opened) progress_.known = std::max(progress_.known, opened->size);
}

// Inputs that arise while effects are carried out wait for their turn.
void Conversation::step(sync::client::Input input) {
    inputs_.push_back(std::move(input));
    if (stepping_) return;
    stepping_ = true;
    while (!inputs_.empty() && !ended_) {
        sync::client::Input next = std::move(inputs_.front());
        inputs_.pop_front();
        const sync::client::Effects effects = session_->step(std::move(next));
        stood_ = stood_ || session_->ready();
        for (const sync::client::Effect& effect : effects) {
            if (ended_) break;
            std::visit([this](const auto& wanted) { on(wanted); }, effect);
        }
    }
    stepping_ = false;
    if (on_progress_) on_progress_(progress_);
}

void Conversation::end(Result<void> outcome) {
    if (ended_) return;
    ended_ = true;
    if (!outcome) outcome_ = outcome.error();
    something_to_send_.cancel();
    next_tick_.cancel();
    if (connection_ && outgoing_.empty()) connection_->cancel();
}

void Conversation::outbox_grew() {
    if (!session_ || ended_) return;
    idle_ = false;
    step(sync::client::OutboxGrew{});
}

void Conversation::files_changed() {
    if (!session_ || ended_) return;
    idle_ = false;
    step(sync::client::FilesChanged{});
}

void Conversation::stop() {
    if (session_ && !ended_) return step(sync::client::Stop{});
    ended_ = true;
}

void Conversation::abort() {
    end({});
    outgoing_.clear();
    if (connection_) connection_->cancel();
}

void Conversation::on(const sync::client::Send& effect) {
    Outgoing next{sync::encode(effect.frame)};
    if (const auto* push = std::get_if<sync::Push>(&effect.frame)) {
        next.first_seq = push->push.seal.first_seq;
        next.actions = push->push.actions.size();
    }
    if (const auto* piece = std::get_if<sync::BlobChunk>(&effect.frame)) next.file_bytes = piece->bytes.size();
    outgoing_.push_back(std::move(next));
    something_to_send_.cancel();
}

void Conversation::on(const sync::client::Prepare& effect) {
    auto push = desk_.prepare(effect.first_seq);
    if (!push) return end(push.error());
    inputs_.push_back(sync::client::Prepared{std::move(*push)});
}

void Conversation::on(const sync::client::Answered& effect) {
    if (auto done = desk_.accept(effect); !done) return end(done);
    progress_.answered += effect.results.heads.size() / log::head_size;
}

void Conversation::on(const sync::client::UseScopes& effect) {
    if (auto done = desk_.accept(effect); !done) end(done);
}

void Conversation::on(const sync::client::Save& effect) {
    if (auto done = desk_.accept(effect); !done) return end(done);
    progress_.received += effect.events.events.size();
    progress_.through = desk_.through();
    inputs_.push_back(sync::client::Saved{});
}

void Conversation::on(const sync::client::SaveCheckpoint& effect) {
    if (auto done = desk_.accept(effect); !done) end(done);
}

void Conversation::on(const sync::client::LookForFiles&) {
    inputs_.push_back(desk_.files().look(desk_.confirmed().state(), desk_.now()));
}

void Conversation::on(const sync::client::ReadPiece& effect) {
    inputs_.push_back(sync::client::PieceRead{effect.file, desk_.files().read(effect, desk_.now())});
}

// A file that does not fit here keeps nothing else from coming.
void Conversation::on(const sync::client::KeepPiece& effect) {
    progress_.file_bytes += effect.piece.bytes.size();
    auto kept = desk_.files().keep(effect.piece, desk_.now());
    if (kept.trouble) progress_.file_trouble = kept.trouble->detail;
    inputs_.push_back(std::move(kept.next));
}

void Conversation::on(const sync::client::FileAnswered& effect) {
    auto instead = desk_.files().answered(effect, desk_.now());
    if (!instead.wants.empty()) inputs_.push_back(std::move(instead));
    if (effect.state == sync::BlobState::stored) ++progress_.files;
}

void Conversation::on(const sync::client::Idle&) {
    if (auto noted = desk_.exchanged(); !noted) return end(noted);
    idle_ = true;
    progress_.through = desk_.through();
    if (stop_when_idle_) inputs_.push_back(sync::client::Stop{});
}

void Conversation::on(const sync::client::Ahead& effect) {
    const std::string said =
        "The province holds " + std::to_string(effect.server.next_seq) + " actions of this desk and this folder knows of " +
        std::to_string(desk_.outbox().sealed()) +
        ": it is an older copy. Record nothing here; look for the newer copy, or enrol a new desk with a new slip.";
    desk_.warn(said);
    end(Error{Errc::amnesia, said});
}

void Conversation::on(const sync::client::Close& effect) {
    retry_after_ms_ = effect.retry_after_ms;
    end(effect.reason == sync::ByeReason::done && idle_ ? Result<void>{} : Result<void>{error_of(effect.reason, effect.detail)});
}

}  // namespace hoso::client
