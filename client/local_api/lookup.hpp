#pragma once

#include <boost/json/object.hpp>

#include "client/link.hpp"
#include "client/local_api/lookup_page.hpp"
#include "client/local_api/service.hpp"

namespace hoso::client::local_api {

// docs/api.md, "The public lookup": anyone asks what a certificate is worth now. Looks alone, knows no officer, and answers nothing
// but "/", "/v" and "/v/CODE". Lives on the desk's thread.
class Lookup final : public Service {
public:
    using Ticks = std::function<RateLimit::Moment()>;  // a clock that always goes on, also where the desk's is handed in
    Lookup(const Desk& desk, const Link& link, Ticks ticks) : desk_(desk), link_(link), ticks_(std::move(ticks)) {}

    bool receives(const std::string& address) override { return connections_.admits(address, ticks_()); }
    std::optional<Response> turn_down(const Request& head) override;
    Response answer(const Request& request) override;
    Response fault(const Error& error) override;

    static constexpr RateLimit::Terms connections_terms{60, std::chrono::milliseconds{500}, 4096};
    static constexpr RateLimit::Terms requests_terms{60, std::chrono::milliseconds{1000}, 4096};  // of one address
    static constexpr RateLimit::Terms all_terms{200, std::chrono::milliseconds{10}, 1};  // of everybody: a desk works here too

private:
    Response route(const Request& request, PageFrame& frame);
    Response search(const Request& request, const PageFrame& frame);
    Response found(const Request& request, const PageFrame& frame, std::string_view code);
    PageFrame frame_of(const Request& request) const;
    AsOf as_of() const;

    const Desk& desk_;
    const Link& link_;
    Ticks ticks_;
    CertificateIndex index_;
    RateLimit connections_{connections_terms};
    RateLimit requests_{requests_terms};
    RateLimit all_{all_terms};
};

}  // namespace hoso::client::local_api
