#include "client/text/terms.hpp"

namespace hoso::client {
namespace {

struct Term {
    std::string_view key;
    std::string_view value;
    const char* vi;
    const char* en;
};

constexpr Term terms[] = {
    {"task", "complete", "hoàn thiện và nộp hồ sơ", "complete and submit the dossier"},
    {"task", "supplement", "bổ sung hồ sơ bị trả lại", "supplement the dossier that was returned"},
    {"task", "give_opinion", "cho ý kiến về hồ sơ", "give the opinion"},
    {"task", "receive", "tiếp nhận hồ sơ", "receive the dossier"},
    {"task", "enter_result", "nhập kết quả cấp trên", "enter the result from above"},
    {"task", "advise", "báo cáo tư vấn", "report as advisory group"},
    {"task", "collect_samples", "nhận đủ sản phẩm mẫu", "collect the samples"},
    {"task", "call_meeting", "triệu tập hội đồng", "call the council"},
    {"task", "score", "chấm điểm", "hand in a sheet"},
    {"task", "tally", "tổng hợp điểm", "add up the sheets"},
    {"task", "discuss_scores", "thảo luận, họp lại vì điểm chênh quá mức cho phép", "discuss the scores and call a new meeting"},
    {"task", "decide", "ký quyết định và công nhận", "sign the decision and recognise"},
    {"task", "decline", "không công nhận, trả lời chủ thể", "decline with advice"},
    {"task", "forward", "chuyển cấp trên", "forward"},
    {"task", "publish_results", "công bố kết quả", "publish the results"},
    {"task", "notify_expiry", "thông báo sắp hết hạn", "tell the subject of the expiry"},
    {"task", "ask_renewal", "hỏi chủ thể có đăng ký lại không", "ask whether the subject registers again"},
    {"task", "open_re_evaluation", "mở hồ sơ đánh giá lại", "open the re-evaluation dossier"},
    {"task", "revoke_expired", "thu hồi giấy đã hết hạn", "revoke what ran out"},
    {"task", "revoke", "thu hồi theo kết luận kiểm tra", "revoke as the inspection concluded"},
    {"task", "serve_revocation", "gửi quyết định thu hồi", "send out the revocation"},
    {"task", "answer_complaint", "trả lời kiến nghị, khiếu nại", "answer the complaint"},
    {"task", "resolve_difficulty", "giải quyết khó khăn", "resolve the difficulty"},
    {"link", "offline", "không có mạng", "no line"},
    {"link", "connecting", "đang nối", "connecting"},
    {"link", "live", "đang nối với tỉnh", "connected"},
    {"link", "halted", "đã dừng", "stopped"},
    {"link", "waiting", "chờ thử lại", "waits to try again"},
    {"basis", "none", "không có hạn", "no due day"},
    {"basis", "round", "hạn của đợt", "the round"},
    {"basis", "notice", "công văn của tỉnh", "the notice"},
    {"basis", "working_days", "số ngày làm việc theo quy định", "working days"},
    {"basis", "re_evaluation", "số ngày đánh giá lại", "days of re-evaluation"},
    {"basis", "filing_window", "thời gian nộp hồ sơ đánh giá lại", "filing window"},
    {"basis", "meeting", "ngày họp", "day of the meeting"},
    {"basis", "revocation", "số ngày thu hồi", "days to revoke"},
    {"basis", "notice_days", "mốc thông báo", "day of notice"},
    {"step", "notified", "trong danh sách của tỉnh", "on the notified lists"},
    {"step", "idea_reviewed", "đã xét ý tưởng", "idea reviewed"},
    {"step", "idea_approved", "ý tưởng được chấp thuận", "idea approved"},
    {"step", "opened", "đã mở hồ sơ", "dossier opened"},
    {"step", "submitted", "đã nộp", "submitted"},
    {"step", "received", "đã tiếp nhận", "received"},
    {"step", "tallied", "đã chấm", "tallied"},
    {"step", "recognised", "công nhận", "recognised"},
    {"step", "recognised_3", "3 sao", "3 stars"},
    {"step", "recognised_4", "4 sao", "4 stars"},
    {"step", "recognised_5", "5 sao", "5 stars"},
    {"step", "declined", "không công nhận", "declined"},
    {"step", "withdrawn", "đã rút", "withdrawn"},
    {"state", "stored", "tỉnh đã lưu", "stored at the province"},
    {"state", "waiting", "chờ gửi", "waiting to be sent"},
    {"state", "missing", "chưa có ở máy này và ở tỉnh", "neither here nor at the province"},
    {"originals", "all", "tất cả trong phạm vi", "all of its units"},
    {"originals", "demand", "khi cần", "on demand"},
    {"hours", "always", "mọi lúc", "always"},
    {"province_said", "stored", "đã lưu", "stored"},
    {"province_said", "not_cited", "chưa có hồ sơ nào viện dẫn", "nothing cites it yet"},
    {"province_said", "quota", "máy này đã gửi đủ mức một ngày", "this desk has sent enough for a day"},
    {"province_said", "full", "ổ đĩa đầy", "the disk is full"},
    {"province_said", "later", "chưa nhận hoặc chưa có", "not now"},
    {"status", "good", "còn hiệu lực", "good"},
    {"status", "extended", "được kéo dài hiệu lực", "extended"},
    {"status", "expired", "hết hạn", "expired"},
    {"status", "revoked", "đã thu hồi", "revoked"},
    {"status", "replaced", "đã được công nhận lại", "replaced"},
    {"conclusion", "kept", "đạt", "kept"},
    {"conclusion", "remedy", "phải khắc phục", "to be remedied"},
    {"conclusion", "revoke", "đề nghị thu hồi", "to be revoked"},
    {"list", "registered", "đăng ký", "registered"},
    {"list", "continues", "hết hạn, đăng ký lại", "ran out, registers again"},
    {"list", "lapses", "hết hạn, không đăng ký lại", "ran out, does not"},
    {"form", "in_person", "họp trực tiếp", "in person"},
    {"form", "written", "lấy ý kiến bằng văn bản", "in writing"},
    {"kind", "fair", "hội chợ", "fair"},
    {"kind", "ecommerce", "sàn thương mại điện tử", "e-commerce"},
    {"kind", "connection", "kết nối cung cầu", "matchmaking"},
    {"kind", "other", "khác", "other"},
    {"kind", "periodic", "định kỳ", "periodic"},
    {"kind", "ad_hoc", "đột xuất", "ad hoc"},
    {"kind", "township", "thị trấn", "township"},
    {"kind", "confirmation", "xã xác nhận", "confirmed by the commune"},
    {"level", "province", "tỉnh", "province"},
    {"level", "district", "huyện", "district"},
    {"level", "commune", "xã", "commune"},
    {"level", "central", "trung ương", "central"},
    {"part", "document", "tài liệu", "paper"},
    {"part", "opinion", "ý kiến", "opinion"},
    {"part", "criterion", "tiêu chí", "criterion"},
};

}  // namespace

const char* term(Language language, std::string_view key, std::string_view value) {
    for (const Term& known : terms) {
        if (known.key == key && known.value == value) return pick(language, known.vi, known.en);
    }
    return nullptr;
}

}  // namespace hoso::client
