#pragma once

#include "shared/net/connection.hpp"

namespace hoso::net {

// Takes connections at one address.
class Listener {
public:
    // Errc::unreachable: the port is in use or the address is not ours; Errc::invalid: the identity is no key and certificate.
    static Result<std::unique_ptr<Listener>> open(const Executor& executor, const Address& address, const Identity& identity,
                                                  std::size_t message_bytes_max);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    const Address& address() const;  // with the real port
    // The next connection, on a strand of its own; nothing was exchanged yet: call its handshake() from that strand.
    // Errc::limit: no file descriptor is free, try again after a moment. Errc::unreachable after close().
    Awaitable<Result<std::unique_ptr<Connection>>> accept();
    void close();

private:
    struct Parts;
    explicit Listener(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace hoso::net
