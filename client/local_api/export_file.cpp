#include "client/local_api/export_file.hpp"

#include "client/local_api/problem.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::local_api {
namespace {

constexpr std::size_t file_bytes_max = 512 << 20;
constexpr const char* xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

}  // namespace

Response export_file(Answer& answer, const std::string& format, const cli::Verb& verb, Position as_of, const Desk& desk,
                     Language language) {
    if (!answer.is_list()) return problem(Error{Errc::invalid, "This command answers with no list."}, language);
    cli::Sheet sheet = answer.sheet(desk.identity().training());
    const std::string_view begins = language == Language::vi ? cli::position_note_vi : cli::position_note_en;
    sheet.notes.push_back(std::string(begins) + std::to_string(as_of) + ", " + to_text(desk.now()));
    // The writers replace files as a whole: they get one of their own, whose name nobody can guess.
    const std::filesystem::path file = desk.folder() / ("export-" + io::random_hash().hex().substr(0, 16));
    const auto written = format == "csv" ? cli::write_csv(sheet, file) : cli::write_xlsx(sheet, file);
    const auto bytes = written ? io::read_file(file, file_bytes_max) : Result<Bytes>{written.error()};
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
    if (!bytes) return problem(bytes.error(), language);
    Response response;
    response.media_type = format == "csv" ? "text/csv; charset=utf-8" : xlsx_type;
    response.body = std::string(as_text(*bytes));
    const std::string name = std::string(verb.noun) + "-" + to_text(local_date(desk.now())) + "." + format;
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return response;
}

}  // namespace hoso::client::local_api
