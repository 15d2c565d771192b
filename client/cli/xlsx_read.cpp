#include "client/cli/xlsx_read.hpp"

#include <cmath>
#include <cstdlib>
#include <set>

#include "client/cli/grammar.hpp"
#include "client/cli/sheet_file.hpp"
#include "client/cli/xlsx_parts.hpp"
#include "client/text/unicode.hpp"
#include "shared/base/date.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t texts_bytes_max = 64 << 20;  // of the texts that cells share, and of all cells
constexpr std::size_t texts_max = 2'000'000;
constexpr std::string_view relations = "xl/_rels/workbook.xml.rels";

std::string value_of(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string{} : found->second;
}

std::optional<std::uint64_t> number_of(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::nullopt : number_from_text(found->second);
}

bool is_true(const Attributes& attributes, std::string_view name) {
    const std::string value = value_of(attributes, name);
    return value == "1" || value == "true" || value == "on";
}

struct Page {
    std::string name;
    std::string part;
    CsvSheet sheet;
};

// What the sheets refer to.
struct Workbook {
    std::vector<std::pair<std::string, std::string>> pages;  // name, relation
    std::map<std::string, std::string, std::less<>> parts;   // of a relation
    std::vector<std::string> texts;
    std::vector<bool> is_date;  // of a style
    bool since_1904 = false;
};

XmlReader workbook_reader(Workbook& book) {
    XmlReader reader;
    reader.opens = [&book](std::string_view name, const Attributes& attributes) {
        if (name == "workbookPr") book.since_1904 = is_true(attributes, "date1904");
        if (name == "sheet" && value_of(attributes, "state") != "hidden" && value_of(attributes, "state") != "veryHidden")
            book.pages.emplace_back(value_of(attributes, "name"), value_of(attributes, "id"));
    };
    return reader;
}

XmlReader relations_reader(Workbook& book) {
    XmlReader reader;
    reader.opens = [&book](std::string_view name, const Attributes& attributes) {
        if (name != "Relationship") return;
        const std::string target = value_of(attributes, "Target");
        book.parts[value_of(attributes, "Id")] = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    };
    return reader;
}

// A format in which a day or a year stands, outside of what is written as it is ("...", \x, [...]).
bool shows_a_date(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char at = format[i];
        if (at == '\\') ++i;
        if (at == '"' || at == '[') i = std::min(format.find(at == '"' ? '"' : ']', i + 1), format.size());
        if (at == 'd' || at == 'D' || at == 'y' || at == 'Y') return true;
    }
    return false;
}

bool is_date_format(std::uint64_t id, const std::map<std::uint64_t, bool>& own) {
    const auto found = own.find(id);
    if (found != own.end()) return found->second;
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);  // ECMA-376 part 1, 18.8.30
}

class StylesReader {
public:
    explicit StylesReader(Workbook& book) : book_(book) {
        reader.opens = [this](std::string_view name, const Attributes& attributes) { opens(name, attributes); };
        reader.closes = [this](std::string_view name) { used_ = used_ && name != "cellXfs"; };
    }
    XmlReader reader;

private:
    void opens(std::string_view name, const Attributes& attributes) {
        if (name == "numFmt")
            own_[number_of(attributes, "numFmtId").value_or(0)] = shows_a_date(value_of(attributes, "formatCode"));
        if (name == "cellXfs") used_ = true;
        if (name == "xf" && used_) book_.is_date.push_back(is_date_format(number_of(attributes, "numFmtId").value_or(0), own_));
    }

    Workbook& book_;
    std::map<std::uint64_t, bool> own_;
    bool used_ = false;
};

// Runs of one text join; how a text is read aloud (rPh) is no part of it.
class TextsReader {
public:
    explicit TextsReader(Workbook& book) : book_(book) {
        reader.opens = [this](std::string_view name, const Attributes&) {
            if (name == "si") book_.texts.emplace_back();
            if (name == "rPh") aloud_ = true;
            if (name == "t") inside_ = !aloud_;
        };
        reader.closes = [this](std::string_view name) {
            if (name == "rPh") aloud_ = false;
            if (name == "t") inside_ = false;
        };
        reader.text = [this](std::string_view letters) {
            bytes_ += letters.size();
            if (inside_ && !book_.texts.empty() && !over()) book_.texts.back() += letters;
        };
        reader.enough = [this] { return over(); };
    }
    bool over() const { return bytes_ > texts_bytes_max || book_.texts.size() > texts_max; }
    XmlReader reader;

private:
    Workbook& book_;
    std::size_t bytes_ = 0;
    bool inside_ = false;
    bool aloud_ = false;
};

