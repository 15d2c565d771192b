#include "client/local_api/lookup_page.hpp"

#include "client/local_api/lookup_style.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/proof.hpp"
#include "client/paper/template.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/hash.hpp"

namespace hoso::client::local_api {
namespace {

using paper::day_text;
using paper::escaped;

constexpr std::string_view sign_good = "M5 13l5 5L20 7";
constexpr std::string_view sign_gone = "M6 6l12 12M18 6L6 18";
constexpr std::string_view sign_time = "M12 7v6l4 2";

// Puts a page together in one language. What comes from the log or from the one who asks goes through escaped() alone.
class Writer {
public:
    explicit Writer(const PageFrame& frame) : frame_(frame) {}

    const char* say(const char* vi, const char* en) const { return pick(frame_.language, vi, en); }
    std::string text(const char* vi, const char* en) const { return say(vi, en); }  // our own words: no markup is in them
    // An address of this port, in the language that was asked for.
    std::string link(std::string_view path) const {
        const std::string kept = frame_.asked_language ? std::string("?lang=") + say("vi", "en") : std::string{};
        return escaped(std::string(path) + kept);
    }
    std::string page(const std::string& title, const std::string& main) const {
        std::string made =
            "<!doctype html>\n<html lang=\"" + std::string(say("vi", "en")) +
            "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
            "<meta name=\"robots\" content=\"noindex\"><title>" +
            title + "</title><style>" + lookup_style + "</style></head><body>";
        if (frame_.training)
            made += "<aside class=\"training\" aria-label=\"" + text("Tập huấn", "Training") + "\">" +
                    text("TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ: dữ liệu thực hành", "TRAINING – NO LEGAL FORCE: practice data") +
                    "</aside>";
        made += header() + "<main>" + main + search() + as_of() + "</main>" + footer() + "</body></html>\n";
        return made;
    }

private:
    std::string header() const {
        const char* other = say("en", "vi");
        return "<header><p>" + escaped("OCOP · " + frame_.province) + "</p><nav aria-label=\"" + text("Ngôn ngữ", "Language") +
               "\"><a lang=\"" + other + "\" hreflang=\"" + other + "\" href=\"" + escaped(frame_.path) + "?lang=" + other + "\">" +
               say("English", "Tiếng Việt") + "</a></nav></header>";
    }
    std::string search() const {
        std::string made = "<form role=\"search\" method=\"get\" action=\"/v\"><label for=\"number\">" +
                           text("Số giấy chứng nhận", "Number of the certificate") + "</label><p class=\"hint\" id=\"hint\">" +
                           text("Ghi ở góc dưới bên trái giấy chứng nhận, hoặc dán nội dung mã QR.",
                                "In the lower left corner of the certificate; or paste what its QR code says.") +
                           "</p><div class=\"row\"><input id=\"number\" name=\"number\" required maxlength=\"700\" "
                           "autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\" aria-describedby=\"hint\">";
        if (frame_.asked_language) made += std::string("<input type=\"hidden\" name=\"lang\" value=\"") + say("vi", "en") + "\">";
        return made + "<button>" + text("Tra cứu", "Look up") + "</button></div></form>";
    }
    std::string moment(Instant at) const { return to_text(at).substr(11, 5) + say(" ngày ", " on ") + day_text(local_date(at)); }

    std::string as_of() const {
        const AsOf& from = frame_.as_of;
        std::string made;
        if (from.position > 0) {
            made += "<p class=\"as-of\">" + text("Theo sổ ghi của tỉnh đến vị trí ", "By the province's log up to position ") +
                    std::to_string(from.position) + text(", nhận ngày ", ", received on ") + day_text(from.day) + ".";
            if (from.connected) made += text(" Máy này đang kết nối với tỉnh.", " This desk is connected to the province.");
            if (!from.connected && from.heard != 0)
                made += text(" Máy này nhận đủ tin của tỉnh lần cuối lúc ",
                             " This desk last received everything from the province at ") +
                        moment(from.heard) + ".";
            made += "</p>";
        }
        if (!from.follows.empty())
            made += "<p class=\"as-of\">" + text("Máy này chỉ theo dõi sản phẩm của ", "This desk follows the products of ") +
                    escaped(from.follows) + text(".", " alone.") + "</p>";
        return made;
    }
    std::string footer() const {
        return "<footer><p>" +
               text(
                   "Trang này chỉ cho biết những gì in trên giấy chứng nhận và tình trạng của giấy. Trang không lưu ai đã tra cứu.",
                   "This page tells what certificates print, and what they are worth now. It keeps no record of who asks.") +
               "</p></footer>";
    }

