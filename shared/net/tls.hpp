#pragma once

#include <string>
#include <string_view>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace hoso::net {

// SHA-256 of a certificate's SubjectPublicKeyInfo. Desks know the server by it alone: names and dates in certificates are not
// looked at, because a field computer's clock is often wrong.
using Pin = Hash;

struct Identity {
    std::string key_pem;
    std::string certificate_pem;
};

// A fresh P-256 key and a certificate signed by itself, without an end (RFC 5280, 4.1.2.5).
Identity make_identity(std::string_view name);
Result<Pin> pin_of(std::string_view certificate_pem);  // Errc::invalid when it is no certificate

}  // namespace hoso::net
