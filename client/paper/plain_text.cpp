#include "client/paper/plain_text.hpp"

#include <utf8proc.h>

#include <array>

#include "client/text/unicode.hpp"

namespace hoso::client::paper {
namespace {

constexpr utf8proc_int32_t no_letter = 0xFFFD;

// Calls `take` for every code point; U+FFFD stands for bytes that are none.
template <typename Take>
void each_letter(std::string_view text, const Take& take) {
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t letter = no_letter;
        const auto used = utf8proc_iterate(at, left, &letter);
        const auto step = used > 0 ? used : 1;
        take(used > 0 ? letter : no_letter);
        at += step;
        left -= step;
    }
}

void append(std::string& to, utf8proc_int32_t letter) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(letter, bytes.data());
    to.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

// Marks that turn the direction of text, and joins that nobody sees: a name could show as another one.
bool unseen(utf8proc_int32_t letter) {
    return (letter >= 0x200B && letter <= 0x200F) || (letter >= 0x202A && letter <= 0x202E) ||
           (letter >= 0x2060 && letter <= 0x2069) || letter == 0x061C || letter == 0xFEFF;
}

bool blank(utf8proc_int32_t letter) {
    return letter <= 0x20 || (letter >= 0x7F && letter < 0xA0) || letter == 0x2028 || letter == 0x2029;
}

constexpr std::array<std::string_view, 8> kinds{"Tỉnh ", "Thành phố ", "Thị xã ", "Huyện ", "Quận ", "Xã ", "Phường ", "Thị trấn "};

std::string_view kind_in(std::string_view name) {
    for (const std::string_view kind : kinds) {
        if (name.starts_with(kind)) return kind;
    }
    return {};
}

std::string two(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string plain_text(std::string_view text) {
    std::string clean;
    each_letter(text, [&](utf8proc_int32_t letter) {
        if (unseen(letter)) return;
        if (!blank(letter)) return append(clean, (letter & 0xFFFE) == 0xFFFE ? no_letter : letter);
        if (!clean.empty() && clean.back() != ' ') clean += ' ';
    });
    while (!clean.empty() && clean.back() == ' ') clean.pop_back();
    return nfc(clean);
}

std::string upper(std::string_view text) {
    std::string made;
    each_letter(text, [&](utf8proc_int32_t letter) { append(made, utf8proc_toupper(letter)); });
    return made;
}

std::string day_text(Date day) {
    const std::chrono::year_month_day parts{day};
    return two(unsigned{parts.day()}) + "/" + two(unsigned{parts.month()}) + "/" + std::to_string(int{parts.year()});
}

// Decree 30/2020/NĐ-CP, appendix I: a zero stands before days under 10 and before January and February.
std::string day_words(Date day) {
    const std::chrono::year_month_day parts{day};
    const unsigned month{parts.month()};
    return "ngày " + two(unsigned{parts.day()}) + " tháng " + (month < 3 ? two(month) : std::to_string(month)) + " năm " +
           std::to_string(int{parts.year()});
}

std::string within_sentence(std::string_view unit_name) {
    const std::string name = plain_text(unit_name);
    const std::string_view kind = kind_in(name);
    if (kind.empty()) return name;
    std::string made;
    bool first = true;
    each_letter(name, [&](utf8proc_int32_t letter) {
        append(made, first ? utf8proc_tolower(letter) : letter);
        first = false;
    });
    return made;
}

std::string place_of(std::string_view unit_name) {
    const std::string name = plain_text(unit_name);
    return name.substr(kind_in(name).size());
}

}  // namespace hoso::client::paper
