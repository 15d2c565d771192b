#pragma once

#include <optional>

#include "shared/base/result.hpp"
#include "shared/domain/action.hpp"

namespace hoso::domain {

inline constexpr std::uint16_t schema_version = 1;
inline constexpr std::size_t action_bytes_max = 64 * 1024;

// The bytes an action has for ever: made once, on the device that records it.
Bytes encode(const Action& action);

// Errc::corrupt for bytes that are no action, Errc::limit over action_bytes_max, Errc::version for a newer schema or kind.
Result<Action> decode(ByteSpan bytes);

// The stream of an action that was decoded before, if it cites files, has others cite them, or says that one is stored
// (documentAdded, adopted, fileStored); a look at its bytes that costs less than decoding it.
std::optional<StreamId> touches_files(ByteSpan action);

}  // namespace hoso::domain
