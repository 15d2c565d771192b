#include "client/cli/unit_reorganise.hpp"

#include <algorithm>
#include <filesystem>

#include "client/cli/csv.hpp"
#include "client/cli/recording.hpp"
#include "client/cli/reorganisation_report.hpp"
#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t file_bytes_max = 16 << 20;

// The heading under which a table says what its units go into; empty for a table of beginning units.
std::string successors_heading(const CsvRow& row) {
    const auto found =
        std::find_if(row.cells.begin(), row.cells.end(), [](const auto& cell) { return cell.first.starts_with("successors"); });
    return found == row.cells.end() ? std::string{} : found->first;
}

Result<void> read_unit_table(const std::string& file, UnitTables& into) {
    const auto text = read_text(file, file_bytes_max);
    if (!text) return text.error();
    const std::string name = std::filesystem::path(file).filename().string();
    const auto rows = read_csv(nfc(*text));
    if (!rows) return Error{rows.error().code, name + " " + rows.error().detail};
    if (rows->empty()) return Error{Errc::invalid, name + " holds no unit."};
    for (const char* heading : {"level", "code", "name_vi"}) {
        if (!rows->front().cells.contains(heading))
            return Error{Errc::invalid, name + " line 1: there is no column " + heading +
                                            ". Needed are level,code,name_vi,kind,parent_code, and successors for units that end."};
    }
    const std::string successors = successors_heading(rows->front());
    for (const CsvRow& row : *rows) {
        UnitRow unit{name + " line " + std::to_string(row.line) + ": ",
                     row["level"],
                     row["code"],
                     row["name_vi"],
                     row["kind"],
                     row["parent_code"],
                     row["valid_from"],
                     row["valid_to"],
                     row[successors.c_str()],
                     {}};
        (successors.empty() ? into.beginning : into.ending).push_back(std::move(unit));
    }
    return {};
}

std::vector<Proposal> proposals_of(const Reorganisation& plan, const AccountId& actor) {
    std::vector<Proposal> proposals;
    for (const Beginning& each : plan.beginning) {
        if (!each.recorded) proposals.push_back({each.unit, registry_stream, actor, {}});
    }
    for (const Ending& each : plan.ending) {
        if (each.recorded) continue;
        proposals.push_back({domain::UnitClosed{each.unit, plan.last_day(), each.successors}, registry_stream, actor, {}});
    }
    return proposals;
}

// Communes of other former provinces that nothing of ours went into.
void leave_out_others(Reorganisation& plan) {
    std::erase_if(plan.beginning, [&](const Beginning& each) { return !each.recorded && !plan.takes_over(each.unit.unit); });
}

}  // namespace

Result<UnitTables> read_unit_tables(const std::vector<std::string>& files) {
    UnitTables tables;
    for (const std::string& file : files) {
        if (auto read = read_unit_table(file, tables); !read) return read.error();
    }
    return tables;
}

Result<int> reorganise(Session& session, const Arguments& arguments, const UnitTables& tables, Date effective) {
    const auto nothing = [](const Error& error) { return Error{error.code, error.detail + " Nothing was recorded."}; };
    auto made = plan(session.registry(), tables, effective, [&] { return UnitId{io::uuid_v7(session.desk.now())}; });
    if (!made) return nothing(made.error());
    if (arguments.flag("only-successors")) leave_out_others(*made);
    const bool dry = arguments.flag("dry-run");
    json::array rows = rows_of(session.out, session.registry(), *made);
    json::object summary = summary_of(session.look(), *made);
    std::size_t recorded = 0;
    if (!dry && made->to_record() > 0) {
        const auto actor = session.actor();
        if (!actor) return actor.error();
        const auto done = record_all(session, proposals_of(*made, *actor));
        if (!done) return done.error();
        recorded = done->size();
    }
    session.out.rows(rows, {"change", "level", "code", "name", "becomes", "made_of", "code_before"});
    summary["dry_run"] = dry;
    summary["to_record"] = made->to_record();
    summary["recorded"] = recorded;
    session.out.object(std::move(summary));
    return 0;
}

