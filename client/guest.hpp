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

struct GuestPlaces {
    std::uint16_t port = 0;   // on the loopback; 0: the usual one, or any where that is in use
    std::string office = {};  // HOST:PORT of an office's network, where the pages are served as well; empty: nowhere
    std::string lookup = {};  // HOST:PORT where anyone looks up certificates; empty: nowhere
};

// Errc::unreachable when a port that was named is in use, invalid for no address.
using MakeGuest = std::function<Result<std::unique_ptr<Guest>>(Desk& desk, Link& link, boost::asio::io_context& context,
                                                               const GuestPlaces& places)>;

}  // namespace hoso::client
