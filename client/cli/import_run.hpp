#pragma once

#include "client/cli/import_plan.hpp"
#include "client/cli/session.hpp"
#include "client/trial.hpp"

namespace hoso::client::cli {

enum class RowOutcome : std::uint8_t { added, exists, skipped, refused };

// What became of a row of the file.
struct RowReport {
    std::size_t row = 0;
    std::string name;
    RowOutcome outcome = RowOutcome::refused;
    std::string reason;  // of a refusal: the judge's word, or the kind of error
    std::string why;     // for people
    Plan plan;
};

// Errc::denied for a list of a training log where the log is a real one.
Result<void> may_import(const CsvSheet& sheet, bool training, Language language);

// Checks a file row by row against what this desk knows, with the rows above applied, and records it as a whole.
class ImportRun {
public:
    // The sheet and the columns must outlive this. Nothing is recorded while it stands, until record().
    ImportRun(Session& session, ImportKind kind, const CsvSheet& sheet, const Columns& columns, ImportDefaults defaults,
              const AccountId& actor);

    // One report for every row that is no note of an export. Errc::unreachable when nobody reads the answer any more.
    Result<void> check();
    const std::vector<RowReport>& reports() const { return reports_; }
    std::size_t count(RowOutcome outcome) const;
    // All that is new, in one go; the number of actions. As Desk::record_many.
    Result<std::size_t> record();

private:
    RowReport check(const CsvRecord& record);
    std::vector<Proposal> proposals(const Plan& plan) const;
    void seal(Plan& plan) const;
    void refuse(RowReport& report, const Plan& plan, const domain::Verdict& verdict) const;
    bool is_note(const CsvRecord& record) const;
    std::vector<StreamId> touched() const;

    Session& session_;
    ImportKind kind_;
    const CsvSheet& sheet_;
    const Columns& columns_;
    AccountId actor_;
    Trial trial_;  // before what looks at the pending state
    UnitNames units_;
    ImportKnown known_;
    ImportPlanner planner_;
    std::vector<RowReport> reports_;
};

}  // namespace hoso::client::cli
