#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "client/local_api/service.hpp"
#include "shared/net/address.hpp"
#include "shared/net/tls.hpp"

namespace hoso::client::local_api {

// What a port takes on. Those of the pages; a port that strangers reach has smaller ones.
struct PortLimits {
    std::size_t connections_max = 64;
    std::size_t connections_of_one_max = 64;  // of one address; this machine's own counts as many, for a proxy stands there
    std::size_t requests_max = 1'000'000;     // on one connection
    int handshake_seconds_max = 10;
    int head_seconds_max = 30;  // until a whole head is here; an idle connection ends then
    int body_seconds_max = 60;  // between two parts of a body, both ways
};

// One port and the service behind it. Reads requests and writes answers in the context's handlers; what a request asks for is done
// by work(), between them, since a command may run the context itself.
class HttpServer {
public:
    // Listens on 127.0.0.1. `port` 0: any. Errc::unreachable when the port is in use, io.
    static Result<std::unique_ptr<HttpServer>> listen(boost::asio::io_context& context, std::uint16_t port);
    // Over TLS 1.3 on an address of this machine in a network. Errc as above; invalid for no such address, or a key that is none.
    static Result<std::unique_ptr<HttpServer>> listen(boost::asio::io_context& context, const net::Address& address,
                                                      const net::Identity& identity);
    ~HttpServer();

    std::uint16_t port() const;
    bool secured() const;  // it speaks TLS
    // The service outlives the server. `files` is null where it has none.
    void start(Service& service, FileTraffic* files, const PortLimits& limits);
    void work();  // answers what has come
    void stop();  // no new connections, and those there are end

private:
    struct Parts;
    explicit HttpServer(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
    std::shared_ptr<Parts> parts_;
};

}  // namespace hoso::client::local_api
