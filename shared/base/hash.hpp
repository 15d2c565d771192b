#pragma once

#include <initializer_list>

#include "shared/base/id.hpp"

namespace hoso {

// SHA-256 (FIPS 180-4) over the parts in order.
Hash sha256(ByteSpan bytes);
Hash sha256(std::initializer_list<ByteSpan> parts);

inline ActionId action_id(ByteSpan action) { return {sha256(action).bytes}; }

}  // namespace hoso
