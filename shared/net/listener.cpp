#include "shared/net/listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/net/stream.hpp"

namespace hoso::net {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Binds at the first of a name's addresses that is ours.
Result<void> bind(Tcp::acceptor& acceptor, const Executor& executor, const Address& address) {
    const std::string here = to_text(address);
    boost::system::error_code error;
    Tcp::resolver resolver{executor};
    const auto found = resolver.resolve(address.host, std::to_string(address.port), Tcp::resolver::passive, error);
    if (error) return Error{Errc::unreachable, "The name " + address.host + " is not known: " + sentence(error)};
    for (const auto& entry : found) {
        acceptor.close(error);
        acceptor.open(entry.endpoint().protocol(), error);
        if (!error) acceptor.set_option(Tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor.bind(entry.endpoint(), error);
        if (!error) acceptor.listen(Tcp::acceptor::max_listen_connections, error);
        if (!error) return {};
    }
    if (error == asio::error::address_in_use) {
        return Error{Errc::unreachable, "Port " + std::to_string(address.port) +
                                            " is in use by another program: end it or choose " + "another with --listen."};
    }
    return Error{Errc::unreachable, "Cannot listen at " + here + ": " + sentence(error)};
}

bool out_of_descriptors(const boost::system::error_code& error) {
    return error == boost::system::errc::too_many_files_open || error == boost::system::errc::too_many_files_open_in_system ||
           error == boost::system::errc::no_buffer_space || error == boost::system::errc::not_enough_memory;
}

}  // namespace

struct Listener::Parts {
    explicit Parts(const Executor& on) : connections(on), executor(asio::make_strand(on)), acceptor(executor) {}
    Executor connections;  // each on a strand of it
    Executor executor;
    Tcp::acceptor acceptor;
    TlsContext context;
    Address address;
    std::size_t message_bytes_max = 0;
};

Listener::Listener(std::shared_ptr<Parts> parts) : parts_(std::move(parts)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(const Executor& executor, const Address& address, const Identity& identity,
                                                 std::size_t message_bytes_max) {
    auto context = server_context(identity);
    if (!context) return context.error();
    auto parts = std::make_shared<Parts>(executor);
    parts->context = *context;
    parts->message_bytes_max = message_bytes_max;
    if (const auto bound = bind(parts->acceptor, executor, address); !bound) return bound.error();
    boost::system::error_code error;
    parts->address = {address.host, parts->acceptor.local_endpoint(error).port()};
    return std::unique_ptr<Listener>{new Listener(std::move(parts))};
}

const Address& Listener::address() const { return parts_->address; }
const Executor& Listener::executor() const { return parts_->executor; }

Awaitable<Result<std::unique_ptr<Connection>>> Listener::accept() {
    for (;;) {
        const Executor strand = asio::make_strand(parts_->connections);
        auto [error, socket] = co_await parts_->acceptor.async_accept(strand, as_result);
        if (out_of_descriptors(error))
            co_return Error{Errc::limit, "No file descriptor is free for a connection: " + sentence(error)};
        if (error == asio::error::operation_aborted || !parts_->acceptor.is_open()) {
            co_return Error{Errc::unreachable, "The listener is closed."};
        }
        if (error) continue;  // the peer left before we took it
        boost::system::error_code gone;
        const auto remote = address_of(socket.remote_endpoint(gone));
        if (gone) continue;
        auto parts = std::make_unique<Connection::Parts>(std::move(socket), parts_->context, remote, parts_->message_bytes_max);
        co_return std::unique_ptr<Connection>{new Connection(std::move(parts))};
    }
}

void Listener::close() {
    asio::post(parts_->executor, [parts = parts_] {
        boost::system::error_code ignored;
        parts->acceptor.close(ignored);
    });
}

Address address_of(const Tcp::endpoint& endpoint) { return {endpoint.address().to_string(), endpoint.port()}; }

std::string sentence(const boost::system::error_code& error) {
    std::string text = error.message();
    if (text.empty() || text.back() != '.') text += '.';
    return text;
}

}  // namespace hoso::net
