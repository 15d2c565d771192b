#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

// Pages of a PDF file. The same calls give the same bytes: no date but the paper's own is in them. canvas.cpp alone sees Cairo and
// Pango. Lengths are points of 1/72 inch, from the upper left corner.
namespace hoso::client::paper {

struct Colour {
    double red = 0, green = 0, blue = 0;
};
inline constexpr Colour ink{0.10, 0.10, 0.12};
inline constexpr Colour grey{0.36, 0.36, 0.38};
inline constexpr Colour seal_red{0.72, 0.07, 0.10};
inline constexpr Colour gold{0.80, 0.60, 0.16};

enum class Align { left, centre, right, justified };

struct Style {
    double size = 13;
    bool bold = false;
    bool italic = false;
    Align align = Align::left;
    Colour colour = ink;
    double leading = 1.0;        // between lines, in heights of a line
    double indent = 0;           // of the first line
    std::size_t bold_bytes = 0;  // of its beginning
};

struct Box {
    double x = 0, y = 0, width = 0;
    double height = 0;  // at most: the letters get smaller until the text fits; 0: as high as it comes
};

class Canvas {
public:
    struct Format {
        double width = 0, height = 0;
    };
    // Errc::not_found when a font of the papers is not installed.
    static Result<std::unique_ptr<Canvas>> open(Format format, const std::string& title, Date day);
    ~Canvas();

    double text(std::string_view text, const Box& box, const Style& style);  // the height it took
    double height_of(std::string_view text, double width, const Style& style);
    double width_of(std::string_view text, const Style& style);
    void line(double x1, double y1, double x2, double y2, double width, Colour colour);
    void frame(double x, double y, double width, double height, double line_width, Colour colour);
    void star(double x, double y, double radius, Colour colour);  // around that point
    // Errc::limit for more than a code holds.
    Result<void> code(std::string_view text, double x, double y, double side);
    void watermark(std::string_view text);  // across the page, below what is drawn after it
    void next_page();
    Result<std::string> finish();

private:
    struct Parts;
    explicit Canvas(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

inline constexpr Canvas::Format a4_upright{595.276, 841.89};
inline constexpr Canvas::Format a4_wide{841.89, 595.276};

}  // namespace hoso::client::paper
