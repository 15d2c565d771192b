#include "client/local_api/http_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <deque>
#include <fstream>
#include <map>
#include <set>

#include "client/local_api/line.hpp"
#include "client/local_api/uploads.hpp"

namespace hoso::client::local_api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
template <typename T>
using Awaitable = asio::awaitable<T>;
using Parser = http::request_parser<http::buffer_body>;

constexpr std::size_t part_bytes = 64 << 10;
constexpr std::size_t strange_body_bytes_max = 64 << 10;  // of somebody who was not let in yet

Method method_of(http::verb verb) {
    if (verb == http::verb::get) return Method::get;
    if (verb == http::verb::head) return Method::head;
    if (verb == http::verb::post) return Method::post;
    if (verb == http::verb::put) return Method::put;
    return verb == http::verb::delete_ ? Method::remove : Method::other;
}

std::string text(beast::string_view from) { return {from.data(), from.size()}; }

// Whom a request is counted with: whoever has an IPv6 address has the 2^64 of its network.
std::string counted_as(const asio::ip::address& address) {
    if (address.is_v4()) return address.to_string();
    const asio::ip::address_v6 six = address.to_v6();
    if (six.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, six).to_string();
    if (six.is_loopback()) return six.to_string();
    asio::ip::address_v6::bytes_type bytes = six.to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return asio::ip::address_v6(bytes).to_string() + "/64";
}

bool of_this_machine(std::string_view counted) { return counted.starts_with("127.") || counted == "::1"; }

// A proxy on this machine says for whom it asks: it adds the last name of the last such line. Of anybody else that is a claim.
std::string asks_for(const Parser::value_type& head, const std::string& peer) {
    if (!of_this_machine(peer)) return peer;
    std::string last;
    const auto lines = head.equal_range("X-Forwarded-For");
    for (auto line = lines.first; line != lines.second; ++line) last = text(line->value());
    last.erase(0, last.find_last_of(", ") + 1);
    boost::system::error_code failed;
    const auto address = asio::ip::make_address(last, failed);
    return failed ? peer : counted_as(address);
}

Result<Request> request_of(const Parser::value_type& head, const std::string& peer) {
    Request request;
    request.address = asks_for(head, peer);
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
    request.accepts = text(head[http::field::accept]);
    request.if_none_match = text(head[http::field::if_none_match]);
    request.idempotency_key = text(head["Idempotency-Key"]);
    if (auto set = set_target(request, text(head.target())); !set) return set.error();
    return request;
}

