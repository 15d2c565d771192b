#include "tests/bench/pushes.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <deque>

#include "shared/net/connection.hpp"
#include "tests/bench/figures.hpp"

namespace hoso::bench {
namespace {

namespace client_session = sync::client;

struct Run {
    client_session::Session session;
    const std::vector<log::Push>& pushes;
    std::unique_ptr<net::Connection> connection;
    std::deque<client_session::Input> inputs;
    std::deque<Bytes> outgoing;
    std::size_t answered = 0;
    bool ended = false;
    std::optional<Stopwatch> watch;
    Ingest ingest;
};

std::optional<log::Push> push_from(const std::vector<log::Push>& pushes, std::uint64_t first_seq) {
    for (const log::Push& push : pushes) {
        if (push.seal.first_seq == first_seq) return push;
    }
    return std::nullopt;
}

void carry_out(Run& run, client_session::Effect& effect) {
    if (auto* send = std::get_if<client_session::Send>(&effect)) {
        Bytes bytes = sync::encode(send->frame);
        if (std::holds_alternative<sync::Push>(send->frame)) {
            if (!run.watch) run.watch.emplace();
            run.ingest.bytes_up += bytes.size();
        }
        run.outgoing.push_back(std::move(bytes));
    } else if (auto* prepare = std::get_if<client_session::Prepare>(&effect)) {
        run.inputs.push_back(client_session::Prepared{push_from(run.pushes, prepare->first_seq)});
    } else if (auto* results = std::get_if<client_session::Answered>(&effect)) {
        run.answered += results->results.heads.size() / log::head_size;
        if (run.answered >= run.ingest.actions) run.ended = true;
    } else if (std::holds_alternative<client_session::Save>(effect)) {
        run.inputs.push_back(client_session::Saved{});
    } else if (auto* close = std::get_if<client_session::Close>(&effect)) {
        std::fprintf(stderr, "bench: the session ended: %s\n", close->detail.c_str());
        std::exit(1);
    }
}

net::Awaitable<void> converse(Run& run, const client::Province& province, const net::Address& address) {
    auto connected = co_await net::connect(address, province.pin, sync::frame_bytes_max);
    run.connection = must(std::move(connected), "connect");
    run.inputs.push_back(client_session::Opened{run.connection->exporter(), io::random_hash(), 0});
    while (!run.ended) {
        while (!run.inputs.empty()) {
            client_session::Input input = std::move(run.inputs.front());
            run.inputs.pop_front();
            for (client_session::Effect& effect : run.session.step(std::move(input))) carry_out(run, effect);
        }
        while (!run.outgoing.empty()) {
            Bytes bytes = std::move(run.outgoing.front());
            run.outgoing.pop_front();
            auto sent = co_await run.connection->send(std::move(bytes));
            must(std::move(sent), "send");
        }
        if (run.ended) break;
        auto received = co_await run.connection->receive();
        const Bytes bytes = must(std::move(received), "receive");
        auto decoded = must(sync::decode(bytes), "decode");
        if (std::holds_alternative<sync::Results>(decoded.frame)) run.ingest.bytes_down += bytes.size();
        run.inputs.push_back(client_session::Received{std::move(decoded.frame), decoded.message_hash});
    }
    run.ingest.seconds = run.watch->seconds();
    run.connection.reset();  // with it go its timers, and the context has nothing left to wait for
}

}  // namespace

std::vector<log::Push> sealed_pushes(client::Desk& desk) {
    std::vector<log::Push> pushes;
    for (std::uint64_t seq = desk.outbox().answered();;) {
        auto push = must(desk.prepare(seq), "seal");
        if (!push) return pushes;
        seq = push->seal.last_seq + 1;
        pushes.push_back(std::move(*push));
    }
}

Ingest push_all(client::Desk& desk, const std::vector<log::Push>& pushes) {
    boost::asio::io_context context(1);
    Run run{client_session::Session(desk.device_key(), desk.facts()), pushes, nullptr, {}, {}, 0, false, std::nullopt, {}};
    for (const log::Push& push : pushes) run.ingest.actions += push.actions.size();
    const auto& province = desk.identity().province;
    const auto address = net::address_from_text(province.address);
    if (!address) std::exit(1);
    boost::asio::co_spawn(context, converse(run, province, *address), boost::asio::detached);
    context.run();
    return run.ingest;
}

}  // namespace hoso::bench
