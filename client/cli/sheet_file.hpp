#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

namespace hoso::client::cli {

// A list as people see it, for a spreadsheet program: whole numbers stay numbers, everything else is text, and no cell is a
// formula.
struct Sheet {
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> notes;  // below the list: training, borrowed sheets
};

// Below an export: how much of the log it says. An import takes a row that begins so, and holds nothing else, for no record.
inline constexpr std::string_view position_note_vi = "Số liệu tại vị trí ";
inline constexpr std::string_view position_note_en = "Data at position ";

// RFC 4180, UTF-8 with a byte order mark; a cell that a program would take for a formula begins with an apostrophe.
std::string csv_of(const Sheet& sheet);
// Both replace the file as a whole or leave it as it was. Errc::full, io.
Result<void> write_csv(const Sheet& sheet, const std::filesystem::path& file);
Result<void> write_xlsx(const Sheet& sheet, const std::filesystem::path& file);
// The cell with that apostrophe if it needs one, and as it was before.
std::string with_guard(std::string text);
std::string_view without_guard(std::string_view csv_cell);

}  // namespace hoso::client::cli
