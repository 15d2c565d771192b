#include "shared/net/address.hpp"

#include <charconv>

namespace hoso::net {

std::string to_text(const Address& address) {
    const bool numeric6 = address.host.find(':') != std::string::npos;
    const std::string host = numeric6 ? "[" + address.host + "]" : address.host;
    return host + ":" + std::to_string(address.port);
}

std::optional<Address> address_from_text(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    if (host.front() == '[') {
        if (host.size() < 3 || host.back() != ']') return std::nullopt;
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;  // an IPv6 number needs its brackets
    }
    Address address;
    address.host = host;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return address;
}

}  // namespace hoso::net
