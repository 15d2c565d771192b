#include "client/cli/table.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace hoso::client::cli {
namespace {

bool is_combining(std::uint32_t code) { return (code >= 0x300 && code <= 0x36F) || code == 0x200B || code == 0xFEFF; }

std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) text += i + 1 < cells.size() ? padded(cells[i], widths[i]) + "  " : cells[i];
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

// One character from `at` on, which moves behind it.
std::uint32_t next_code(std::string_view utf8, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t code = lead < 0x80 ? lead : lead & (0xFFu >> (bytes + 1));
    for (std::size_t j = 1; j < bytes && at + j < utf8.size(); ++j)
        code = code << 6 | (static_cast<unsigned char>(utf8[at + j]) & 0x3F);
    at += bytes;
    return code;
}

bool commands_terminals(std::uint32_t code) {
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool turns =
        (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return control || turns;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < utf8.size();) width += is_combining(next_code(utf8, i)) ? 0 : 1;
    return width;
}

std::string printable(std::string_view utf8) {
    std::string out;
    for (std::size_t i = 0; i < utf8.size();) {
        const std::size_t begin = i;
        const std::uint32_t code = next_code(utf8, i);
        if (commands_terminals(code)) {
            char spelled[16];
            std::snprintf(spelled, sizeof spelled, "\\u%04x", static_cast<unsigned>(code));
            out += spelled;
        } else {
            out += utf8.substr(begin, i - begin);
        }
    }
    return out;
}

std::string padded(std::string_view text, std::size_t width) {
    const std::size_t taken = display_width(text);
    return std::string(text) + std::string(taken < width ? width - taken : 0, ' ');
}

std::string table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    widths.reserve(headings.size());
    for (const std::string& heading : headings) widths.push_back(display_width(heading));
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::string text = line(headings, widths);
    for (const auto& row : rows) text += line(row, widths);
    return text;
}

}  // namespace hoso::client::cli
