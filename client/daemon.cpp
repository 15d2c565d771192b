#include "client/daemon.hpp"

#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <sstream>

#include "client/control.hpp"
#include "shared/net/connection.hpp"

namespace hoso::client {
namespace {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;

constexpr std::size_t waiting_max = 64;  // requests in line; further ones wait to be accepted
constexpr auto breath = std::chrono::seconds{1};

// The environment and folder of the one who asks, for as long as the command runs.
class Surroundings {
public:
    explicit Surroundings(const ControlRequest& request) {
        std::error_code failed;
        folder_ = std::filesystem::current_path(failed);
        std::filesystem::current_path(request.folder, failed);
        for (const auto& [name, value] : request.environment) {
            const char* before = std::getenv(name.c_str());
            before_.emplace(name, before ? std::optional<std::string>{before} : std::nullopt);
            ::setenv(name.c_str(), value.c_str(), 1);
        }
    }
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;
    ~Surroundings() {
        for (const auto& [name, value] : before_) value ? ::setenv(name.c_str(), value->c_str(), 1) : ::unsetenv(name.c_str());
        std::error_code failed;
        std::filesystem::current_path(folder_, failed);
    }

private:
    std::filesystem::path folder_;
    std::map<std::string, std::optional<std::string>> before_;
};

struct Waiting {
    Local::socket socket;
    ControlRequest request;
};

class Daemon : public std::enable_shared_from_this<Daemon> {
public:
    Daemon(Desk& desk, Link& link, Guest* guest, asio::io_context& context, const RunCommand& run)
        : desk_(desk), link_(link), guest_(guest), context_(context), run_(run), acceptor_(context), signals_(context) {}

    Result<void> listen();
    void work(const std::function<void(const std::string&)>& say);

private:
    net::Awaitable<void> accept();
    net::Awaitable<void> take(Local::socket socket);
    void serve(Waiting& waiting);
    void tell(const std::function<void(const std::string&)>& say);

    Desk& desk_;
    Link& link_;
    Guest* guest_;  // null: none
    asio::io_context& context_;
    const RunCommand& run_;
    Local::acceptor acceptor_;
    asio::signal_set signals_;
    std::deque<Waiting> waiting_;
    bool stopping_ = false;
    std::string told_;
};

Result<void> Daemon::listen() {
    const SocketName name(desk_.folder());
    std::error_code ignored;
    std::filesystem::remove(desk_.folder() / "desk.sock", ignored);  // a killed daemon's: we hold the desk's lock
    boost::system::error_code failed;
    acceptor_.open(Local{}, failed);
    const auto mask = ::umask(0177);
    if (!failed) acceptor_.bind(Local::endpoint{name.text()}, failed);
    ::umask(mask);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
        return Error{Errc::io, "The control socket in " + desk_.folder().string() + " cannot be made: " + failed.message() + "."};
    asio::co_spawn(context_, accept(), asio::detached);
    signals_.add(SIGTERM, failed);
    signals_.add(SIGINT, failed);
    signals_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled, int) {
        const auto self = weak.lock();
        if (self && !cancelled) self->stopping_ = true;
    });
    return {};
}

net::Awaitable<void> Daemon::accept() {
    const auto self = shared_from_this();
    while (acceptor_.is_open()) {
        boost::system::error_code failed;
        Local::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::operation_aborted) break;
        if (!failed && waiting_.size() < waiting_max) asio::co_spawn(context_, take(std::move(socket)), asio::detached);
    }
}

net::Awaitable<void> Daemon::take(Local::socket socket) {
    const auto self = shared_from_this();
    std::string line;
    boost::system::error_code failed;
    auto buffer = asio::dynamic_buffer(line, request_bytes_max);
    const auto size = co_await asio::async_read_until(socket, buffer, '\n', asio::redirect_error(asio::use_awaitable, failed));
    if (failed) co_return;
    line.resize(size);
    auto request = decode_request(line);
    if (request) {
        waiting_.push_back({std::move(socket), std::move(*request)});
    } else {
        ControlStream err(socket.native_handle(), "err");
        std::ostream(&err) << request.error().detail << "\n" << std::flush;
        send_all(socket.native_handle(), "{\"exit\":70}\n");
    }
}

void Daemon::serve(Waiting& waiting) {
    if (waiting.request.stop) {
        stopping_ = true;
        return;
    }
    const int socket = waiting.socket.native_handle();
    int code = 0;
    {
        const Surroundings surroundings(waiting.request);
        ControlStream out_lines(socket, "out"), err_lines(socket, "err");
        std::ostream out(&out_lines), err(&err_lines);
        std::istringstream in(std::move(waiting.request.input));
        code = run_(desk_, link_, waiting.request.argv, in, out, err);
        out.flush();
        err.flush();
    }
    send_all(socket, "{\"exit\":" + std::to_string(code) + "}\n");
}

void Daemon::tell(const std::function<void(const std::string&)>& say) {
    std::string line;
    switch (link_.state()) {
        case LinkState::live: line = "Connected to the province."; break;
        case LinkState::waiting: line = "Not connected: " + link_.last_error(); break;
        case LinkState::halted: line = "Stopped: " + desk_.halted()->detail; break;
        case LinkState::offline:
        case LinkState::connecting: return;
    }
    if (line != told_ && say) say(line);
    told_ = std::move(line);
}

// Commands run between the context's handlers, never inside one: they may run the context themselves.
void Daemon::work(const std::function<void(const std::string&)>& say) {
    link_.start();
    std::vector<Local::socket> told;
    while (!stopping_) {
        context_.restart();
        context_.run_one_for(breath);
        while (!waiting_.empty() && !stopping_) {
            Waiting next = std::move(waiting_.front());
            waiting_.pop_front();
            serve(next);
            if (stopping_) told.push_back(std::move(next.socket));
        }
        if (guest_) guest_->work();
        tell(say);
    }
    if (guest_) guest_->stop();
    link_.stop();
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    signals_.cancel(ignored);
    std::error_code gone;
    std::filesystem::remove(desk_.folder() / "desk.sock", gone);
}

}  // namespace

Result<void> run_daemon(Desk& desk, asio::io_context& context, const RunCommand& run,
                        const std::function<void(const std::string&)>& say,
                        const std::function<Result<std::unique_ptr<Guest>>(Link&)>& guest) {
    Link link(desk, context);
    std::unique_ptr<Guest> guests;
    if (guest) {
        auto made = guest(link);
        if (!made) return made.error();
        guests = std::move(*made);
    }
    const auto daemon = std::make_shared<Daemon>(desk, link, guests.get(), context, run);
    if (auto listening = daemon->listen(); !listening) return listening;
    daemon->work(say);
    return {};
}

}  // namespace hoso::client
