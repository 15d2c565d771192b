#pragma once

#include "shared/net/connection.hpp"

namespace hoso::net {

// Takes connections at one address, on an executor of its own on which nothing runs at the same time.
class Listener {
public:
    // Errc::unreachable: the port is in use or the address is not ours; Errc::invalid: the identity is no key and certificate.
    static Result<std::unique_ptr<Listener>> open(const Executor& executor, const Address& address, const Identity& identity,
                                                  std::size_t message_bytes_max);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    const Address& address() const;  // with the real port
    const Executor& executor() const;
    // The next connection, on a strand of its own; nothing was exchanged yet: call its handshake() from that strand.
    // From the listener's executor. Errc::limit: no file descriptor is free, try again after a moment. Errc::unreachable after
    // close().
    Awaitable<Result<std::unique_ptr<Connection>>> accept();
    void close();  // from any thread: what waits in accept() returns

private:
    struct Parts;
    explicit Listener(std::shared_ptr<Parts> parts);
    std::shared_ptr<Parts> parts_;
};

}  // namespace hoso::net
