#include <algorithm>
#include <array>

#include "client/paper/canvas.hpp"
#include "client/paper/papers.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/wording.hpp"

namespace hoso::client::paper {
namespace {

// Margins of Decree 30/2020/NĐ-CP, appendix I: 30 mm on the left, 20 mm elsewhere.
constexpr double left = 85, right = 57, top = 57, bottom = 57;
constexpr double width = a4_upright.width - left - right;
constexpr double page_end = a4_upright.height - bottom;
constexpr std::array<double, 6> columns{32, 100, 88, 88, 34, width - 342};
constexpr double cell_space = 3;

Style centred(double size, bool bold, bool italic = false) {
    return {.size = size, .bold = bold, .italic = italic, .align = Align::centre};
}

// Fills pages from above; a new one begins where the next piece has no room.
class Pages {
public:
    Pages(Canvas& canvas, const Marks& marks) : canvas_(canvas), marks_(marks) { begin(); }

    double at() const { return at_; }
    void skip(double height) { at_ += height; }
    bool fits(double height) const { return at_ + height <= page_end; }
    void next() {
        canvas_.next_page();
        ++number_;
        begin();
    }
    void paragraph(std::string_view text, const Style& style, double after = 5) {
        const double height = canvas_.height_of(text, width, style);
        if (!fits(height)) next();
        at_ += canvas_.text(text, {left, at_, width, page_end - top}, style) + after;
    }

private:
    void begin() {
        at_ = top;
        if (const std::string mark = mark_across(marks_); !mark.empty()) canvas_.watermark(mark);
        if (number_ > 1) canvas_.text(std::to_string(number_), {left, 30, width}, centred(13, false));
        if (marks_.training)
            canvas_.text(training_line, {left, 16, width, 12},
                         {.size = 8.5, .bold = true, .align = Align::centre, .colour = seal_red});
    }

    Canvas& canvas_;
    const Marks& marks_;
    int number_ = 1;
    double at_ = top;
};

void draw_head(Canvas& canvas, Pages& pages, const Authority& authority) {
    constexpr double half = width * 0.42, other = width - half;
    const double x = left + half, y = pages.at();
    canvas.text(committee, {left, y, half}, centred(12.5, false));
    canvas.text(upper(authority.unit), {left, y + 15, half, 16}, centred(12.5, true));
    canvas.line(left + half / 2 - 30, y + 33, left + half / 2 + 30, y + 33, 0.7, ink);
    canvas.text(nation, {x, y, other, 16}, centred(12.5, true));
    const Style bold = centred(13, true);
    canvas.text(motto, {x, y + 15, other}, bold);
    const double line = canvas.width_of(motto, bold) / 2;
    canvas.line(x + other / 2 - line, y + 33, x + other / 2 + line, y + 33, 0.7, ink);
    canvas.text("Số: " + authority.number, {left, y + 42, half, 17}, centred(13, false));
    canvas.text(place_of(authority.unit) + ", " + day_words(authority.date), {x, y + 42, other, 17}, centred(13, false, true));
    pages.skip(80);
}

void draw_signature(Canvas& canvas, Pages& pages, const DecisionFacts& facts, const DecisionWording& wording) {
    constexpr double height = 120;
    if (!pages.fits(height)) pages.next();
    const double y = pages.at() + 8;
    double line = y + canvas.text("Nơi nhận:", {left, y, width / 2}, {.size = 12, .bold = true, .italic = true});
    for (const std::string& each : wording.recipients) line += canvas.text(each, {left, line, width / 2 - 10}, {.size = 11});
    const double x = left + width / 2;
    canvas.text(upper(facts.authority.signer), {x, y, width / 2, 34}, centred(13, true));
    pages.skip(height);
}

class List {
public:
    List(Canvas& canvas, Pages& pages) : canvas_(canvas), pages_(pages) {}

    void row(const std::array<std::string, 6>& cells, bool heading) {
        double height = 0;
        for (std::size_t i = 0; i < cells.size(); ++i)
            height = std::max(height, canvas_.height_of(cells[i], columns[i] - 2 * cell_space, style(i, heading)));
        height += 2 * cell_space;
        if (heading) heading_ = cells;
        if (!pages_.fits(height)) {
            pages_.next();
            if (!heading) row(heading_, true);
        }
        double x = left;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            canvas_.frame(x, pages_.at(), columns[i], height, 0.5, ink);
            canvas_.text(cells[i], {x + cell_space, pages_.at() + cell_space, columns[i] - 2 * cell_space}, style(i, heading));
            x += columns[i];
        }
        pages_.skip(height);
    }

private:
    static Style style(std::size_t column, bool heading) {
        const bool middle = heading || column == 0 || column >= 4;
        return {.size = column == 5 ? 10.5 : 11, .bold = heading, .align = middle ? Align::centre : Align::left};
    }

    Canvas& canvas_;
    Pages& pages_;
    std::array<std::string, 6> heading_;
};

void draw_list(Canvas& canvas, Pages& pages, const DecisionFacts& facts, const DecisionWording& wording) {
    pages.next();
    pages.paragraph(wording.list_title, centred(14, true), 0);
    pages.paragraph(upper(wording.list_subject), centred(13, true), 2);
    pages.paragraph("(Kèm theo Quyết định số " + facts.authority.number + " " + day_words(facts.authority.date) + " của Chủ tịch " +
                        "Ủy ban nhân dân " + within_sentence(facts.authority.unit) + ")",
                    centred(12, false, true), 10);
    List list(canvas, pages);
    list.row({"STT", "Sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Số Giấy chứng nhận"}, true);
    for (std::size_t i = 0; i < facts.rows.size(); ++i) {
        const DecisionRow& row = facts.rows[i];
        list.row(
            {std::to_string(i + 1), row.product, row.subject, row.address, std::to_string(row.stars) + " sao", row.certificate},
            false);
    }
    pages.skip(8);
    if (!facts.marks.illustrative.empty()) pages.paragraph(facts.marks.illustrative, {.size = 10, .italic = true, .colour = grey});
}

}  // namespace

Result<std::string> decision_pdf(const DecisionFacts& facts) {
    auto opened = Canvas::open(a4_upright, "Quyết định " + facts.authority.number, facts.authority.date);
    if (!opened) return opened.error();
    Canvas& canvas = **opened;
    const DecisionWording wording = wording_of(facts);
    Pages pages(canvas, facts.marks);
    draw_head(canvas, pages, facts.authority);
    pages.paragraph("QUYẾT ĐỊNH", centred(14, true), 1);
    pages.paragraph(wording.subject, centred(14, true), 6);
    canvas.line(left + width / 2 - 45, pages.at(), left + width / 2 + 45, pages.at(), 0.7, ink);
    pages.skip(12);
    pages.paragraph(wording.authority, centred(13.5, true), 10);
    const Style ground{.size = 14, .italic = true, .align = Align::justified, .leading = 1.1, .indent = 28};
    for (const std::string& each : wording.grounds) pages.paragraph(each, ground);
    pages.skip(4);
    pages.paragraph("QUYẾT ĐỊNH:", centred(14, true), 8);
    Style article{.size = 14, .align = Align::justified, .leading = 1.1, .indent = 28};
    for (const Article& each : wording.articles) {
        article.bold_bytes = each.number.size();
        pages.paragraph(each.number + " " + each.text, article, 7);
    }
    draw_signature(canvas, pages, facts, wording);
    draw_list(canvas, pages, facts, wording);
    return canvas.finish();
}

}  // namespace hoso::client::paper
