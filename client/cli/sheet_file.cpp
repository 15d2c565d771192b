#include "client/cli/sheet_file.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>

#include "client/cli/grammar.hpp"
#include "client/cli/table.hpp"
#include "shared/base/hash.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view formula_begins = "=+-@\t\r";
constexpr std::size_t digits_max = 15;  // what a spreadsheet's number keeps
constexpr double column_width_max = 60;
constexpr std::size_t cell_letters_max = 32'767;
constexpr int file_mode = 0600;

bool is_whole_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return text.size() <= digits_max && number_from_text(text) && (text == "0" || text[0] != '0');
}

// Also behind apostrophes, so that one can be taken away again.
bool begins_formula(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    return !text.empty() && formula_begins.find(text[0]) != std::string_view::npos;
}

std::string csv_cell(const std::string& text) {
    const std::string safe = with_guard(text);
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char letter : safe) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + "\"";
}

void csv_line(const std::vector<std::string>& cells, std::string& to) {
    for (std::size_t i = 0; i < cells.size(); ++i) to += (i ? "," : "") + csv_cell(cells[i]);
    to += "\r\n";
}

// The row of the first text that is too long for a spreadsheet's cell, as the spreadsheet would count it; 0 for none.
std::size_t row_too_long(const Sheet& sheet) {
    const auto too_long = [](const std::string& cell) {
        return static_cast<std::size_t>(std::count_if(cell.begin(), cell.end(), [](char each) {
                   return (static_cast<unsigned char>(each) & 0xC0) != 0x80;
               })) > cell_letters_max;
    };
    for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
        if (std::any_of(sheet.rows[i].begin(), sheet.rows[i].end(), too_long)) return i + 2;
    }
    return 0;
}

void xlsx_row(lxw_worksheet* page, lxw_row_t row, const std::vector<std::string>& cells, lxw_format* format) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        if (is_whole_number(cells[i])) {
            worksheet_write_number(page, row, column, static_cast<double>(std::stoll(cells[i])), format);
        } else {
            worksheet_write_string(page, row, column, cells[i].c_str(), format);
        }
    }
}

// Columns as wide as what stands in them, before the first row is written: the library keeps one row in memory.
void set_widths(lxw_worksheet* page, const Sheet& sheet) {
    for (std::size_t i = 0; i < sheet.headings.size(); ++i) {
        std::size_t width = display_width(sheet.headings[i]);
        for (const auto& row : sheet.rows) {
            if (i < row.size()) width = std::max(width, display_width(row[i]));
        }
        const auto column = static_cast<lxw_col_t>(i);
        worksheet_set_column(page, column, column, std::min(column_width_max, static_cast<double>(width) + 2), nullptr);
    }
}

lxw_error write_workbook(const Sheet& sheet, const std::string& file) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    lxw_workbook* book = workbook_new_opt(file.c_str(), &options);
    lxw_worksheet* page = workbook_add_worksheet(book, nullptr);
    lxw_format* bold = workbook_add_format(book);
    format_set_bold(bold);
    set_widths(page, sheet);
    worksheet_freeze_panes(page, 1, 0);
    lxw_row_t row = 0;
    xlsx_row(page, row++, sheet.headings, bold);
    for (const auto& cells : sheet.rows) xlsx_row(page, row++, cells, nullptr);
    for (const std::string& note : sheet.notes) worksheet_write_string(page, ++row, 0, note.c_str(), nullptr);
    return workbook_close(book);
}

}  // namespace

std::string with_guard(std::string text) {
    if (begins_formula(text) && !is_whole_number(text)) text.insert(0, 1, '\'');
    return text;
}

std::string_view without_guard(std::string_view csv_cell) {
    return csv_cell.starts_with('\'') && begins_formula(csv_cell) ? csv_cell.substr(1) : csv_cell;
}

std::string csv_of(const Sheet& sheet) {
    std::string text{byte_order_mark};
    csv_line(sheet.headings, text);
    for (const auto& row : sheet.rows) csv_line(row, text);
    for (const std::string& note : sheet.notes) {
        std::vector<std::string> cells(std::max<std::size_t>(sheet.headings.size(), 1));
        cells.front() = note;
        csv_line(cells, text);
    }
    return text;
}

Result<void> write_csv(const Sheet& sheet, const std::filesystem::path& file) {
    return io::write_file(file, as_bytes(csv_of(sheet)), file_mode);
}

Result<void> write_xlsx(const Sheet& sheet, const std::filesystem::path& file) {
    if (sheet.rows.size() + sheet.notes.size() + 2 > LXW_ROW_MAX)
        return Error{Errc::limit, "A spreadsheet holds at most 1048576 rows: use --csv, or a narrower list."};
    if (const std::size_t row = row_too_long(sheet); row > 0) {
        return Error{Errc::limit, "Row " + std::to_string(row) + " holds a text of more than " + std::to_string(cell_letters_max) +
                                      " letters, which no spreadsheet cell takes: use --csv."};
    }
    const std::filesystem::path part = file.string() + "." + io::random_hash().hex().substr(0, 12) + ".part";
    std::error_code failed;
    const lxw_error wrong = write_workbook(sheet, part.string());
    if (wrong == LXW_NO_ERROR) std::filesystem::rename(part, file, failed);
    if (wrong == LXW_NO_ERROR && !failed) return {};
    const Errc code = errno == ENOSPC ? Errc::full : Errc::io;
    const std::string said = wrong == LXW_NO_ERROR ? failed.message() : std::string(lxw_strerror(wrong));
    std::filesystem::remove(part, failed);
    return Error{code, "The file " + file.string() + " cannot be written: " + said + "."};
}

}  // namespace hoso::client::cli
