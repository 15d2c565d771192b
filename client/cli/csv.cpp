#include "client/cli/csv.hpp"

#include <algorithm>

#include "shared/base/bytes.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t compared_records = 20;  // to find the separator

std::string at_line(std::size_t line) { return "line " + std::to_string(line) + ": "; }

// Takes records off a text. A quote opens a cell at its beginning only; within an open one two stand for one.
class Reader {
public:
    Reader(std::string_view text, char separator) : rest_(text), separator_(separator) {}

    bool done() const { return rest_.empty(); }

    Result<CsvRecord> take() {
        CsvRecord record{++row_, line_, {std::string{}}};
        bool quoted = false;
        while (!rest_.empty()) {
            std::string& cell = record.cells.back();
            const char at = take_letter();
            if (quoted) {
                quoted = take_quoted(at, cell);
            } else if (at == '"' && cell.empty()) {
                quoted = true;
            } else if (at == '\n') {
                return record;
            } else if (at == separator_) {
                record.cells.emplace_back();
            } else {
                cell += at;
            }
            if (record.cells.size() > csv_columns_max)
                return Error{Errc::limit, at_line(record.line) + "more than 256 cells in a row."};
            if (record.cells.back().size() > csv_cell_bytes_max) {
                return Error{Errc::limit,
                             at_line(record.line) + "a cell is longer than 4096 bytes. Perhaps a quote before it is not closed."};
            }
        }
        if (quoted) return Error{Errc::invalid, at_line(record.line) + "a quote is not closed."};
        return record;
    }

private:
    // Every way to end a line as LF.
    char take_letter() {
        char at = rest_.front();
        rest_.remove_prefix(1);
        if (at == '\r') {
            if (rest_.starts_with('\n')) rest_.remove_prefix(1);
            at = '\n';
        }
        if (at == '\n') ++line_;
        return at;
    }
    // Whether the cell is still open.
    bool take_quoted(char at, std::string& cell) {
        if (at == '"' && !rest_.starts_with('"')) return false;
        if (at == '"') rest_.remove_prefix(1);
        cell += at;
        return true;
    }

    std::string_view rest_;
    char separator_;
    std::size_t row_ = 0;
    std::size_t line_ = 1;
};

bool is_empty(const CsvRecord& record) {
    return std::all_of(record.cells.begin(), record.cells.end(),
                       [](const std::string& cell) { return cell.find_first_not_of(" \t\n") == std::string::npos; });
}

// How many of the first records have as many cells as the headings, and how many that are; nothing for one column.
std::pair<std::size_t, std::size_t> agreement(std::string_view text, char separator) {
    Reader reader(text, separator);
    std::size_t columns = 0, agreeing = 0;
    for (std::size_t i = 0; i < compared_records && !reader.done(); ++i) {
        const auto record = reader.take();
        if (!record) break;
        if (is_empty(*record)) continue;
        if (columns == 0) columns = record->cells.size();
        if (record->cells.size() == columns) ++agreeing;
    }
    return columns > 1 ? std::pair{agreeing, columns} : std::pair<std::size_t, std::size_t>{};
}

// A first line "sep=;" names it, as spreadsheet programs have it; it is no row of theirs.
char take_separator(std::string_view& text) {
    if (text.starts_with("sep=") && text.size() > 5 && (text[5] == '\r' || text[5] == '\n')) {
        const char named = text[4];
        text.remove_prefix(text.substr(5).starts_with("\r\n") ? 7 : 6);
        return named;
    }
    char best = ',';
    auto most = agreement(text, best);
    for (const char other : {';', '\t'}) {
        const auto agrees = agreement(text, other);
        if (agrees > most) most = agrees, best = other;
    }
    return best;
}

Error no_utf8(std::string_view text) {
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (!is_utf8(as_bytes(text.substr(at, end - at)))) break;
        at = end + 1;
    }
    return {Errc::invalid, at_line(line) + "the file is not UTF-8. Save it as \"CSV UTF-8\"."};
}

}  // namespace

Result<CsvSheet> read_csv_sheet(std::string_view text) {
    if (text.size() > csv_file_bytes_max) return Error{Errc::limit, "The file is larger than 16 MiB: cut it into several."};
    if (!is_utf8(as_bytes(text))) return no_utf8(text);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const char separator = take_separator(text);
    Reader reader(text, separator);
    CsvSheet sheet;
    while (!reader.done()) {
        auto record = reader.take();
        if (!record) return record.error();
        if (is_empty(*record)) continue;
        if (sheet.headings.empty()) {
            sheet.headings = std::move(record->cells);
        } else if (sheet.records.size() == csv_rows_max) {
            return Error{Errc::limit, at_line(record->line) + "more than 100000 rows: cut the file into several."};
        } else {
            sheet.records.push_back(std::move(*record));
        }
    }
    if (sheet.headings.empty()) return Error{Errc::invalid, "The file is empty: its first row names the columns."};
    return sheet;
}

Result<std::vector<CsvRow>> read_csv(std::string_view text) {
    auto sheet = read_csv_sheet(text);
    if (!sheet) return sheet.error();
    std::vector<CsvRow> rows;
    rows.reserve(sheet->records.size());
    for (CsvRecord& record : sheet->records) {
        if (record.cells.size() != sheet->headings.size()) {
            return Error{Errc::invalid, at_line(record.line) + std::to_string(record.cells.size()) + " cells under " +
                                            std::to_string(sheet->headings.size()) + " headings"};
        }
        CsvRow row{record.line, {}};
        for (std::size_t i = 0; i < record.cells.size(); ++i) row.cells[sheet->headings[i]] = std::move(record.cells[i]);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace hoso::client::cli
