#include <algorithm>

#include "client/cli/commands.hpp"
#include "client/cli/package_file.hpp"
#include "client/cli/papers.hpp"
#include "client/cli/session.hpp"
#include "client/views/programme_views.hpp"
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

Result<int> draft_report(Session& session, const Arguments& arguments) {
    if (const auto form = form_of(arguments, {PaperForm::docx}); !form) return form.error();
    return deliver(session, arguments, report_paper(source_of(session), arguments.text("ROUND")));
}

Result<int> show_package(Session& session, const Arguments& arguments) {
    const paper::Source source = source_of(session);
    auto package = package_of(source, session.desk.files().store(), arguments.text("PACKAGE"));
    if (!package) return package.error();
    json::object out = views::package(source.look, package->letter);
    out["file"] = package->name;
    out["files"] =
        std::count_if(package->parts.begin(), package->parts.end(), [](const auto& part) { return part.file.has_value(); });
    out["bytes"] = package->bytes;
    out["files_not_here"] = std::move(package->missing);
    session.out.object(out);
    return 0;
}

Result<int> export_package(Session& session, const Arguments& arguments) {
    io::BlobStore& store = session.desk.files().store();
    const auto package = package_of(source_of(session), store, arguments.text("PACKAGE"));
    if (!package) return package.error();
    const std::filesystem::path file = arguments.text("out");
    std::error_code ignored;
    const bool may_replace = session.globals.force && std::filesystem::is_regular_file(file, ignored);
    if (std::filesystem::exists(file, ignored) && !may_replace)
        return Error{Errc::exists, file.string() + " is there already: name another file, or give --force."};
    const std::filesystem::path half = file.string() + ".part";
    if (auto written = write_package(*package, store, half); !written) return written.error();
    std::error_code failed;
    std::filesystem::rename(half, file, failed);
    if (failed)
        return Error{Errc::io, "The ZIP file could not be written: " + failed.message() +
                                   ". Make room or choose another folder, and try again."};
    session.out.object({{"number", package->letter.number},
                        {"dossier_count", package->letter.dossiers.size()},
                        {"bytes", std::filesystem::file_size(file, ignored)},
                        {"written", file.string()}});
    return 0;
}

}  // namespace

std::vector<Verb> paper_verbs() {
    const Option package{"PACKAGE", Kind::text, true, "Id or number of the letter"};
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
        {"round",
         "draft",
         "The report of a round's progress as a DOCX, with the position of the log that its figures are of",
         "round draft 2023 --out BC.docx\nround draft 2023 --out BC.docx --force",
         {{"ROUND", Kind::text, true, "Id, title or year"}, out("Where the DOCX goes; not over a file, unless --force")},
         draft_report},
        {"package",
         "show",
         "A letter that took dossiers on, and which of their files are not on this desk",
         "package show 12/TTr-UBND\npackage show 12/TTr-UBND --json",
         {package},
         show_package},
        {"package",
         "export",
         "What the letter takes on as one ZIP file: dossiers, files, minutes, decisions, and the SHA-256 of each",
         "package export 12/TTr-UBND --out HO-SO.zip\npackage export 12/TTr-UBND --out HO-SO.zip --force",
         {package, out("Where the ZIP file goes; not over a file, unless --force")},
         export_package},
    };
}

}  // namespace hoso::client::cli
