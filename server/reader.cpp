#include "server/reader.hpp"

#include <boost/asio/post.hpp>

namespace hoso::server {
namespace {

constexpr std::size_t record_header = 8;

void keep_head_alone(log::Event& event) {
    event.action.clear();
    event.signatures.clear();
    event.seal.reset();
}

std::size_t sent_bytes(const log::Event& event) {
    std::size_t bytes = record_header + log::head_size + event.action.size() + (event.seal ? log::seal_size : 0);
    for (const log::DetachedSignature& signature : event.signatures) bytes += 2 * record_header + signature.bytes.size();
    return bytes;
}

Result<log::Log::ScopedEvents> read(const log::Log& log, const std::vector<log::ScopeCursor>& cursors, const Limits& limits) {
    if (cursors.size() != 1 || cursors.front().scope != whole_log_scope()) {
        return log.read_scopes(cursors, limits.events_frame_max, limits.events_bytes_max);
    }
    const Position after = cursors.front().after;
    auto events = log.read(after, limits.events_frame_max, limits.events_bytes_max);
    if (!events) return events.error();
    const Position through = events->empty() ? after : events->back().head.position + 1;
    return log::Log::ScopedEvents{std::move(*events), through};
}

}  // namespace

Result<sync::Events> read_for(const log::Log& log, const sync::server::Fetch& fetch, const Limits& limits) {
    auto found = read(log, fetch.cursors, limits);
    if (!found) return found.error();
    sync::Events events;
    events.through = found->through;
    std::size_t bytes = 0;
    for (log::Event& event : found->events) {
        if (event.head.device == fetch.receiver) keep_head_alone(event);
        bytes += sent_bytes(event);
        if (!events.events.empty() && bytes > limits.events_bytes_max) {
            events.through = event.head.position;
            break;
        }
        events.events.push_back(std::move(event));
    }
    return events;
}

void Reader::fetch(sync::server::Fetch fetch, Answer answer) {
    boost::asio::post(pool_, [this, wanted = std::move(fetch), tell = std::move(answer)] {
        auto events = read_for(log_, wanted, limits_);
        if (events) return tell(sync::server::Fetched{std::move(*events)});
        journal_.fail("the log cannot be read: " + events.error().detail);
        tell(sync::server::Stop{sync::ByeReason::busy});
    });
}

void Reader::stop() {
    pool_.stop();
    pool_.join();
}

}  // namespace hoso::server
