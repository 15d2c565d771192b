#pragma once

#include <capnp/common.h>

#include <span>

#include "shared/sync/frame.hpp"

// The Cap'n Proto half of the frame codec; frame_wire.cpp adds the header, the compression and the limits on sizes.
namespace hoso::sync::codec {

// Appends one message: the table of its one segment, then the segment.
void write(const Frame& frame, Bytes& out);
// The whole of `message` must be one message of one segment. Errc::protocol, Errc::limit, Errc::version as in sync::decode.
Result<Frame> read(std::span<const capnp::word> message);

}  // namespace hoso::sync::codec
