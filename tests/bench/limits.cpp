#include "tests/bench/limits.hpp"

#include <rocksdb/db.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "shared/net/connection.hpp"
#include "shared/net/listener.hpp"
#include "shared/sync/frame.hpp"
#include "tests/bench/figures.hpp"

namespace hoso::bench {
namespace {

constexpr std::size_t window = 8;

net::Awaitable<void> echo(net::Listener& listener) {
    auto accepted = co_await listener.accept();
    if (!accepted) co_return;
    const auto connection = std::move(accepted).value();
    const auto shaken = co_await connection->handshake();
    while (shaken) {
        auto message = co_await connection->receive();
        if (!message) co_return;
        Bytes back = std::move(message).value();
        const auto sent = co_await connection->send(std::move(back));
        if (!sent) co_return;
    }
}

net::Awaitable<void> send_all(const std::vector<Bytes>& frames, const net::Address& address, const net::Pin& pin, double& seconds) {
    auto connected = co_await net::connect(address, pin, sync::frame_bytes_max);
    const auto connection = must(std::move(connected), "echo");
    const Stopwatch watch;
    std::size_t sent = 0;
    for (std::size_t back = 0; back < frames.size(); ++back) {
        for (; sent < frames.size() && sent < back + window; ++sent) {
            Bytes copy = frames[sent];
            auto done = co_await connection->send(std::move(copy));
            must(std::move(done), "echo");
        }
        auto received = co_await connection->receive();
        must(std::move(received), "echo");
    }
    seconds = watch.seconds();
    connection->cancel();
}

net::Awaitable<void> swallow(net::Listener& listener, std::size_t count) {
    auto accepted = co_await listener.accept();
    if (!accepted) co_return;
    const auto connection = std::move(accepted).value();
    const auto shaken = co_await connection->handshake();
    for (std::size_t i = 0; shaken && i < count; ++i) {
        auto message = co_await connection->receive();
        if (!message) co_return;
    }
    Bytes word(8);
    const auto sent = co_await connection->send(std::move(word));
    if (sent) co_await connection->receive();
}

net::Awaitable<void> pour(const Bytes& frame, std::size_t count, const net::Address& address, const net::Pin& pin,
                          double& seconds) {
    auto connected = co_await net::connect(address, pin, sync::frame_bytes_max);
    const auto connection = must(std::move(connected), "stream");
    const Stopwatch watch;
    for (std::size_t i = 0; i < count; ++i) {
        Bytes copy = frame;
        auto done = co_await connection->send(std::move(copy));
        must(std::move(done), "stream");
    }
    auto received = co_await connection->receive();
    must(std::move(received), "stream");
    seconds = watch.seconds();
    connection->cancel();
}

}  // namespace

double raw_group_commit(const std::filesystem::path& folder, const std::vector<log::Event>& events, std::size_t group,
                        std::size_t bytes_max) {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.compression = rocksdb::kNoCompression;
    rocksdb::DB* opened = nullptr;
    if (!rocksdb::DB::Open(options, folder, &opened).ok()) std::exit(1);
    const std::unique_ptr<rocksdb::DB> db(opened);
    std::vector<std::string> groups;
    std::size_t held = 0;
    for (const log::Event& event : events) {
        if (held == 0) groups.emplace_back();
        Bytes leaf;
        log::encode_leaf(event, leaf);
        groups.back().append(as_text(leaf));
        ++held;
        if (held == group || groups.back().size() >= bytes_max) held = 0;
    }
    rocksdb::WriteOptions synced;
    synced.sync = true;
    const Stopwatch watch;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::string key;
        append_be64(key, i);
        rocksdb::WriteBatch batch;
        batch.Put(key, groups[i]);
        if (!db->Write(synced, &batch).ok()) std::exit(1);
    }
    return static_cast<double>(events.size()) / watch.seconds();
}

namespace {

// A listener on a thread of its own, and who talks to it on this one.
template <typename Answer, typename Talk>
void over_loopback(const Answer& answer, const Talk& talk) {
    boost::asio::io_context here(1);
    boost::asio::io_context there(1);
    const net::Identity identity = net::make_identity("bench");
    const auto listener =
        must(net::Listener::open(there.get_executor(), net::Address{"127.0.0.1", 0}, identity, sync::frame_bytes_max), "listen");
    boost::asio::co_spawn(there, answer(*listener), boost::asio::detached);
    std::thread server([&] { there.run(); });
    const net::Pin pin = must(net::pin_of(identity.certificate_pem), "pin");
    boost::asio::co_spawn(here, talk(listener->address(), pin), boost::asio::detached);
    here.run();
    there.stop();
    server.join();
}

}  // namespace

double raw_echo(const std::vector<Bytes>& frames) {
    double seconds = 0;
    over_loopback([](net::Listener& listener) { return echo(listener); },
                  [&](const net::Address& address, const net::Pin& pin) { return send_all(frames, address, pin, seconds); });
    return static_cast<double>(frames.size()) / seconds;
}

double raw_stream(const Bytes& frame, std::size_t count) {
    double seconds = 0;
    over_loopback([&](net::Listener& listener) { return swallow(listener, count); },
                  [&](const net::Address& address, const net::Pin& pin) { return pour(frame, count, address, pin, seconds); });
    return static_cast<double>(frame.size()) * static_cast<double>(count) / seconds;
}

double plain_iteration(const std::vector<Bytes>& leaves) {
    const Stopwatch watch;
    std::uint64_t sum = 0;
    for (const Bytes& leaf : leaves) {
        for (std::size_t at = 0; at + 8 <= leaf.size(); at += 8) sum += load_le<std::uint64_t>(leaf.data() + at);
    }
    const double seconds = watch.seconds();
    if (sum == 1) std::puts("");  // keeps the sum alive
    return static_cast<double>(leaves.size()) / seconds;
}

}  // namespace hoso::bench
