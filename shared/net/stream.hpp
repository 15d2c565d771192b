#pragma once

#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>

#include "shared/net/connection.hpp"
#include "shared/net/tls_context.hpp"

// Inside hoso_net: the one stream type. connection.cpp alone instantiates what it does.
namespace hoso::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;
using Stream = beast::websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

struct Connection::Parts {
    Parts(Tcp::socket&& socket, TlsContext tls, const Address& remote, std::size_t bytes_max)
        : context(std::move(tls)), stream(std::move(socket), *context), executor(stream.get_executor()), address(remote) {
        message_bytes_max = bytes_max;
    }
    TlsContext context;  // outlives the stream
    Stream stream;
    Executor executor;
    Address address;
    std::size_t message_bytes_max;
};

Address address_of(const Tcp::endpoint& endpoint);
std::string sentence(const boost::system::error_code& error);

}  // namespace hoso::net
