#include "server/inbox.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace hoso::server {
namespace asio = boost::asio;
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

}  // namespace

Inbox::Inbox(const net::Executor& executor, std::size_t frames_max)
    : executor_(executor), frames_max_(frames_max), filled_(executor), emptied_(executor) {
    filled_.expires_at(asio::steady_timer::time_point::max());
    emptied_.expires_at(asio::steady_timer::time_point::max());
}

void Inbox::arrive(Input input, bool frame) {
    if (closed_) return;
    waiting_.push_back(Waiting{std::move(input), frame});
    if (frame) ++frames_;
    filled_.cancel();
}

net::Awaitable<void> Inbox::put(Input frame) {
    while (!closed_ && frames_ >= frames_max_) {
        [[maybe_unused]] const auto [woken] = co_await emptied_.async_wait(as_result);
    }
    arrive(std::move(frame), true);
}

net::Awaitable<std::optional<Input>> Inbox::next() {
    while (!closed_ && waiting_.empty()) {
        [[maybe_unused]] const auto [woken] = co_await filled_.async_wait(as_result);
    }
    if (closed_) co_return std::nullopt;
    std::optional<Input> taken{std::move(waiting_.front().input)};
    if (waiting_.front().frame && frames_-- == frames_max_) emptied_.cancel();
    waiting_.pop_front();
    co_return taken;
}

void Inbox::close() {
    closed_ = true;
    waiting_.clear();
    filled_.cancel();
    emptied_.cancel();
}

void Inbox::answer(Input input) {
    asio::post(executor_,
               [self = shared_from_this(), moved = std::move(input)]() mutable { self->arrive(std::move(moved), false); });
}

void Inbox::notify(const sync::server::Grew& news) {
    {
        const std::lock_guard lock(mutex_);
        const bool under_way = news_.has_value();
        news_ = news;
        if (under_way) return;
    }
    asio::post(executor_, [self = shared_from_this()] {
        const std::lock_guard lock(self->mutex_);
        self->arrive(std::move(*self->news_), false);
        self->news_.reset();
    });
}

}  // namespace hoso::server
