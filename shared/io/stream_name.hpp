#pragma once

#include "shared/base/id.hpp"

namespace hoso::io {

// The stream in an action's header; the registry for bytes that are no action (they are filed there).
StreamId stream_named_by(ByteSpan action);

}  // namespace hoso::io
