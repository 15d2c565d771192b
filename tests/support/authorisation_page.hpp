#pragma once

#include <array>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

// Reads docs/authorisation.md, whose tables are data: every table whose first column is Kind.
namespace hoso::tests {

// Where the unit of a mandate or of a council lies, seen from the place that an act is asked for.
enum class Relation : std::uint8_t { same, above, below, beside };
inline constexpr std::array<const char*, 4> relation_names = {"same", "above", "below", "beside"};

struct PageRow {
    std::size_t line = 0;
    std::vector<std::pair<std::string, std::string>> cells;  // header and text, as printed
    std::string at(const std::string& header) const {
        for (const auto& [name, text] : cells) {
            if (name == header) return text;
        }
        return {};
    }
    // Of the ladder; empty for "-". "commune, never" is the commune's, and a step that the ladder lets nobody take there.
    std::string stage() const {
        const std::string printed = at("Stage");
        const std::string key = printed.substr(0, printed.find(", "));
        return key == "-" ? std::string{} : key;
    }
    bool never() const { return at("Stage") == stage() + ", never"; }
};

struct Page {
    std::vector<PageRow> rows;
    std::vector<std::string> faults;  // what could not be read
};

inline std::string trimmed(const std::string& text) {
    const auto from = text.find_first_not_of(" \t");
    return from == std::string::npos ? std::string{} : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

inline std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream in{line.substr(1)};
    for (std::string cell; std::getline(in, cell, '|');) cells.push_back(trimmed(cell));
    return cells;
}

inline Page read_page(const std::string& file) {
    Page page;
    std::ifstream in{file};
    if (!in) page.faults.push_back(file + " cannot be read");
    std::vector<std::string> header;  // of the table the line stands in
    std::size_t number = 0, inside = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const auto fault = [&](const std::string& what) {
            page.faults.push_back("line " + std::to_string(number) + ": " + what + ": " + line);
        };
        if (line.empty() || line.front() != '|') {
            header.clear();
            inside = 0;
            continue;
        }
        const auto cells = cells_of(line);
        if (++inside == 1) {
            header = cells;
        } else if (inside == 2) {
            if (!line.starts_with("|---")) fault("a table without a line below its header");
        } else if (cells.size() != header.size() || line.back() != '|') {
            fault("not one cell for each column");
        } else if (header.front() == "Kind") {
            PageRow row{number, {}};
            for (std::size_t i = 0; i < cells.size(); ++i) row.cells.emplace_back(header[i], cells[i]);
            page.rows.push_back(std::move(row));
        }
    }
    return page;
}

// "same above", or "-" for none; nothing for anything else.
inline std::optional<std::set<Relation>> relations_in(const std::string& cell) {
    std::set<Relation> found;
    if (cell == "-") return found;
    std::istringstream in{cell};
    for (std::string word; in >> word;) {
        std::size_t i = 0;
        while (i < relation_names.size() && word != relation_names[i]) ++i;
        if (i == relation_names.size() || !found.insert(static_cast<Relation>(i)).second) return std::nullopt;
    }
    return found.empty() ? std::nullopt : std::optional{found};
}

// "yes" or "-".
inline std::optional<bool> answer_in(const std::string& cell) {
    if (cell != "yes" && cell != "-") return std::nullopt;
    return cell == "yes";
}

}  // namespace hoso::tests
