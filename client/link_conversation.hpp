#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>

#include "client/link.hpp"
#include "shared/net/connection.hpp"

namespace hoso::client {

// One connection of a desk from greeting to goodbye: carries out what sync::client::Session wants. On one thread with its desk.
class Conversation : public std::enable_shared_from_this<Conversation> {
public:
    Conversation(Desk& desk, boost::asio::io_context& context, Progress& progress, const OnProgress& on_progress,
                 bool stop_when_idle);

    // Connects, converses, ends. The error says why it ended early; Errc::unreachable means that it is worth coming back.
    net::Awaitable<Result<void>> run();
    void outbox_grew();
    void files_changed();
    void stop();   // says goodbye
    void abort();  // cuts the line
    bool ready() const { return session_ && session_->ready(); }
    bool stood() const { return stood_; }  // the two sides knew each other at some moment
    bool idle() const { return idle_; }    // everything was sent, answered and received at some moment
    std::uint32_t retry_after_ms() const { return retry_after_ms_; }

private:
    net::Awaitable<void> converse();
    net::Awaitable<void> write();
    net::Awaitable<void> tick();
    void look_at(const sync::Frame& frame);
    void step(sync::client::Input input);
    void end(Result<void> outcome);

    void on(const sync::client::Send& effect);
    void on(const sync::client::Prepare& effect);
    void on(const sync::client::Answered& effect);
    void on(const sync::client::UseScopes& effect);
    void on(const sync::client::Save& effect);
    void on(const sync::client::LookForFiles& effect);
    void on(const sync::client::ReadPiece& effect);
    void on(const sync::client::KeepPiece& effect);
    void on(const sync::client::FileAnswered& effect);
    void on(const sync::client::Idle& effect);
    void on(const sync::client::SaveCheckpoint& effect);
    void on(const sync::client::Ahead& effect);
    void on(const sync::client::Close& effect);

    Desk& desk_;
    boost::asio::io_context& context_;
    Progress& progress_;
    const OnProgress& on_progress_;
    const bool stop_when_idle_;

    std::unique_ptr<net::Connection> connection_;
    std::optional<sync::client::Session> session_;
    std::deque<sync::client::Input> inputs_;
    bool stepping_ = false;
    struct Outgoing {
        Bytes message;
        std::uint64_t first_seq = 0;  // of the push it carries
        std::uint64_t actions = 0;    // none: another frame
        std::uint64_t file_bytes = 0;
    };
    std::deque<Outgoing> outgoing_;
    boost::asio::steady_timer something_to_send_;
    boost::asio::steady_timer next_tick_;
    boost::asio::steady_timer helpers_left_;
    int helpers_ = 0;
    bool ended_ = false;
    bool stood_ = false;
    bool idle_ = false;
    std::uint32_t retry_after_ms_ = 0;
    std::optional<Error> outcome_;
};

// What a goodbye means for the officer.
Error error_of(sync::ByeReason reason, const std::string& detail);
Result<net::Address> address_of(const Province& province);

}  // namespace hoso::client
