#include "client/cli/reorganisation.hpp"

#include <algorithm>

#include "client/cli/names.hpp"
#include "client/text/unicode.hpp"
#include "client/views/geography.hpp"

namespace hoso::client::cli {
namespace {

std::string called(const domain::Unit& unit) { return unit.code + " " + unit.name; }

bool same_name(std::string_view one, std::string_view other) { return folded(one) == folded(other); }

bool same_successors(std::vector<domain::Successor> one, std::vector<domain::Successor> other) {
    const auto less = [](const domain::Successor& a, const domain::Successor& b) {
        return std::tie(a.unit, a.whole) < std::tie(b.unit, b.whole);
    };
    std::sort(one.begin(), one.end(), less);
    std::sort(other.begin(), other.end(), less);
    return one == other;
}

class Planner {
public:
    Planner(const domain::Registry& registry, Date effective, const std::function<UnitId()>& new_id)
        : registry_(registry), new_id_(new_id) {
        made_.effective = effective;
    }

    Result<Reorganisation> plan(const UnitTables& tables) {
        if (registry_.root.is_nil()) return Error{Errc::not_found, "There is no province yet: fill the registry first."};
        for (const UnitRow& row : tables.ending) {
            if (auto done = end(row); !done) return done.error();
        }
        for (const UnitRow& row : tables.beginning) {
            if (auto done = begin(row); !done) return done.error();
        }
        for (Ending& ending : made_.ending) {
            if (auto done = settle(ending); !done) return done.error();
        }
        return std::move(made_);
    }

private:
    static Error wrong(const std::string& place, std::string detail, Errc code = Errc::invalid) {
        return Error{code, place + detail};
    }
    const domain::Unit& unit(const UnitId& id) const { return registry_.units.at(id); }
    bool ends(const UnitId& id) const {
        return std::any_of(made_.ending.begin(), made_.ending.end(),
                           [&](const Ending& ending) { return ending.unit == id && !ending.root; });
    }

    // The province under its old code, or under the new one if that was recorded before.
    bool is_root(const UnitRow& row) const {
        const domain::Unit& root = unit(registry_.root);
        return row.parent.empty() && row.level == root.level &&
               (row.code == root.code || row.successors.starts_with(root.code + ":"));
    }

    Result<UnitId> matching(const UnitRow& row) const {
        if (!row.unit.is_nil()) return row.unit;
        if (is_root(row)) return registry_.root;
        const domain::Unit* found = nullptr;
        for (const auto& [id, each] : registry_.units) {
            if (each.code != row.code || each.level != row.level || !views::in_force(each, made_.last_day())) continue;
            if (found) return wrong(row.place, "two units have the code " + row.code + ": close them one by one, by their ids.");
            found = &each;
        }
        const std::string day = to_text(made_.last_day());
        if (!found) {
            return wrong(row.place,
                         "no " + row.level + " with the code " + row.code + " is in force here on " + day +
                             ": this is another province's table, or the unit was recorded under another code or day.",
                         Errc::not_found);
        }
        if (!same_name(found->name, row.name)) {
            return wrong(row.place,
                         row.code + " is " + found->name + " here on " + day + ", not " + row.name +
                             ": if it is the same unit, write its name as it is here; else the table is of another day.",
                         Errc::conflict);
        }
        return found->id;
    }

    Result<void> end(const UnitRow& row) {
        const auto found = matching(row);
        if (!found) return found.error();
        const bool twice =
            std::any_of(made_.ending.begin(), made_.ending.end(), [&](const Ending& ending) { return ending.unit == *found; });
        if (twice) return wrong(row.place, called(unit(*found)) + " stands twice: leave one line.");
        if (!row.valid_to.empty() && row.valid_to != to_text(made_.last_day())) {
            return wrong(row.place, "its last day is " + row.valid_to + ", but what begins on " + to_text(made_.effective) +
                                        " follows " + to_text(made_.last_day()) + ": correct one of the two.");
        }
        made_.ending.push_back({*found, row.place, row.successors, {}, *found == registry_.root, false});
        return {};
    }

