#include "client/files_policy.hpp"

#include <charconv>

namespace hoso::client {
namespace {

constexpr int minutes_of_a_day = 24 * 60;
constexpr Instant minute = 60'000'000;

// "06:30"; empty for anything else.
std::optional<int> minute_from(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    int hours = -1, minutes = -1;
    const auto read = [](std::string_view part, int& to) {
        const auto [end, failed] = std::from_chars(part.data(), part.data() + part.size(), to);
        return failed == std::errc{} && end == part.data() + part.size();
    };
    if (!read(text.substr(0, 2), hours) || !read(text.substr(3), minutes)) return std::nullopt;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return hours * 60 + minutes;
}

std::string text_of(int of_day) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(of_day / 60) + ":" + two(of_day % 60);
}

}  // namespace

bool FilesPolicy::allows_at(Instant now) const {
    if (from_minute == to_minute) return true;
    const auto of_day = static_cast<int>((now - start_of_day(local_date(now))) / minute) % minutes_of_a_day;
    const bool after = of_day >= from_minute, before = of_day < to_minute;
    return from_minute < to_minute ? after && before : after || before;
}

Result<void> set_hours(FilesPolicy& policy, std::string_view text) {
    if (text == "always") {
        policy.from_minute = policy.to_minute = 0;
        return {};
    }
    const auto dash = text.find('-');
    const auto from = dash == text.npos ? std::nullopt : minute_from(text.substr(0, dash));
    const auto to = dash == text.npos ? std::nullopt : minute_from(text.substr(dash + 1));
    if (!from || !to || *from == *to) {
        return Error{Errc::invalid, std::string{text} + " are no hours: write FROM-TO such as 18:00-06:00, or always."};
    }
    policy.from_minute = *from;
    policy.to_minute = *to;
    return {};
}

std::string hours_text(const FilesPolicy& policy) {
    return policy.from_minute == policy.to_minute ? "always" : text_of(policy.from_minute) + "-" + text_of(policy.to_minute);
}

}  // namespace hoso::client
