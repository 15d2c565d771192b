#include "client/local_api/service.hpp"

#include <algorithm>

namespace hoso::client::local_api {

void harden(Response& response, const char* policy) {
    auto& headers = response.headers;
    const auto has = [&](std::string_view name) {
        return std::any_of(headers.begin(), headers.end(), [&](const auto& each) { return each.first == name; });
    };
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("Referrer-Policy", "no-referrer");
    headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    headers.emplace_back("X-Frame-Options", "DENY");
    if (!has("Content-Security-Policy")) headers.emplace_back("Content-Security-Policy", policy);
    if (!has("Cache-Control")) headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace hoso::client::local_api
