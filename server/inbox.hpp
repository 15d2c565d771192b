#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "shared/net/connection.hpp"
#include "shared/sync/server_session.hpp"

namespace hoso::server {

using Input = sync::server::Input;

// Everything that happens to one conversation, in the order in which it is to be looked at. However long nobody looks, it stays
// bounded: frames wait outside while `frames_max` of them are waiting inside, answers are as many as there were questions, and of
// news and of ticks only the newest is kept.
class Inbox : public std::enable_shared_from_this<Inbox> {
public:
    Inbox(const net::Executor& executor, std::size_t frames_max);

    // On the connection's executor.
    net::Awaitable<void> put(Input frame);        // waits while the inbox is full; drops the frame once it is closed
    net::Awaitable<std::optional<Input>> next();  // waits; empty once it is closed
    void tick(Instant now);
    void close();

    // From any thread.
    void answer(Input input);
    void notify(const sync::server::Grew& news);

private:
    struct Waiting {
        Input input;
        bool frame = false;
    };
    void arrive(Input input, bool frame);
    bool empty() const { return waiting_.empty() && !news_ && !tick_; }
    Input take();

    net::Executor executor_;
    std::size_t frames_max_;
    std::size_t frames_ = 0;
    std::deque<Waiting> waiting_;
    std::optional<sync::server::Grew> news_;
    std::optional<sync::server::Tick> tick_;
    bool news_was_last_ = false;  // taken
    bool closed_ = false;
    boost::asio::steady_timer filled_;   // cancelled when something arrives
    boost::asio::steady_timer emptied_;  // cancelled when there is room for a frame
    std::mutex mutex_;
    std::optional<sync::server::Grew> coming_;  // news not yet taken by the executor
};

}  // namespace hoso::server