    Result<UnitId> named(const std::string& place, const std::string& text) const {
        if (const auto found = codes_.find(text); found != codes_.end()) return found->second;
        const auto held = find_unit(registry_, text, made_.effective);
        if (held && !ends(*held)) return *held;
        return wrong(place,
                     "no unit " + text + " is in force on " + to_text(made_.effective) +
                         ": add it to the table of the new units, or correct the code.",
                     Errc::not_found);
    }

    Result<void> begin(const UnitRow& row) {
        if (row.level.empty() || row.code.empty() || row.name.empty())
            return wrong(row.place, "level, code and name_vi must not be empty.");
        if (codes_.contains(row.code)) return wrong(row.place, "the code " + row.code + " stands twice: leave one line.");
        if (!row.valid_from.empty() && row.valid_from != to_text(made_.effective)) {
            return wrong(row.place,
                         "it begins on " + row.valid_from + ", not on " + to_text(made_.effective) + ": correct one of the two.");
        }
        domain::UnitCreated made{{}, {}, row.level, row.kind, row.code, row.name, made_.effective};
        if (row.parent.empty()) {
            if (row.level != unit(registry_.root).level)
                return wrong(row.place, "name the unit it lies in under parent_code: only the province has none.");
            made.unit = codes_[row.code] = registry_.root;
            made_.beginning.push_back({std::move(made), true, true});
            return {};
        }
        const auto parent = named(row.place, row.parent);
        if (!parent) return parent.error();
        made.parent = *parent;
        const auto held = held_already(row, made);
        if (!held) return held.error();
        made.unit = codes_[row.code] = held->is_nil() ? new_id_() : *held;
        made_.beginning.push_back({std::move(made), false, !held->is_nil()});
        return {};
    }

    // Nil if it is new: its code is free from that day on.
    Result<UnitId> held_already(const UnitRow& row, const domain::UnitCreated& made) const {
        for (const auto& [id, each] : registry_.units) {
            if (each.code != made.code || each.level != made.level || !views::in_force(each, made_.effective) || ends(id)) continue;
            if (same_name(each.name, made.name) && each.parent == made.parent) return id;
            return wrong(row.place,
                         called(each) + " has this code on " + to_text(made_.effective) +
                             ": close it the day before, with what it goes into, in the same tables.",
                         Errc::conflict);
        }
        return UnitId{};
    }

    Result<void> settle(Ending& ending) {
        const domain::Unit& from = unit(ending.unit);
        if (ending.root) return settle_root(ending);
        auto into = successors(ending, from);
        if (!into) return into.error();
        ending.successors = std::move(*into);
        for (const auto& [id, below] : registry_.units) {
            if (below.parent != from.id || !views::in_force(below, made_.last_day()) || ends(id)) continue;
            return wrong(ending.place, called(from) + " ends, but " + called(below) +
                                           " in it does not: say in the same tables what becomes of that.");
        }
        if (from.valid_to == Date{}) return {};
        ending.recorded = from.valid_to == made_.last_day() && same_successors(from.successors, ending.successors);
        if (ending.recorded) return {};
        return wrong(ending.place,
                     called(from) + " was closed with " + to_text(from.valid_to) +
                         " already, into other units: that stays. See: hoso unit show " + from.id.hex(),
                     Errc::conflict);
    }

    // It is this log's own unit and goes on; only its name and code may change.
    Result<void> settle_root(Ending& ending) {
        ending.recorded = true;
        const auto whole = ending.into.rfind(":whole");
        if (ending.into.empty()) return {};
        const auto named_so = whole == std::string::npos ? codes_.end() : codes_.find(ending.into.substr(0, whole));
        const bool itself = named_so != codes_.end() && named_so->second == registry_.root;
        if (itself || ending.into == unit(registry_.root).code + ":whole") return {};
        return wrong(ending.place,
                     "the province of this log goes on as a whole, under its new code if it gets one: write CODE:whole, "
                     "with that code in the table of the new units.");
    }

