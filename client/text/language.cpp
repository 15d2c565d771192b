#include "client/text/language.hpp"

namespace hoso::client {

std::optional<Language> language_from(std::string_view text) {
    if (text.substr(0, 2) == "vi") return Language::vi;
    if (text.substr(0, 2) == "en" || text.empty() || text[0] == 'C' || text == "POSIX") return Language::en;
    return std::nullopt;
}

}  // namespace hoso::client
