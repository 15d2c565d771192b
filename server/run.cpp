#include "server/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "server/reception.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::server {
namespace asio = boost::asio;
namespace {

constexpr auto progress_pause = std::chrono::seconds(1);

Progress progress_on(const Journal& journal) {
    auto next = std::chrono::steady_clock::now() + progress_pause;
    return [&journal, next](Position done, Position size) mutable {
        if (std::chrono::steady_clock::now() < next) return;
        next = std::chrono::steady_clock::now() + progress_pause;
        journal.note("folding the log: " + std::to_string(done) + " of " + std::to_string(size) + " events");
    };
}

// Tells the desks, waits a moment for them to leave, and lets the threads go home.
class Stopping {
public:
    Stopping(asio::io_context& io, net::Listener& listener, Services& services)
        : io_(io), listener_(listener), services_(services), timer_(io) {}
    void begin(int signal) {
        services_.journal.note(std::string{"ending, by signal "} + std::to_string(signal));
        listener_.close();
        services_.hub.stop_all(sync::ByeReason::shutdown);
        last_ = std::chrono::steady_clock::now() + std::chrono::seconds(services_.limits.goodbye_seconds_max);
        wait();
    }

private:
    void wait() {
        if (services_.hub.size() == 0 || std::chrono::steady_clock::now() > last_) return io_.stop();
        timer_.expires_after(std::chrono::milliseconds(20));
        timer_.async_wait([this](const boost::system::error_code&) { wait(); });
    }
    asio::io_context& io_;
    net::Listener& listener_;
    Services& services_;
    asio::steady_timer timer_;
    std::chrono::steady_clock::time_point last_;
};

void work(asio::io_context& io, unsigned threads) {
    std::vector<std::thread> others;
    for (unsigned i = 1; i < threads; ++i) others.emplace_back([&io] { io.run(); });
    io.run();
    for (std::thread& other : others) other.join();
}

Result<void> announce(const Config& config, const net::Address& address, const Book& book, const Journal& journal) {
    const std::string text = to_text(address);
    if (auto written = io::write_file(Files(config.data).address, as_bytes(text + "\n"), 0644); !written) return written.error();
    const domain::Genesis& genesis = book.replica.state().registry.genesis;
    journal.note(genesis.title + " (" + genesis.origin + "), " + std::to_string(book.log->size()) + " events");
    std::cout << "listening on " << text << (genesis.training ? " (TRAINING)" : "") << std::endl;
    return {};
}

}  // namespace

Result<void> run(const Config& config) {
    std::signal(SIGPIPE, SIG_IGN);
    const auto clock = run::make_clock(config.now);
    if (!clock) return clock.error();
    const Journal plain(false);
    auto province = open_province(config.data, config.limits.disk_reserve_bytes, progress_on(plain));
    if (!province) return province.error();
    const bool training = province->book.replica.state().registry.genesis.training;
    if (const auto allowed = run::may_run(**clock, training); !allowed) return allowed.error();
    const Journal journal(training);
    if (province->book.amnesia) {
        journal.fail(
            "AMNESIA: the disk holds less than was acknowledged. Desks can read, nothing is logged; restore the data directory.");
    }

    asio::io_context io(static_cast<int>(config.threads));
    auto listener =
        net::Listener::open(io.get_executor(), config.listen, province->identity, config.limits.early_message_bytes_max);
    if (!listener) return listener.error();
    Hub hub;
    Gate gate(config.limits);
    Reader reader(*province->book.log, config.limits, journal);
    Ledger ledger(*province, **clock, config.limits, journal, [&hub](const sync::server::Grew& news) { hub.grew(news); });
    Services services{ledger, hub, reader, gate, **clock, config.limits, journal};
    Stopping stopping(io, **listener, services);
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&stopping](const boost::system::error_code& error, int signal) {
        if (!error) stopping.begin(signal);
    });
    asio::co_spawn(io, receive_desks(**listener, services), asio::detached);
    if (auto announced = announce(config, (*listener)->address(), province->book, journal); !announced) return announced.error();
    work(io, config.threads);
    reader.stop();
    ledger.stop();
    return {};
}

}  // namespace hoso::server
