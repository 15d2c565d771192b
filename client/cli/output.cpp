#include "client/cli/output.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>

#include "client/cli/error_words.hpp"
#include "client/cli/labels.hpp"
#include "client/cli/table.hpp"
#include "shared/base/exit_code.hpp"

namespace hoso::client::cli {
namespace {

// A list of objects with the same few plain values reads better as a table.
bool is_table(const json::value& value) {
    if (!value.is_array() || value.get_array().empty()) return false;
    for (const json::value& element : value.get_array()) {
        if (!element.is_object()) return false;
        for (const auto& member : element.get_object()) {
            if (member.value().is_structured()) return false;
        }
    }
    return true;
}

std::vector<std::string> columns_of(const json::array& rows) {
    std::vector<std::string> columns;
    for (const json::value& row : rows) {
        for (const auto& member : row.get_object()) {
            const std::string key(member.key());
            if (key != "illustrative" && std::find(columns.begin(), columns.end(), key) == columns.end()) columns.push_back(key);
        }
    }
    return columns;
}

std::string indented(const std::string& text, const std::string& space) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        out += space + text.substr(at, end + 1 - at);
        at = end + 1;
    }
    return out;
}

// A file keeps the line ends within a text: it is no terminal.
std::string with_line_ends(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const bool cut = end < text.size();
        out += printable(text.substr(at, end - at - (cut && end > at && text[end - 1] == '\r' ? 1 : 0))) + (cut ? "\n" : "");
        at = end + 1;
    }
    return out;
}

const json::object& object_of(const json::value& row) { return row.get_object(); }
const json::object& object_of(const json::object& row) { return row; }

template <typename Rows, typename Columns>
Sheet as_sheet(Language language, const Rows& rows, const Columns& columns, std::string (*fit)(std::string_view)) {
    Sheet sheet;
    for (const auto& column : columns) sheet.headings.push_back(printable(label(language, column)));
    for (const auto& each : rows) {
        const json::object& row = object_of(each);
        std::vector<std::string> line;
        bool totals = row.contains("total");  // stands in the first column that says nothing else
        for (const auto& column : columns) {
            const json::value* value = row.if_contains(column);
            line.push_back(value ? fit(shown(language, column, *value)) : totals ? label(language, "total") : std::string{});
            totals = totals && value;
        }
        sheet.rows.push_back(std::move(line));
    }
    return sheet;
}

template <typename Columns>
std::string as_table(Language language, const json::array& rows, const Columns& columns) {
    const Sheet sheet = as_sheet(language, rows, columns, printable);
    return table(sheet.headings, sheet.rows);
}

}  // namespace

Sheet sheet_of(Language language, std::span<const json::object> rows, const std::vector<std::string>& columns, bool training) {
    Sheet sheet = as_sheet(language, rows, columns, with_line_ends);
    std::set<std::string> notes;
    for (const json::object& row : rows) {
        if (const json::value* note = row.if_contains("illustrative")) notes.emplace(note->get_string());
    }
    if (training) notes.insert(training_mark);
    sheet.notes.assign(notes.begin(), notes.end());
    return sheet;
}

void Output::mark_training(bool training) {
    if (training && !training_ && !json_ && !listener_) err_ << training_mark << '\n';
    training_ = training;
}

void Output::line(const json::object& row) {
    std::string text = json::serialize(row);
    if (training_) {
        text.pop_back();
        text += row.empty() ? "\"training\":true}" : ",\"training\":true}";
    }
    out_ << text << '\n';
}

void Output::object(const json::object& result) {
    if (listener_) return listener_->object(result);
    if (json_) return line(result);
    people(result, 0);
    flush_notes();
}

void Output::keep_for_files(const json::array& rows, std::initializer_list<const char*> columns) {
    if (csv_.empty() && xlsx_.empty()) return;
    Sheet sheet = as_sheet(language_, rows, columns, with_line_ends);
    for (const json::value& row : rows) {
        const json::value* note = row.get_object().if_contains("illustrative");
        if (note) sheet_notes_.emplace(note->get_string());
    }
    if (listed_ && listed_->headings == sheet.headings) {
        std::move(sheet.rows.begin(), sheet.rows.end(), std::back_inserter(listed_->rows));
    } else {
        listed_ = std::move(sheet);
    }
}

