#include "client/cli/labels.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <span>

#include "client/json/action_json.hpp"
#include "client/text/terms.hpp"
#include "client/text/words.hpp"

namespace hoso::client::cli {
namespace {

namespace json = boost::json;

struct Label {
    std::string_view key;
    const char* vi;
    const char* en;
};

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

constexpr Label labels[] = {
    {"account", "tài khoản", "account"},
    {"action", "mã hành động", "action"},
    {"actor_title", "người thực hiện", "actor"},
    {"advice", "báo cáo tư vấn", "advice"},
    {"adviser", "người tư vấn", "adviser"},
    {"advisers", "tổ tư vấn", "advisory group"},
    {"after", "sau", "after"},
    {"against", "trái với vị trí", "against"},
    {"agrees", "đồng ý", "agrees"},
    {"among", "giữa", "among"},
    {"answer", "trả lời", "answer"},
    {"answered", "đã trả lời", "answered"},
    {"approved", "chấp thuận", "approved"},
    {"author", "người chấm", "author"},
    {"average", "điểm trung bình", "average"},
    {"average_under", "trung bình theo bộ khác", "average under it"},
    {"basis", "căn cứ", "basis"},
    {"becomes", "nhập vào", "becomes"},
    {"before", "trước", "before"},
    {"behind", "chậm tiến độ", "behind"},
    {"carried", "lấy lại", "carried over"},
    {"carries_from", "tiếp từ hồ sơ", "carries on"},
    {"certificate", "giấy chứng nhận", "certificate"},
    {"certificates", "giấy chứng nhận", "certificates"},
    {"change", "thay đổi", "change"},
    {"changed", "phần thay đổi", "changed"},
    {"claimed", "giờ trên máy", "claimed"},
    {"closed", "đã kết thúc", "closed"},
    {"code", "mã", "code"},
    {"code_before", "mã này trước là", "code was"},
    {"complaint", "khiếu nại", "complaint"},
    {"complaints", "khiếu nại", "complaints"},
    {"conclusion", "kết luận", "conclusion"},
    {"continues", "đăng ký lại", "continues"},
    {"corrections", "đính chính", "corrections"},
    {"council", "hội đồng", "council"},
    {"count", "số lượng", "count"},
    {"criteria", "tiêu chí", "criteria"},
    {"date", "ngày", "date"},
    {"days_left", "còn (ngày)", "days left"},
    {"days_off", "ngày nghỉ", "days off"},
    {"days_worked", "ngày làm bù", "days worked"},
    {"deadline", "hạn", "deadline"},
    {"deadlines", "các hạn", "deadlines"},
    {"decision", "quyết định", "decision"},
    {"decision_date", "ngày quyết định", "decision date"},
    {"declined", "không công nhận", "declined"},
    {"detail", "chi tiết", "detail"},
    {"device", "máy", "device"},
    {"difficulty", "vướng mắc", "difficulty"},
    {"digest", "tóm lược", "digest"},
    {"district", "đơn vị", "unit"},
    {"document", "tài liệu", "document"},
    {"document_hash", "mã băm của văn bản", "hash of the document"},
    {"documents", "tài liệu", "documents"},
    {"does_not_renew", "không đăng ký lại", "does not renew"},
    {"done", "đã xong", "done"},
    {"dossier", "hồ sơ", "dossier"},
    {"dossier_count", "số hồ sơ", "dossiers"},
    {"dossiers", "hồ sơ", "dossiers"},
    {"dry_run", "chạy thử", "dry run"},
    {"due", "hạn", "due"},
    {"effective", "có hiệu lực", "effective"},
    {"ended", "đã kết thúc", "ended"},
    {"exists", "đã có", "exists"},
    {"expired", "hết hạn", "expired"},
    {"extended_to", "kéo dài đến", "extended to"},
    {"extent", "phạm vi", "extent"},
    {"fault", "lỗi phiếu", "fault"},
    {"field", "lĩnh vực", "field"},
    {"fields", "thông tin", "fields"},
    {"filed", "ngày nộp", "filed"},
    {"first", "từ số", "first"},
    {"form", "hình thức", "form"},
    {"former", "tên trước đây", "former names"},
    {"forms", "số phiếu đăng ký", "form numbers"},
    {"forwarded", "chuyển cấp trên", "forwarded"},
    {"founder", "sáng lập", "founder"},
    {"from", "từ ngày", "from"},
    {"gates_missed", "tiêu chí chưa đạt mức", "gates missed"},
    {"geography", "theo đơn vị ngày", "units of"},
    {"grade", "kết quả", "grade"},
    {"ground", "căn cứ", "ground"},
    {"group", "nhóm", "group"},
    {"handed_in", "phiếu đã nộp", "handed in"},
    {"hash", "mã băm", "hash"},
    {"held", "treo", "held"},
    {"holder", "đang giữ", "held by"},
    {"holidays_unknown", "chưa có lịch nghỉ", "days off not known"},
    {"idea", "ý tưởng", "idea"},
    {"ignored_columns", "cột không dùng", "ignored columns"},
    {"inspection", "kiểm tra", "inspection"},
    {"inspections", "kiểm tra", "inspections"},
    {"issued", "ngày cấp", "issued"},
    {"item", "mục", "item"},
    {"key", "mã", "key"},
    {"kind", "loại", "kind"},
    {"kinds", "việc ghi", "records"},
    {"lapses", "không đăng ký lại", "lapses"},
    {"last", "đến số", "last"},
    {"last_day", "hết hạn", "last day"},
    {"last_exchange", "gửi nhận lần cuối", "last exchange"},
    {"last_received", "tỉnh nhận lần cuối", "last received"},
    {"late", "trễ", "late"},
    {"left", "còn lại", "left"},
    {"legacy", "cấp trước đây", "legacy"},
    {"level", "cấp", "level"},
    {"lines", "danh sách", "lines"},
    {"link", "kết nối", "link"},
    {"list", "danh sách", "list"},
    {"log", "sổ ghi", "log"},
    {"made_of", "gồm", "made of"},
    {"mandate", "ủy quyền", "mandate"},
    {"meeting", "kỳ họp", "meeting"},
    {"members", "thành viên", "members"},
    {"minutes", "biên bản", "minutes"},
    {"missing", "chưa trả lời", "missing"},
    {"name", "tên", "name"},
    {"name_en", "tên tiếng Anh", "English name"},
    {"name_vi", "tên tiếng Việt", "Vietnamese name"},
    {"new", "mới", "new"},
    {"newest", "mới nhất", "newest"},
    {"no_answer", "chưa trả lời", "no answer"},
    {"notes", "ghi chú", "notes"},
    {"notice", "công văn", "notice"},
    {"notified", "đã thông báo", "notified"},
    {"number", "số", "number"},
    {"office", "cơ quan", "office"},
    {"officers", "cán bộ", "officers"},
    {"on", "ngày", "on"},
    {"open", "đang mở", "open"},
    {"opinions", "ý kiến", "opinions"},
    {"options", "các mức", "options"},
    {"outcome", "kết quả", "outcome"},
    {"own", "việc của máy này", "own actions"},
    {"pace", "tiến độ mỗi tuần", "a week so far"},
    {"pace_needed", "cần mỗi tuần", "a week needed"},
    {"package", "công văn gửi", "letter"},
    {"paper", "theo biên bản giấy", "from paper minutes"},
    {"part", "mục", "part"},
    {"path", "đơn vị", "unit"},
    {"pattern", "mẫu số", "pattern"},
    {"phase", "bước", "phase"},
    {"place", "nơi công bố", "place"},
    {"position", "vị trí", "position"},
    {"predecessors", "từ các đơn vị", "predecessors"},
    {"preview", "dự kiến", "preview"},
    {"product", "sản phẩm", "product"},
    {"products", "số sản phẩm", "products"},
    {"promotion", "sự kiện", "event"},
    {"promotions", "xúc tiến", "events"},
    {"province", "máy chủ tỉnh", "province"},
    {"published", "công bố", "published"},
    {"quorum", "số phiếu tối thiểu", "quorum"},
    {"reason", "lý do", "reason"},
    {"reasons", "lý do", "reasons"},
    {"received", "tiếp nhận", "received"},
    {"recipient", "nơi nhận", "recipient"},
    {"recognised", "công nhận", "recognised"},
    {"recognised_3", "3 sao", "3 stars"},
    {"recognised_4", "4 sao", "4 stars"},
    {"recognised_5", "5 sao", "5 stars"},
    {"recorded", "đã ghi", "recorded"},
    {"recusals", "từ chối chấm", "recusals"},
    {"refused", "bị từ chối", "refused"},
    {"registered", "đăng ký", "registered"},
    {"registration", "số đăng ký", "registration"},
    {"reminder", "nhắc nhở", "reminder"},
    {"renews", "đăng ký lại", "renews"},
    {"resolved", "đã giải quyết", "resolved"},
    {"resolved_on", "ngày giải quyết", "resolved on"},
    {"returned_items", "mục trả lại", "returned items"},
    {"revoked", "thu hồi", "revoked"},
    {"revoked_on", "ngày thu hồi", "revoked on"},
    {"role", "vai trò", "role"},
    {"roles", "vai trò", "roles"},
    {"root", "gốc cây băm", "root"},
    {"round", "đợt", "round"},
    {"row", "dòng", "row"},
    {"rows", "số dòng", "rows"},
    {"ruleset", "bộ tiêu chí", "rule set"},
    {"same_code", "mã này ở thời điểm khác", "same code at other times"},
    {"samples", "sản phẩm mẫu", "samples"},
    {"seat", "vị trí", "seat"},
    {"seen", "đã xem", "looked at"},
    {"self_assessment", "tự đánh giá", "self-assessment"},
    {"sent", "đang gửi", "sent"},
    {"sentence", "việc đã làm", "what happened"},
    {"seq", "thứ tự", "seq"},
    {"served", "đã gửi cho", "served on"},
    {"set", "bộ sản phẩm", "set"},
    {"settled", "đã giải quyết", "settled"},
    {"sheet_missing", "không có phiếu", "no sheet"},
    {"sheets", "phiếu chấm", "sheets"},
    {"size", "số sự kiện", "size"},
    {"spread", "chênh lệch", "spread"},
    {"stage", "cấp", "stage"},
    {"stars", "sao", "stars"},
    {"stars_by_points", "sao theo điểm", "stars by points"},
    {"stars_under", "hạng sao theo bộ khác", "stars under it"},
    {"state_hash", "mã trạng thái", "state hash"},
    {"status", "tình trạng", "status"},
    {"step", "bước", "step"},
    {"stream", "luồng", "stream"},
    {"subject", "chủ thể", "subject"},
    {"subject_name", "chủ thể", "subject"},
    {"subject_path", "đơn vị của chủ thể", "subject unit"},
    {"subject_type", "loại chủ thể", "subject type"},
    {"submitted", "đã nộp", "submitted"},
    {"successors", "nhập vào", "successors"},
    {"tallied", "đã chấm", "tallied"},
    {"tally", "tổng hợp điểm", "tally"},
    {"task", "việc", "task"},
    {"text", "nội dung", "text"},
    {"through", "đã nhận đến", "through"},
    {"title", "tên gọi", "title"},
    {"to", "đến ngày", "to"},
    {"total", "tổng", "total"},
    {"training", "tập huấn", "training"},
    {"turn", "lượt", "turn"},
    {"type", "loại", "type"},
    {"under", "theo bộ tiêu chí", "under"},
    {"unit", "mã đơn vị", "unit id"},
    {"unit_name", "tên đơn vị", "unit name"},
    {"unlocked", "đã mở khóa", "unlocked"},
    {"upheld", "đúng", "upheld"},
    {"used", "đã dùng", "used"},
    {"valid_from", "từ ngày", "valid from"},
    {"valid_to", "đến ngày", "valid to"},
    {"venue", "địa điểm", "venue"},
    {"verdict", "kết quả", "verdict"},
    {"void", "không hiệu lực", "void"},
    {"waiting", "chờ gửi", "waiting"},
    {"whole", "toàn sổ", "whole log"},
    {"why", "vì sao", "why"},
    {"withdrawn", "đã rút", "withdrawn"},
    {"year", "năm", "year"},
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

std::string shown_text(Language language, std::string_view key, std::string_view text) {
    if (key == "phase") {
        if (const auto phase = phase_from(text)) return word(language, *phase);
    }
    if (key == "reason") {
        if (const auto reason = reason_from(text)) return sentence(language, *reason);
    }
    if (key == "kind" || key == "kinds") return shown_kind(language, text);
    if (key == "settled") return shown_as(language, settlements, text);
    if (key == "change" || key == "extent" || key == "why") return shown_as(language, changes, text);
    if (key == "outcome" && (text == "new" || text == "exists" || text == "skipped" || text == "refused")) return label(language, text);
    if (key == "role") {
        for (int i = 0; i <= static_cast<int>(domain::Role::auditor); ++i) {
            if (text == name(static_cast<domain::Role>(i))) return word(language, static_cast<domain::Role>(i));
        }
    }
    if (const char* known = term(language, key, text)) return known;
    return text.empty() ? "–" : std::string(text);
}

// Of a nested object in a cell: its words, without ids.
std::string words_of(Language language, const json::object& value) {
    std::string text;
    for (const auto& member : value) {
        const bool is_id = member.value().is_string() && member.value().get_string().size() >= 32;
        if (!is_id)
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
