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

// Everything that happens to one conversation, in the order in which it is to be looked at. Frames wait outside while `frames_max`
// of them are waiting inside; answers are as many as there were questions; news replaces older news.
class Inbox : public std::enable_shared_from_this<Inbox> {
public:
    Inbox(const net::Executor& executor, std::size_t frames_max);

    // On the connection's executor.
    net::Awaitable<void> put(Input frame);        // waits while the inbox is full; drops the frame once it is closed
    net::Awaitable<std::optional<Input>> next();  // waits; empty once it is closed
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

    net::Executor executor_;
    std::size_t frames_max_;
    std::size_t frames_ = 0;
    std::deque<Waiting> waiting_;
    bool closed_ = false;
    boost::asio::steady_timer filled_;   // cancelled when something arrives
    boost::asio::steady_timer emptied_;  // cancelled when there is room for a frame
    std::mutex mutex_;
    std::optional<sync::server::Grew> news_;  // not yet taken by the executor
};

}  // namespace hoso::server
