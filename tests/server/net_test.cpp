#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "shared/net/listener.hpp"

namespace hoso::net {
namespace {

namespace asio = boost::asio;

constexpr std::size_t bytes_max = 128 * 1024;

template <typename T>
Awaitable<void> fill(Awaitable<T> from, std::optional<T>& to) {
    to.emplace(co_await std::move(from));
}

// Both ends on one thread.
class Net : public testing::Test {
protected:
    void SetUp() override {
        identity_ = make_identity("test");
        auto opened = Listener::open(io_.get_executor(), Address{"127.0.0.1", 0}, identity_, bytes_max);
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        listener_ = std::move(*opened);
    }
    Pin pin() const { return *pin_of(identity_.certificate_pem); }
    template <typename T>
    void start(Awaitable<T> from, std::optional<T>& to) {
        asio::co_spawn(io_, fill(std::move(from), to), asio::detached);
    }
    template <typename T>
    T wait(std::optional<T>& result) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!result && std::chrono::steady_clock::now() < end) {
            if (io_.stopped()) io_.restart();
            io_.run_one_for(std::chrono::seconds(1));
        }
        CHECK(result.has_value());
        return std::move(*result);
    }
    template <typename T>
    T run(Awaitable<T> from) {
        std::optional<T> result;
        start(std::move(from), result);
        return wait(result);
    }
    void meet() {
        std::optional<Result<std::unique_ptr<Connection>>> desk, server;
        std::optional<Result<void>> shaken;
        start(connect(address_, pin_, bytes_max), desk);
        start(listener_->accept(), server);
        server_ = std::move(*wait(server));
        start(server_->handshake(), shaken);
        desk_ = std::move(*wait(desk));
        ASSERT_TRUE(wait(shaken).has_value());
    }

    asio::io_context io_;
    Identity identity_;
    std::unique_ptr<Listener> listener_;
    Address address_;
    Pin pin_;
    std::unique_ptr<Connection> server_;
    std::unique_ptr<Connection> desk_;
};

class NetPair : public Net {
protected:
    void SetUp() override {
        Net::SetUp();
        address_ = listener_->address();
        pin_ = pin();
        meet();
    }
};

TEST_F(NetPair, CarriesMessagesWhole) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{70'000}, bytes_max}) {
        Bytes message(size);
        for (std::size_t i = 0; i < size; ++i) message[i] = static_cast<Byte>(i * 7);
        std::optional<Result<Bytes>> received;
        start(server_->receive(), received);
        ASSERT_TRUE(run(desk_->send(message)).has_value());
        EXPECT_EQ(*wait(received), message) << size;
        ASSERT_TRUE(run(server_->send(message)).has_value());
        EXPECT_EQ(*run(desk_->receive()), message) << size;
    }
}

TEST_F(NetPair, BothEndsExportTheSameSecret) {
    EXPECT_EQ(desk_->exporter(), server_->exporter());
    EXPECT_FALSE(desk_->exporter().is_nil());
    const Hash first = desk_->exporter();
    meet();
    EXPECT_NE(desk_->exporter(), first) << "every connection has its own";
}

TEST_F(NetPair, RefusesALongMessage) {
    server_->limit_messages(1000);
    std::optional<Result<Bytes>> received;
    start(server_->receive(), received);
    std::optional<Result<void>> sent;
    start(desk_->send(Bytes(1001)), sent);
    std::optional<Result<Bytes>> told;  // the desk hears why the connection ends
    start(desk_->receive(), told);
    const auto got = wait(received);
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().code, Errc::unreachable);
    EXPECT_FALSE(wait(told).has_value());
}

TEST_F(NetPair, ALimitMayGrowWhileAMessageIsAwaited) {
    server_->limit_messages(1000);
    std::optional<Result<Bytes>> received;
    start(server_->receive(), received);
    io_.run_for(std::chrono::milliseconds(20));
    server_->limit_messages(bytes_max);
    ASSERT_TRUE(run(desk_->send(Bytes(100'000))).has_value());
    EXPECT_EQ(wait(received)->size(), 100'000u);
}

TEST_F(NetPair, SaysThatThePeerIsGone) {
    std::optional<Result<Bytes>> received;
    start(server_->receive(), received);
    desk_->cancel();
    const auto got = wait(received);
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().code, Errc::unreachable);
}

TEST_F(Net, RefusesAnotherKey) {
    std::optional<Result<std::unique_ptr<Connection>>> desk, server;
    const Address address = listener_->address();
    const Pin other = *pin_of(make_identity("test").certificate_pem);
    start(connect(address, other, bytes_max), desk);
    start(listener_->accept(), server);
    server_ = std::move(*wait(server));
    std::optional<Result<void>> shaken;
    start(server_->handshake(), shaken);
    const auto got = wait(desk);
    ASSERT_FALSE(got.has_value());
    EXPECT_EQ(got.error().code, Errc::unauthentic);
    desk.reset();
    EXPECT_FALSE(wait(shaken).has_value()) << "nothing of the WebSocket was said";
}

TEST_F(Net, RefusesWhatIsNoTls) {
    asio::ip::tcp::socket raw(io_);
    raw.connect({asio::ip::make_address("127.0.0.1"), listener_->address().port});
    asio::write(raw, asio::buffer(std::string("GET / HTTP/1.1\r\n\r\n")));
    server_ = std::move(*run(listener_->accept()));
    EXPECT_EQ(run(server_->handshake()).error().code, Errc::protocol);
}

TEST_F(Net, LeavesASilentPeer) {
    asio::ip::tcp::socket raw(io_);
    raw.connect({asio::ip::make_address("127.0.0.1"), listener_->address().port});
    server_ = std::move(*run(listener_->accept()));
    EXPECT_EQ(run(server_->handshake()).error().code, Errc::protocol);
}

TEST_F(Net, SaysThatAPortIsInUse) {
    const auto second = Listener::open(io_.get_executor(), listener_->address(), identity_, bytes_max);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Errc::unreachable);
    EXPECT_NE(second.error().detail.find("in use"), std::string::npos);
}

TEST_F(Net, SaysThatNobodyListens) {
    const Address address = listener_->address();
    listener_.reset();
    const Pin any = pin();
    EXPECT_EQ(run(connect(address, any, bytes_max)).error().code, Errc::unreachable);
}

TEST(Pin, BelongsToTheKey) {
    const Identity one = make_identity("one");
    EXPECT_EQ(*pin_of(one.certificate_pem), *pin_of(one.certificate_pem));
    EXPECT_NE(*pin_of(one.certificate_pem), *pin_of(make_identity("one").certificate_pem));
    EXPECT_EQ(pin_of("no certificate").error().code, Errc::invalid);
}

struct AddressCase {
    const char* text;
    std::optional<Address> address;
};

TEST(AddressText, Table) {
    const AddressCase cases[] = {
        {"127.0.0.1:7443", Address{"127.0.0.1", 7443}},
        {"server.example:0", Address{"server.example", 0}},
        {"[::1]:65535", Address{"::1", 65535}},
        {"::1:80", std::nullopt},
        {"server.example", std::nullopt},
        {":80", std::nullopt},
        {"host:65536", std::nullopt},
        {"host:", std::nullopt},
        {"host:8o", std::nullopt},
        {"[]:80", std::nullopt},
    };
    for (const AddressCase& row : cases) {
        EXPECT_EQ(address_from_text(row.text), row.address) << row.text;
        if (row.address) {
            EXPECT_EQ(to_text(*row.address), row.text);
        }
    }
}

}  // namespace
}  // namespace hoso::net
