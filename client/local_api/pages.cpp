#include "client/local_api/pages.hpp"

#include "client/local_api/api.hpp"
#include "client/local_api/http_server.hpp"
#include "client/local_api/lookup.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::local_api {
namespace {

constexpr std::size_t pem_bytes_max = 64 << 10;
constexpr int key_mode = 0600;
constexpr int certificate_mode = 0644;
constexpr PortLimits office_limits{.connections_of_one_max = 16};  // one machine of the office keeps nobody out
constexpr PortLimits public_limits{.connections_max = 128,
                                   .connections_of_one_max = 16,
                                   .requests_max = 32,
                                   .handshake_seconds_max = 10,
                                   .head_seconds_max = 10,
                                   .body_seconds_max = 20};

Api::Door loopback_door(std::uint16_t port) {
    const std::string number = std::to_string(port);
    return {{"http", {"127.0.0.1:" + number, "localhost:" + number}}, "hoso-" + number};
}

Api::Door office_door(const net::Address& address) {
    return {{"https", {net::to_text(address)}}, "hoso-office-" + std::to_string(address.port)};
}

// DATA/NAME.key and DATA/NAME.crt, made where they are missing.
Result<net::Identity> identity_called(const std::string& name, const std::filesystem::path& folder, const std::string& host) {
    const auto key_file = folder / (name + ".key"), certificate_file = folder / (name + ".crt");
    const auto key = io::read_file(key_file, pem_bytes_max);
    if (key) {
        const auto certificate = io::read_file(certificate_file, pem_bytes_max);
        if (!certificate) return certificate.error();
        return net::Identity{std::string(as_text(*key)), std::string(as_text(*certificate))};
    }
    if (key.error().code != Errc::not_found) return key.error();
    const net::Identity made = net::make_identity(host);
    if (auto kept = io::write_file(certificate_file, as_bytes(made.certificate_pem), certificate_mode); !kept) return kept.error();
    if (auto kept = io::write_file(key_file, as_bytes(made.key_pem), key_mode); !kept) return kept.error();
    return made;
}

class Pages final : public Guest {
public:
    // `lookup` is null where it is not served.
    Pages(Desk& desk, Link& link, Api::Options options, std::vector<std::unique_ptr<HttpServer>> servers,
          std::unique_ptr<HttpServer> lookup)
        : api_(desk, link, std::move(options)), lookup_(desk, link, std::chrono::steady_clock::now), servers_(std::move(servers)) {
        for (const auto& server : servers_) server->start(api_, &api_, server->secured() ? office_limits : PortLimits{});
        if (!lookup) return;
        lookup->start(lookup_, nullptr, public_limits);
        servers_.push_back(std::move(lookup));
    }
    void work() override final {
        for (const auto& server : servers_) server->work();
    }
    void stop() override final {
        for (const auto& server : servers_) server->stop();
    }
    std::string address() override final { return api_.launch(); }

private:
    Api api_;
    Lookup lookup_;
    std::vector<std::unique_ptr<HttpServer>> servers_;
};

// At the address of an option, by the key that is called like it.
Result<std::unique_ptr<HttpServer>> listen_as(const std::string& option, const std::string& text, const Desk& desk,
                                              boost::asio::io_context& context) {
    const auto wanted = net::address_from_text(text);
    if (!wanted) return Error{Errc::invalid, "--" + option + " is HOST:PORT, such as 192.168.1.10:8643."};
    const auto identity = identity_called(option, desk.folder(), wanted->host);
    if (!identity) return identity.error();
    return HttpServer::listen(context, *wanted, *identity);
}

}  // namespace

Result<std::unique_ptr<Guest>> make_pages(Desk& desk, Link& link, boost::asio::io_context& context, const GuestPlaces& places) {
    std::vector<std::unique_ptr<HttpServer>> servers;
    auto server = HttpServer::listen(context, places.port == 0 ? usual_port : places.port);
    if (!server && places.port == 0 && server.error().code == Errc::unreachable) server = HttpServer::listen(context, 0);
    if (!server) return server.error();
    Api::Options options{loopback_door((*server)->port()), {}};
    servers.push_back(std::move(*server));
    if (!places.office.empty()) {
        auto office = listen_as("office", places.office, desk, context);
        if (!office) return office.error();
        options.office = office_door({net::address_from_text(places.office)->host, (*office)->port()});
        servers.push_back(std::move(*office));
    }
    std::unique_ptr<HttpServer> lookup;
    if (!places.lookup.empty()) {
        auto listening = listen_as("lookup", places.lookup, desk, context);
        if (!listening) return listening.error();
        lookup = std::move(*listening);
    }
    return std::unique_ptr<Guest>(std::make_unique<Pages>(desk, link, std::move(options), std::move(servers), std::move(lookup)));
}

}  // namespace hoso::client::local_api
