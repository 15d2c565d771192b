#pragma once

#include <string>

#include "shared/base/result.hpp"
#include "shared/base/signature.hpp"

namespace hoso::log {

// A C2SP tlog-checkpoint in a signed note: foreign tools verify and cosign it.
struct Checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    Hash root;
    bool operator==(const Checkpoint&) const = default;
};

std::string sign_note(const Checkpoint& checkpoint, const SigningKey& key);
// Errc::unauthentic unless `note` carries a valid signature named `origin` by `key`; further signatures are left alone.
Result<Checkpoint> open_note(std::string_view note, std::string_view origin, const PublicKey& key);

}  // namespace hoso::log
