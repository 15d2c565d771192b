#include "client/media/pdf_page.hpp"

#include "client/media/jpeg.hpp"
#include "client/media/limited_child.hpp"
#include "client/media/open_file.hpp"

namespace hoso::client::media {
namespace {

Error broken() { return {Errc::invalid, "The PDF is broken: print or scan it to PDF again."}; }
Error too_much(const char* what) {
    return {Errc::limit, std::string{"The PDF's first page takes too much "} + what + " to draw: print it to a simpler PDF."};
}

bool says(const ChildReport& report, const char* words) { return report.complaints.find(words) != std::string::npos; }

Result<void> check(const ChildReport& report) {
    switch (report.end) {
        case ChildEnd::out_of_time: return too_much("time");
        case ChildEnd::too_much_output: return too_much("room");
        case ChildEnd::not_started: return Error{Errc::io, "pdftoppm does not start: install the package poppler-utils again."};
        case ChildEnd::exited:
        case ChildEnd::crashed: break;
    }
    const bool whole = report.end == ChildEnd::exited && report.exit_code == 0 && !report.output.empty();
    if (whole) return {};
    if (says(report, "ut of memory") || says(report, "bad_alloc")) return too_much("memory");
    if (says(report, "Incorrect password")) {
        return Error{Errc::invalid, "The PDF asks for a password: save it without one."};
    }
    return broken();
}

}  // namespace

Result<Pixels> first_page(const std::filesystem::path& pdf, unsigned side_px_max) {
    const std::filesystem::path program = installed_program("pdftoppm");
    if (program.empty()) return Error{Errc::io, "PDF pages are drawn by poppler: install the package poppler-utils."};
    std::error_code failed;
    const std::filesystem::path whole_name = std::filesystem::absolute(pdf, failed);  // begins with /: it is no option
    if (failed) return Error{Errc::io, "The folder this program was started in is gone: start it again in another."};
    // The quality is high since the page is encoded once more.
    auto report = run_limited(program,
                              {"-jpeg", "-jpegopt", "quality=92", "-f", "1", "-l", "1", "-singlefile", "-scale-to",
                               std::to_string(side_px_max), whole_name.string()},
                              ChildLimits{});
    if (!report) return report.error();
    if (const auto checked = check(*report); !checked) return checked.error();
    const File page{::fmemopen(report->output.data(), report->output.size(), "rb")};
    if (!page) return too_much("memory");
    auto picture = read_jpeg(*page, side_px_max);
    if (!picture) return broken();
    return std::move(picture->pixels);
}

}  // namespace hoso::client::media
