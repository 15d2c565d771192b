#pragma once

#include "client/guest.hpp"

namespace hoso::client::local_api {

inline constexpr std::uint16_t usual_port = 8620;

// The pages of a desk on the loopback: a MakeGuest.
Result<std::unique_ptr<Guest>> make_pages(Desk& desk, Link& link, boost::asio::io_context& context, std::uint16_t port);

}  // namespace hoso::client::local_api
