#include "client/cli/csv.hpp"

#include "shared/base/bytes.hpp"

namespace hoso::client::cli {
namespace {

// Takes one record off the text, over several lines where a quoted cell has them.
Result<std::vector<std::string>> take_record(std::string_view& rest, std::size_t& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    const std::size_t began = line;
    while (!rest.empty()) {
        const char at = rest.front();
        rest.remove_prefix(1);
        if (at == '\n') ++line;
        if (quoted) {
            if (at != '"') {
                cells.back() += at;
            } else if (rest.starts_with('"')) {
                cells.back() += '"';
                rest.remove_prefix(1);
            } else {
                quoted = false;
            }
        } else if (at == '"' && cells.back().empty()) {
            quoted = true;
        } else if (at == ',') {
            cells.emplace_back();
        } else if (at == '\n') {
            return cells;
        } else if (at != '\r') {
            cells.back() += at;
        }
    }
    if (quoted) return Error{Errc::invalid, "line " + std::to_string(began) + ": a quote is not closed"};
    return cells;
}

}  // namespace

Result<std::vector<CsvRow>> read_csv(std::string_view text) {
    if (!is_utf8(as_bytes(text))) return Error{Errc::invalid, "The file is not UTF-8: save it as CSV UTF-8."};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::size_t line = 1;
    const auto headings = take_record(text, line);
    if (!headings) return headings.error();
    std::vector<CsvRow> rows;
    while (!text.empty()) {
        CsvRow row{line, {}};
        const auto cells = take_record(text, line);
        if (!cells) return cells.error();
        if (cells->size() == 1 && cells->front().empty()) continue;
        if (cells->size() != headings->size()) {
            return Error{Errc::invalid, "line " + std::to_string(row.line) + ": " + std::to_string(cells->size()) +
                                            " cells under " + std::to_string(headings->size()) + " headings"};
        }
        for (std::size_t i = 0; i < cells->size(); ++i) row.cells[(*headings)[i]] = (*cells)[i];
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace hoso::client::cli
