#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/net/address.hpp"
#include "shared/net/tls.hpp"

namespace hoso::net {

using Executor = boost::asio::any_io_executor;
template <typename T>
using Awaitable = boost::asio::awaitable<T>;

inline constexpr int handshake_seconds_max = 5;  // TCP connect, TLS and WebSocket handshake, each
inline constexpr int ping_seconds = 60;          // of silence, then a ping
inline constexpr int silence_seconds_max = 120;  // then the connection is dead

// A WebSocket over TLS 1.3 that carries whole binary messages, uncompressed. Everything happens on its executor, which is one
// thread or a strand; at most one send and one receive are under way at a time. Nothing here throws.
class Connection {
public:
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Accepted connections only, first of all: TLS and WebSocket. Errc::unreachable, protocol.
    Awaitable<Result<void>> handshake();
    // Errc::unreachable once the connection has ended.
    Awaitable<Result<void>> send(Bytes message);
    // Errc::unreachable once the connection has ended; a message over the limit and bad framing end it too, and the WebSocket tells
    // the peer why. Errc::protocol for text.
    Awaitable<Result<Bytes>> receive();
    // Says goodbye to the peer and waits a moment for its answer. No receive may be under way, or it ends with an error.
    Awaitable<void> finish();
    // Ends it at once: what is under way returns Errc::unreachable. On the connection's executor only.
    void cancel();

    void limit_messages(std::size_t bytes_max);
    Hash exporter() const;  // RFC 9266 tls-exporter of this connection
    const Address& remote() const;
    const Executor& executor() const;

private:
    friend class Listener;
    friend Awaitable<Result<std::unique_ptr<Connection>>> connect(const Address& address, const Pin& pin,
                                                                  std::size_t message_bytes_max);
    struct Parts;
    explicit Connection(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

// Opens a connection on the executor of the calling coroutine (a strand of it is not made). Nothing is sent through it before the
// server's key was compared with `pin`: Errc::unauthentic when it is another one. Errc::unreachable, protocol.
Awaitable<Result<std::unique_ptr<Connection>>> connect(const Address& address, const Pin& pin, std::size_t message_bytes_max);

}  // namespace hoso::net