    const PageFrame& frame_;
};

std::string warning(const PageFrame& frame, const Writer& write) {
    const AsOf& from = frame.as_of;
    if (from.current) return {};
    if (from.position == 0)
        return "<p class=\"warning\">" +
               write.text("Máy này chưa nhận sổ ghi của tỉnh: chưa trả lời được. Hãy thử lại sau.",
                          "This desk has not received the province's log yet and cannot answer. Try again later.") +
               "</p>";
    return "<p class=\"warning\"><strong>" + write.text("Có thể chưa mới nhất. ", "This may be out of date. ") + "</strong>" +
           write.text("Máy này đã lâu chưa nhận đủ tin của tỉnh: việc cấp mới, thu hồi sau ngày ",
                      "This desk has not received everything from the province for some time: what was issued or revoked after ") +
           day_text(from.heard == 0 ? from.day : local_date(from.heard)) +
           write.text(" có thể chưa hiện ở đây. Khi cần chắc chắn, hãy hỏi cơ quan OCOP của tỉnh.",
                      " may not show here. Where it matters, ask the province's OCOP office.") +
           "</p>";
}

struct StatusWords {
    const char* kind;  // of the style
    std::string_view sign;
    std::string title, line;  // escaped
};

StatusWords words_of(const FoundCertificate& from, const Writer& write) {
    if (from.status == "revoked")
        return {"gone", sign_gone, write.text("Đã bị thu hồi", "Revoked"),
                write.text("từ ngày ", "from ") + day_text(from.revoked_on) +
                    write.text(". Giấy này không còn chứng nhận hạng sao.", " on. It certifies no stars any more.")};
    if (from.status == "replaced")
        return {"over", sign_time, write.text("Đã có giấy mới thay thế", "Replaced by a newer one"),
                write.text("Giấy số ", "Certificate ") + "<a href=\"" +
                    write.link(std::string(paper::lookup_path) + paper::in_address(from.replaced_by)) + "\">" +
                    escaped(from.replaced_by) + "</a>" + write.text(", cấp ngày ", ", issued on ") + day_text(from.replaced_on) +
                    write.text(". Hạng sao hiện nay ghi ở giấy đó.", ". It states the stars of today.")};
    if (from.status == "expired")
        return {"over", sign_time, write.text("Đã hết hạn", "Expired"),
                write.text("Ngày cuối còn hiệu lực: ", "Its last day was ") + day_text(from.good_until) + "."};
    if (from.status == "upcoming")
        return {"soon", sign_time, write.text("Chưa có hiệu lực", "Not valid yet"),
                write.text("Có hiệu lực từ ngày ", "Valid from ") + day_text(from.issued) + write.text(".", " on.")};
    std::string line = write.text("đến hết ngày ", "until the end of ") + day_text(from.good_until);
    if (from.status == "extended")
        line += write.text(": được kéo dài trong khi đánh giá lại", ": extended while the product is evaluated again");
    if (from.revoked_on != Date{})
        line += write.text(". Đã có quyết định thu hồi từ ngày ", ". A decision revokes it from ") + day_text(from.revoked_on) +
                write.text("", " on");
    return {"good", sign_good, write.text("Còn hiệu lực", "Valid"), line + "."};
}

std::string status_block(const FoundCertificate& from, const Writer& write) {
    const StatusWords words = words_of(from, write);
    return std::string("<div class=\"status ") + words.kind +
           "\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\" fill=\"none\" "
           "stroke=\"currentColor\" stroke-width=\"2.5\" stroke-linecap=\"round\"><circle cx=\"12\" cy=\"12\" r=\"10.5\" "
           "stroke-width=\"1.5\"/><path d=\"" +
           std::string(words.sign) + "\"/></svg><p><strong>" + words.title + "</strong>" + words.line + "</p></div>";
}

class Facts {
public:
    // A row; none for an empty value. `value` is escaped already.
    void add(const std::string& label, const std::string& value, const char* style = "") {
        if (value.empty()) return;
        rows_ += "<div><dt>" + label + "</dt><dd" + (style[0] ? std::string(" class=\"") + style + "\"" : "") + " lang=\"vi\">" +
                 value + "</dd></div>";
    }
    std::string take() { return "<dl>" + rows_ + "</dl>"; }

private:
    std::string rows_;
};

std::string facts_of(const FoundCertificate& from, const Writer& write) {
    Facts facts;
    facts.add(write.text("Sản phẩm", "Product"), escaped(from.product), "product");
    std::string stars;
    for (unsigned i = 0; i < from.stars; ++i) stars += "★";
    facts.add(write.text("Hạng sao", "Stars"),
              "<span class=\"stars\" aria-hidden=\"true\">" + stars + "</span> " + std::to_string(from.stars) + " sao");
    facts.add(write.text("Chủ thể", "Producer"), escaped(from.subject));
    facts.add(write.text("Địa chỉ", "Address"), escaped(from.address));
    facts.add(write.text("Số giấy chứng nhận", "Number"), escaped(from.number));
    facts.add(write.text("Mã sản phẩm", "Product code"), escaped(from.code));
    facts.add(write.text("Quyết định", "Decision"),
              from.decision.empty() ? std::string{} : escaped(from.decision) + ", " + day_text(from.decision_date));
    facts.add(write.text("Ngày cấp", "Issued"), day_text(from.issued));
    facts.add(write.text("Ngày cuối còn hiệu lực", "Last day"), day_text(from.last_day));
    return facts.take();
}

std::string item_words(const std::string& item, const Writer& write) {
    if (item == "name") return write.text("tên sản phẩm", "product name");
    if (item == "stars") return write.text("hạng sao", "stars");
    if (item == "issued") return write.text("ngày cấp", "day of issue");
    if (item == "decision") return write.text("số quyết định", "number of the decision");
    if (item == "decision_date") return write.text("ngày quyết định", "day of the decision");
    return write.text("một mục khác", "another item");
}

// As the log writes a value: days as 2023-12-31.
std::string shown_value(const std::string& value) {
    const auto day = date_from_text(value);
    return escaped(day ? day_text(*day) : value);
}

std::string corrections_of(const FoundCertificate& from, const Writer& write) {
    if (from.corrections.empty()) return {};
    std::string made = "<p><strong>" + write.text("Đã đính chính", "Corrected") + "</strong></p><ul>";
    for (const FoundCorrection& each : from.corrections) {
        made += "<li>" + item_words(each.item, write);
        if (!each.after.empty())
            made += ": " + write.text("“", "“") + shown_value(each.before) + write.text("” nay là “", "” is now “") +
                    shown_value(each.after) + "”";
        if (!each.number.empty()) made += write.text(", theo văn bản số ", ", by document ") + escaped(each.number);
        if (each.date != Date{}) made += write.text(" ngày ", " of ") + day_text(each.date);
        made += "</li>";
    }
    return made + "</ul>";
}

// A rule set says it as "Vietnamese / English".
std::string in_language(const std::string& both, const Writer& write) {
    const auto slash = both.find(" / ");
    if (slash == std::string::npos) return both;
    return write.text(both.substr(0, slash).c_str(), both.substr(slash + 3).c_str());
}

std::string card(const FoundCertificate& from, const Writer& write, bool one_of_many) {
    std::string made = "<article class=\"card\">";
    if (one_of_many) made += "<h2 class=\"hint\">" + escaped(from.number) + "</h2>";
    made += status_block(from, write) + facts_of(from, write) + corrections_of(from, write);
    if (!from.illustrative.empty()) made += "<p class=\"as-of\">" + escaped(in_language(from.illustrative, write)) + "</p>";
    return made + "</article>";
}

}  // namespace

std::string search_page(const PageFrame& frame) {
    const Writer write(frame);
    const std::string title = write.text("Tra cứu giấy chứng nhận OCOP", "Look up an OCOP certificate");
    return write.page(title,
                      "<h1>" + title + "</h1><p>" +
                          write.text("Xem giấy chứng nhận hạng sao của một sản phẩm có còn hiệu lực hay không: quét mã QR trên "
                                     "giấy, hoặc nhập số của giấy.",
                                     "See whether a product's certificate of stars is still valid: scan the QR code on it, or "
                                     "type its number.") +
                          "</p>" + warning(frame, write));
}

std::string found_page(const PageFrame& frame, const LookedUp& answer) {
    const Writer write(frame);
    const bool many = answer.found.size() > 1;
    const std::string heading = many ? std::to_string(answer.found.size()) +
                                           write.text(" giấy chứng nhận có số gần như nhau", " certificates are called alike")
                                     : write.text("Giấy chứng nhận số ", "Certificate ") + escaped(answer.found.front().number);
    std::string main = "<h1>" + heading + "</h1>" + warning(frame, write);
    for (const FoundCertificate& each : answer.found) main += card(each, write, many);
    main +=
        "<p>" +
        write.text(
            "So sản phẩm, chủ thể, số sao và ngày ở đây với giấy trong tay quý vị. Nếu khác nhau, giấy đó không phải giấy này: hãy "
            "báo Ủy ban nhân dân xã hoặc cơ quan OCOP của tỉnh.",
            "Compare product, producer, stars and days with the paper in your hand. If they differ, it is not this "
            "certificate: tell the commune's People's Committee or the province's OCOP office.") +
        "</p>";
    const std::string status = many ? std::string{} : words_of(answer.found.front(), write).title + " – ";
    return write.page(status + heading, main);
}

std::string notice_page(const PageFrame& frame, const Notice& notice, const std::string& asked) {
    const Writer write(frame);
    const std::string title = write.text(notice.title_vi, notice.title_en);
    const std::string number = asked.empty() ? std::string{} : "<p class=\"product\" lang=\"vi\">" + escaped(asked) + "</p>";
    return write.page(title, "<h1>" + title + "</h1>" + number + "<p>" + write.text(notice.text_vi, notice.text_en) + "</p>" +
                                 warning(frame, write));
}

Notice notice_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::no_number:
            return {"Chưa có số giấy chứng nhận", "No number of a certificate",
                    "Hãy nhập số đúng như in trên giấy, ví dụ 1/2023/OCOP-ĐB; nhiều nhất 200 ký tự.",
                    "Type the number as the certificate prints it, such as 1/2023/OCOP-ĐB; at most 200 letters."};
        case Outcome::other_log:
            return {"Giấy của sổ ghi khác", "A certificate of another log",
                    "Mã QR này là của sổ ghi khác, thường là tỉnh khác: hãy tra cứu ở trang của tỉnh đã cấp giấy.",
                    "This QR code is of another log, most likely another province's: look it up at the province that issued it."};
        case Outcome::other_decision:
            return {"Mã QR không khớp với sổ ghi", "The QR code does not agree with the log",
                    "Sổ ghi có giấy mang số này nhưng theo quyết định khác với mã QR. Giấy có thể là giả: hãy báo cơ quan OCOP của "
                    "tỉnh, và "
                    "nhập số của giấy ở dưới để xem giấy thật.",
                    "There is a certificate of this number, by another decision than the QR code names. The paper may be forged: "
                    "tell the "
                    "province's OCOP office, and type the number below to see the real one."};
        case Outcome::found:
        case Outcome::unknown: break;
    }
    return {"Không có giấy chứng nhận số này ở đây", "No certificate of this number is known here",
            "Hãy kiểm tra lại số in trên giấy. Giấy vừa cấp có thể chưa về đến đây; giấy của tỉnh khác thì tra cứu ở tỉnh đó. Nếu "
            "giấy trong tay "
            "quý vị đúng là mang số này, hãy báo Ủy ban nhân dân xã hoặc cơ quan OCOP của tỉnh.",
            "Check the number on the paper. One that was just issued may not be here yet; another province's is looked up there. "
            "If the "
            "paper in your hand does bear this number, tell the commune's People's Committee or the province's OCOP office."};
}

const std::string& page_policy() {
    static const std::string policy = "default-src 'none'; style-src 'sha256-" + to_base64(sha256(as_bytes(lookup_style)).bytes) +
                                      "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    return policy;
}

}  // namespace hoso::client::local_api
