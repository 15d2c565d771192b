#pragma once

#include <initializer_list>
#include <memory>

#include "shared/base/id.hpp"

namespace hoso {

// SHA-256 (FIPS 180-4) over the parts in order.
Hash sha256(ByteSpan bytes);
Hash sha256(std::initializer_list<ByteSpan> parts);

// The same over bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(ByteSpan bytes);
    Hash finish();  // and begins again

private:
    struct Engine;
    std::unique_ptr<Engine> engine_;
};

inline ActionId action_id(ByteSpan action) { return {sha256(action).bytes}; }

}  // namespace hoso
