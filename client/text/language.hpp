#pragma once

#include <optional>
#include <string_view>

namespace hoso::client {

enum class Language { vi, en };

// "vi", "en"; of LANG its beginning counts.
std::optional<Language> language_from(std::string_view text);
inline const char* pick(Language language, const char* vi, const char* en) { return language == Language::vi ? vi : en; }

}  // namespace hoso::client
