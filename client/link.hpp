#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/desk.hpp"

namespace hoso::client {

// What a sync has done so far, for a progress line.
struct Progress {
    std::uint64_t sent = 0;      // own actions handed over on this connection
    std::uint64_t answered = 0;  // own actions answered
    std::uint64_t received = 0;  // events received and folded
    Position through = 0;
    Position known = 0;             // how long the province's log is, as far as it said
    std::uint64_t files = 0;        // whose last byte the province has now
    std::uint64_t file_bytes = 0;   // of files, both ways
    std::string file_trouble = {};  // why a file could not be kept here; empty: none
};
using OnProgress = std::function<void(const Progress&)>;

enum class LinkState { offline, connecting, live, waiting, halted };

// The connection between a desk and its province. Lives on one thread with its desk; `context` is that thread's.
class Link {
public:
    Link(Desk& desk, boost::asio::io_context& context);
    ~Link();

    // Connects (or uses the live connection), and returns once everything is sent and answered and everything known is received.
    // Errc::unreachable when the deadline passes first or the province cannot be reached; denied, protocol, conflict, unauthentic
    // as the conversation ends. What was received until then is kept. Call it outside of the context's handlers: it runs the
    // context. `again` empties this desk's copy of the log first, also that of a desk that is halted.
    Result<Progress> sync(int seconds, const OnProgress& progress, bool again = false);
    // Hands over the enrolment that prepare_enrolment wrote; harmless to repeat. Errc::denied when the slip was used or has
    // expired.
    Result<void> enrol(int seconds);

    // The daemon's loop: stays connected, comes back after 1 s to 5 min with jitter. Until stop().
    void start();
    void stop();
    LinkState state() const;
    std::string last_error() const;                // of the last connection; empty while all is well
    std::optional<Instant> failing_since() const;  // since when the province cannot be reached; empty while it can or nobody tried
    const Progress& progress() const;

private:
    struct Parts;
    class Line;
    std::shared_ptr<Parts> parts_;
};

}  // namespace hoso::client
