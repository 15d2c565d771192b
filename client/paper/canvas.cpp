#include "client/paper/canvas.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hoso::client::paper {
namespace {

constexpr const char* family = "Liberation Serif";
constexpr double size_min = 6;
constexpr double quiet_modules = 4;  // around a QR code, ISO/IEC 18004

template <auto free>
struct Freed {
    template <typename Thing>
    void operator()(Thing* thing) const {
        free(thing);
    }
};
template <typename Thing, auto free>
using Held = std::unique_ptr<Thing, Freed<free>>;

cairo_status_t append(void* to, const unsigned char* bytes, unsigned int size) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

bool has_family(PangoFontMap* fonts) {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(fonts, &families, &count);
    const bool found = std::any_of(families, families + count, [](PangoFontFamily* each) {
        return std::string_view(pango_font_family_get_name(each)) == family;
    });
    g_free(families);
    return found;
}

}  // namespace

struct Canvas::Parts {
    Format format;
    std::string bytes;
    Held<cairo_surface_t, cairo_surface_destroy> surface;
    Held<cairo_t, cairo_destroy> cairo;
    Held<PangoFontMap, g_object_unref> fonts;
    Held<PangoContext, g_object_unref> context;
    Held<PangoLayout, g_object_unref> layout;

    void colour(Colour to) const { cairo_set_source_rgb(cairo.get(), to.red, to.green, to.blue); }
    void set(std::string_view text, double width, const Style& style, double size) const;
    double layout_height() const {
        int height = 0;
        pango_layout_get_size(layout.get(), nullptr, &height);
        return pango_units_to_double(height);
    }
};

void Canvas::Parts::set(std::string_view text, double width, const Style& style, double size) const {
    Held<PangoFontDescription, pango_font_description_free> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), family);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    if (style.italic) pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
    PangoLayout* to = layout.get();
    pango_layout_set_font_description(to, font.get());
    pango_layout_set_width(to, width > 0 ? pango_units_from_double(width) : -1);
    pango_layout_set_alignment(to, style.align == Align::centre  ? PANGO_ALIGN_CENTER
                                   : style.align == Align::right ? PANGO_ALIGN_RIGHT
                                                                 : PANGO_ALIGN_LEFT);
    pango_layout_set_justify(to, style.align == Align::justified);
    pango_layout_set_indent(to, pango_units_from_double(style.indent));
    pango_layout_set_line_spacing(to, static_cast<float>(style.leading));
    pango_layout_set_text(to, text.data(), static_cast<int>(text.size()));
    const Held<PangoAttrList, pango_attr_list_unref> attributes(pango_attr_list_new());
    if (style.bold_bytes > 0) {
        PangoAttribute* bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
        bold->end_index = static_cast<guint>(style.bold_bytes);
        pango_attr_list_insert(attributes.get(), bold);
    }
    pango_layout_set_attributes(to, attributes.get());
}

Canvas::Canvas(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Canvas::~Canvas() = default;

Result<std::unique_ptr<Canvas>> Canvas::open(Format format, const std::string& title, Date day) {
    auto parts = std::make_unique<Parts>();
    parts->format = format;
    parts->fonts.reset(pango_cairo_font_map_new());
    if (!has_family(parts->fonts.get()))
        return Error{Errc::not_found,
                     std::string("The font ") + family + " is not installed: it is in the package fonts-liberation2."};
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(parts->fonts.get()), 72);
    parts->surface.reset(cairo_pdf_surface_create_for_stream(append, &parts->bytes, format.width, format.height));
    cairo_surface_t* surface = parts->surface.get();
    const std::string date = to_text(day) + "T00:00:00+07:00";
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Hoso");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date.c_str());
    parts->cairo.reset(cairo_create(surface));
    parts->context.reset(pango_font_map_create_context(parts->fonts.get()));
    // A page is not a screen: letters stand where their outlines say, on every machine.
    Held<cairo_font_options_t, cairo_font_options_destroy> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(parts->context.get(), options.get());
    pango_context_set_language(parts->context.get(), pango_language_from_string("vi"));
    pango_context_set_round_glyph_positions(parts->context.get(), FALSE);
    parts->layout.reset(pango_layout_new(parts->context.get()));
    pango_layout_set_wrap(parts->layout.get(), PANGO_WRAP_WORD_CHAR);
    return std::unique_ptr<Canvas>(new Canvas(std::move(parts)));
}

