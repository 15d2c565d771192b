#pragma once

#include "server/conversation.hpp"
#include "shared/net/listener.hpp"

namespace hoso::server {

// Lets connections in while the gate has room; a conversation goes on by itself. Ends when the listener is closed.
net::Awaitable<void> receive_desks(net::Listener& listener, Services& services);

}  // namespace hoso::server
