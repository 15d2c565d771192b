#include "client/text/errors.hpp"

#include <vector>

namespace hoso::client {
namespace {

constexpr int quotes_max = 5;  // an error within an error

// Say where another sentence belongs: they hold only with a sentence that is known behind them.
constexpr ErrorWords places[] = {
    {"line {}: {}", "dòng {}: {}"},
    {"{} line {}: {}", "{} dòng {}: {}"},
    {"action {} of the push: {}", "hành động {} của đợt gửi: {}"},
    {"{}: {}", "{}: {}"},
    {" ({})", " ({})"},
};

// What the machine's system says within our sentences.
constexpr ErrorWords system_words[] = {
    {"Connection refused", "máy kia không nhận kết nối"},
    {"Connection reset by peer", "máy kia đã ngắt kết nối"},
    {"Connection timed out", "quá thời gian chờ kết nối"},
    {"No route to host", "không có đường mạng đến máy kia"},
    {"Network is unreachable", "không có mạng"},
    {"Host not found (authoritative)", "không tìm thấy tên máy"},
    {"Host not found (non-authoritative), try again later", "chưa tìm thấy tên máy, hãy thử lại sau"},
    {"No such file or directory", "không có tệp hay thư mục đó"},
    {"Permission denied", "không có quyền"},
    {"No space left on device", "ổ đĩa đã đầy"},
    {"Read-only file system", "ổ đĩa chỉ cho đọc"},
    {"Is a directory", "đó là một thư mục"},
    {"Not a directory", "đó không phải là thư mục"},
};

struct Said {
    std::string vi;
    std::size_t known = 0;  // letters of the English sentence that the rows have
};

// What the holes of a sentence hold in the text; nothing where they are not alike. The last hole goes to the last place it can.
std::optional<std::vector<std::string_view>> holes(std::string_view sentence, std::string_view text) {
    std::vector<std::string_view> found;
    while (true) {
        const auto hole = sentence.find("{}");
        const std::string_view plain = sentence.substr(0, hole);
        if (!text.starts_with(plain)) return std::nullopt;
        text.remove_prefix(plain.size());
        if (hole == std::string_view::npos) return text.empty() ? std::optional{found} : std::nullopt;
        sentence.remove_prefix(hole + 2);
        const auto next_hole = sentence.find("{}");
        const std::string_view next = sentence.substr(0, next_hole);
        const auto end = next_hole == std::string_view::npos ? text.rfind(next) : text.find(next);
        if (end == std::string_view::npos) return std::nullopt;
        found.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::optional<Said> best(std::string_view text, int quotes);

// The row's Vietnamese sentence with what the text names; a place needs words for the last of it.
std::optional<Said> filled(const ErrorWords& row, std::string_view text, bool is_place, int quotes) {
    const auto named = holes(row.en, text);
    if (!named) return std::nullopt;
    Said said{{}, row.en.size() - 2 * named->size()};
    std::string_view rest = row.vi;
    for (std::size_t i = 0; i < named->size(); ++i) {
        const std::string_view each = (*named)[i];
        const auto quoted = each.empty() ? std::nullopt : best(each, quotes - 1);
        if (is_place && i + 1 == named->size() && !quoted) return std::nullopt;
        const auto hole = rest.find("{}");
        said.vi += std::string(rest.substr(0, hole)) + (quoted ? quoted->vi : std::string(each));
        said.known += quoted ? quoted->known : 0;
        rest.remove_prefix(hole + 2);
    }
    said.vi += rest;
    return said;
}

// Of the rows that fit, the one that has words for most of the text.
std::optional<Said> best(std::string_view text, int quotes) {
    std::optional<Said> found;
    if (quotes == 0) return found;
    const auto look = [&](std::span<const ErrorWords> rows, bool is_place) {
        for (const ErrorWords& row : rows) {
            auto said = filled(row, text, is_place, quotes);
            if (said && (!found || said->known > found->known)) found = std::move(said);
        }
    };
    for (const auto& rows :
         {errors::of_command_line, errors::of_commands, errors::of_desk, errors::of_disk, errors::of_log, errors::of_pages})
        look(rows, false);
    look(system_words, false);
    look(places, true);
    return found;
}

}  // namespace

std::optional<std::string> error_in_vietnamese(std::string_view detail) {
    auto said = best(detail, quotes_max);
    if (!said) return std::nullopt;
    return std::move(said->vi);
}

}  // namespace hoso::client
