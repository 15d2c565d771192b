#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hoso::client::cli {

// In Vietnamese what an error says in English, where it is one that officers meet often; nothing for others.
std::optional<std::string> detail_in_vietnamese(std::string_view detail);

}  // namespace hoso::client::cli