Result<void> Output::write_files() const {
    if (csv_.empty() && xlsx_.empty()) return {};
    if (!listed_) return Error{Errc::invalid, "This command answers with no list: --csv and --xlsx are for lists."};
    Sheet sheet = *listed_;
    std::set<std::string> notes = sheet_notes_;
    if (training_) notes.insert(training_mark);
    sheet.notes.assign(notes.begin(), notes.end());
    if (!csv_.empty()) {
        if (auto done = write_csv(sheet, csv_); !done) return done;
    }
    return xlsx_.empty() ? Result<void>{} : write_xlsx(sheet, xlsx_);
}

void Output::rows(const json::array& list, std::initializer_list<const char*> columns,
                  std::initializer_list<const char*> in_files) {
    if (listener_) return listener_->rows(list, {columns.begin(), columns.end()}, {in_files.begin(), in_files.end()});
    keep_for_files(list, in_files);
    if (json_) {
        for (const json::value& row : list) line(row.get_object());
        return;
    }
    for (const json::value& row : list) note_illustrative(row.get_object());
    if (list.empty()) {
        say(pick("Không có gì.", "Nothing."));
    } else {
        out_ << as_table(language_, list, columns);
    }
    flush_notes();
}

void Output::people(const json::object& result, int indent) {
    note_illustrative(result);
    const std::string space(static_cast<std::size_t>(indent), ' ');
    for (const auto& member : result) {
        const std::string key(member.key());
        const json::value& value = member.value();
        if (key == "illustrative" || key.ends_with("_centi")) continue;  // beside it stands the text
        const std::string name = space + printable(label(language_, key)) + ":";
        if (is_table(value)) {
            const json::array& rows = value.get_array();
            out_ << name << '\n' << indented(as_table(language_, rows, columns_of(rows)), space + "  ");
        } else if (value.is_object() && !is_verdict(value.get_object())) {
            out_ << name << '\n';
            people(value.get_object(), indent + 2);
        } else if (value.is_array() && !value.get_array().empty() && value.get_array().front().is_object()) {
            out_ << name << '\n';
            for (const json::value& element : value.get_array()) {
                people(element.get_object(), indent + 2);
                out_ << '\n';
            }
        } else {
            out_ << padded(name, 18) << ' ' << printable(shown(language_, key, value)) << '\n';
        }
    }
}

// Every row of a list may say the same.
void Output::note(std::string_view text) {
    if (!notes_.contains(text)) notes_.emplace(text);
}

void Output::note_illustrative(const json::object& result) {
    for (const auto& member : result) {
        const json::value& value = member.value();
        if (member.key() == "illustrative") note(value.get_string());
        if (!value.is_array()) continue;
        for (const json::value& element : value.get_array()) {
            if (element.is_object()) note_illustrative(element.get_object());
        }
    }
}

void Output::flush_notes() {
    for (const std::string& note : notes_) out_ << printable(note) << '\n';
    notes_.clear();
}

void Output::progress(const std::string& text) {
    if (listener_) return listener_->said(text);
    if (!quiet_) err_ << text << std::endl;
}

bool Output::gone() {
    if (listener_) return false;
    err_.flush();
    return out_.bad() || err_.bad();
}

int Output::fail(const Error& error) {
    if (listener_) {
        listener_->failed(error);
    } else if (json_) {
        json::object fault{{"error", errc_name(error.code)}, {"detail", error.detail}};
        if (const auto reason = reason_of(error.detail)) fault["reason"] = domain::name(*reason);
        if (training_) fault["training"] = true;
        err_ << json::serialize(fault) << std::endl;
    } else {
        err_ << "hoso: " << error_word(language_, error.code) << ": " << printable(explained(language_, error.detail)) << std::endl;
    }
    return exit_code(error.code);
}

}  // namespace hoso::client::cli
