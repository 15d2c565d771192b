#include "client/paper/wording.hpp"

#include "client/paper/plain_text.hpp"

namespace hoso::client::paper {
namespace {

std::string of_council(const DecisionFacts& facts) {
    return "Hội đồng đánh giá, phân hạng sản phẩm OCOP " + within_sentence(facts.authority.unit);
}

void add_grounds(DecisionWording& wording, const DecisionFacts& facts) {
    auto& grounds = wording.grounds;
    grounds.push_back("Căn cứ Luật Tổ chức chính quyền địa phương;");
    for (const std::string& regulation : facts.regulations) grounds.push_back("Căn cứ " + regulation + ";");
    for (const std::string& minutes : facts.minutes)
        grounds.push_back("Căn cứ Biên bản họp " + minutes + " của " + of_council(facts) + ";");
    if (facts.kind == domain::DecisionKind::recognition) {
        grounds.push_back("Theo đề nghị của " + of_council(facts) + ".");
    } else {
        grounds.push_back("Theo đề nghị của cơ quan tham mưu quản lý Chương trình OCOP.");
    }
}

void add_recognition(DecisionWording& wording, const DecisionFacts& facts) {
    const std::string count = std::to_string(facts.rows.size());
    const std::string unit = within_sentence(facts.authority.unit);
    wording.subject = "Về việc phê duyệt kết quả đánh giá, phân hạng và công nhận sản phẩm OCOP " + unit;
    const std::string holds = facts.months ? "có giá trị " + std::to_string(facts.months) + " tháng kể từ ngày cấp"
                                           : "có giá trị theo thời hạn ghi trên Giấy chứng nhận";
    wording.articles = {
        {"Điều 1.", "Phê duyệt kết quả đánh giá, phân hạng và công nhận " + count +
                        " sản phẩm đạt hạng sao thuộc Chương trình Mỗi xã một sản phẩm (OCOP) của " + unit +
                        " (có danh mục kèm theo)."},
        {"Điều 2.", "Cấp Giấy chứng nhận cho các sản phẩm nêu tại Điều 1. Giấy chứng nhận " + holds +
                        ". Chủ thể có sản phẩm được công nhận có trách nhiệm duy trì chất lượng, sử dụng nhãn hiệu OCOP đúng quy "
                        "định và đăng ký đánh giá lại trước khi Giấy chứng nhận hết hạn."},
    };
    wording.list_subject = "sản phẩm được công nhận hạng sao OCOP";
}

void add_revocation(DecisionWording& wording, const DecisionFacts& facts) {
    const std::string count = std::to_string(facts.rows.size());
    std::string why;
    for (const std::string& ground : facts.grounds) why += (why.empty() ? " Lý do: " : "; ") + ground;
    wording.subject = "Về việc thu hồi Giấy chứng nhận sản phẩm OCOP";
    wording.articles = {
        {"Điều 1.", "Thu hồi " + count + " Giấy chứng nhận sản phẩm OCOP (có danh mục kèm theo)." + why + (why.empty() ? "" : ".")},
        {"Điều 2.",
         "Kể từ ngày Quyết định này có hiệu lực, chủ thể có Giấy chứng nhận bị thu hồi không được sử dụng hạng sao và "
         "nhãn hiệu OCOP đối với các sản phẩm nêu tại Điều 1."},
    };
    wording.list_subject = "sản phẩm bị thu hồi Giấy chứng nhận OCOP";
}

}  // namespace

std::string mark_across(const Marks& marks) {
    if (marks.draft) return draft_mark;
    if (marks.revoked) return revoked_mark;
    return marks.training ? training_mark : std::string{};
}

DecisionWording wording_of(const DecisionFacts& facts) {
    DecisionWording wording;
    add_grounds(wording, facts);
    if (facts.kind == domain::DecisionKind::recognition) {
        add_recognition(wording, facts);
    } else {
        add_revocation(wording, facts);
    }
    wording.articles.push_back({"Điều 3.",
                                "Chánh Văn phòng, thủ trưởng các cơ quan, đơn vị có liên quan và các chủ thể có sản phẩm "
                                "nêu tại Điều 1 chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ "
                                "ngày ký./."});
    wording.authority = "CHỦ TỊCH " + std::string(committee) + " " + upper(facts.authority.unit);
    wording.list_title = "DANH MỤC";
    wording.recipients = {"- Như Điều 3;", "- Cơ quan quản lý Chương trình OCOP cấp trên;", "- Lưu: VT."};
    return wording;
}

}  // namespace hoso::client::paper
