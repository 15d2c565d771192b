#include "client/paper/canvas.hpp"
#include "client/paper/papers.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/wording.hpp"

namespace hoso::client::paper {
namespace {

constexpr double page_width = a4_wide.width;
constexpr double page_height = a4_wide.height;
constexpr double margin = 62;
constexpr double inside = page_width - 2 * margin;

Style centred(double size, bool bold, Colour colour = ink) {
    return {.size = size, .bold = bold, .align = Align::centre, .colour = colour};
}

void draw_frame(Canvas& canvas) {
    canvas.frame(20, 20, page_width - 40, page_height - 40, 3.2, gold);
    canvas.frame(26, 26, page_width - 52, page_height - 52, 0.8, seal_red);
    canvas.frame(29.5, 29.5, page_width - 59, page_height - 59, 0.4, gold);
    for (const double x : {26.0, page_width - 26}) {
        for (const double y : {26.0, page_height - 26}) canvas.star(x, y, 9, gold);
    }
}

void draw_head(Canvas& canvas, const CertificateFacts& facts) {
    constexpr double column = inside / 2;
    const double right = margin + column;
    canvas.text(committee, {margin, 46, column}, centred(13, false));
    canvas.text(upper(facts.authority.unit), {margin, 61, column, 16}, centred(13, true));
    canvas.line(margin + column / 2 - 38, 79, margin + column / 2 + 38, 79, 0.7, ink);
    canvas.text(nation, {right, 46, column}, centred(13, true));
    const Style motto_style = centred(13.5, true);
    canvas.text(motto, {right, 61, column}, motto_style);
    const double half = canvas.width_of(motto, motto_style) / 2;
    canvas.line(right + column / 2 - half, 79, right + column / 2 + half, 79, 0.7, ink);
}

void draw_stars(Canvas& canvas, unsigned stars, double y) {
    constexpr double step = 42;
    const double first = page_width / 2 - step * (stars - 1) / 2;
    for (unsigned i = 0; i < stars; ++i) canvas.star(first + step * i, y, 17, gold);
}

void draw_body(Canvas& canvas, const CertificateFacts& facts) {
    const Style label = {.size = 13, .italic = true, .align = Align::centre, .colour = grey};
    canvas.text("GIẤY CHỨNG NHẬN", {margin, 92, inside}, centred(35, true, seal_red));
    canvas.text("SẢN PHẨM OCOP – CHƯƠNG TRÌNH MỖI XÃ MỘT SẢN PHẨM", {margin, 136, inside}, centred(14, true, seal_red));
    canvas.text("Chứng nhận sản phẩm", {margin, 164, inside}, label);
    canvas.text(facts.product, {margin, 181, inside, 62}, centred(27, true));
    const double y = 181 + canvas.height_of("Ồ", inside, centred(27, true)) + 4;
    const bool long_name = canvas.height_of(facts.product, inside, centred(27, true)) > 40;
    double at = long_name ? 246 : y + 4;
    if (!facts.code.empty())
        at += canvas.text("Mã sản phẩm: " + facts.code, {margin, at, inside, 16}, centred(12, false, grey)) + 5;
    at += canvas.text("Chủ thể: " + facts.subject, {margin, at, inside, 36}, centred(16, true)) + 3;
    at += canvas.text("Địa chỉ: " + facts.address, {margin, at, inside, 34}, centred(13, false)) + 8;
    const double stars_at = std::max(at, 300.0) + 20;
    draw_stars(canvas, facts.stars, stars_at);
    canvas.text("ĐẠT HẠNG " + std::to_string(facts.stars) + " SAO", {margin, stars_at + 23, inside}, centred(19, true, seal_red));
}

Result<void> draw_foot(Canvas& canvas, const CertificateFacts& facts) {
    const Authority& authority = facts.authority;
    constexpr double side = 104, foot = 408;
    if (!facts.proof.empty()) {
        if (auto drawn = canvas.code(facts.proof, margin - 10, foot + 12, side); !drawn) return drawn;
    }
    const double left = margin + side;
    constexpr double width = 292;
    const Style plain{.size = 12.5, .leading = 1.05};
    double at = foot + 20;
    at += canvas.text("Số: " + facts.number, {left, at, width, 18}, {.size = 13.5, .bold = true}) + 3;
    at += canvas.text("Theo Quyết định số " + authority.number + " ngày " + day_text(authority.date) + " của " +
                          "Chủ tịch Ủy ban nhân dân " + within_sentence(authority.unit),
                      {left, at, width, 48}, plain) +
          3;
    canvas.text("Có giá trị từ ngày " + day_text(facts.issued) + " đến hết ngày " + day_text(facts.last_day), {left, at, width, 32},
                {.size = 12.5, .bold = true});
    constexpr double right = page_width - margin - 270;
    canvas.text(place_of(authority.unit) + ", " + day_words(facts.issued), {right, foot, 270, 17},
                {.size = 13, .italic = true, .align = Align::centre});
    canvas.text(upper(authority.signer), {right, foot + 18, 270, 34}, centred(13, true));
    return {};
}

void draw_notes(Canvas& canvas, const CertificateFacts& facts) {
    if (facts.marks.training) canvas.text(training_line, {margin, 32.5, inside, 12}, centred(9, true, seal_red));
    if (facts.marks.illustrative.empty()) return;
    canvas.text(facts.marks.illustrative, {margin, page_height - 51, inside, 18},
                {.size = 8, .italic = true, .align = Align::centre, .colour = grey});
}

}  // namespace

Result<std::string> certificate_pdf(const CertificateFacts& facts) {
    auto opened = Canvas::open(a4_wide, "Giấy chứng nhận " + facts.number, facts.issued);
    if (!opened) return opened.error();
    Canvas& canvas = **opened;
    if (const std::string mark = mark_across(facts.marks); !mark.empty()) canvas.watermark(mark);
    draw_frame(canvas);
    draw_head(canvas, facts);
    draw_body(canvas, facts);
    if (auto drawn = draw_foot(canvas, facts); !drawn) return drawn.error();
    draw_notes(canvas, facts);
    return canvas.finish();
}

}  // namespace hoso::client::paper
