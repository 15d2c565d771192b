#include "client/cli/commands.hpp"
#include "client/cli/papers.hpp"
#include "client/cli/session.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::cli {
namespace {

// The form by the end of the file's name; the first that there is where no file is asked for. Errc::invalid for another.
Result<PaperForm> form_of(const Arguments& arguments, std::initializer_list<PaperForm> forms) {
    if (!arguments.has("out")) return *forms.begin();
    const std::string end = std::filesystem::path(arguments.text("out")).extension().string();
    std::string ends;
    for (const PaperForm form : forms) {
        const char* wanted = form == PaperForm::pdf ? ".pdf" : ".docx";
        if (end == wanted) return form;
        ends += (ends.empty() ? "" : " or ") + std::string(wanted);
    }
    return Error{Errc::invalid, "--out names a file that ends in " + ends + "."};
}

// Writes the paper where that was asked for. For a page it is enough to know what it is: it fetches the same bytes by its address.
Result<int> deliver(Session& session, const Arguments& arguments, Result<Paper> paper) {
    if (!paper) return paper.error();
    if (arguments.has("out")) {
        const std::filesystem::path file = arguments.text("out");
        const auto written = session.globals.force ? io::write_file(file, as_bytes(paper->bytes), 0644)
                                                   : io::write_new_file(file, as_bytes(paper->bytes), 0644);
        if (!written) return written.error();
        paper->about["written"] = file.string();
    }
    session.out.object(paper->about);
    return 0;
}

paper::Source source_of(const Session& session) { return paper_source(session.desk, session.past); }

Result<int> print_certificate(Session& session, const Arguments& arguments) {
    if (const auto form = form_of(arguments, {PaperForm::pdf}); !form) return form.error();
    return deliver(session, arguments, certificate_paper(source_of(session), arguments.text("CERTIFICATE")));
}

Result<int> draft_decision(Session& session, const Arguments& arguments) {
    const auto form = form_of(arguments, {PaperForm::pdf, PaperForm::docx});
    if (!form) return form.error();
    return deliver(session, arguments, decision_paper(source_of(session), arguments.text("DECISION"), *form));
}

Result<int> draft_minutes(Session& session, const Arguments& arguments) {
    if (const auto form = form_of(arguments, {PaperForm::docx}); !form) return form.error();
    return deliver(session, arguments, minutes_paper(source_of(session), arguments.text("MEETING")));
}

}  // namespace

std::vector<Verb> paper_verbs() {
    const auto out = [](const char* help) { return Option{"out", Kind::file, true, help}; };
    return {
        {"cert",
         "print",
         "The certificate as a PDF: marked as a draft until its decision and its recognition are logged",
         "cert print OCOP-2023-001 --out GCN.pdf\ncert print OCOP-2023-001 --out GCN.pdf --force",
         {{"CERTIFICATE", Kind::text, true, "Its number"}, out("Where the PDF goes; not over a file, unless --force")},
         print_certificate},
        {"decision",
         "draft",
         "The text of a decision with its list, to be signed on paper",
         "decision draft 101/QĐ-UBND --out QD.pdf\ndecision draft 101/QĐ-UBND --out QD.docx",
         {{"DECISION", Kind::text, true, "Id or number"},
          out("A .pdf, or a .docx that Word changes; not over a file, unless --force")},
         draft_decision},
        {"meeting",
         "draft",
         "The minutes of a meeting as a DOCX: members, scores and results",
         "meeting draft MEETING --out BB.docx\nmeeting draft MEETING --out BB.docx --force",
         {{"MEETING", Kind::text, true, "Id"}, out("Where the DOCX goes; not over a file, unless --force")},
         draft_minutes},
    };
}

}  // namespace hoso::client::cli
