#include "client/cli/papers.hpp"

#include "client/local_api/api.hpp"

namespace hoso::client::local_api {
namespace {

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
    const bool pdf = asked.end == "pdf", docx = asked.end == "docx";
    if (asked.kind == "certificate" && pdf) return cli::certificate_paper(source, asked.id);
    if (asked.kind == "decision" && (pdf || docx))
        return cli::decision_paper(source, asked.id, pdf ? cli::PaperForm::pdf : cli::PaperForm::docx);
    if (asked.kind == "minutes" && docx) return cli::minutes_paper(source, asked.id);
    return std::nullopt;
}

}  // namespace

// The bytes that `cert print`, `decision draft` and `meeting draft` write. A PDF shows in the browser; like every file it has an
// origin of its own.
Response Api::paper(const Request& request, const Caller& caller) {
    const auto asked = asked_for(std::string_view(request.path).substr(papers_path.size()));
    std::optional<PastStates::Look> past;
    if (const std::string at = request.value("at"); !at.empty()) {
        const auto point = past_point(at);
        const auto looked = point ? past_.at(desk_, *point) : Result<PastStates::Look>{point.error()};
        if (!looked) return problem(looked.error(), caller.language);
        past = *looked;
    }
    auto made = asked ? paper_for(*asked, cli::paper_source(desk_, past ? &*past : nullptr)) : std::nullopt;
    if (!made) return problem(404, "not_found", "Không có văn bản này.", "There is no such paper.", caller.language);
    if (!*made) return problem(made->error(), caller.language);
    cli::Paper& paper = **made;
    Response response;
    response.media_type = paper.media_type;
    response.body = std::move(paper.bytes);
    const char* shown = asked->end == "pdf" ? "inline" : "attachment";
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.emplace_back("Content-Disposition", std::string(shown) + "; filename=\"" + paper.name + "\"");
    return response;
}

}  // namespace hoso::client::local_api
