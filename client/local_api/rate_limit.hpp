#pragma once

#include <chrono>
#include <list>
#include <string>
#include <unordered_map>

namespace hoso::client::local_api {

// How often one address may ask: `burst` times at once, and then once each `every`. Remembers the `addresses_max` that asked last;
// who asked longest ago is forgotten first.
class RateLimit {
public:
    using Moment = std::chrono::steady_clock::time_point;
    struct Terms {
        int burst = 1;
        std::chrono::milliseconds every{1000};
        std::size_t addresses_max = 1;
    };
    explicit RateLimit(const Terms& terms) : terms_(terms) {}

    // False: not now. Asking then costs nothing.
    bool admits(const std::string& address, Moment now);
    std::size_t remembered() const { return newest_first_.size(); }

private:
    struct Asking {
        std::string address;
        Moment paid_until;  // the bucket is full again then
    };
    Terms terms_;
    std::list<Asking> newest_first_;
    std::unordered_map<std::string, std::list<Asking>::iterator> by_address_;
};

}  // namespace hoso::client::local_api
