#pragma once

#include "client/cli/csv.hpp"
#include "client/cli/import_columns.hpp"
#include "shared/base/date.hpp"

namespace hoso::client::cli {

// A record under the columns that are known, its cells clean. What it says is in the reader's language.
class ImportRow {
public:
    // Errc::invalid for a cell that cannot be text, for cells without a heading, and for a record that ends before a needed column:
    // spreadsheet programs leave out separators behind the last cell that holds something.
    static Result<ImportRow> read(ImportKind kind, const Columns& columns, std::size_t headings, const CsvRecord& record,
                                  Language language);

    std::string operator[](Field field) const;  // empty for none
    bool has(Field field) const { return cells_.contains(field); }
    // Errc::invalid, with the heading, for an empty cell.
    Result<std::string> need(Field field) const;
    // Errc::invalid for what is no date; Date{} for an empty cell.
    Result<Date> date(Field field) const;
    Result<Date> need_date(Field field) const;
    Error wrong(Field field, const std::string& why) const;

private:
    ImportRow(ImportKind kind, Language language) : kind_(kind), language_(language) {}

    ImportKind kind_;
    Language language_;
    std::map<Field, std::string> cells_;
};

// What a record is about, also where it is not fit to be read.
std::string named(ImportKind kind, const Columns& columns, const CsvRecord& record);

}  // namespace hoso::client::cli