// The digits that a spreadsheet shows of a number, never with an exponent.
std::string digits_of(double number) {
    char text[400];
    std::snprintf(text, sizeof text, "%.15g", number);
    if (std::string_view(text).find('e') == std::string_view::npos) return text;
    std::snprintf(text, sizeof text, "%.15f", number);
    std::string_view digits(text);
    digits = digits.substr(0, digits.find_last_not_of('0') + 1);
    return std::string(digits.ends_with('.') ? digits.substr(0, digits.size() - 1) : digits);
}

// Days are counted from 1900-01-01 as 1, as if that year had had a 29th of February, or from 1904-01-01 as 0.
std::optional<Date> day_of(double serial, bool since_1904) {
    constexpr double last_serial = 2'958'465;  // 9999-12-31
    if (!(serial >= (since_1904 ? 0 : 1)) || serial > last_serial) return std::nullopt;
    const auto days = static_cast<int>(std::floor(serial));
    using namespace std::chrono;
    if (since_1904) return sys_days{1904y / January / 1} + std::chrono::days(days);
    if (days == 60) return std::nullopt;
    return (days < 60 ? sys_days{1899y / December / 31} : sys_days{1899y / December / 30}) + std::chrono::days(days);
}

std::optional<std::size_t> column_of(std::string_view place) {
    std::size_t column = 0;
    for (const char at : place) {
        if (at < 'A' || at > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(at - 'A' + 1);
        if (column > csv_columns_max) return std::nullopt;
    }
    return column == 0 ? std::nullopt : std::optional(column - 1);
}

// Rows of one sheet as they come; stops at the first thing that is wrong.
class PageReader {
public:
    PageReader(const Workbook& book, CsvSheet& sheet) : book_(book), sheet_(sheet) {
        reader.opens = [this](std::string_view name, const Attributes& attributes) { opens(name, attributes); };
        reader.closes = [this](std::string_view name) { closes(name); };
        reader.text = [this](std::string_view letters) {
            if (inside_ && text_.size() <= csv_cell_bytes_max) text_ += letters;
        };
        reader.enough = [this] { return wrong_.has_value(); };
    }
    const std::optional<Error>& wrong() const { return wrong_; }
    XmlReader reader;

private:
    void opens(std::string_view name, const Attributes& attributes) {
        if (name == "row") {
            record_ = {number_of(attributes, "r").value_or(record_.row + 1), 0, {}};
            column_ = 0;
        } else if (name == "c") {
            const std::string place = value_of(attributes, "r");
            const auto column = place.empty() ? std::optional(column_) : column_of(place);
            if (!column || *column >= csv_columns_max) return fail("more than 256 cells in a row.");
            column_ = *column;
            type_ = value_of(attributes, "t");
            style_ = number_of(attributes, "s").value_or(0);
            text_.clear();
        } else if (name == "rPh") {
            aloud_ = true;
        } else if (name == "v" || name == "t") {
            inside_ = !aloud_;
        }
    }
    void closes(std::string_view name) {
        if (name == "v" || name == "t") inside_ = false;
        if (name == "rPh") aloud_ = false;
        if (name == "c") take_cell();
        if (name == "row") take_row();
    }

    void take_cell() {
        std::string cell = with_guard(shown());
        if (cell.size() > csv_cell_bytes_max) return fail("a cell is longer than 4096 bytes.");
        bytes_ += cell.size();
        if (bytes_ > texts_bytes_max) return fail("the cells hold more than 64 MiB: cut the file into several.");
        if (!cell.empty()) {
            if (record_.cells.size() <= column_) record_.cells.resize(column_ + 1);
            record_.cells[column_] = std::move(cell);
        }
        ++column_;
    }
    std::string shown() const {
        if (type_ == "s") {
            const auto at = number_from_text(text_);
            return at && *at < book_.texts.size() ? book_.texts[*at] : std::string{};
        }
        if (type_ == "d") return text_.substr(0, text_.find('T'));
        if (!type_.empty() && type_ != "n") return text_;
        char* end = nullptr;
        const double number = std::strtod(text_.c_str(), &end);
        if (text_.empty() || *end != '\0' || !std::isfinite(number)) return text_;
        const auto day = style_ < book_.is_date.size() && book_.is_date[style_] ? day_of(number, book_.since_1904) : std::nullopt;
        return day ? to_text(*day) : digits_of(number);
    }
    void take_row() {
        if (std::all_of(record_.cells.begin(), record_.cells.end(),
                        [](const std::string& cell) { return cell.find_first_not_of(" \t\n") == std::string::npos; }))
            return;
        record_.line = record_.row;
        if (sheet_.headings.empty()) {
            sheet_.headings = record_.cells;
        } else if (sheet_.records.size() == csv_rows_max) {
            fail("more than 100000 rows: cut the file into several.");
        } else {
            record_.cells.resize(std::max(record_.cells.size(), sheet_.headings.size()));
            sheet_.records.push_back(record_);
        }
    }
    void fail(const char* why) { wrong_ = Error{Errc::limit, "row " + std::to_string(record_.row) + ": " + why}; }

    const Workbook& book_;
    CsvSheet& sheet_;
    std::optional<Error> wrong_;
    CsvRecord record_;
    std::size_t column_ = 0;
    std::size_t bytes_ = 0;
    std::string type_, text_;
    std::uint64_t style_ = 0;
    bool inside_ = false;
    bool aloud_ = false;
};

Result<Workbook> read_workbook(std::string_view bytes) {
    Workbook book;
    const XmlReader workbook = workbook_reader(book), related = relations_reader(book);
    StylesReader styles(book);
    TextsReader texts(book);
    const auto done = read_parts(bytes, [&](std::string_view part) -> const XmlReader* {
        if (part == "xl/workbook.xml") return &workbook;
        if (part == relations) return &related;
        if (part == "xl/styles.xml") return &styles.reader;
        return part == "xl/sharedStrings.xml" ? &texts.reader : nullptr;
    });
    if (!done) return done.error();
    if (texts.over()) return Error{Errc::limit, "The spreadsheet holds more than 64 MiB of texts: cut it into several."};
    if (book.pages.empty() || book.parts.empty()) {
        return Error{Errc::invalid, "The file holds no Excel workbook: save it as .xlsx (Excel Workbook) or as CSV UTF-8."};
    }
    return book;
}

Result<std::vector<Page>> read_pages(std::string_view bytes, const Workbook& book) {
    std::vector<Page> pages;
    for (const auto& [name, relation] : book.pages) {
        const auto part = book.parts.find(relation);
        if (part != book.parts.end()) pages.push_back({name, part->second, {}});
    }
    std::map<std::string, PageReader, std::less<>> readers;
    for (Page& page : pages) readers.try_emplace(page.part, book, page.sheet);
    const auto done = read_parts(bytes, [&](std::string_view part) -> const XmlReader* {
        const auto found = readers.find(part);
        return found == readers.end() ? nullptr : &found->second.reader;
    });
    if (!done) return done.error();
    for (const auto& [part, reader] : readers) {
        if (reader.wrong()) return *reader.wrong();
    }
    return pages;
}

}  // namespace