// Values are this program's own: none holds a line end.
std::string head_of(const Response& response, std::uint64_t size, bool keep) {
    const auto reason = http::obsolete_reason(http::int_to_status(response.status));
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " + text(reason) + "\r\n";
    const auto add = [&head](std::string_view name, std::string_view value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    if (!response.media_type.empty()) add("Content-Type", response.media_type);
    for (const auto& [name, value] : response.headers) add(name, value);
    if (response.status != 204 && response.status != 304) add("Content-Length", std::to_string(size));
    add("Connection", keep ? "keep-alive" : "close");
    return head + "\r\n";
}

// A request on its way in: what came of it, and what the next one begins with.
class Incoming {
public:
    Incoming(Line& line, beast::flat_buffer& buffer) : line_(line), buffer_(buffer) {
        parser_.header_limit(head_bytes_max);
        parser_.body_limit(upload_bytes_max + 1);
    }

    // The whole head. False: the connection has ended, or what came is no request.
    Awaitable<bool> head() {
        while (!parser_.is_header_done()) {
            const bool came = buffer_.size() > 0 && !hungry_ ? true : co_await more();
            if (!came || !put()) co_return false;
        }
        co_return true;
    }
    // Some of the body. False: it ended before its end.
    Awaitable<bool> body(std::string& part) {
        part.resize(part_bytes);
        auto& to = parser_.get().body();
        to.data = part.data();
        to.size = part.size();
        to.more = true;
        const bool came = buffer_.size() > 0 && !hungry_ ? true : co_await more();
        if (!came || !put()) co_return false;
        part.resize(part_bytes - to.size);
        co_return true;
    }
    bool whole() const { return parser_.is_done(); }
    bool keeps() const { return parser_.is_done() && parser_.get().keep_alive(); }
    const Parser::value_type& request() const { return parser_.get(); }
    const boost::system::error_code& failed() const { return failed_; }

private:
    Awaitable<bool> more() {
        if (buffer_.size() + 1 > buffer_.max_size()) co_return false;
        const std::size_t room = std::min(part_bytes, buffer_.max_size() - buffer_.size());
        const auto to = buffer_.prepare(room);
        const std::size_t came = co_await line_.read_some(static_cast<char*>(to.data()), to.size());
        buffer_.commit(came);
        co_return came > 0;
    }
    bool put() {
        const std::size_t used = parser_.put(buffer_.data(), failed_);
        buffer_.consume(used);
        hungry_ = failed_ == http::error::need_more || buffer_.size() == 0;
        if (failed_ == http::error::need_more || failed_ == http::error::need_buffer) failed_ = {};
        return !failed_;
    }

    Line& line_;
    beast::flat_buffer& buffer_;
    Parser parser_;
    bool hungry_ = false;
    boost::system::error_code failed_;
};

struct Waiting {
    explicit Waiting(asio::io_context& context) : answered(context) { answered.expires_at(asio::steady_timer::time_point::max()); }
    Request request;
    Response response;
    asio::steady_timer answered;  // cancelled when the response is there
};

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

struct HttpServer::Parts : std::enable_shared_from_this<HttpServer::Parts> {
    explicit Parts(asio::io_context& running) : context(running), acceptor(running) {}

    Awaitable<void> accept();
    bool takes(const std::string& peer) const;
    Awaitable<void> serve(std::shared_ptr<Line> line, std::string peer);
    Awaitable<bool> exchange(Line& line, beast::flat_buffer& buffer, const std::string& peer, bool last);
    Awaitable<std::optional<Response>> read_body(Line& line, Incoming& incoming, Request& request);
    Awaitable<Response> ask(Request request);
    Awaitable<bool> write(Line& line, const Response& response, bool head_only, bool keep);
    Awaitable<bool> write_made(Line& line, const MadeFile& made, std::uint64_t size);

    asio::io_context& context;
    tcp::acceptor acceptor;
    net::TlsContext tls;  // null on the loopback
    Service* service = nullptr;
    FileTraffic* files = nullptr;
    PortLimits limits;
    std::deque<std::shared_ptr<Waiting>> waiting;
    std::set<Line*> open;
    std::map<std::string, std::size_t> open_of;  // by peer
};

Awaitable<void> HttpServer::Parts::accept() {
    const auto self = shared_from_this();
    while (acceptor.is_open()) {
        boost::system::error_code failed;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::operation_aborted) break;
        if (failed) continue;
        const tcp::endpoint from = socket.remote_endpoint(failed);
        std::string peer = failed ? std::string{} : counted_as(from.address());
        if (failed || !takes(peer)) continue;
        std::shared_ptr<Line> line = tls ? secured_line(std::move(socket), tls) : plain_line(std::move(socket));
        open.insert(line.get());
        ++open_of[peer];
        asio::co_spawn(context, serve(std::move(line), std::move(peer)), asio::detached);
    }
}

bool HttpServer::Parts::takes(const std::string& peer) const {
    if (open.size() >= limits.connections_max) return false;
    if (of_this_machine(peer)) return true;
    const auto held = open_of.find(peer);
    return (held == open_of.end() || held->second < limits.connections_of_one_max) && service->receives(peer);
}

Awaitable<void> HttpServer::Parts::serve(std::shared_ptr<Line> line, std::string peer) {
    const auto self = shared_from_this();
    beast::flat_buffer buffer(head_bytes_max + part_bytes);
    try {
        line->expires_after(limits.handshake_seconds_max);
        bool goes_on = co_await line->handshake();
        for (std::size_t asked = 1; goes_on; ++asked)
            goes_on = co_await exchange(*line, buffer, peer, asked == limits.requests_max);
    } catch (const std::exception&) {  // of the library: this connection ends, the desk goes on
    }
    open.erase(line.get());
    if (--open_of[peer] == 0) open_of.erase(peer);
    line->close();
}

// Reads the rest of a request; an answer where the body is not taken.
Awaitable<std::optional<Response>> HttpServer::Parts::read_body(Line& line, Incoming& incoming, Request& request) {
    if (auto refused = service->turn_down(request)) co_return refused;
    std::string upload;
    if (files && files->is_upload(request)) {
        auto begun = files->begin_upload(request);
        if (auto* refused = std::get_if<Response>(&begun)) co_return std::move(*refused);
        upload = std::get<std::string>(begun);
    }
    std::optional<Error> wrong;
    std::string part;
    while (!incoming.whole() && !wrong) {
        line.expires_after(limits.body_seconds_max);
        const bool came = co_await incoming.body(part);
        if (!came) {
            wrong = Error{Errc::invalid, "The request ended before its end."};
            if (!upload.empty()) files->drop(upload);
        } else if (!upload.empty()) {
            if (auto kept = files->append(upload, as_bytes(part)); !kept) wrong = kept.error();
        } else if (request.body.size() + part.size() > (request.cookie.empty() ? strange_body_bytes_max : body_bytes_max)) {
            wrong = Error{Errc::limit, "A request holds at most 16 MiB: send files as uploads."};
        } else {
            request.body += part;
        }
    }
    if (wrong) co_return service->fault(*wrong);
    if (upload.empty()) co_return std::nullopt;
    co_return files->end_upload(upload, request);
}

