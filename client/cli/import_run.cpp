#include "client/cli/import_run.hpp"

#include <algorithm>

#include "client/cli/error_words.hpp"
#include "client/cli/import_cells.hpp"
#include "client/cli/recording.hpp"
#include "client/text/unicode.hpp"
#include "client/text/words.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t progress_step = 2000;  // rows between two lines

// What to do about the refusals that lists meet.
const char* advice(Language language, domain::Reason reason, bool of_certificate) {
    if (reason == domain::Reason::no_mandate) {
        return pick(language,
                    ". Chủ thể và sản phẩm do cán bộ (officer) ghi, giấy chứng nhận do thư ký hoặc người ký; xem hoso mandate list",
                    ". An officer enters subjects and products, a secretary or signer certificates; see hoso mandate list");
    }
    if (reason == domain::Reason::unknown_product_set) return pick(language, ". Xem hoso ruleset show", ". See hoso ruleset show");
    if (reason == domain::Reason::malformed && of_certificate) {
        return pick(language, ". Hạng sao này không có giấy chứng nhận theo bộ tiêu chí nào đã ban hành",
                    ". No published rule set gives a certificate for these stars");
    }
    return "";
}

}  // namespace

Result<void> may_import(const CsvSheet& sheet, bool training, Language language) {
    const auto is_mark = [](const CsvRecord& record) { return record.cells.front() == training_mark; };
    if (training || std::none_of(sheet.records.begin(), sheet.records.end(), is_mark)) return {};
    return Error{Errc::denied, pick(language, "Tệp này là danh sách tập huấn, không nhập vào sổ thật.",
                                    "This file is a list of a training log: it does not go into a real one.")};
}

std::vector<StreamId> ImportRun::touched() const {
    if (kind_ != ImportKind::certificates) return {};
    std::set<std::string> names, certificates;
    for (const CsvRecord& record : sheet_.records) {
        for (const auto& [field, keys] : {std::pair{Field::name, &names}, std::pair{Field::certificate, &certificates}}) {
            const std::size_t at = columns_.at.at(field);
            if (at >= record.cells.size()) continue;
            if (const auto text = clean_cell(record.cells[at], session_.out.language())) keys->insert(name_key(*text));
        }
    }
    return products_named(session_.look(), names, certificates);
}

ImportRun::ImportRun(Session& session, ImportKind kind, const CsvSheet& sheet, const Columns& columns, ImportDefaults defaults,
                     const AccountId& actor)
    : session_(session),
      kind_(kind),
      sheet_(sheet),
      columns_(columns),
      actor_(actor),
      trial_(session.desk, touched()),
      units_(session.registry(), session.out.language()),
      known_(session.look(), units_, session.today()),
      planner_(kind, session.registry(), units_, known_, std::move(defaults), session.desk.now(), session.out.language()) {}

// What our own lists say below their rows.
bool ImportRun::is_note(const CsvRecord& record) const {
    const auto empty = [](const std::string& cell) { return cell.empty(); };
    if (!std::all_of(record.cells.begin() + 1, record.cells.end(), empty)) return false;
    const std::string& text = record.cells.front();
    if (text.starts_with(position_note_vi) || text.starts_with(position_note_en)) return true;
    const auto& rule_sets = session_.registry().rule_sets;
    return text == training_mark || std::any_of(rule_sets.begin(), rule_sets.end(),
                                                [&](const auto& published) { return text == published.second->illustrative; });
}

Result<void> ImportRun::check() {
    const std::size_t count = sheet_.records.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_note(sheet_.records[i])) reports_.push_back(check(sheet_.records[i]));
        if ((i + 1) % progress_step != 0) continue;
        session_.out.progress(session_.out.pick("đã xét ", "checked ") + std::to_string(i + 1) + "/" + std::to_string(count));
        if (session_.out.gone()) return Error{Errc::unreachable, "Whoever asked for this has gone: nothing of it was recorded."};
    }
    return {};
}

RowReport ImportRun::check(const CsvRecord& record) {
    RowReport report{record.row, named(kind_, columns_, record), RowOutcome::refused, {}, {}, {}};
    const auto refused = [&](const Error& error) {
        report.reason = errc_name(error.code);
        report.why = explained(session_.out.language(), error.detail);
        return report;
    };
    const auto row = ImportRow::read(kind_, columns_, sheet_.headings.size(), record, session_.out.language());
    if (!row) return refused(row.error());
    auto plan = planner_.plan(*row);
    if (!plan) return refused(plan.error());
    const auto verdicts = trial_.judge(proposals(*plan), session_.globals.force);
    const auto worst = std::max_element(verdicts.begin(), verdicts.end(),
                                        [](const auto& one, const auto& other) { return one.outcome < other.outcome; });
    report.why = plan->remark;
    if (worst != verdicts.end() && worst->outcome == domain::Outcome::voided && !session_.globals.force) {
        refuse(report, *plan, *worst);
        return report;
    }
    if (worst != verdicts.end() && worst->outcome != domain::Outcome::effective)
        report.why += (report.why.empty() ? "" : "; ") + sentence(session_.out.language(), *worst);
    planner_.take(*plan, record.row);
    report.outcome = plan->skipped ? RowOutcome::skipped : plan->exists() ? RowOutcome::exists : RowOutcome::added;
    report.plan = std::move(*plan);
    return report;
}

void ImportRun::refuse(RowReport& report, const Plan& plan, const domain::Verdict& verdict) const {
    const Language language = session_.out.language();
    report.reason = name(verdict.reason);
    report.why =
        std::string(sentence(language, verdict.reason)) + advice(language, verdict.reason, plan.new_certificate.has_value());
}

std::vector<Proposal> ImportRun::proposals(const Plan& plan) const {
    std::vector<Proposal> made;
    if (plan.new_subject) made.push_back({*plan.new_subject, plan.subject, actor_, {}});
    if (plan.new_product) made.push_back({*plan.new_product, plan.product, actor_, {}});
    if (plan.new_certificate) made.push_back({*plan.new_certificate, plan.product, actor_, {}});
    if (plan.new_answer) made.push_back({*plan.new_answer, plan.product, actor_, {}});
    return made;
}

std::size_t ImportRun::count(RowOutcome outcome) const {
    return static_cast<std::size_t>(
        std::count_if(reports_.begin(), reports_.end(), [&](const RowReport& report) { return report.outcome == outcome; }));
}

void ImportRun::seal(Plan& plan) const {
    if (!plan.new_subject) return;
    const auto sealed = [&](Field field, const char* called) {
        const auto found = plan.personal.find(field);
        return found == plan.personal.end() ? domain::SealedField{} : session_.desk.seal_field(called, found->second);
    };
    plan.new_subject->representative = sealed(Field::representative, "representative");
    plan.new_subject->phone = sealed(Field::phone, "phone");
    plan.new_subject->address = sealed(Field::address, "address");
}

Result<std::size_t> ImportRun::record() {
    std::vector<Proposal> all;
    for (RowReport& report : reports_) {
        if (report.outcome != RowOutcome::added) continue;
        seal(report.plan);
        for (Proposal& proposal : proposals(report.plan)) all.push_back(std::move(proposal));
    }
    if (all.empty()) return std::size_t{0};
    const auto done = record_all(session_, all);
    if (!done) return done.error();
    return done->size();
}

}  // namespace hoso::client::cli
