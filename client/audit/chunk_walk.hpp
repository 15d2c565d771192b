#pragma once

#include <optional>
#include <string>

#include "shared/log/record.hpp"

namespace hoso::client::audit {

// Reads a stored chunk (docs/log_format.md section 9) record by record, so that the first event which cannot be read has a name,
// and those before it are still checked.
class ChunkWalk {
public:
    ChunkWalk(ByteSpan value, Position first);
    bool next();                                     // false at the end, or at a fault
    Position position() const { return position_; }  // by counting: of the leaf, or of the one that cannot be read
    ByteSpan leaf() const { return leaf_; }
    const std::optional<std::string>& fault() const { return fault_; }

private:
    void open(ByteSpan value);
    Bytes raw_;
    ByteSpan rest_;
    ByteSpan leaf_;
    Position first_;
    Position position_;
    std::uint32_t events_ = 0;
    std::uint32_t taken_ = 0;
    std::optional<std::string> fault_;
};

}  // namespace hoso::client::audit