    Result<std::vector<domain::Successor>> successors(const Ending& ending, const domain::Unit& from) const {
        if (ending.into == "none") return std::vector<domain::Successor>{};
        if (ending.into.empty()) return unit_above(ending, from);
        std::vector<domain::Successor> found;
        std::string_view rest = ending.into;
        while (!rest.empty()) {
            const auto cut = std::min(rest.find(';'), rest.size());
            const auto successor = successor_from(ending, std::string(rest.substr(0, cut)));
            rest.remove_prefix(std::min(cut + 1, rest.size()));
            if (!successor) return successor.error();
            const auto same = [&](const domain::Successor& other) {
                return other.unit == successor->unit || (other.whole && successor->whole);
            };
            if (std::any_of(found.begin(), found.end(), same))
                return wrong(ending.place,
                             called(from) + " goes into " + ending.into + ": each only once, and as a whole into one.");
            found.push_back(*successor);
        }
        return found;
    }

    Result<domain::Successor> successor_from(const Ending& ending, const std::string& text) const {
        const auto colon = text.rfind(':');
        const std::string how = colon == std::string::npos ? std::string{} : text.substr(colon + 1);
        if (how != "whole" && how != "part")
            return wrong(ending.place, "\"" + text + "\": write CODE:whole, or CODE:part for each part.");
        const auto unit = named(ending.place, text.substr(0, colon));
        if (!unit) return unit.error();
        return domain::Successor{*unit, how == "whole"};
    }

    // A rung is abolished: what lay at it goes to the one above that stays. What becomes of the foot of the ladder must be said.
    Result<std::vector<domain::Successor>> unit_above(const Ending& ending, const domain::Unit& from) const {
        const auto below = [&](const auto& entry) {
            return entry.second.parent == from.id && views::in_force(entry.second, made_.last_day());
        };
        if (std::none_of(registry_.units.begin(), registry_.units.end(), below)) {
            return wrong(ending.place, "say what " + called(from) +
                                           " goes into: CODE:whole, CODE:part for each part, or none if nobody takes it over.");
        }
        UnitId above = from.parent;
        while (ends(above)) above = unit(above).parent;
        return std::vector<domain::Successor>{{above, true}};
    }

    const domain::Registry& registry_;
    const std::function<UnitId()>& new_id_;
    Reorganisation made_;
    std::map<std::string, UnitId> codes_;  // of beginning units
};

}  // namespace

const Beginning* Reorganisation::begins(const UnitId& unit) const {
    const auto found =
        std::find_if(beginning.begin(), beginning.end(), [&](const Beginning& each) { return each.unit.unit == unit; });
    return found == beginning.end() ? nullptr : &*found;
}

bool Reorganisation::takes_over(const UnitId& unit) const {
    return std::any_of(ending.begin(), ending.end(), [&](const Ending& each) {
        return std::any_of(each.successors.begin(), each.successors.end(),
                           [&](const domain::Successor& successor) { return successor.unit == unit; });
    });
}

std::size_t Reorganisation::to_record() const {
    const auto fresh = [](const auto& each) { return !each.recorded; };
    return static_cast<std::size_t>(std::count_if(beginning.begin(), beginning.end(), fresh) +
                                    std::count_if(ending.begin(), ending.end(), fresh));
}

Result<Reorganisation> plan(const domain::Registry& registry, const UnitTables& tables, Date effective,
                            const std::function<UnitId()>& new_id) {
    return Planner(registry, effective, new_id).plan(tables);
}

domain::Registry after(const domain::Registry& registry, const Reorganisation& plan) {
    domain::Registry made = registry;
    for (const Beginning& each : plan.beginning) {
        if (each.recorded) continue;
        domain::Unit& unit = made.units[each.unit.unit];
        unit.id = each.unit.unit;
        unit.parent = each.unit.parent;
        unit.level = each.unit.level;
        unit.kind = each.unit.kind;
        unit.code = each.unit.code;
        unit.name = each.unit.name;
        unit.valid_from = each.unit.valid_from;
    }
    for (const Ending& each : plan.ending) {
        if (each.recorded) continue;
        made.units.at(each.unit).valid_to = plan.last_day();
        made.units.at(each.unit).successors = each.successors;
    }
    return made;
}

}  // namespace hoso::client::cli
