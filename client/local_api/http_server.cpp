#include "client/local_api/http_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <deque>
#include <set>

#include "shared/net/tls_context.hpp"

namespace hoso::client::local_api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
template <typename T>
using Awaitable = asio::awaitable<T>;

using Secured = beast::ssl_stream<beast::tcp_stream>;

constexpr int handshake_seconds_max = 10;
constexpr std::size_t part_bytes = 64 << 10;
constexpr std::size_t piece_bytes = 64 << 10;

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get: return Method::get;
        case http::verb::head: return Method::head;
        case http::verb::post: return Method::post;
        case http::verb::put: return Method::put;
        case http::verb::delete_: return Method::remove;
        default: return Method::other;
    }
}

std::string text(beast::string_view from) { return {from.data(), from.size()}; }

Result<Request> request_of(const http::request<http::buffer_body>& head) {
    Request request;
    request.method = method_of(head.method());
    request.hosts = head.count(http::field::host);
    request.host = text(head[http::field::host]);
    request.has_origin = head.count(http::field::origin) > 0;
    request.origin = text(head[http::field::origin]);
    request.fetch_site = text(head["Sec-Fetch-Site"]);
    request.upgrade = head.count(http::field::upgrade) > 0;
    request.cookie = text(head[http::field::cookie]);
    request.token = text(head["X-Hoso-Token"]);
    request.encodings = text(head[http::field::accept_encoding]);
    request.languages = text(head[http::field::accept_language]);
    request.if_none_match = text(head[http::field::if_none_match]);
    request.idempotency_key = text(head["Idempotency-Key"]);
    if (auto set = set_target(request, text(head.target())); !set) return set.error();
    return request;
}

struct Waiting {
    explicit Waiting(asio::io_context& context) : answered(context) { answered.expires_at(asio::steady_timer::time_point::max()); }
    Request request;
    Response response;
    asio::steady_timer answered;  // cancelled when the response is there
};

}  // namespace

struct HttpServer::Parts : std::enable_shared_from_this<HttpServer::Parts> {
    explicit Parts(asio::io_context& running) : context(running), acceptor(running) {}

    Awaitable<void> accept();
    void welcome(tcp::socket socket);
    template <typename Stream>
    Awaitable<void> serve(std::shared_ptr<Stream> stream);
    template <typename Stream>
    Awaitable<bool> exchange(Stream& stream, beast::flat_buffer& buffer);
    template <typename Stream>
    Awaitable<std::optional<Response>> read_body(Stream& stream, beast::flat_buffer& buffer,
                                                 http::request_parser<http::buffer_body>& parser, Request& request);
    Awaitable<Response> ask(Request request);
    template <typename Stream>
    Awaitable<bool> write(Stream& stream, const Response& response, bool head_only, bool keep);
    template <typename Stream>
    Awaitable<bool> write_file(Stream& stream, http::response<http::buffer_body>& head, const log::FileId& file);

    asio::io_context& context;
    tcp::acceptor acceptor;
    Api* api = nullptr;
    std::deque<std::shared_ptr<Waiting>> waiting;
    net::TlsContext tls;                // null on the loopback
    std::set<beast::tcp_stream*> open;  // below TLS
};

Awaitable<void> HttpServer::Parts::accept() {
    const auto self = shared_from_this();
    while (acceptor.is_open()) {
        boost::system::error_code failed;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::operation_aborted) break;
        if (failed || open.size() >= connections_max) continue;
        welcome(std::move(socket));
    }
}

void HttpServer::Parts::welcome(tcp::socket socket) {
    if (tls) {
        asio::co_spawn(context, serve(std::make_shared<Secured>(std::move(socket), *tls)), asio::detached);
    } else {
        asio::co_spawn(context, serve(std::make_shared<beast::tcp_stream>(std::move(socket))), asio::detached);
    }
}

Awaitable<bool> handshake(beast::tcp_stream&) { co_return true; }

Awaitable<bool> handshake(Secured& stream) {
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds{handshake_seconds_max});
    boost::system::error_code failed;
    co_await stream.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, failed));
    co_return !failed;
}

