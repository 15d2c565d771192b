#include "server/reception.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace hoso::server {
namespace asio = boost::asio;

net::Awaitable<void> receive_desks(net::Listener& listener, Services& services) {
    constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
    const net::Executor executor = co_await asio::this_coro::executor;
    asio::steady_timer pause(executor);
    for (;;) {
        auto connection = co_await listener.accept();
        if (!connection && connection.error().code == Errc::limit) {
            services.journal.warn("no connection is taken for a moment: " + connection.error().detail);
            pause.expires_after(std::chrono::milliseconds(200));
            [[maybe_unused]] const auto [waited] = co_await pause.async_wait(as_result);
            continue;
        }
        if (!connection) co_return;
        if (!services.gate.enter((*connection)->remote().host, std::chrono::steady_clock::now()))
            continue;  // closes it, without a word
        std::make_shared<Conversation>(std::move(*connection), services)->start();
    }
}

}  // namespace hoso::server
