#include "client/text/words.hpp"

namespace hoso::client {

namespace {

struct Word {
    const char* vi;
    const char* en;
};

// In the order of domain::Body.
constexpr Word kinds[] = {
    {"Lập sổ ghi", "Genesis"},
    {"Lập đơn vị", "Unit created"},
    {"Kết thúc đơn vị", "Unit closed"},
    {"Lập tài khoản", "Account created"},
    {"Cấp phiếu ghi danh", "Slip issued"},
    {"Ghi danh máy", "Device enrolled"},
    {"Thêm khóa cán bộ", "Officer's key added"},
    {"Giao ủy quyền", "Mandate granted"},
    {"Kết thúc ủy quyền", "Mandate ended"},
    {"Ban hành bộ tiêu chí", "Rule set published"},
    {"Mở đợt đánh giá", "Round opened"},
    {"Lập hội đồng", "Council established"},
    {"Cấp dải số", "Numbers granted"},
    {"Mở kỳ họp", "Meeting opened"},
    {"Kết thúc kỳ họp", "Meeting closed"},
    {"Ký quyết định", "Decision signed"},
    {"Nâng phiên bản xét", "Judge upgraded"},
    {"Mở phiên làm việc", "Session opened"},
    {"Dùng sai phiếu ghi danh", "Slip misused"},
    {"Đăng ký chủ thể", "Subject registered"},
    {"Đăng ký sản phẩm", "Product registered"},
    {"Nhập công nhận cũ", "Legacy recognition entered"},
    {"Trả lời đánh giá lại", "Renewal answered"},
    {"Mở hồ sơ", "Dossier opened"},
    {"Ghi thông tin", "Field set"},
    {"Thêm tài liệu", "Document added"},
    {"Ghi chú", "Note added"},
    {"Tự đánh giá", "Self-assessed"},
    {"Cho ý kiến", "Opinion given"},
    {"Nộp hồ sơ", "Submitted"},
    {"Rút hồ sơ", "Withdrawn"},
    {"Tiếp nhận hồ sơ", "Received"},
    {"Trả lại hồ sơ", "Returned"},
    {"Báo cáo tư vấn", "Advisory report"},
    {"Nộp phiếu chấm", "Score sheet submitted"},
    {"Tổng hợp điểm", "Tallied"},
    {"Công nhận", "Recognised"},
    {"Chuyển cấp trên", "Forwarded"},
    {"Không công nhận", "Declined"},
    {"Nhập kết quả cấp trên", "Result entered"},
    {"Thu hồi giấy chứng nhận", "Certificate revoked"},
    {"Chấp nhận việc treo", "Adopted"},
    {"Hủy việc treo", "Annulled"},
    {"Nhập kết quả từ biên bản giấy", "Result entered from signed minutes"},
    {"Lập cơ quan trong đơn vị", "Office created"},
    {"Đổi tên cơ quan", "Office renamed"},
    {"Đổi tên đơn vị", "Unit renamed"},
    {"Ban hành lịch nghỉ", "Days off set"},
    {"Ban hành công văn, kế hoạch", "Dispatch or plan issued"},
    {"Kiện toàn hội đồng", "Council's membership changed"},
    {"Lập biên bản họp", "Minutes filed"},
    {"Công bố kết quả", "Results published"},
    {"Gửi hồ sơ lên cấp trên", "Forwarding letter sent"},
    {"Cấp số phiếu đăng ký", "Registration form numbered"},
    {"Nhắc nhở, đôn đốc", "Reminder sent"},
    {"Nêu khó khăn, vướng mắc", "Difficulty raised"},
    {"Giải quyết khó khăn, vướng mắc", "Difficulty resolved"},
    {"Tổ chức xúc tiến thương mại", "Promotion event held"},
    {"Xét ý tưởng sản phẩm", "Idea reviewed"},
    {"Cấp mã sản phẩm", "Product code given"},
    {"Từ chối chấm vì liên quan", "Member recused"},
    {"Nhận sản phẩm mẫu", "Samples received"},
    {"Thông báo sắp hết hạn", "Subject told of expiry"},
    {"Kiểm tra, giám sát", "Inspected"},
    {"Gửi quyết định thu hồi", "Revocation served"},
    {"Nhận kiến nghị, khiếu nại", "Complaint filed"},
    {"Trả lời kiến nghị, khiếu nại", "Complaint answered"},
    {"Đính chính sai sót", "Clerical error corrected"},
    {"Tham gia xúc tiến thương mại", "Took part in a promotion event"},
    {"Tỉnh đã lưu tệp", "File stored at the province"},
};
static_assert(std::size(kinds) == std::variant_size_v<domain::AnyBody>);

}  // namespace

const char* kind_word(Language language, std::size_t kind) {
    return kind < std::size(kinds) ? pick(language, kinds[kind].vi, kinds[kind].en) : "?";
}

const char* word(Language language, domain::Phase phase) {
    using domain::Phase;
    switch (phase) {
        case Phase::drafting: return pick(language, "đang soạn", "drafting");
        case Phase::submitted: return pick(language, "đã nộp", "submitted");
        case Phase::received: return pick(language, "đã tiếp nhận", "received");
        case Phase::returned: return pick(language, "bị trả lại", "returned");
        case Phase::tallied: return pick(language, "đã chấm", "tallied");
        case Phase::recognised: return pick(language, "đã công nhận", "recognised");
        case Phase::declined: return pick(language, "không công nhận", "declined");
        case Phase::withdrawn: return pick(language, "đã rút", "withdrawn");
    }
    return "?";
}

const char* word(Language language, domain::Role role) {
    using domain::Role;
    switch (role) {
        case Role::administrator: return pick(language, "quản trị", "administrator");
        case Role::officer: return pick(language, "cán bộ", "officer");
        case Role::adviser: return pick(language, "tư vấn", "adviser");
        case Role::secretary: return pick(language, "thư ký", "secretary");
        case Role::signer: return pick(language, "người ký", "signer");
        case Role::auditor: return pick(language, "kiểm tra", "auditor");
    }
    return "?";
}

const char* word(Language language, domain::Seat seat) {
    using domain::Seat;
    switch (seat) {
        case Seat::chair: return pick(language, "chủ tịch", "chair");
        case Seat::secretary: return pick(language, "thư ký", "secretary");
        case Seat::member: return pick(language, "thành viên", "member");
        case Seat::support: return pick(language, "hỗ trợ", "support");
    }
    return "?";
}

const char* word(Language language, domain::DossierKind kind) {
    using domain::DossierKind;
    switch (kind) {
        case DossierKind::first: return pick(language, "lần đầu", "first");
        case DossierKind::upgrade: return pick(language, "nâng hạng", "upgrade");
        case DossierKind::re_evaluation: return pick(language, "đánh giá lại", "re-evaluation");
    }
    return "?";
}

const char* name(domain::Role role) { return word(Language::en, role); }
const char* name(domain::Seat seat) { return word(Language::en, seat); }

const char* name(domain::DossierKind kind) {
    return kind == domain::DossierKind::re_evaluation ? "re_evaluation" : word(Language::en, kind);
}

const char* name(domain::NumberKind kind) {
    switch (kind) {
        case domain::NumberKind::decision: return "decision";
        case domain::NumberKind::certificate: return "certificate";
        case domain::NumberKind::form: return "form";
    }
    return "?";
}

const char* name(domain::MeetingForm form) { return form == domain::MeetingForm::written ? "written" : "in_person"; }

const char* name(domain::NoticeListKind kind) {
    switch (kind) {
        case domain::NoticeListKind::registered: return "registered";
        case domain::NoticeListKind::continues: return "continues";
        case domain::NoticeListKind::lapses: return "lapses";
    }
    return "?";
}

const char* name(domain::PromotionKind kind) {
    switch (kind) {
        case domain::PromotionKind::fair: return "fair";
        case domain::PromotionKind::ecommerce: return "ecommerce";
        case domain::PromotionKind::connection: return "connection";
        case domain::PromotionKind::other: return "other";
    }
    return "?";
}

const char* name(domain::InspectionKind kind) {
    switch (kind) {
        case domain::InspectionKind::periodic: return "periodic";
        case domain::InspectionKind::ad_hoc: return "ad_hoc";
        case domain::InspectionKind::confirmation: return "confirmation";
    }
    return "?";
}

const char* name(domain::InspectionOutcome outcome) {
    switch (outcome) {
        case domain::InspectionOutcome::kept: return "kept";
        case domain::InspectionOutcome::remedy: return "remedy";
        case domain::InspectionOutcome::revoke: return "revoke";
    }
    return "?";
}

const char* name(domain::DecisionKind kind) { return kind == domain::DecisionKind::recognition ? "recognition" : "revocation"; }

}  // namespace hoso::client