namespace {

Result<int> reorganise_from_tables(Session& session, const Arguments& arguments) {
    const auto tables = read_unit_tables(arguments.list("FILE"));
    if (!tables) return Error{tables.error().code, tables.error().detail + " Nothing was recorded."};
    return reorganise(session, arguments, *tables, arguments.date("effective", {}));
}

Result<int> add_unit(Session& session, const Arguments& arguments) {
    UnitTables tables;
    tables.beginning.push_back({"",
                                arguments.text("level"),
                                arguments.text("code"),
                                arguments.text("name"),
                                arguments.text("kind", arguments.text("level")),
                                arguments.text("parent"),
                                "",
                                "",
                                "",
                                {}});
    return reorganise(session, arguments, tables, arguments.date("from", {}));
}

Result<int> close_units(Session& session, const Arguments& arguments) {
    const Date last_day = arguments.date("last-day", {});
    std::string into;
    for (const std::string& each : arguments.list("into")) into += (into.empty() ? "" : ";") + each;
    UnitTables tables;
    for (const std::string& text : arguments.list("UNIT")) {
        const auto found = session.unit(text, last_day);
        if (!found) return found.error();
        const domain::Unit& unit = *session.registry().unit(*found);
        if (unit.id == session.registry().root) {
            return Error{Errc::invalid, unit.name +
                                            " is this log's own province and is not closed: it goes on under a new name or code "
                                            "with hoso unit rename. Nothing was recorded."};
        }
        tables.ending.push_back({"", unit.level, unit.code, unit.name, unit.kind, "", "", "", into, unit.id});
    }
    return reorganise(session, arguments, tables, last_day + std::chrono::days{1});
}

}  // namespace

std::vector<Verb> unit_change_verbs() {
    const Option dry_run{"dry-run", Kind::flag, false, "Say what would be recorded, and record nothing"};
    return {
        {"unit",
         "add",
         "A unit that begins on a day",
         "unit add --code 04891 --name \"Xã Tiền Phong\" --level commune --parent 17 --from 2025-07-01\n"
         "unit add --code 04828 --name \"Phường Thống Nhất\" --level commune --kind ward --parent 17 --from 2025-07-01 --dry-run",
         {{"code", Kind::text, true, "Its official code"},
          {"name", Kind::text, true, "Its name"},
          {"level", Kind::text, true, "province, district or commune, as the rule sets write it"},
          {"kind", Kind::text, false, "ward, town, city ...; as its level otherwise"},
          {"parent", Kind::text, true, "The unit it lies in, by path, code or id"},
          {"from", Kind::date, true, "Its first day"},
          dry_run},
         add_unit},
        {"unit",
         "close",
         "Units that end on a day, and what they go into: a merger, a split, an abolition",
         "unit close 17/150/04891 --last-day 2025-06-30 --into 04891:part --into 04828:part\n"
         "unit close 17/150 --last-day 2025-06-30 --dry-run",
         {{"UNIT", Kind::list, true, "Path, code on its last day, or id; several that go into the same"},
          {"last-day", Kind::date, true, "The last day it is there"},
          {"into", Kind::list, false,
           "CODE:whole or CODE:part, by the code on the day after; none if nobody takes it over. Without: the unit above, for one "
           "whose units below have ended too"},
          dry_run},
         close_units},
        {"unit",
         "reorganise",
         "What becomes of a province's units on a day, from tables of the units that end and of those that begin",
         "unit reorganise schema/units/hoabinh.csv schema/units/phutho-2025.csv --effective 2025-07-01 --dry-run\n"
         "unit reorganise OLD.csv NEW.csv --effective 2025-07-01 --only-successors",
         {{"FILE", Kind::files, true, "CSV: those with a column successors are of units that end, the others of units that begin"},
          {"effective", Kind::date, true, "The first day of the new units"},
          {"only-successors", Kind::flag, false, "Leave out new units that nothing of the old ones goes into"},
          dry_run},
         reorganise_from_tables},
    };
}

}  // namespace hoso::client::cli
