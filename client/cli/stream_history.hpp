#pragma once

#include "client/cli/session.hpp"

namespace hoso::client::cli {

// Every event of a stream in order of position, then own actions that are not logged yet.
Result<json::array> stream_history(const Session& session, const StreamId& stream);

}  // namespace hoso::client::cli
