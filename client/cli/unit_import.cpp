#include "client/cli/unit_import.hpp"

#include <algorithm>

#include "client/cli/csv.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::size_t file_bytes_max = 16 << 20;

// A line of the file: a unit that is new, or one that is in force here already.
struct UnitLine {
    domain::UnitCreated unit;
    bool exists = false;
};

// A parent stands above its line. In one file a code names one unit; a unit of the file goes before one that is there already.
class Importer {
public:
    explicit Importer(const Session& session) : session_(session) {}

    Result<UnitLine> read(const CsvRow& row) {
        const std::string place = "line " + std::to_string(row.line) + ": ";
        domain::UnitCreated unit{
            io::uuid_v7(session_.desk.now()), {}, row["level"], row["kind"], row["code"], row["name_vi"], Date{}};
        if (unit.level.empty() || unit.code.empty() || unit.name.empty())
            return Error{Errc::invalid, place + "level, code and name_vi must not be empty"};
        if (by_code_.contains(unit.code))
            return Error{Errc::conflict, place + "the code " + unit.code + " stands twice in this file"};
        if (const std::string from = row["valid_from"]; !from.empty()) {
            const auto date = date_from_text(from);
            if (!date) return Error{Errc::invalid, place + "valid_from is no date"};
            unit.valid_from = *date;
        }
        const auto parent = parent_of(row["parent_code"], place);
        if (!parent) return parent.error();
        unit.parent = *parent;
        const domain::Unit* held = with_code(unit);
        if (held && (!was_called(*held, unit.name) || held->parent != unit.parent)) {
            return Error{Errc::conflict, place + "the code " + unit.code + " is in force for " + held->name +
                                             (held->valid_to == Date{} ? std::string{} : " until " + to_text(held->valid_to)) +
                                             ": close or rename that first, or write a later valid_from"};
        }
        if (held) unit.unit = held->id;
        by_code_.emplace(unit.code, unit.unit);
        return UnitLine{std::move(unit), held != nullptr};
    }

private:
    Result<UnitId> parent_of(const std::string& parent, const std::string& place) const {
        if (parent.empty()) return UnitId{};
        if (const auto found = by_code_.find(parent); found != by_code_.end()) return found->second;
        const auto held = find_unit(session_.registry(), parent, session_.today());
        if (!held) return Error{held.error().code, place + "its parent " + parent + " is neither above it in the file nor known"};
        return *held;
    }

    // Codes are used again for other units, once the one before has ended.
    const domain::Unit* with_code(const domain::UnitCreated& unit) const {
        for (const auto& [id, each] : session_.registry().units) {
            const bool still = each.valid_to == Date{} || each.valid_to >= unit.valid_from;
            if (each.code == unit.code && each.level == unit.level && still) return &each;
        }
        return nullptr;
    }

    static bool was_called(const domain::Unit& unit, const std::string& name) {
        const auto same = [key = name_key(name)](const std::string& one) { return name_key(one) == key; };
        return same(unit.name) || std::any_of(unit.former.begin(), unit.former.end(),
                                              [&](const domain::FormerName& former) { return same(former.name); });
    }

    const Session& session_;
    std::map<std::string, UnitId> by_code_;
};

json::object row_of(const UnitLine& line, const Recorded* recorded) {
    json::object out{{"unit", line.unit.unit.hex()}, {"code", line.unit.code}, {"name", line.unit.name}};
    out["outcome"] = line.exists ? "exists" : "new";
    if (recorded) out["action"] = recorded->id.hex();
    return out;
}

Result<std::vector<UnitLine>> read_units(Session& session, const std::string& file) {
    const auto text = read_text(file, file_bytes_max);
    if (!text) return text.error();
    const auto rows = read_csv(nfc(*text));
    if (!rows) return rows.error();
    Importer importer(session);
    std::vector<UnitLine> lines;
    for (const CsvRow& row : *rows) {
        auto line = importer.read(row);
        if (!line) return Error{line.error().code, line.error().detail + ". Nothing was recorded."};
        lines.push_back(std::move(*line));
    }
    return lines;
}

Result<int> import_units(Session& session, const Arguments& arguments) {
    const auto lines = read_units(session, arguments.text("FILE"));
    if (!lines) return lines.error();
    const auto actor = session.actor();
    if (!actor) return actor.error();
    std::vector<Proposal> proposals;
    for (const UnitLine& line : *lines) {
        if (!line.exists) proposals.push_back({line.unit, registry_stream, *actor, {}});
    }
    std::vector<Recorded> recorded;
    if (!proposals.empty()) {
        auto done = record_all(session, proposals);
        if (!done) return done.error();
        recorded = std::move(*done);
    }
    json::array units;
    std::map<std::string, std::uint64_t> levels;
    std::size_t next = 0;
    for (const UnitLine& line : *lines) {
        if (!line.exists) ++levels[line.unit.level];
        units.push_back(row_of(line, line.exists ? nullptr : &recorded[next++]));
    }
    session.out.rows(units, {"code", "name", "outcome", "unit"});
    json::object summary{{"recorded", recorded.size()}, {"exists", lines->size() - recorded.size()}};
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
