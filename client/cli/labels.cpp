#include "client/cli/labels.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "client/text/words.hpp"

namespace hoso::client::cli {
namespace {

namespace json = boost::json;

struct Label {
    std::string_view key;
    const char* vi;
    const char* en;
};

constexpr Label labels[] = {
    {"account", "tài khoản", "account"},
    {"action", "mã hành động", "action"},
    {"actor_title", "người thực hiện", "actor"},
    {"adviser", "người tư vấn", "adviser"},
    {"against", "trái với vị trí", "against"},
    {"agrees", "đồng ý", "agrees"},
    {"average", "điểm trung bình", "average"},
    {"basis", "căn cứ", "basis"},
    {"certificate", "giấy chứng nhận", "certificate"},
    {"certificates", "giấy chứng nhận", "certificates"},
    {"closed", "đã kết thúc", "closed"},
    {"code", "mã", "code"},
    {"council", "hội đồng", "council"},
    {"date", "ngày", "date"},
    {"days_left", "còn (ngày)", "days left"},
    {"deadline", "hạn", "deadline"},
    {"decision", "quyết định", "decision"},
    {"declined", "không công nhận", "declined"},
    {"detail", "chi tiết", "detail"},
    {"device", "máy", "device"},
    {"digest", "tóm lược", "digest"},
    {"district", "đơn vị", "unit"},
    {"document", "tài liệu", "document"},
    {"documents", "tài liệu", "documents"},
    {"dossier", "hồ sơ", "dossier"},
    {"dossiers", "hồ sơ", "dossiers"},
    {"effective", "có hiệu lực", "effective"},
    {"expired", "hết hạn", "expired"},
    {"filed", "ngày nộp", "filed"},
    {"first", "từ số", "first"},
    {"forwarded", "chuyển cấp trên", "forwarded"},
    {"ground", "căn cứ", "ground"},
    {"hash", "mã băm", "hash"},
    {"held", "treo", "held"},
    {"issued", "ngày cấp", "issued"},
    {"kind", "loại", "kind"},
    {"last", "đến số", "last"},
    {"last_day", "hết hạn", "last day"},
    {"late", "trễ", "late"},
    {"left", "còn lại", "left"},
    {"legacy", "cấp trước đây", "legacy"},
    {"level", "cấp", "level"},
    {"mandate", "ủy quyền", "mandate"},
    {"meeting", "kỳ họp", "meeting"},
    {"members", "thành viên", "members"},
    {"name", "tên", "name"},
    {"no_answer", "chưa trả lời", "no answer"},
    {"number", "số", "number"},
    {"officers", "cán bộ", "officers"},
    {"open", "đang mở", "open"},
    {"outcome", "kết quả", "outcome"},
    {"path", "đơn vị", "unit"},
    {"pattern", "mẫu số", "pattern"},
    {"phase", "bước", "phase"},
    {"position", "vị trí", "position"},
    {"preview", "dự kiến", "preview"},
    {"product", "sản phẩm", "product"},
    {"quorum", "số phiếu tối thiểu", "quorum"},
    {"reason", "lý do", "reason"},
    {"received", "tiếp nhận", "received"},
    {"recognised", "công nhận", "recognised"},
    {"recognised_3", "3 sao", "3 stars"},
    {"recognised_4", "4 sao", "4 stars"},
    {"recognised_5", "5 sao", "5 stars"},
    {"recorded", "đã ghi", "recorded"},
    {"registered", "đăng ký", "registered"},
    {"registration", "số đăng ký", "registration"},
    {"renews", "đăng ký lại", "renews"},
    {"does_not_renew", "không đăng ký lại", "does not renew"},
    {"revoked", "thu hồi", "revoked"},
    {"role", "vai trò", "role"},
    {"root", "gốc cây băm", "root"},
    {"round", "đợt", "round"},
    {"ruleset", "bộ tiêu chí", "rule set"},
    {"seat", "vị trí", "seat"},
    {"self_assessment", "tự đánh giá", "self-assessment"},
    {"seq", "thứ tự", "seq"},
    {"set", "bộ sản phẩm", "set"},
    {"sheets", "phiếu chấm", "sheets"},
    {"size", "số sự kiện", "size"},
    {"stage", "cấp", "stage"},
    {"stars", "sao", "stars"},
    {"state_hash", "mã trạng thái", "state hash"},
    {"status", "tình trạng", "status"},
    {"stream", "luồng", "stream"},
    {"subject", "chủ thể", "subject"},
    {"subject_name", "chủ thể", "subject"},
    {"submitted", "đã nộp", "submitted"},
    {"tallied", "đã chấm", "tallied"},
    {"tally", "tổng hợp điểm", "tally"},
    {"title", "tên gọi", "title"},
    {"total", "tổng", "total"},
    {"training", "tập huấn", "training"},
    {"unit", "mã đơn vị", "unit id"},
    {"used", "đã dùng", "used"},
    {"valid_from", "từ ngày", "valid from"},
    {"valid_to", "đến ngày", "valid to"},
    {"verdict", "kết quả", "verdict"},
    {"void", "không hiệu lực", "void"},
    {"waiting", "chờ gửi", "waiting"},
    {"withdrawn", "đã rút", "withdrawn"},
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

std::string shown_text(Language language, std::string_view key, std::string_view text) {
    if (key == "phase") {
        if (const auto phase = phase_from(text)) return word(language, *phase);
    }
    if (key == "reason") {
        if (const auto reason = reason_from(text)) return sentence(language, *reason);
    }
    return std::string(text);
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
    return json::serialize(value);
}

}  // namespace hoso::client::cli
