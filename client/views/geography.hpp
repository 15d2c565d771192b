#pragma once

#include <map>

#include "client/views/parts.hpp"

// What becomes of units that are merged, split, abolished and made: their lineage, where something is counted on a day, and who
// holds a dossier.
namespace hoso::client::views {

bool in_force(const domain::Unit& unit, Date day);

// The units of one day. A statistic names its day, and counts everything once.
class Geography {
public:
    Geography(const domain::Registry& registry, Date day);
    Date day() const { return day_; }
    const domain::Registry& registry() const { return registry_; }

    // The units in force that day to which `unit` belongs, by ascending id. Itself; or, once it is closed, the one it went into as
    // a whole and so on from there, or those it went into in parts; or, before it was made, those it was made of. Several: it is
    // not determined among them. None: it had no place that day.
    const std::vector<UnitId>& of(const UnitId& unit) const;
    // The same right below the root, where statistics have their rows; the root for what is its own.
    std::vector<UnitId> top(const UnitId& unit) const;
    // Rows a statistic has even with nothing in them: the units right below the root that day.
    std::vector<UnitId> tops() const;
    // Units that were closed into this one.
    const std::vector<domain::Successor>& predecessors(const UnitId& unit) const;

private:
    void settle(const UnitId& id, std::set<UnitId>& seen, std::set<UnitId>& found) const;
    UnitId below_root(UnitId unit) const;

    const domain::Registry& registry_;
    Date day_;
    std::map<UnitId, std::vector<domain::Successor>> predecessors_;
    mutable std::map<UnitId, std::vector<UnitId>> known_;
};

// Names a row of a statistic: under `key` the unit's name, or "undetermined" or "none", and beside it "among" with the names that
// it is not determined among, "path" and "geography".
void mark_place(json::object& row, const char* key, const Geography& on, const std::vector<UnitId>& units);

// Who acts next on a dossier.
struct Holder {
    std::vector<UnitId> units;  // one, where it is determined; none for a dossier that has ended
    const char* why = nullptr;  // it is not: "split", "no_successor", "no_unit", "nobody_decides"
};
Holder holder(const domain::Product& product, const domain::Dossier& dossier, const Geography& on);
// "holder" with the names, and "why" where that or who decides is not determined.
void mark_holder(json::object& row, const domain::Registry& registry, const Holder& from);

}  // namespace hoso::client::views
