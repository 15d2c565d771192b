#pragma once

#include "client/json/action_json.hpp"
#include "client/text/language.hpp"
#include "client/views/parts.hpp"
#include "shared/log/event.hpp"

namespace hoso::client::views {

// One line of the history: where it stands, what, who, a sentence, verdict. `state` gives names to ids and may be empty.
json::object event_row(const Look& state, const log::Event& event, Language language);
// The same with the whole action, its signatures and its seal.
json::object event(const Look& state, const log::Event& event, const ActionJson& actions, Language language);

}  // namespace hoso::client::views
