#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "client/link.hpp"

namespace hoso::client {

// What runs in a desk's daemon besides the link and the control socket: the pages. On the daemon's thread.
class Guest {
public:
    virtual ~Guest() = default;
    virtual void work() = 0;            // does what was asked for meanwhile; called between the context's handlers
    virtual void stop() = 0;            // before the context ends
    virtual std::string address() = 0;  // where a browser opens it, once
};

// `port` 0: the usual one, or any where that is in use. Errc::unreachable when the port that was named is in use.
using MakeGuest =
    std::function<Result<std::unique_ptr<Guest>>(Desk& desk, Link& link, boost::asio::io_context& context, std::uint16_t port)>;

}  // namespace hoso::client
