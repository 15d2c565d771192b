#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "shared/net/tls_context.hpp"

namespace hoso::client::local_api {

// One connection of a browser, plain or over TLS. Everything on the context's thread; nothing here throws.
class Line {
public:
    virtual ~Line() = default;
    virtual boost::asio::awaitable<bool> handshake() = 0;
    // At least one byte, at most `size`; 0 when the connection has ended.
    virtual boost::asio::awaitable<std::size_t> read_some(char* to, std::size_t size) = 0;
    virtual boost::asio::awaitable<bool> write(std::string_view bytes) = 0;  // all of them
    virtual void expires_after(int seconds) = 0;                             // what is under way ends then
    virtual void close() = 0;
};

std::unique_ptr<Line> plain_line(boost::asio::ip::tcp::socket socket);
std::unique_ptr<Line> secured_line(boost::asio::ip::tcp::socket socket, const net::TlsContext& tls);

}  // namespace hoso::client::local_api
