#include "client/local_api/rate_limit.hpp"

namespace hoso::client::local_api {

bool RateLimit::admits(const std::string& address, Moment now) {
    const auto known = by_address_.find(address);
    if (known != by_address_.end()) {
        newest_first_.splice(newest_first_.begin(), newest_first_, known->second);
    } else {
        if (newest_first_.size() >= terms_.addresses_max) {
            by_address_.erase(newest_first_.back().address);
            newest_first_.pop_back();
        }
        newest_first_.push_front({address, now});
        by_address_.emplace(address, newest_first_.begin());
    }
    Moment& paid_until = newest_first_.front().paid_until;
    const Moment begin = std::max(paid_until, now);
    if (begin - now > terms_.every * (terms_.burst - 1)) return false;
    paid_until = begin + terms_.every;
    return true;
}

}  // namespace hoso::client::local_api
