#include "client/cli/papers.hpp"

#include "client/cli/package_file.hpp"
#include "client/local_api/api.hpp"
#include "client/media/media.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::local_api {
namespace {

constexpr unsigned picture_side_px = 1200;

// /api/v1/papers/certificate/ID.pdf: what stands around the id.
struct Asked {
    std::string kind;
    std::string id;  // may hold slashes: numbers do
    std::string end;
};
std::optional<Asked> asked_for(std::string_view path) {
    const auto slash = path.find('/');
    const auto dot = path.rfind('.');
    if (slash == std::string_view::npos || dot == std::string_view::npos || dot <= slash + 1) return std::nullopt;
    return Asked{std::string(path.substr(0, slash)), std::string(path.substr(slash + 1, dot - slash - 1)),
                 std::string(path.substr(dot + 1))};
}

std::optional<Result<cli::Paper>> paper_for(const Asked& asked, const paper::Source& source) {
    const bool pdf = asked.end == "pdf" || asked.end == "jpg", docx = asked.end == "docx";
    if (asked.kind == "certificate" && pdf) return cli::certificate_paper(source, asked.id);
    if (asked.kind == "decision" && (pdf || docx))
        return cli::decision_paper(source, asked.id, pdf ? cli::PaperForm::pdf : cli::PaperForm::docx);
    if (asked.kind == "minutes" && docx) return cli::minutes_paper(source, asked.id);
    if (asked.kind == "report" && docx) return cli::report_paper(source, asked.id);
    return std::nullopt;
}

std::string called(const char* shown, const std::string& name) { return std::string(shown) + "; filename=\"" + name + "\""; }

// A PDF's first page as the paper's own bytes draw it.
Response picture_of(const cli::Paper& paper, const Desk& desk, Language language) {
    const MadeFile pdf(MadeFile::place(desk.folder()));
    const auto written = io::write_new_file(pdf.path(), as_bytes(paper.bytes), 0600);
    const auto picture = written ? media::page_picture(pdf.path(), picture_side_px) : Result<Bytes>{written.error()};
    if (!picture) return problem(picture.error(), language);
    Response response;
    response.media_type = "image/jpeg";
    response.body = std::string(as_text(*picture));
    return response;
}

}  // namespace

// The bytes that `cert print`, `decision draft`, `meeting draft`, `round draft` and `package export` write. They are this program's
// own: a PDF shows in the browser's viewer, which a sandbox would keep from working.
Response Api::paper(const Request& request, const Caller& caller) {
    const auto asked = asked_for(std::string_view(request.path).substr(papers_path.size()));
    std::optional<PastStates::Look> past;
    if (const std::string at = request.value("at"); !at.empty()) {
        const auto point = past_point(at);
        const auto looked = point ? past_.at(desk_, *point) : Result<PastStates::Look>{point.error()};
        if (!looked) return problem(looked.error(), caller.language);
        past = *looked;
    }
    const paper::Source source = cli::paper_source(desk_, past ? &*past : nullptr);
    if (asked && asked->kind == "package" && asked->end == "zip") return package(source, asked->id, caller.language);
    auto made = asked ? paper_for(*asked, source) : std::nullopt;
    if (!made) return problem(404, "not_found", "Không có văn bản này.", "There is no such paper.", caller.language);
    if (!*made) return problem(made->error(), caller.language);
    cli::Paper& paper = **made;
    if (asked->end == "jpg") return picture_of(paper, desk_, caller.language);
    Response response;
    response.media_type = paper.media_type;
    response.body = std::move(paper.bytes);
    if (asked->end == "pdf") response.headers.emplace_back("Content-Security-Policy", "frame-ancestors 'none'");
    response.headers.emplace_back("Content-Disposition", called(asked->end == "pdf" ? "inline" : "attachment", paper.name));
    return response;
}

Response Api::package(const paper::Source& source, const std::string& called_so, Language language) {
    io::BlobStore& store = desk_.files().store();
    const auto package = cli::package_of(source, store, called_so);
    if (!package) return problem(package.error(), language);
    const auto file = std::make_shared<const MadeFile>(MadeFile::place(desk_.folder()));
    if (auto written = cli::write_package(*package, store, file->path()); !written) return problem(written.error(), language);
    Response response;
    response.media_type = "application/zip";
    response.made = file;
    response.headers.emplace_back("Content-Disposition", called("attachment", package->name));
    return response;
}

}  // namespace hoso::client::local_api
