#include "shared/domain/certificate_number.hpp"

namespace hoso::domain {

std::string bare_number(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital) kept.push_back(static_cast<char>(c - 'A' + 'a'));
        if (!capital && (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) kept.push_back(c);
    }
    return kept;
}

}  // namespace hoso::domain
