#include "client/text/words.hpp"

namespace hoso::client {
namespace {

struct Sentence {
    const char* vi;
    const char* en;
};

// By the number of the reason: a missing one does not compile.
constexpr Sentence sentences[domain::reasons] = {
    {"", ""},
    {"Chữ ký, phiên làm việc hoặc khóa không hợp lệ", "A signature, session or key does not hold"},
    {"Một trường sai kích thước, sai mã chữ hoặc ngoài phạm vi", "A field has the wrong size, is no UTF-8 or is out of range"},
    {"Hành động không thuộc loại luồng này", "The action does not belong to a stream of this kind"},
    {"Không có ủy quyền với vai trò cần thiết ở đơn vị này", "No mandate of the needed role covers this unit"},
    {"Ủy quyền đã hết hiệu lực", "The mandate has ended"},
    {"Chưa rõ ủy quyền đã bắt đầu hay chưa", "It is not certain that the mandate had begun"},
    {"Không phải thành viên hội đồng", "Not a member of the council"},
    {"Phiên làm việc đã hết hạn", "The session has expired"},
    {"Ngày ghi nằm ngoài khoảng thời gian có thể kiểm chứng", "The stated date lies outside of what can be verified"},
    {"Không có đơn vị này", "There is no such unit"},
    {"Không có tài khoản này", "There is no such account"},
    {"Không có bộ tiêu chí này", "There is no such rule set"},
    {"Không có đợt đánh giá này", "There is no such round"},
    {"Không có hội đồng này", "There is no such council"},
    {"Không có kỳ họp này", "There is no such meeting"},
    {"Không có quyết định này", "There is no such decision"},
    {"Bộ tiêu chí không có cấp này", "The rule set has no such stage"},
    {"Không có bộ sản phẩm này", "There is no such product set"},
    {"Không có tiêu chí này", "There is no such criterion"},
    {"Bộ tiêu chí không có loại tài liệu này", "The rule set has no such document"},
    {"Không có giấy chứng nhận này", "There is no such certificate"},
    {"Không có hồ sơ này", "There is no such dossier"},
    {"Không có ủy quyền này", "There is no such mandate"},
    {"Không có phiếu ghi danh này", "There is no such slip"},
    {"Bộ tiêu chí không có căn cứ này", "The rule set has no such ground"},
    {"Mã hoặc số này đã có", "The id or number is taken"},
    {"Đơn vị đã kết thúc hoạt động", "The unit is closed"},
    {"Phiếu ghi danh đã được dùng", "The slip was used"},
    {"Phiếu ghi danh đã hết hạn", "The slip has expired"},
    {"Hồ sơ không ở bước cho phép việc này", "The dossier is not in a phase that allows this"},
    {"Hồ sơ không ở cấp này", "The dossier is not at this stage"},
    {"Một việc khác đã được ghi trước", "Another transition was logged first"},
    {"Hồ sơ đã thay đổi so với lúc xem: hãy xem lại rồi quyết định",
     "The dossier has changed since it was seen: look again and decide"},
    {"Sản phẩm đang có một hồ sơ chưa kết thúc", "The product has a dossier under way"},
    {"Bộ tiêu chí không áp dụng cho loại hồ sơ và ngày nộp này", "The rule set is not in force for this kind and filing date"},
    {"Phiếu tự đánh giá chưa đủ", "The self-assessment is incomplete"},
    {"Phiếu tiêu chí không có mức này", "The sheet does not offer this option"},
    {"Thiếu ý kiến của cấp dưới", "The opinion of a lower stage is missing"},
    {"Thiếu tài liệu bắt buộc", "A mandatory document is missing"},
    {"Kỳ họp đã kết thúc", "The meeting is closed"},
    {"Kỳ họp chưa kết thúc", "The meeting is still open"},
    {"Khóa không khớp với kỳ họp", "The key is not that of the meeting"},
    {"Không đủ số phiếu hợp lệ theo quy chế", "The quorum of valid sheets was not met"},
    {"Điểm của các thành viên chênh lệch quá mức cho phép", "The totals of the members differ by more than allowed"},
    {"Kết quả tổng hợp không đúng với các phiếu", "The tally is not what the sheets add up to"},
    {"Cấp này không công nhận hạng sao đó với kết quả này", "This stage does not decide these stars for this result"},
    {"Điểm trung bình chưa đạt mức chuyển cấp trên", "The average is under what the stage forwards from"},
    {"Số không nằm trong dải đã cấp cho máy này", "The number was not granted to this device"},
    {"Số đã được dùng", "The number was used"},
    {"Quyết định không có dòng này", "The decision has no such line"},
    {"Giấy chứng nhận chưa hết hạn", "The certificate has not run out"},
    {"Giấy chứng nhận đã bị thu hồi", "The certificate has been revoked"},
    {"Việc này không ở trạng thái treo", "The action is not held"},
    {"Kỳ họp không có hồ sơ này", "The meeting does not list this dossier"},
    {"Thiếu báo cáo của Tổ tư vấn", "The advisory report is missing"},
    {"Giấy chứng nhận cấp từ khi có sổ này: phải có quyết định công nhận",
     "The certificate is not older than this log: recognise it by a decision"},
    {"Chờ việc đăng ký hoặc mở hồ sơ đang bị treo", "The registration or opening it rests on is held"},
    {"Không có phiếu tiêu chí của bộ sản phẩm này: nhập kết quả từ biên bản đã ký của Hội đồng",
     "There is no criteria sheet of this product set: enter the result from the council's signed minutes"},
    {"Quy định này không còn dùng để công nhận hồ sơ nộp ngày đó: chờ người có thẩm quyền xem xét",
     "The regulation no longer decides dossiers of that filing day: it waits for an authority"},
    {"Thành viên không được chấm hồ sơ này vì có liên quan", "The member may not judge this dossier"},
    {"Ý tưởng sản phẩm chưa được chấp thuận: xét lại ý tưởng trước",
     "The product's idea was declined: have it reviewed again first"},
    {"Giấy chứng nhận chưa bị thu hồi", "The certificate is not revoked"},
    {"Không có cơ quan này trong đơn vị", "There is no such office in the unit"},
    {"Không có việc mà hành động này trả lời hoặc tham gia", "What it answers or joins is not there"},
    {"Mã sản phẩm không đúng mẫu của quy định", "The product code has not the form that the regulation lays down"},
    {"Đơn vị của cấp này đã kết thúc và chưa bộ tiêu chí nào đang áp dụng giao cho ai quyết định thay: hồ sơ chờ",
     "The unit of this stage is closed and no rule set in force lets anybody decide in its place: the dossier waits"},
    {"Ngày ghi sớm hơn ngày của việc mà nó dựa vào; hãy kiểm tra ngày họp, ngày quyết định, ngày cấp",
     "The date lies before that of what it rests on; check the days of meeting, decision and issue"},
    {"Cuộc họp trước đã kết thúc với các phiếu hợp lệ; hãy tổng hợp phiếu của cuộc họp đó trước",
     "An earlier meeting was closed with sheets that hold; add up that meeting's sheets first"},
    {"Sản phẩm còn giấy chứng nhận có hiệu lực; hãy mở hồ sơ nâng hạng hoặc đánh giá lại",
     "The product holds a certificate in force; open an upgrade or a re-evaluation"},
    {"Loại tệp hoặc dung lượng tệp không được quy định cho phép", "The regulation does not allow a file of this type or size"},
    {"Tỉnh chưa nhận đủ tệp của hồ sơ; chờ tệp được gửi xong",
     "The province does not have all files of the dossier yet; wait until they are sent"},
};

}  // namespace

const char* sentence(Language language, domain::Reason reason) {
    const auto number = static_cast<std::size_t>(reason);
    if (number >= domain::reasons) return pick(language, "Lý do chưa biết", "Unknown reason");
    return pick(language, sentences[number].vi, sentences[number].en);
}

std::optional<domain::Reason> reason_from(std::string_view text) {
    for (std::uint16_t i = 0; i < domain::reasons; ++i) {
        if (text == name(static_cast<domain::Reason>(i))) return static_cast<domain::Reason>(i);
    }
    return std::nullopt;
}

const char* word(Language language, domain::Outcome outcome) {
    switch (outcome) {
        case domain::Outcome::effective: return pick(language, "có hiệu lực", "effective");
        case domain::Outcome::held: return pick(language, "treo", "held");
        case domain::Outcome::voided: return pick(language, "không có hiệu lực", "void");
    }
    return "?";
}

std::string sentence(Language language, const domain::Verdict& verdict) {
    std::string text = word(language, verdict.outcome);
    if (verdict.reason != domain::Reason::none) text += std::string(": ") + sentence(language, verdict.reason);
    if (verdict.against != no_position) text += pick(language, " (vị trí ", " (position ") + std::to_string(verdict.against) + ")";
    return text;
}

}  // namespace hoso::client