Result<CsvSheet> read_xlsx_sheet(std::string_view bytes) {
    if (bytes.size() > csv_file_bytes_max) return Error{Errc::limit, "The file is larger than 16 MiB: cut it into several."};
    const auto book = read_workbook(bytes);
    if (!book) return book.error();
    auto pages = read_pages(bytes, *book);
    if (!pages) return pages.error();
    std::erase_if(*pages, [](const Page& page) { return page.sheet.headings.empty(); });
    if (pages->empty()) return Error{Errc::invalid, "The file is empty: its first row names the columns."};
    if (pages->size() > 1) {
        return Error{Errc::invalid, "Several sheets hold cells (" + pages->front().name + ", " + pages->at(1).name +
                                        "): keep one of them in the file, hide or delete the others."};
    }
    return std::move(pages->front().sheet);
}

Result<CsvSheet> read_sheet(std::string_view bytes) {
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
        return Error{Errc::invalid,
                     "This is an Excel file of the old kind (.xls), or one with a password: save it as .xlsx without "
                     "one, or as CSV UTF-8."};
    }
    if (!bytes.starts_with("PK\x03\x04")) return read_csv_sheet(nfc(bytes));
    auto sheet = read_xlsx_sheet(bytes);
    if (!sheet) return sheet;
    for (std::string& heading : sheet->headings) heading = nfc(heading);
    for (CsvRecord& record : sheet->records) {
        for (std::string& cell : record.cells) cell = nfc(cell);
    }
    return sheet;
}

}  // namespace hoso::client::cli
