#include "client/local_api/export_file.hpp"

#include "client/local_api/problem.hpp"

namespace hoso::client::local_api {
namespace {

constexpr const char* xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

}  // namespace

Response export_file(Answer& answer, const std::string& format, const cli::Verb& verb, Position as_of, const Desk& desk,
                     Language language) {
    if (!answer.is_list()) return problem(Error{Errc::invalid, "This command answers with no list."}, language);
    cli::Sheet sheet = answer.sheet(desk.pending().state().registry, desk.identity().training());
    const std::string_view begins = language == Language::vi ? cli::position_note_vi : cli::position_note_en;
    sheet.notes.push_back(std::string(begins) + std::to_string(as_of) + ", " + to_text(desk.now()));
    const auto file = std::make_shared<const MadeFile>(MadeFile::place(desk.folder()));
    const auto written = format == "csv" ? cli::write_csv(sheet, file->path()) : cli::write_xlsx(sheet, file->path());
    if (!written) return problem(written.error(), language);
    Response response;
    response.made = file;
    response.media_type = format == "csv" ? "text/csv; charset=utf-8" : xlsx_type;
    const std::string name = std::string(verb.noun) + "-" + to_text(local_date(desk.now())) + "." + format;
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return response;
}

}  // namespace hoso::client::local_api
