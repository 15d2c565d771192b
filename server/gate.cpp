#include "server/gate.hpp"

#include <algorithm>

#include "shared/base/check.hpp"

namespace hoso::server {
namespace {

constexpr std::size_t hosts_max = 10'000;
constexpr std::uint64_t token = 60'000'000;  // one handshake, in microseconds of a minute

}  // namespace

bool is_loopback(const std::string& host) { return host.starts_with("127.") || host == "::1" || host.starts_with("::ffff:127."); }

bool Gate::take_token(Host& host, Time now) const {
    const std::uint64_t full = token * limits_.handshakes_per_minute;
    if (host.filled == Time{}) {
        host.tokens = full;
    } else {
        const auto gone = std::chrono::duration_cast<std::chrono::microseconds>(now - host.filled).count();
        const auto minute_at_most = static_cast<std::uint64_t>(std::clamp<std::int64_t>(gone, 0, token));
        host.tokens = std::min(full, host.tokens + minute_at_most * limits_.handshakes_per_minute);
    }
    host.filled = now;
    if (host.tokens < token) return false;
    host.tokens -= token;
    return true;
}

void Gate::forget_idle(Time now) {
    std::erase_if(hosts_, [now](const auto& entry) {
        return entry.second.waiting == 0 && now - entry.second.filled > std::chrono::minutes(1);
    });
}

bool Gate::enter(const std::string& host, Time now) {
    const std::lock_guard lock(mutex_);
    if (waiting_ >= limits_.early_total_max || waiting_ + inside_ >= limits_.connections_max) return false;
    if (hosts_.size() >= hosts_max) forget_idle(now);
    if (hosts_.size() >= hosts_max && !hosts_.contains(host)) return false;
    Host& at = hosts_[host];
    if (!(limits_.loopback_is_free && is_loopback(host))) {
        if (at.waiting >= limits_.early_per_host_max || !take_token(at, now)) return false;
    }
    ++at.waiting;
    ++waiting_;
    return true;
}

void Gate::known(const std::string& host) {
    const std::lock_guard lock(mutex_);
    remove_waiting(host);
    ++inside_;
}

void Gate::leave(const std::string& host, bool was_known) {
    const std::lock_guard lock(mutex_);
    if (!was_known) return remove_waiting(host);
    CHECK(inside_ > 0);
    --inside_;
}

void Gate::remove_waiting(const std::string& host) {
    const auto at = hosts_.find(host);
    CHECK(waiting_ > 0 && at != hosts_.end() && at->second.waiting > 0);
    --at->second.waiting;
    --waiting_;
}

}  // namespace hoso::server
