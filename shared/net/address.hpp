#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hoso::net {

struct Address {
    std::string host;  // a name or a number; IPv6 without brackets
    std::uint16_t port = 0;
    bool operator==(const Address&) const = default;
};

std::string to_text(const Address& address);                      // host:port, [host]:port for IPv6
std::optional<Address> address_from_text(std::string_view text);  // the port may be 0: the system chooses one

}  // namespace hoso::net