// One request and its answer. False: the connection ends.
Awaitable<bool> HttpServer::Parts::exchange(Line& line, beast::flat_buffer& buffer, const std::string& peer, bool last) {
    Incoming incoming(line, buffer);
    line.expires_after(limits.head_seconds_max);
    const bool here = co_await incoming.head();
    if (!here && !incoming.failed()) co_return false;
    std::optional<Response> response;
    Request request;
    if (!here) {
        response = service->fault({Errc::invalid, "This is no request of HTTP: " + incoming.failed().message() + "."});
    } else if (auto read = request_of(incoming.request(), peer); !read) {
        response = service->fault(read.error());
    } else {
        request = std::move(*read);
        request.office = tls != nullptr;
        response = co_await read_body(line, incoming, request);
    }
    const bool keep = here && !last && incoming.keeps();
    const bool head_only = request.method == Method::head;
    if (!response) {
        Response answered = co_await ask(std::move(request));
        response = std::move(answered);
    }
    const bool written = co_await write(line, *response, head_only, keep);
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

Awaitable<bool> HttpServer::Parts::write_made(Line& line, const MadeFile& made, std::uint64_t size) {
    std::ifstream from(made.path(), std::ios::binary);
    std::string piece;
    for (std::uint64_t left = size; left > 0; left -= piece.size()) {
        piece.resize(std::min<std::uint64_t>(left, part_bytes));
        if (!from.read(piece.data(), static_cast<std::streamsize>(piece.size()))) co_return false;
        line.expires_after(limits.body_seconds_max);
        if (!co_await line.write(piece)) co_return false;
    }
    co_return true;
}

// A file goes piece by piece, each verified against its name; one that is gone in the middle ends the connection.
Awaitable<bool> HttpServer::Parts::write(Line& line, const Response& response, bool head_only, bool keep) {
    const std::string_view body = response.still.empty() ? std::string_view(response.body) : response.still;
    const std::uint64_t size = response.file ? response.file->size : response.made ? response.made->size() : body.size();
    const std::string head = head_of(response, size, keep);
    line.expires_after(limits.body_seconds_max);
    bool good = co_await line.write(head);
    if (head_only || !good) co_return good;
    if (response.made) co_return co_await write_made(line, *response.made, size);
    if (!response.file) {
        if (!body.empty()) good = co_await line.write(body);
        co_return good;
    }
    for (std::uint64_t offset = 0; offset < size && good;) {
        auto piece = files->read_file(*response.file, offset, part_bytes);
        if (!piece || piece->empty()) co_return false;
        offset += piece->size();
        line.expires_after(limits.body_seconds_max);
        good = co_await line.write(as_text(*piece));
    }
    co_return good;
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(asio::io_context& context, std::uint16_t port) {
    auto parts = std::make_shared<Parts>(context);
    if (auto listening = listen_on(parts->acceptor, {asio::ip::address_v4::loopback(), port}); !listening) return listening.error();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(asio::io_context& context, const net::Address& address,
                                                       const net::Identity& identity) {
    boost::system::error_code failed;
    const auto number = asio::ip::make_address(address.host, failed);
    if (failed) return Error{Errc::invalid, "The address is a number of this machine in its network, such as 192.168.1.10:8643."};
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

bool HttpServer::secured() const { return parts_->tls != nullptr; }

void HttpServer::start(Service& service, FileTraffic* files, const PortLimits& limits) {
    parts_->service = &service;
    parts_->files = files;
    parts_->limits = limits;
    asio::co_spawn(parts_->context, parts_->accept(), asio::detached);
}

void HttpServer::work() {
    while (!parts_->waiting.empty()) {
        const auto job = parts_->waiting.front();
        parts_->waiting.pop_front();
        job->response = parts_->service->answer(job->request);
        job->answered.cancel();
    }
}

void HttpServer::stop() {
    boost::system::error_code ignored;
    parts_->acceptor.close(ignored);
    for (Line* line : parts_->open) line->close();
}

}  // namespace hoso::client::local_api
