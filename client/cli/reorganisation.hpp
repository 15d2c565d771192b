#pragma once

#include <functional>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/domain/registry.hpp"

// What becomes of units on one day: some end the day before and go into others, some begin. Planned as a whole from tables or from
// a single command, checked as a whole, recorded all or none; what is recorded already is left alone.
namespace hoso::client::cli {

// One line about a unit, as people write it.
struct UnitRow {
    std::string place;  // "hoabinh.csv line 12: "; begins every complaint
    std::string level;
    std::string code;
    std::string name;
    std::string kind;
    std::string parent;
    std::string valid_from;
    std::string valid_to;
    std::string successors;  // "04891:part;04828:part", "none"; empty: abolished, the unit above takes over
    UnitId unit;             // of an ending one, where it is known already
};

struct UnitTables {
    std::vector<UnitRow> ending;
    std::vector<UnitRow> beginning;
};

// A file with a column that begins with "successors" is of ending units, any other of beginning ones. Errc::invalid with file and
// line, not_found, limit.
Result<UnitTables> read_unit_tables(const std::vector<std::string>& files);

struct Beginning {
    domain::UnitCreated unit;
    bool root = false;      // the province under its new name: the unit that is there goes on
    bool recorded = false;  // before
};

struct Ending {
    UnitId unit;
    std::string place;
    std::string into;  // as it was written
    std::vector<domain::Successor> successors;
    bool root = false;
    bool recorded = false;
};

struct Reorganisation {
    Date effective{};
    std::vector<Beginning> beginning;
    std::vector<Ending> ending;
    Date last_day() const { return effective - std::chrono::days{1}; }
    const Beginning* begins(const UnitId& unit) const;
    bool takes_over(const UnitId& unit) const;  // something of an ending unit goes into it
    std::size_t to_record() const;
};

// Errc::invalid, not_found or conflict for what cannot be, with its place and what to do about it.
Result<Reorganisation> plan(const domain::Registry& registry, const UnitTables& tables, Date effective,
                            const std::function<UnitId()>& new_id);

// Units as they will stand once it is recorded.
domain::Registry after(const domain::Registry& registry, const Reorganisation& plan);

}  // namespace hoso::client::cli
