#include "shared/net/connection.hpp"

#include <netinet/tcp.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/net/stream.hpp"

namespace hoso::net {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
using std::chrono::seconds;
constexpr int unsent_bytes_max = 16 * 1024;

Error ended(const boost::system::error_code& error) { return Error{Errc::unreachable, "The connection ended: " + sentence(error)}; }

// The WebSocket's own timers take over from the stream's.
void settle(Stream& stream, std::size_t bytes_max) {
    beast::get_lowest_layer(stream).expires_never();
    beast::websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = seconds(handshake_seconds_max);
    timeout.idle_timeout = seconds(silence_seconds_max);  // Beast pings after half of it
    timeout.keep_alive_pings = true;
    static_assert(2 * ping_seconds == silence_seconds_max);
    stream.set_option(timeout);
    beast::websocket::permessage_deflate deflate;
    deflate.client_enable = false;
    deflate.server_enable = false;
    stream.set_option(deflate);
    stream.binary(true);
    stream.auto_fragment(false);
    stream.write_buffer_bytes(64 * 1024);
    stream.read_message_max(bytes_max);
    boost::system::error_code ignored;
    auto& socket = beast::get_lowest_layer(stream).socket();
    socket.set_option(Tcp::no_delay(true), ignored);
    // What has not left yet waits here, where facts go before files, and not in the kernel.
    using UnsentBytesMax = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_NOTSENT_LOWAT>;
    socket.set_option(UnsentBytesMax(unsent_bytes_max), ignored);
}

}  // namespace

Connection::Connection(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Connection::~Connection() = default;

Awaitable<Result<void>> Connection::handshake() {
    Stream& stream = parts_->stream;
    beast::get_lowest_layer(stream).expires_after(seconds(handshake_seconds_max));
    const auto [tls_error] = co_await stream.next_layer().async_handshake(asio::ssl::stream_base::server, as_result);
    if (tls_error) co_return Error{Errc::protocol, "No TLS: " + sentence(tls_error)};
    settle(stream, parts_->message_bytes_max);
    const auto [upgrade_error] = co_await stream.async_accept(as_result);
    if (upgrade_error) co_return Error{Errc::protocol, "No WebSocket: " + sentence(upgrade_error)};
    co_return Result<void>{};
}

Awaitable<Result<void>> Connection::send(Bytes message) {
    const auto [error, size] = co_await parts_->stream.async_write(asio::buffer(message), as_result);
    if (error) co_return ended(error);
    CHECK(size == message.size());
    co_return Result<void>{};
}

Awaitable<Result<Bytes>> Connection::receive() {
    Bytes message;
    auto buffer = asio::dynamic_buffer(message);  // bounded by the stream's read_message_max, which may grow meanwhile
    const auto [error, size] = co_await parts_->stream.async_read(buffer, as_result);
    if (error) co_return ended(error);
    if (!parts_->stream.got_binary()) co_return Error{Errc::protocol, "The peer sent text where bytes belong."};
    message.resize(size);
    co_return message;
}

Awaitable<void> Connection::finish() {
    const beast::websocket::close_reason reason{beast::websocket::close_code::normal};
    [[maybe_unused]] const auto [error] = co_await parts_->stream.async_close(reason, as_result);
    cancel();
}

void Connection::cancel() {
    boost::system::error_code ignored;
    beast::get_lowest_layer(parts_->stream).cancel();
    beast::get_lowest_layer(parts_->stream).socket().close(ignored);
}

void Connection::limit_messages(std::size_t bytes_max) { parts_->stream.read_message_max(bytes_max); }

Hash Connection::exporter() const { return exporter_of(parts_->stream.next_layer().native_handle()); }
const Address& Connection::remote() const { return parts_->address; }
const Executor& Connection::executor() const { return parts_->executor; }

Awaitable<Result<std::unique_ptr<Connection>>> connect(const Address& address, const Pin& pin, std::size_t message_bytes_max) {
    const Executor executor = co_await asio::this_coro::executor;
    const std::string there = to_text(address);
    Tcp::resolver resolver{executor};
    const auto [find_error, found] = co_await resolver.async_resolve(address.host, std::to_string(address.port), as_result);
    if (find_error) co_return Error{Errc::unreachable, "The name " + address.host + " is not known: " + sentence(find_error)};
    auto parts = std::make_unique<Connection::Parts>(Tcp::socket{executor}, client_context(), address, message_bytes_max);
    Stream& stream = parts->stream;
    beast::get_lowest_layer(stream).expires_after(seconds(handshake_seconds_max));
    const auto [reach_error, endpoint] = co_await beast::get_lowest_layer(stream).async_connect(found, as_result);
    if (reach_error) co_return Error{Errc::unreachable, "Nobody answers at " + there + ": " + sentence(reach_error)};
    parts->address = address_of(endpoint);
    beast::get_lowest_layer(stream).expires_after(seconds(handshake_seconds_max));
    const auto [tls_error] = co_await stream.next_layer().async_handshake(asio::ssl::stream_base::client, as_result);
    if (tls_error) co_return Error{Errc::protocol, "No TLS 1.3 with " + there + ": " + sentence(tls_error)};
    if (pin_of_peer(stream.next_layer().native_handle()) != pin) {
        co_return Error{Errc::unauthentic, "The server at " + there + " has another key than the one this desk was given. " +
                                               "Do not go on; ask the province."};
    }
    settle(stream, message_bytes_max);
    const auto [upgrade_error] = co_await stream.async_handshake(there, "/", as_result);
    if (upgrade_error) co_return Error{Errc::protocol, "No WebSocket at " + there + ": " + sentence(upgrade_error)};
    co_return std::unique_ptr<Connection>{new Connection(std::move(parts))};
}

}  // namespace hoso::net
