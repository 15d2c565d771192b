#include "server/reader.hpp"

#include <boost/asio/post.hpp>

namespace hoso::server {
namespace {

void keep_head_alone(log::Event& event) {
    event.action.clear();
    event.signatures.clear();
    event.seal.reset();
}

}  // namespace

Result<sync::Events> read_for(const log::Log& log, const sync::server::Fetch& fetch, const Limits& limits) {
    auto found = log.read_scopes(fetch.cursors, limits.events_fetched_max, limits.events_bytes_max);
    if (!found) return found.error();
    for (log::Event& event : found->events) {
        if (event.head.device == fetch.receiver) keep_head_alone(event);
    }
    return sync::Events{found->through, std::move(found->events)};
}

void Reader::fetch(sync::server::Fetch fetch, Answer answer) {
    boost::asio::post(*pool_, [this, wanted = std::move(fetch), tell = std::move(answer)] {
        auto events = read_for(log_, wanted, limits_);
        if (events) return tell(sync::server::Fetched{std::move(*events)});
        journal_.fail("the log cannot be read: " + events.error().detail);
        tell(
            sync::server::Stop{sync::ByeReason::busy, "it cannot read its log; its administrator finds the reason in its journal"});
    });
}

void Reader::stop() {
    if (!pool_) return;
    pool_->stop();
    pool_->join();
    pool_.reset();
}

}  // namespace hoso::server
