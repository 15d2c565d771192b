#include "client/cli/unit_import.hpp"

#include <algorithm>

#include "client/cli/csv.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t file_bytes_max = 16 << 20;

// A parent stands above its line. In one file a code names one unit; a unit of the file goes before one that is there already.
class Importer {
public:
    explicit Importer(const Session& session) : session_(session) {}

    Result<domain::UnitCreated> read(const CsvRow& row) {
        const std::string place = "line " + std::to_string(row.line) + ": ";
        domain::UnitCreated unit{
            io::uuid_v7(session_.desk.now()), {}, row["level"], row["kind"], row["code"], row["name_vi"], Date{}};
        if (unit.level.empty() || unit.code.empty() || unit.name.empty())
            return Error{Errc::invalid, place + "level, code and name_vi must not be empty"};
        if (!by_code_.emplace(unit.code, unit.unit).second)
            return Error{Errc::conflict, place + "the code " + unit.code + " stands twice in this file"};
        if (const std::string from = row["valid_from"]; !from.empty()) {
            const auto date = date_from_text(from);
            if (!date) return Error{Errc::invalid, place + "valid_from is no date"};
            unit.valid_from = *date;
        }
        const std::string parent = row["parent_code"];
        if (parent.empty()) return unit;
        if (const auto found = by_code_.find(parent); found != by_code_.end()) {
            unit.parent = found->second;
            return unit;
        }
        const auto held = find_unit(session_.registry(), parent, session_.today());
        if (!held) return Error{held.error().code, place + "its parent " + parent + " is neither above it in the file nor known"};
        unit.parent = *held;
        return unit;
    }

private:
    const Session& session_;
    std::map<std::string, UnitId> by_code_;
};

Result<int> import_units(Session& session, const Arguments& arguments) {
    const auto text = read_text(arguments.text("FILE"), file_bytes_max);
    if (!text) return text.error();
    const auto rows = read_csv(nfc(*text));
    if (!rows) return rows.error();
    const auto actor = session.actor();
    if (!actor) return actor.error();
    Importer importer(session);
    std::vector<Proposal> proposals;
    for (const CsvRow& row : *rows) {
        auto unit = importer.read(row);
        if (!unit) return Error{unit.error().code, unit.error().detail + ". Nothing was recorded."};
        proposals.push_back({std::move(*unit), registry_stream, *actor, {}});
    }
    const auto done = record_all(session, proposals);
    if (!done) return done.error();
    json::array units;
    std::map<std::string, std::uint64_t> levels;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        const auto& unit = std::get<domain::UnitCreated>(proposals[i].body);
        ++levels[unit.level];
        units.push_back(
            json::object{{"unit", unit.unit.hex()}, {"code", unit.code}, {"name", unit.name}, {"action", (*done)[i].id.hex()}});
    }
    session.out.rows(units, {"code", "name", "unit"});
    json::object summary{{"recorded", done->size()}};
    for (const auto& [level, count] : levels) summary[level] = count;
    session.out.object(std::move(summary));
    return 0;
}

}  // namespace

Verb unit_import_verb() {
    return {"unit",
            "import",
            "A province's units from a table: level,code,name_vi,kind,parent_code,valid_from",
            "unit import schema/units/hoabinh.csv\nunit import UNITS.csv --json",
            {{"FILE", Kind::file, true, "CSV, a parent above its units; end dates are recorded by closing a unit"}},
            import_units};
}

}  // namespace hoso::client::cli
