#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoso::client::cli {

// Columns on a terminal that a text takes: one per code point, none for combining marks.
std::size_t display_width(std::string_view utf8);
std::string padded(std::string_view text, std::size_t width);

// Rows under headings, columns as wide as their widest cell.
// What other people typed, fit for a terminal: control characters and marks that turn the writing round are spelled out.
std::string printable(std::string_view utf8);
std::string table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows);

}  // namespace hoso::client::cli
