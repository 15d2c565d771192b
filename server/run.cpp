#include "server/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <utility>

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

// As many connections as there are file descriptors for.
Limits fitted(Limits limits, std::uint64_t files, const Journal& journal) {
    const std::size_t wanted = std::exchange(limits.connections_max, connections_for(files, limits.connections_max));
    if (limits.connections_max == wanted) return limits;
    journal.warn("this system allows " + std::to_string(files) + " open files, so at most " +
                 std::to_string(limits.connections_max) +
                 " connections are taken: raise the limit of open files (ulimit -Hn, LimitNOFILE)");
    return limits;
}

std::uint64_t reserve_of(const Config& config) {
    std::error_code unknown;
    const auto disk = std::filesystem::space(config.data, unknown);
    return config.limits.disk_reserve_bytes.value_or(reserve_for(unknown ? 0 : disk.capacity));
}

void tell_state(const Book& book, const std::optional<Hash>& accept_head, const Journal& journal) {
    if (book.amnesia) {
        journal.fail("AMNESIA: " + book.amnesia->detail +
                     " Desks can read what was signed before, nothing is logged, and the files stay " + "as they were found.");
    }
    if (book.log->head_accepted()) {
        journal.warn("--accept-head " + accept_head->hex() + ": the watermark was lost, and begins anew at " +
                     std::to_string(book.log->size()) + " events because somebody vouched for them");
    } else if (accept_head && !book.amnesia) {
        journal.note("--accept-head was not needed: the watermark is there");
    }
}

// Whoever could still answer ends before the connections do.
class QuietAtEnd {
public:
    QuietAtEnd(Reader& reader, Blobs& blobs, Ledger& ledger) : reader_(reader), blobs_(blobs), ledger_(ledger) {}
    QuietAtEnd(const QuietAtEnd&) = delete;
    QuietAtEnd& operator=(const QuietAtEnd&) = delete;
    ~QuietAtEnd() {
        reader_.stop();
        ledger_.stop();
        blobs_.stop();
    }

private:
    Reader& reader_;
    Blobs& blobs_;
    Ledger& ledger_;
};

}  // namespace

Result<void> run(const Config& config, const std::optional<Hash>& accept_head) {
    std::signal(SIGPIPE, SIG_IGN);
    const std::uint64_t open_files = raise_open_files();
    const auto clock = run::make_clock(config.now);
    if (!clock) return clock.error();
    const Journal plain(false);
    auto province = open_province(config.data, reserve_of(config), progress_on(plain), accept_head);
    if (!province) return province.error();
    const bool training = province->book.replica.state().registry.genesis.training;
    if (const auto allowed = run::may_run(**clock, training); !allowed) return allowed.error();
    const Journal journal(training);
    tell_state(province->book, accept_head, journal);
    const Limits limits = fitted(config.limits, open_files, journal);

    // Files leave room for facts: they stop coming while the log still has twice its reserve.
    auto files = io::BlobStore::open(Files(config.data).blobs, {2 * reserve_of(config)});
    if (!files) return files.error();

    // Conversations that are still open go with `io`, and use the rest while they go.
    Hub hub;
    Gate gate(limits);
    Reader reader(*province->book.log, limits, journal);
    Ledger ledger(*province, **clock, limits, journal, [&hub](const sync::server::Grew& news) { hub.grew(news); });
    Blobs blobs(**files, ledger, **clock, limits, journal);
    Services services{ledger, hub, reader, blobs, gate, **clock, limits, journal};
    asio::io_context io(static_cast<int>(config.threads));
    const QuietAtEnd quiet(reader, blobs, ledger);
    auto listener = net::Listener::open(io.get_executor(), config.listen, province->identity, limits.early_message_bytes_max);
    if (!listener) return listener.error();
    Stopping stopping(io, **listener, services);
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&stopping](const boost::system::error_code& error, int signal) {
        if (!error) stopping.begin(signal);
    });
    asio::co_spawn((*listener)->executor(), receive_desks(**listener, services), asio::detached);
    if (auto announced = announce(config, (*listener)->address(), province->book, journal); !announced) return announced.error();
    work(io, config.threads);
    return {};
}

}  // namespace hoso::server
