#include "client/cli/commands.hpp"
#include "client/cli/import_run.hpp"
#include "client/cli/xlsx_read.hpp"
#include "client/json/action_json.hpp"
#include "shared/base/exit_code.hpp"

namespace hoso::client::cli {
namespace {

const char* outcome_name(RowOutcome outcome) {
    switch (outcome) {
        case RowOutcome::added: return "new";
        case RowOutcome::exists: return "exists";
        case RowOutcome::skipped: return "skipped";
        case RowOutcome::refused: return "refused";
    }
    return "?";
}

// Ids of what is not recorded would be nobody's.
json::object row_of(const RowReport& report, bool recorded) {
    json::object out{{"row", report.row}, {"name", report.name}, {"outcome", outcome_name(report.outcome)}};
    json::array kinds;
    const auto add = [&](const auto& made) {
        if (made) kinds.push_back(json::string(kind_name(domain::Body{*made}.index())));
    };
    add(report.plan.new_subject);
    add(report.plan.new_product);
    add(report.plan.new_certificate);
    add(report.plan.new_answer);
    out["kinds"] = std::move(kinds);
    if (!report.reason.empty()) out["reason"] = report.reason;
    out["why"] = report.why;
    if (recorded || report.outcome == RowOutcome::exists) {
        if (!report.plan.subject.is_nil()) out["subject"] = report.plan.subject.hex();
        if (!report.plan.product.is_nil()) out["product"] = report.plan.product.hex();
    }
    return out;
}

void report(Session& session, const ImportRun& run, const Columns& columns, bool dry_run, std::optional<std::size_t> recorded) {
    json::array rows;
    for (const RowReport& row : run.reports()) rows.push_back(row_of(row, recorded && row.outcome == RowOutcome::added));
    session.out.rows(rows, {"row", "name", "outcome", "kinds", "why"});
    json::array ignored;
    for (const std::string& heading : columns.ignored) ignored.push_back(json::string(heading));
    session.out.object({{"rows", run.reports().size()},
                        {"new", run.count(RowOutcome::added)},
                        {"exists", run.count(RowOutcome::exists)},
                        {"skipped", run.count(RowOutcome::skipped)},
                        {"refused", run.count(RowOutcome::refused)},
                        {"recorded", recorded.value_or(0)},
                        {"dry_run", dry_run},
                        {"ignored_columns", std::move(ignored)}});
}

Result<int> import_file(ImportKind kind, Session& session, const Arguments& arguments) {
    Output& out = session.out;
    const auto text = read_text(arguments.text("FILE"), csv_file_bytes_max);
    if (!text) return text.error();
    const auto sheet = read_sheet(*text);
    if (!sheet) return sheet.error();
    const auto columns = find_columns(kind, sheet->headings, out.language());
    if (!columns) return columns.error();
    const auto allowed = may_import(*sheet, session.desk.identity().training(), out.language());
    if (!allowed) return allowed.error();
    const auto actor = session.actor();
    if (!actor) return actor.error();
    ImportRun run(session, kind, *sheet, *columns,
                  {arguments.text("decision"), arguments.date("date", Date{}), arguments.text("ruleset")}, *actor);
    if (const auto done = run.check(); !done) return done.error();
    const bool dry_run = arguments.flag("dry-run");
    const std::size_t refused = run.count(RowOutcome::refused);
    std::optional<std::size_t> recorded;
    if (!dry_run && (refused == 0 || arguments.flag("skip-refused"))) {
        const auto done = run.record();
        if (!done) return done.error();
        recorded = *done;
    }
    report(session, run, *columns, dry_run, recorded);
    if (const std::size_t skipped = run.count(RowOutcome::skipped); skipped > 0) {
        out.say(out.pick("Bỏ qua, không nhập, vì đã thu hồi: ", "Left out, because they are revoked: ") + std::to_string(skipped));
    }
    if (dry_run) {
        out.say(out.pick("Chạy thử: chưa ghi gì.", "A dry run: nothing was recorded."));
    } else if (!recorded) {
        out.say(out.pick("Chưa ghi gì, vì có dòng bị từ chối: sửa các dòng đó rồi nhập lại, hoặc thêm --skip-refused.",
                         "Nothing was recorded, because rows were refused: correct them and import again, or add --skip-refused."));
    }
    return refused > 0 ? exit_failed_check : exit_ok;
}

template <ImportKind kind>
Result<int> import_kind(Session& session, const Arguments& arguments) {
    return import_file(kind, session, arguments);
}

std::vector<Option> with(std::vector<Option> more) {
    std::vector<Option> options{
        {"FILE", Kind::file, true, "Excel workbook (.xlsx) or CSV in UTF-8; its first row names the columns"},
        {"dry-run", Kind::flag, false, "Check and report every row, record nothing"},
        {"skip-refused", Kind::flag, false, "Record the rows that are not refused"}};
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

}  // namespace

std::vector<Verb> import_verbs() {
    return {
        {"import", "subjects",
         "Subjects (chủ thể) from a table: name, type, unit; and registration, district, representative, phone, address",
         "import subjects SUBJECTS.csv --dry-run\nimport subjects SUBJECTS.csv --csv REPORT.csv", with({}),
         import_kind<ImportKind::subjects>},
        {"import", "products",
         "A year's list of products: name, unit, set, subject; and code, year, subject type, registration, subject unit",
         "import products PRODUCTS.csv --dry-run\nimport products PRODUCTS.csv --skip-refused --json", with({}),
         import_kind<ImportKind::products>},
        {"import", "certificates",
         "Certificates from before this log: certificate, stars, issued, name, unit; decision, decision date, rule set, renews, "
         "revoked (such rows are left out and reported); and what registers the product",
         "import certificates OLD.csv --decision 2365/QĐ-UBND --date 2019-12-10 --ruleset ocop-1048-2019 --dry-run\n"
         "import certificates OLD.csv --json",
         with({{"decision", Kind::text, false, "Its number, for rows that do not say it"},
               {"date", Kind::date, false, "Of that decision"},
               {"ruleset", Kind::text, false, "Id of the regulation, for rows that do not say it"}}),
         import_kind<ImportKind::certificates>},
    };
}

}  // namespace hoso::client::cli
