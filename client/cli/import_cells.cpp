#include "client/cli/import_cells.hpp"

#include <algorithm>
#include <cstdio>

#include "client/cli/grammar.hpp"
#include "client/cli/sheet_file.hpp"
#include "client/cli/table.hpp"
#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::string_view blanks[] = {" ",           "\n", "\t", "\xC2\xA0" /* no-break */, "\xE2\x80\x87" /* figure */,
                                       "\xE2\x80\xAF" /* narrow no-break */};
constexpr std::string_view unseen[] = {"\xE2\x80\x8B" /* zero width */, "\xEF\xBB\xBF", "\xC2\xAD" /* soft hyphen */};

// The one of them that the text begins with, or nothing.
template <std::size_t Count>
std::string_view begins_with(std::string_view text, const std::string_view (&any)[Count]) {
    const auto found = std::find_if(std::begin(any), std::end(any), [&](std::string_view one) { return text.starts_with(one); });
    return found == std::end(any) ? std::string_view{} : *found;
}

std::string spaced(std::string_view cell) {
    std::string out;
    bool blank = false;
    while (!cell.empty()) {
        const std::string_view space = begins_with(cell, blanks);
        const std::string_view nothing = begins_with(cell, unseen);
        const std::size_t taken = std::max(space.size(), nothing.size());
        if (taken > 0) {
            blank = blank || !space.empty();
            cell.remove_prefix(taken);
            continue;
        }
        if (blank && !out.empty()) out += ' ';
        blank = false;
        out += cell.front();
        cell.remove_prefix(1);
    }
    return out;
}

// 5.4E+09, 5,4E+09: the digits are gone.
bool is_shortened(std::string_view text) {
    const auto power = text.find("E+");
    if (power == std::string_view::npos || power == 0) return false;
    const auto only = [](std::string_view part, std::string_view letters) {
        return !part.empty() && part.find_first_not_of(letters) == std::string_view::npos;
    };
    return only(text.substr(0, power), "0123456789.,") && only(text.substr(power + 2), "0123456789");
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

Result<std::string> clean_cell(std::string_view cell, Language language) {
    std::string text = spaced(without_guard(cell));
    if (text == "–" || text == "-") return std::string{};
    if (printable(text) != text) {
        return Error{Errc::invalid, pick(language, "có ký tự điều khiển: ", "it holds a control character: ") + printable(text)};
    }
    if (is_shortened(text)) {
        return Error{Errc::invalid,
                     text + pick(language, " là số đã bị bảng tính rút gọn: định dạng cột là văn bản rồi nhập lại số",
                                 " is a number that the spreadsheet shortened: make the column text, type it again")};
    }
    return text;
}

std::optional<Date> date_from_cell(std::string_view cell) {
    std::uint64_t parts[3] = {};
    std::size_t widths[3] = {};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto end = i < 2 ? cell.find_first_of("/-.") : cell.size();
        if (end == std::string_view::npos || end > 4) return std::nullopt;
        const auto number = number_from_text(cell.substr(0, end));
        if (!number) return std::nullopt;
        parts[i] = *number;
        widths[i] = end;
        cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    const bool year_first = widths[0] == 4;
    const std::size_t year = year_first ? 0 : 2;
    if (widths[year] != 4 || widths[1] > 2 || widths[2 - year] > 2) return std::nullopt;
    char text[32];
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", static_cast<unsigned>(parts[year]), static_cast<unsigned>(parts[1]),
                  static_cast<unsigned>(parts[2 - year]));
    return date_from_text(text);
}

std::optional<std::uint8_t> stars_from_cell(std::string_view cell) {
    constexpr std::string_view star = "★";
    std::size_t drawn = 0;
    while (cell.starts_with(star)) cell.remove_prefix(star.size()), ++drawn;
    if (drawn > 0) return cell.empty() && drawn <= 5 ? std::optional{static_cast<std::uint8_t>(drawn)} : std::nullopt;
    std::string text = folded(cell);
    for (const char* word : {"hang", "sao", "stars", "star", " "}) {
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word))
            text.erase(at, std::string_view(word).size());
    }
    if (text.size() != 1 || text[0] < '1' || text[0] > '5') return std::nullopt;
    return static_cast<std::uint8_t>(text[0] - '0');
}

std::optional<std::uint16_t> year_from_cell(std::string_view cell) {
    const auto year = number_from_text(cell);
    if (cell.size() != 4 || !year) return std::nullopt;
    return static_cast<std::uint16_t>(*year);
}

std::optional<bool> yes_no_from_cell(std::string_view cell) {
    const std::string text = folded(cell);
    if (is_one_of(text, {"co", "yes", "x", "true", "1"})) return true;
    if (is_one_of(text, {"khong", "no", "false", "0"})) return false;
    return std::nullopt;
}

std::optional<bool> revoked_from_cell(std::string_view cell) {
    const std::string text = folded(cell);
    if (is_one_of(text, {"thu hoi", "da thu hoi", "bi thu hoi", "da bi thu hoi", "revoked"})) return true;
    if (is_one_of(text, {"chua", "chua thu hoi", "khong thu hoi", "con hieu luc", "con gia tri", "not revoked"})) return false;
    constexpr std::string_view on = "thu hoi ngay ";
    const auto day = text.find(on);
    const bool begins = day == 0 || (day != std::string::npos && is_one_of(text.substr(0, day), {"da ", "bi ", "da bi "}));
    if (begins && date_from_cell(std::string_view(text).substr(day + on.size()))) return true;
    return yes_no_from_cell(cell);
}

}  // namespace hoso::client::cli