template <typename Stream>
Awaitable<void> HttpServer::Parts::serve(std::shared_ptr<Stream> stream) {
    const auto self = shared_from_this();
    beast::tcp_stream& lowest = beast::get_lowest_layer(*stream);
    open.insert(&lowest);
    beast::flat_buffer buffer(head_bytes_max + part_bytes);
    try {
        bool goes_on = co_await handshake(*stream);
        while (goes_on) goes_on = co_await exchange(*stream, buffer);
    } catch (const std::exception&) {  // of the library: this connection ends, the desk goes on
    }
    open.erase(&lowest);
    boost::system::error_code ignored;
    lowest.socket().shutdown(tcp::socket::shutdown_both, ignored);
    lowest.close();
}

// Reads the rest of a request; an answer where the body is not taken.
template <typename Stream>
Awaitable<std::optional<Response>> HttpServer::Parts::read_body(Stream& stream, beast::flat_buffer& buffer,
                                                                http::request_parser<http::buffer_body>& parser, Request& request) {
    std::string upload;
    if (Api::is_upload(request)) {
        auto begun = api->begin_upload(request);
        if (auto* refused = std::get_if<Response>(&begun)) co_return std::move(*refused);
        upload = std::get<std::string>(begun);
    }
    std::string part(part_bytes, '\0');
    std::optional<Error> wrong;
    boost::system::error_code failed;
    while (!parser.is_done() && !wrong && !failed) {
        parser.get().body().data = part.data();
        parser.get().body().size = part.size();
        parser.get().body().more = true;
        beast::get_lowest_layer(stream).expires_after(std::chrono::seconds{body_seconds_max});
        co_await http::async_read_some(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failed));
        if (failed == http::error::need_buffer) failed = {};
        const std::string_view came(part.data(), part.size() - parser.get().body().size);
        if (upload.empty()) {
            if (request.body.size() + came.size() > body_bytes_max) {
                wrong = Error{Errc::limit, "A request holds at most 16 MiB: send files as uploads."};
            } else {
                request.body += came;
            }
        } else if (auto kept = api->append(upload, as_bytes(came)); !kept) {
            wrong = kept.error();
        }
    }
    if (upload.empty() && !wrong && !failed) co_return std::nullopt;
    if (failed && !upload.empty()) api->drop(upload);
    if (!wrong && !failed) co_return api->end_upload(upload, request);
    if (!wrong) wrong = Error{Errc::unreachable, "The request ended before its end."};
    Response response = problem(*wrong, Language::en);
    Api::harden(response);
    co_return response;
}

// One request and its answer. False: the connection ends.
template <typename Stream>
Awaitable<bool> HttpServer::Parts::exchange(Stream& stream, beast::flat_buffer& buffer) {
    http::request_parser<http::buffer_body> parser;
    parser.header_limit(head_bytes_max);
    parser.body_limit(upload_bytes_max + 1);
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds{head_seconds_max});
    boost::system::error_code failed;
    co_await http::async_read_header(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failed));
    if (failed == http::error::end_of_stream) co_return false;
    std::optional<Response> response;
    Request request;
    if (failed) {
        if (failed.category() != http::make_error_code(http::error::bad_target).category()) co_return false;
        response = problem(Error{Errc::invalid, "This is no request of HTTP: " + failed.message() + "."}, Language::en);
        Api::harden(*response);
    } else {
        auto read = request_of(parser.get());
        if (read) {
            request = std::move(*read);
            request.office = tls != nullptr;
            response = co_await read_body(stream, buffer, parser, request);
        } else {
            response = problem(read.error(), Language::en);
            Api::harden(*response);
        }
    }
    const bool whole = !failed && parser.is_done();
    const bool keep = whole && parser.get().keep_alive();
    const bool head_only = request.method == Method::head;
    if (!response) {
        Response answered = co_await ask(std::move(request));
        response = std::move(answered);
    }
    const bool written = co_await write(stream, *response, head_only, keep);
    co_return written&& keep;
}

Awaitable<Response> HttpServer::Parts::ask(Request request) {
    const auto job = std::make_shared<Waiting>(context);
    job->request = std::move(request);
    waiting.push_back(job);
    boost::system::error_code woken;
    co_await job->answered.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    co_return std::move(job->response);
}

