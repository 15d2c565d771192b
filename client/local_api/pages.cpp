#include "client/local_api/pages.hpp"

#include "client/local_api/http_server.hpp"

namespace hoso::client::local_api {
namespace {

Api::Options options_of(std::uint16_t port) {
    const std::string number = std::to_string(port);
    return {{"http", {"127.0.0.1:" + number, "localhost:" + number}}, "hoso-" + number};
}

class Pages final : public Guest {
public:
    Pages(Desk& desk, Link& link, std::unique_ptr<HttpServer> server)
        : api_(desk, link, options_of(server->port())), server_(std::move(server)) {
        server_->start(api_);
    }
    void work() override final { server_->work(); }
    void stop() override final { server_->stop(); }
    std::string address() override final { return api_.launch(); }

private:
    Api api_;
    std::unique_ptr<HttpServer> server_;
};

}  // namespace

Result<std::unique_ptr<Guest>> make_pages(Desk& desk, Link& link, boost::asio::io_context& context, std::uint16_t port) {
    auto server = HttpServer::listen(context, port == 0 ? usual_port : port);
    if (!server && port == 0 && server.error().code == Errc::unreachable) server = HttpServer::listen(context, 0);
    if (!server) return server.error();
    return std::unique_ptr<Guest>(std::make_unique<Pages>(desk, link, std::move(*server)));
}

}  // namespace hoso::client::local_api
