#include "server/inbox.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

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
    while (!closed_ && empty()) {
        [[maybe_unused]] const auto [woken] = co_await filled_.async_wait(as_result);
    }
    if (closed_) co_return std::nullopt;
    std::optional<Input> taken{take()};
    co_return taken;
}

// News goes first, so that what was read meanwhile is not taken for more than the news; but never twice before what waits.
Input Inbox::take() {
    const bool others_wait = tick_ || !waiting_.empty();
    if (news_ && !(news_was_last_ && others_wait)) {
        news_was_last_ = true;
        return *std::exchange(news_, std::nullopt);
    }
    news_was_last_ = false;
    if (tick_) return *std::exchange(tick_, std::nullopt);
    Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    if (next.frame && frames_-- == frames_max_) emptied_.cancel();
    return std::move(next.input);
}

void Inbox::tick(Instant now) {
    tick_ = sync::server::Tick{now};
    filled_.cancel();
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
        const bool under_way = coming_.has_value();
        coming_ = news;
        if (under_way) return;
    }
    asio::post(executor_, [self = shared_from_this()] {
        const std::lock_guard lock(self->mutex_);
        self->news_ = std::exchange(self->coming_, std::nullopt);
        self->filled_.cancel();
    });
}

}  // namespace hoso::server
