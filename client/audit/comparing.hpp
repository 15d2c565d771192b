#pragma once

#include "client/audit/audit.hpp"

// What a verifier has read, against what is known from elsewhere.
namespace hoso::client::audit {

std::optional<Fault> other_log(const Known& known, const Verifier& verifier);
std::optional<Fault> compare(const Known::Note& note, Verifier& verifier, std::uint64_t& compared);
void tell(const Verifier& verifier, Verified& done);

}  // namespace hoso::client::audit
