#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "client/local_api/api.hpp"
#include "shared/net/address.hpp"
#include "shared/net/tls.hpp"

namespace hoso::client::local_api {

inline constexpr std::size_t connections_max = 64;
inline constexpr int head_seconds_max = 30;  // until a whole head is here; an idle connection ends then
inline constexpr int body_seconds_max = 60;  // between two parts of a body, both ways

// The pages of a desk on the loopback. Reads requests and writes answers in the context's handlers; what a request asks for is done
// by work(), between them, since a command may run the context itself.
class HttpServer {
public:
    // Listens on 127.0.0.1. `port` 0: any. Errc::unreachable when the port is in use, io.
    static Result<std::unique_ptr<HttpServer>> listen(boost::asio::io_context& context, std::uint16_t port);
    // Over TLS 1.3 on an address of an office's network. Errc as above; invalid for no address of this machine, or a key that is
    // none.
    static Result<std::unique_ptr<HttpServer>> listen(boost::asio::io_context& context, const net::Address& address,
                                                      const net::Identity& identity);
    ~HttpServer();

    std::uint16_t port() const;
    void start(Api& api);  // the API outlives the server
    void work();           // answers what has come
    void stop();           // no new connections, and those there are end

private:
    struct Parts;
    explicit HttpServer(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
    std::shared_ptr<Parts> parts_;
};

}  // namespace hoso::client::local_api
