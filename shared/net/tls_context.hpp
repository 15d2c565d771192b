#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "shared/net/tls.hpp"

// Inside hoso_net: what the two ends' TLS is set to.
namespace hoso::net {

using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

Result<TlsContext> server_context(const Identity& identity);
TlsContext client_context();

Pin pin_of_peer(SSL* tls);   // zero when the peer showed no certificate
Hash exporter_of(SSL* tls);  // RFC 9266

}  // namespace hoso::net
