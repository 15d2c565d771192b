#pragma once

#include <boost/asio/steady_timer.hpp>

#include "server/blobs.hpp"
#include "server/gate.hpp"
#include "server/hub.hpp"
#include "server/ledger.hpp"
#include "server/reader.hpp"

namespace hoso::server {

// What a conversation needs of the program.
struct Services {
    Ledger& ledger;
    Hub& hub;
    Reader& reader;
    Blobs& blobs;
    Gate& gate;
    const run::Clock& clock;
    const Limits& limits;
    const Journal& journal;
};

// One desk's connection: coroutines without opinions around the session. They run on the connection's strand and keep it alive.
class Conversation : public std::enable_shared_from_this<Conversation> {
public:
    Conversation(std::unique_ptr<net::Connection> connection, Services& services);
    ~Conversation();
    void start();

private:
    using Self = std::shared_ptr<Conversation>;
    static net::Awaitable<void> serve(Self self);
    static net::Awaitable<void> listen(Self self);
    static net::Awaitable<void> keep_time(Self self);
    net::Awaitable<bool> carry_out(sync::server::Effect& effect);
    bool waited_too_long() const;
    void report(const sync::server::Close& close) const;
    void ask(sync::server::Effect& effect);
    void ask_about_files(sync::server::Effect& effect);
    void become_known();
    void end();
    Answer answer() const;
    Instant now() const;

    std::unique_ptr<net::Connection> connection_;
    Services& services_;
    std::string host_;
    std::shared_ptr<Inbox> inbox_;
    boost::asio::steady_timer timer_;
    Instant opened_ = 0;
    std::chrono::steady_clock::time_point began_;
    DeviceId device_;  // as it says; proved once it is known
    bool known_ = false;
    std::shared_ptr<Sender> sender_;  // once it is known
    bool enrolling_ = false;
    std::optional<std::chrono::steady_clock::time_point> sending_since_;
};

}  // namespace hoso::server
