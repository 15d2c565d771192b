#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "server/limits.hpp"

namespace hoso::server {

// How many may stand before the door: connections that have not yet said who they are, by host and in all. From any thread.
class Gate {
public:
    using Time = std::chrono::steady_clock::time_point;
    explicit Gate(const Limits& limits) : limits_(limits) {}

    bool enter(const std::string& host, Time now);  // false: turn it away
    void known(const std::string& host);            // it stays, but no longer before the door
    void leave(const std::string& host, bool was_known);

private:
    struct Host {
        std::size_t waiting = 0;
        std::uint64_t tokens = 0;  // handshakes left, in microminutes
        Time filled{};
    };
    bool take_token(Host& host, Time now) const;
    void forget_idle(Time now);

    void remove_waiting(const std::string& host);

    const Limits& limits_;
    std::mutex mutex_;
    std::map<std::string, Host> hosts_;
    std::size_t waiting_ = 0;
    std::size_t inside_ = 0;
};

bool is_loopback(const std::string& host);

}  // namespace hoso::server
