#include "client/cli/import_row.hpp"

#include <algorithm>

#include "client/cli/import_cells.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t named_bytes_max = 200;

std::string counted(Language language, std::size_t cells, std::size_t headings) {
    return std::to_string(cells) + pick(language, " ô dưới ", " cells under ") + std::to_string(headings) +
           pick(language, " cột: kiểm tra dấu phân cách và dấu nháy", " headings: look at separators and quotes");
}

std::string raw(const Columns& columns, const CsvRecord& record, Field field) {
    const auto at = columns.at.find(field);
    return at == columns.at.end() || at->second >= record.cells.size() ? std::string{} : record.cells[at->second];
}

// Not in the middle of a letter.
std::string cut(std::string text) {
    if (text.size() <= named_bytes_max) return text;
    std::size_t end = named_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

}  // namespace

Result<ImportRow> ImportRow::read(ImportKind kind, const Columns& columns, std::size_t headings, const CsvRecord& record,
                                  Language language) {
    ImportRow row(kind, language);
    const std::size_t count = record.cells.size();
    for (std::size_t i = headings; i < count; ++i) {
        if (record.cells[i].find_first_not_of(" \t\n") != std::string::npos)
            return Error{Errc::invalid, counted(language, count, headings)};
    }
    for (const auto& [field, at] : columns.at) {
        if (at >= count) {
            if (is_needed(kind, field)) return Error{Errc::invalid, counted(language, count, headings)};
            continue;
        }
        auto text = clean_cell(record.cells[at], language);
        if (!text) return row.wrong(field, text.error().detail);
        if (!text->empty()) row.cells_[field] = std::move(*text);
    }
    return row;
}

std::string ImportRow::operator[](Field field) const {
    const auto found = cells_.find(field);
    return found == cells_.end() ? std::string{} : found->second;
}

Error ImportRow::wrong(Field field, const std::string& why) const {
    return {Errc::invalid, called(language_, kind_, field) + ": " + why};
}

Result<std::string> ImportRow::need(Field field) const {
    if (!has(field)) return wrong(field, pick(language_, "chưa ghi", "nothing is written there"));
    return cells_.at(field);
}

Result<Date> ImportRow::date(Field field) const {
    if (!has(field)) return Date{};
    if (const auto date = date_from_cell(cells_.at(field))) return *date;
    return wrong(field, cells_.at(field) + pick(language_, " không phải ngày có thật; ghi 31/12/2019 hoặc 2019-12-31",
                                                " is no day that exists; write 31/12/2019 or 2019-12-31"));
}

Result<Date> ImportRow::need_date(Field field) const {
    if (const auto written = need(field); !written) return written.error();
    return date(field);
}

std::string named(ImportKind kind, const Columns& columns, const CsvRecord& record) {
    std::string name = raw(columns, record, Field::name);
    if (kind == ImportKind::certificates) name = raw(columns, record, Field::certificate) + ", " + name;
    return cut(std::move(name));
}

}  // namespace hoso::client::cli
