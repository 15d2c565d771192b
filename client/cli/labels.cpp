#include "client/cli/labels.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <span>

#include "client/cli/label_words.hpp"
#include "client/json/action_json.hpp"
#include "client/text/terms.hpp"
#include "client/text/words.hpp"

namespace hoso::client::cli {
namespace {

namespace json = boost::json;

constexpr Label settlements[] = {
    {"adopted", "được chấp nhận", "adopted"},
    {"annulled", "bị hủy", "annulled"},
};

// What becomes of a unit, and why nobody holds a dossier.
constexpr Label changes[] = {
    {"closed", "kết thúc", "closed"},
    {"created", "thành lập", "created"},
    {"nobody_decides", "chưa quy định ai quyết định thay", "no rule says who decides in its place"},
    {"no_successor", "đơn vị kết thúc, không ai tiếp nhận", "its unit is closed and nobody took it over"},
    {"no_unit", "không có đơn vị ở cấp này", "there is no unit at this stage"},
    {"part", "một phần", "a part"},
    {"recorded", "đã ghi từ trước", "recorded before"},
    {"split", "đơn vị bị chia", "its unit was split"},
    {"stays", "giữ nguyên", "stays"},
    {"whole", "toàn bộ", "as a whole"},
};

constexpr Label kinds[] = {
    {"account", "chức vụ", "post"},
    {"certificate", "giấy chứng nhận", "certificate"},
    {"city", "thành phố", "city"},
    {"commune", "xã", "commune"},
    {"decision", "quyết định", "decision"},
    {"district", "huyện", "district"},
    {"product", "sản phẩm", "product"},
    {"province", "tỉnh", "province"},
    {"recognition", "công nhận", "recognition"},
    {"revocation", "thu hồi", "revocation"},
    {"subject", "chủ thể", "subject"},
    {"town", "thị trấn", "town"},
    {"unit", "đơn vị", "unit"},
    {"ward", "phường", "ward"},
};

std::optional<domain::Phase> phase_from(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(domain::Phase::withdrawn); ++i) {
        if (text == name(static_cast<domain::Phase>(i))) return static_cast<domain::Phase>(i);
    }
    return std::nullopt;
}

domain::Verdict verdict_from(const json::object& value) {
    domain::Verdict verdict;
    const std::string_view outcome = value.at("outcome").get_string();
    verdict.outcome = outcome == "held"   ? domain::Outcome::held
                      : outcome == "void" ? domain::Outcome::voided
                                          : domain::Outcome::effective;
    verdict.reason = reason_from(value.at("reason").get_string()).value_or(domain::Reason::none);
    if (const json::value* against = value.if_contains("against"); against && against->is_number()) {
        verdict.against = against->to_number<Position>();
    }
    return verdict;
}

std::string shown_as(Language language, std::span<const Label> words, std::string_view text) {
    for (const Label& known : words) {
        if (known.key == text) return pick(language, known.vi, known.en);
    }
    return std::string(text);
}

// Kinds of actions, dossiers, decisions and numbers; of units as they are.
std::string shown_kind(Language language, std::string_view text) {
    for (int i = 0; i <= static_cast<int>(domain::DossierKind::re_evaluation); ++i) {
        if (text == name(static_cast<domain::DossierKind>(i))) return word(language, static_cast<domain::DossierKind>(i));
    }
    for (std::size_t i = 0; i < std::variant_size_v<domain::AnyBody>; ++i) {
        if (text == kind_name(i)) return kind_word(language, i);
    }
    if (const char* known = term(language, "kind", text)) return known;
    return shown_as(language, kinds, text);
}

// Of a comparison: "phase_before" is a phase.
constexpr std::string_view before_suffix = "_before";

std::string shown_text(Language language, std::string_view key, std::string_view text) {
    if (key.ends_with(before_suffix)) key.remove_suffix(before_suffix.size());
    if (key == "phase") {
        if (const auto phase = phase_from(text)) return word(language, *phase);
    }
    if (key == "reason") {
        if (const auto reason = reason_from(text)) return sentence(language, *reason);
    }
    if (key == "kind" || key == "kinds") return shown_kind(language, text);
    if (key == "settled") return shown_as(language, settlements, text);
    if (key == "change" || key == "extent" || key == "why") return shown_as(language, changes, text);
    if (key == "outcome" && (text == "new" || text == "exists" || text == "skipped" || text == "refused"))
        return label(language, text);
    if (key == "role") {
        for (int i = 0; i <= static_cast<int>(domain::Role::auditor); ++i) {
            if (text == name(static_cast<domain::Role>(i))) return word(language, static_cast<domain::Role>(i));
        }
    }
    if (key == "seat") {
        for (int i = 0; i <= static_cast<int>(domain::Seat::support); ++i) {
            if (text == name(static_cast<domain::Seat>(i))) return word(language, static_cast<domain::Seat>(i));
        }
    }
    if (const char* known = term(language, key, text)) return known;
    return text.empty() ? "–" : std::string(text);
}

// Of a nested object in a cell: its words, without ids.
std::string words_of(Language language, const json::object& value) {
    std::string text;
    for (const auto& member : value) {
        const json::string* said = member.value().if_string();
        const bool says_nothing = said && (said->empty() || said->size() >= 32);  // an id
        if (!says_nothing)
            text += (text.empty() ? "" : " ") +
                    shown(language, std::string_view(member.key().data(), member.key().size()), member.value());
    }
    return text;
}

std::string joined(Language language, std::string_view key, const json::array& values) {
    std::string text;
    for (const json::value& value : values) text += (text.empty() ? "" : ", ") + shown(language, key, value);
    return text;
}

}  // namespace

std::string label(Language language, std::string_view key) {
    for (const Label& known : labels) {
        if (known.key == key) return pick(language, known.vi, known.en);
    }
    if (key.ends_with(before_suffix))
        return label(language, key.substr(0, key.size() - before_suffix.size())) + pick(language, " trước đó", " before");
    std::string text(key);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

bool is_verdict(const json::object& value) { return value.contains("outcome") && value.contains("reason"); }

std::string shown(Language language, std::string_view key, const json::value& value) {
    if (value.is_null()) return "–";
    if (value.is_bool()) return value.get_bool() ? pick(language, "có", "yes") : pick(language, "không", "no");
    if (value.is_string()) return shown_text(language, key, value.get_string());
    if (value.is_array()) return value.get_array().empty() ? "–" : joined(language, key, value.get_array());
    if (value.is_object() && is_verdict(value.get_object())) return sentence(language, verdict_from(value.get_object()));
    if (value.is_object()) return words_of(language, value.get_object());
    return json::serialize(value);
}

}  // namespace hoso::client::cli
