#pragma once

#include "client/cli/csv.hpp"

namespace hoso::client::cli {

// The one sheet of an Excel workbook (ECMA-376, .xlsx) that shows cells, each as its row would stand in a CSV file: texts as they
// are, dates as 2019-12-31, numbers with the 15 digits a spreadsheet keeps, formulas as the values that were saved with them. The
// limits are those of CSV. Errc::invalid (no workbook, damaged, cells on several sheets) and limit, with the row.
Result<CsvSheet> read_xlsx_sheet(std::string_view bytes);

// Either kind of file by its first bytes, its text in Unicode's composed form (NFC). An .xls is told what to be saved as.
Result<CsvSheet> read_sheet(std::string_view bytes);

}  // namespace hoso::client::cli
