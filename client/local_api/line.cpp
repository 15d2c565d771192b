#include "client/local_api/line.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace hoso::client::local_api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Secured = beast::ssl_stream<beast::tcp_stream>;

template <typename Stream>
class LineOver final : public Line {
public:
    template <typename... Args>
    explicit LineOver(Args&&... args) : stream_(std::forward<Args>(args)...) {}

    asio::awaitable<bool> handshake() override final {
        boost::system::error_code failed;
        if constexpr (std::is_same_v<Stream, Secured>)
            co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, failed));
        co_return !failed;
    }
    asio::awaitable<std::size_t> read_some(char* to, std::size_t size) override final {
        boost::system::error_code failed;
        const std::size_t came =
            co_await stream_.async_read_some(asio::mutable_buffer(to, size), asio::redirect_error(asio::use_awaitable, failed));
        co_return failed ? 0 : came;
    }
    asio::awaitable<bool> write(std::string_view bytes) override final {
        boost::system::error_code failed;
        co_await asio::async_write(stream_, asio::const_buffer(bytes.data(), bytes.size()),
                                   asio::redirect_error(asio::use_awaitable, failed));
        co_return !failed;
    }
    void expires_after(int seconds) override final {
        beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds{seconds});
    }
    void close() override final {
        boost::system::error_code ignored;
        beast::get_lowest_layer(stream_).socket().shutdown(tcp::socket::shutdown_both, ignored);
        beast::get_lowest_layer(stream_).close();
    }

private:
    Stream stream_;
};

}  // namespace

std::unique_ptr<Line> plain_line(tcp::socket socket) { return std::make_unique<LineOver<beast::tcp_stream>>(std::move(socket)); }

std::unique_ptr<Line> secured_line(tcp::socket socket, const net::TlsContext& tls) {
    return std::make_unique<LineOver<Secured>>(std::move(socket), *tls);
}

}  // namespace hoso::client::local_api
