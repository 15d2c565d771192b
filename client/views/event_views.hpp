#pragma once

#include "client/json/action_json.hpp"
#include "client/views/parts.hpp"
#include "shared/log/event.hpp"

namespace hoso::client::views {

// One line of the history: where it stands, what, who, verdict. `state` gives names to ids and may be empty.
json::object event_row(const Look& state, const log::Event& event);
// The same with the whole action, its signatures and its seal.
json::object event(const Look& state, const log::Event& event, const ActionJson& actions);

}  // namespace hoso::client::views
