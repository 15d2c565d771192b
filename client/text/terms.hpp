#pragma once

#include <string_view>

#include "client/text/language.hpp"

namespace hoso::client {

// What a value of a list means for people: "give_opinion" under "task" is "cho ý kiến". Null where it is no such value.
const char* term(Language language, std::string_view key, std::string_view value);

}  // namespace hoso::client
