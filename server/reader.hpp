#pragma once

#include <boost/asio/thread_pool.hpp>
#include <optional>

#include "server/clerk.hpp"

namespace hoso::server {

// Reads the log for those who catch up, beside the threads that talk to them.
class Reader {
public:
    Reader(const log::Log& log, const Limits& limits, const Journal& journal) : log_(log), limits_(limits), journal_(journal) {}
    ~Reader() { stop(); }
    void fetch(sync::server::Fetch fetch, Answer answer);  // with Fetched; called on the reader's thread. Not after stop()
    void stop();                                           // what was not read yet is dropped, and whatever it held

private:
    const log::Log& log_;
    const Limits& limits_;
    const Journal& journal_;
    std::optional<boost::asio::thread_pool> pool_{std::in_place, 1};
};

// About as many events as one frame takes; the receiver's own come with their head alone.
Result<sync::Events> read_for(const log::Log& log, const sync::server::Fetch& fetch, const Limits& limits);

}  // namespace hoso::server