double Canvas::text(std::string_view text, const Box& box, const Style& style) {
    double size = style.size;
    parts_->set(text, box.width, style, size);
    while (box.height > 0 && parts_->layout_height() > box.height && size > size_min) {
        size -= 0.5;
        parts_->set(text, box.width, style, size);
    }
    parts_->colour(style.colour);
    cairo_move_to(parts_->cairo.get(), box.x, box.y);
    pango_cairo_show_layout(parts_->cairo.get(), parts_->layout.get());
    return parts_->layout_height();
}

double Canvas::height_of(std::string_view text, double width, const Style& style) {
    parts_->set(text, width, style, style.size);
    return parts_->layout_height();
}

double Canvas::width_of(std::string_view text, const Style& style) {
    parts_->set(text, 0, style, style.size);
    int width = 0;
    pango_layout_get_size(parts_->layout.get(), &width, nullptr);
    return pango_units_to_double(width);
}

void Canvas::line(double x1, double y1, double x2, double y2, double width, Colour colour) {
    cairo_t* cairo = parts_->cairo.get();
    parts_->colour(colour);
    cairo_set_line_width(cairo, width);
    cairo_new_path(cairo);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
}

void Canvas::frame(double x, double y, double width, double height, double line_width, Colour colour) {
    cairo_t* cairo = parts_->cairo.get();
    parts_->colour(colour);
    cairo_set_line_width(cairo, line_width);
    cairo_new_path(cairo);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_stroke(cairo);
}

void Canvas::star(double x, double y, double radius, Colour colour) {
    constexpr double inner = 0.381966;  // of a star whose sides are straight lines
    cairo_t* cairo = parts_->cairo.get();
    parts_->colour(colour);
    cairo_new_path(cairo);  // a text leaves its place behind
    for (int i = 0; i < 10; ++i) {
        const double angle = std::numbers::pi * (i / 5.0 - 0.5);
        const double reach = i % 2 ? radius * inner : radius;
        cairo_line_to(cairo, x + reach * std::cos(angle), y + reach * std::sin(angle));
    }
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

Result<void> Canvas::code(std::string_view text, double x, double y, double side) {
    const std::string ended(text);
    const Held<QRcode, QRcode_free> made(QRcode_encodeString8bit(ended.c_str(), 0, QR_ECLEVEL_M));
    if (!made) return Error{Errc::limit, "The certificate's number is too long for a QR code."};
    const double module = side / (made->width + 2 * quiet_modules);
    cairo_t* cairo = parts_->cairo.get();
    cairo_new_path(cairo);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_rectangle(cairo, x, y, side, side);
    cairo_fill(cairo);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int row = 0; row < made->width; ++row) {
        for (int column = 0; column < made->width; ++column) {
            if (!(made->data[row * made->width + column] & 1)) continue;
            cairo_rectangle(cairo, x + (quiet_modules + column) * module, y + (quiet_modules + row) * module, module, module);
        }
    }
    cairo_fill(cairo);
    return {};
}

void Canvas::watermark(std::string_view text) {
    cairo_t* cairo = parts_->cairo.get();
    const auto& [width, height] = parts_->format;
    const double length = std::min(width, height) * 0.95;
    Style style{.size = 90, .bold = true, .colour = {0.96, 0.84, 0.84}};
    style.size = std::min(style.size, style.size * length / width_of(text, style));
    const double wide = width_of(text, style);
    cairo_save(cairo);
    cairo_translate(cairo, width / 2, height / 2);
    cairo_rotate(cairo, -std::numbers::pi / 6);
    this->text(text, {-wide / 2, -height_of(text, 0, style) / 2, 0}, style);
    cairo_restore(cairo);
}

void Canvas::next_page() { cairo_show_page(parts_->cairo.get()); }

Result<std::string> Canvas::finish() {
    cairo_show_page(parts_->cairo.get());
    const auto drawn = cairo_status(parts_->cairo.get());
    cairo_surface_finish(parts_->surface.get());
    const auto made = cairo_surface_status(parts_->surface.get());
    const auto failed = drawn != CAIRO_STATUS_SUCCESS ? drawn : made;
    if (failed != CAIRO_STATUS_SUCCESS)
        return Error{Errc::internal, std::string("The PDF could not be made: ") + cairo_status_to_string(failed)};
    return std::move(parts_->bytes);
}

}  // namespace hoso::client::paper
