#pragma once

#include "client/guest.hpp"

namespace hoso::client::local_api {

inline constexpr std::uint16_t usual_port = 8620;

// The pages of a desk on the loopback, in office mode on the network with TLS, and the public lookup: a MakeGuest. The office's key
// and certificate are DATA/office.key and DATA/office.crt, the lookup's DATA/lookup.key and DATA/lookup.crt; made when they are
// first needed, and replaced by whoever has better ones.
Result<std::unique_ptr<Guest>> make_pages(Desk& desk, Link& link, boost::asio::io_context& context, const GuestPlaces& places);

}  // namespace hoso::client::local_api
