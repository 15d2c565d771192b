#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

// Tables as spreadsheet programs save them: RFC 4180 in UTF-8, with or without a byte order mark; cells between commas, semicolons
// or tabs; lines that end in LF, CRLF or CR.
namespace hoso::client::cli {

inline constexpr std::size_t csv_file_bytes_max = 16 << 20;
inline constexpr std::size_t csv_rows_max = 100'000;
inline constexpr std::size_t csv_columns_max = 256;
inline constexpr std::size_t csv_cell_bytes_max = 4096;

struct CsvRecord {
    std::size_t row = 0;   // as the spreadsheet counts: the headings are row 1, an empty row counts
    std::size_t line = 0;  // of the file: a quoted cell may go over several
    std::vector<std::string> cells;
};

// Records that are empty are left out; the others have as many cells as they have.
struct CsvSheet {
    std::vector<std::string> headings;
    std::vector<CsvRecord> records;
};

// The separator is the one under which the first records agree with the headings. Errc::invalid (no UTF-8, a quote that is not
// closed, no headings) and limit, each with the line.
Result<CsvSheet> read_csv_sheet(std::string_view text);

// Rows by heading, each with a cell under every heading. Errc::invalid with the line, limit.
struct CsvRow {
    std::size_t line = 0;
    std::map<std::string, std::string> cells;
    std::string operator[](const char* heading) const {
        const auto found = cells.find(heading);
        return found == cells.end() ? std::string{} : found->second;
    }
};
Result<std::vector<CsvRow>> read_csv(std::string_view text);

}  // namespace hoso::client::cli