template <typename Stream>
Awaitable<bool> HttpServer::Parts::write(Stream& stream, const Response& response, bool head_only, bool keep) {
    http::response<http::buffer_body> head;
    head.version(11);
    head.result(response.status);
    head.keep_alive(keep);
    if (!response.media_type.empty()) head.set(http::field::content_type, response.media_type);
    for (const auto& [name, value] : response.headers) head.insert(name, value);
    const std::string_view body = response.still.empty() ? std::string_view(response.body) : response.still;
    const std::uint64_t size = response.file ? response.file->size : body.size();
    if (response.status != 204 && response.status != 304) head.content_length(size);
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds{body_seconds_max});
    boost::system::error_code failed;
    if (response.file && !head_only) {
        const bool written = co_await write_file(stream, head, *response.file);
        co_return written;
    }
    head.body().data = head_only ? nullptr : const_cast<char*>(body.data());  // the library writes from it only
    head.body().size = head_only ? 0 : body.size();
    head.body().more = false;
    http::response_serializer<http::buffer_body> serializer(head);
    if (head_only || body.empty()) {
        co_await http::async_write_header(stream, serializer, asio::redirect_error(asio::use_awaitable, failed));
    } else {
        co_await http::async_write(stream, serializer, asio::redirect_error(asio::use_awaitable, failed));
    }
    co_return !failed;
}

// Piece by piece, each verified against the file's name; one that is gone in the middle ends the connection.
template <typename Stream>
Awaitable<bool> HttpServer::Parts::write_file(Stream& stream, http::response<http::buffer_body>& head, const log::FileId& file) {
    http::response_serializer<http::buffer_body> serializer(head);
    head.body().data = nullptr;
    head.body().more = true;
    boost::system::error_code failed;
    co_await http::async_write_header(stream, serializer, asio::redirect_error(asio::use_awaitable, failed));
    for (std::uint64_t offset = 0; offset < file.size && !failed;) {
        auto piece = api->desk().files().store().read(file, offset, piece_bytes);
        if (!piece || piece->bytes.empty()) co_return false;
        offset += piece->bytes.size();
        head.body().data = piece->bytes.data();
        head.body().size = piece->bytes.size();
        head.body().more = offset < file.size;
        beast::get_lowest_layer(stream).expires_after(std::chrono::seconds{body_seconds_max});
        co_await http::async_write(stream, serializer, asio::redirect_error(asio::use_awaitable, failed));
        if (failed == http::error::need_buffer) failed = {};
    }
    co_return !failed;
}

namespace {

Result<void> listen_on(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
    boost::system::error_code failed;
    acceptor.open(endpoint.protocol(), failed);
    if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor.bind(endpoint, failed);
    if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (!failed) return {};
    const bool used = failed == asio::error::address_in_use;
    return Error{used ? Errc::unreachable : Errc::io, "The pages cannot be served on port " + std::to_string(endpoint.port()) +
                                                          ": " + failed.message() + ". Name another one."};
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(asio::io_context& context, std::uint16_t port) {
    auto parts = std::make_shared<Parts>(context);
    if (auto listening = listen_on(parts->acceptor, {asio::ip::address_v4::loopback(), port}); !listening) return listening.error();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(asio::io_context& context, const net::Address& address,
                                                       const net::Identity& identity) {
    boost::system::error_code failed;
    const auto number = asio::ip::make_address(address.host, failed);
    if (failed)
        return Error{Errc::invalid, "An office's address is a number of this machine in its network, such as 192.168.1.10:8643."};
    auto tls = net::server_context(identity);
    if (!tls) return tls.error();
    auto parts = std::make_shared<Parts>(context);
    parts->tls = *tls;
    if (auto listening = listen_on(parts->acceptor, {number, address.port}); !listening) return listening.error();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

HttpServer::~HttpServer() { stop(); }

std::uint16_t HttpServer::port() const {
    boost::system::error_code failed;
    return parts_->acceptor.local_endpoint(failed).port();
}

void HttpServer::start(Api& api) {
    parts_->api = &api;
    asio::co_spawn(parts_->context, parts_->accept(), asio::detached);
}

void HttpServer::work() {
    while (!parts_->waiting.empty()) {
        const auto job = parts_->waiting.front();
        parts_->waiting.pop_front();
        job->response = parts_->api->answer(job->request);
        job->answered.cancel();
    }
}

void HttpServer::stop() {
    boost::system::error_code ignored;
    parts_->acceptor.close(ignored);
    for (const auto& stream : parts_->open) stream->socket().close(ignored);
}

}  // namespace hoso::client::local_api
