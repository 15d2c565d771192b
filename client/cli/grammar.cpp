#include "client/cli/grammar.hpp"

#include <algorithm>
#include <charconv>

#include "client/cli/commands.hpp"
#include "client/cli/csv.hpp"

namespace hoso::client::cli {

std::string Arguments::text(std::string_view name, std::string_view otherwise) const {
    const auto found = values_.find(std::string(name));
    return found == values_.end() || found->second.empty() ? std::string(otherwise) : found->second.front();
}

Result<std::string> Arguments::line(std::string_view name) const {
    std::string value = text(name);
    if (value.size() > csv_cell_bytes_max) {
        return Error{Errc::limit, "--" + std::string(name) + " is longer than " + std::to_string(csv_cell_bytes_max) +
                                      " bytes: no list could be read again."};
    }
    for (auto at = value.find_first_of("\r\n"); at != std::string::npos; at = value.find_first_of("\r\n", at))
        value.replace(at, std::min(value.find_first_not_of("\r\n", at), value.size()) - at, " ");
    // Marks that nobody sees, or that turn round what follows: two names would look alike, or a name like nothing.
    for (const char* unseen : {"\u200B", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2060", "\u2066",
                               "\u2067", "\u2068", "\u2069", "\uFEFF"}) {
        for (auto at = value.find(unseen); at != std::string::npos; at = value.find(unseen, at)) value.erase(at, 3);
    }
    return value;
}

std::vector<std::string> Arguments::list(std::string_view name) const {
    const auto found = values_.find(std::string(name));
    return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::uint64_t Arguments::number(std::string_view name, std::uint64_t otherwise) const {
    return has(name) ? number_from_text(text(name)).value_or(otherwise) : otherwise;
}

Result<std::uint64_t> Arguments::number_up_to(std::string_view name, std::uint64_t most, std::uint64_t otherwise) const {
    const std::uint64_t value = number(name, otherwise);
    if (value <= most) return value;
    const bool is_place = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
    return Error{Errc::invalid, (is_place ? "" : "--") + std::string(name) + " is at most " + std::to_string(most) + ", not " +
                                    std::to_string(value) + "."};
}

Date Arguments::date(std::string_view name, Date otherwise) const {
    return has(name) ? date_from_text(text(name)).value_or(otherwise) : otherwise;
}

std::uint32_t Arguments::points(std::string_view name) const { return points_from_text(text(name)).value_or(0); }

bool Arguments::yes(std::string_view name) const {
    const std::string said = text(name);
    return said == "yes" || said == "có";
}

std::optional<std::uint64_t> number_from_text(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<std::uint32_t> points_from_text(std::string_view text) {
    const auto comma = text.find_first_of(",.");
    const auto whole = number_from_text(text.substr(0, comma));
    if (!whole || *whole > 1'000'000) return std::nullopt;
    std::uint32_t hundredths = static_cast<std::uint32_t>(*whole) * 100;
    if (comma == std::string_view::npos) return hundredths;
    const std::string_view decimals = text.substr(comma + 1);
    const auto part = number_from_text(decimals);
    if (!part || decimals.size() > 2) return std::nullopt;
    return hundredths + static_cast<std::uint32_t>(*part) * (decimals.size() == 1 ? 10 : 1);
}

const char* fault_of(Kind kind, std::string_view value) {
    switch (kind) {
        case Kind::number: return number_from_text(value) ? nullptr : "expected a number";
        case Kind::date: return date_from_text(value) ? nullptr : "expected a date, YYYY-MM-DD";
        case Kind::points: return points_from_text(value) ? nullptr : "expected points with at most two decimals, for example 88,5";
        case Kind::yes_no:
            return value == "yes" || value == "no" || value == "có" || value == "không" ? nullptr : "expected yes or no";
        case Kind::text:
        case Kind::list:
        case Kind::flag:
        case Kind::file:
        case Kind::files: return nullptr;
    }
    return nullptr;
}

const char* fault_in_vietnamese(Kind kind) {
    switch (kind) {
        case Kind::number: return "Cần một số nguyên.";
        case Kind::date: return "Cần một ngày có thật.";
        case Kind::points: return "Cần số điểm có nhiều nhất hai chữ số lẻ, ví dụ 88,5.";
        case Kind::yes_no: return "Cần có hoặc không.";
        case Kind::text:
        case Kind::list:
        case Kind::flag:
        case Kind::file:
        case Kind::files: return "Giá trị không đúng dạng.";
    }
    return "";
}

const std::vector<Verb>& verbs() {
    static const std::vector<Verb> all = [] {
        std::vector<Verb> rows;
        for (const auto make : {desk_verbs,    pages_verbs,    registry_verbs, office_verbs,     rules_verbs,    notice_verbs,
                                task_verbs,    council_verbs,  meeting_verbs,  product_verbs,    legacy_verbs,   import_verbs,
                                dossier_verbs, evidence_verbs, review_verbs,   transition_verbs, decision_verbs, letter_verbs,
                                cert_verbs,    paper_verbs,    care_verbs,     log_verbs,        audit_verbs}) {
            for (Verb& row : make()) rows.push_back(std::move(row));
        }
        return rows;
    }();
    return all;
}

}  // namespace hoso::client::cli
