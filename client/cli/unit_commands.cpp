#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/session.hpp"
#include "client/cli/unit_import.hpp"
#include "client/cli/unit_reorganise.hpp"
#include "client/views/registry_views.hpp"

namespace hoso::client::cli {
namespace {

Result<int> list_units(Session& session, const Arguments& arguments) {
    const bool all = arguments.flag("all");
    const Date day = arguments.date("at", session.today());
    json::array rows = views::units(session.registry(), all ? std::nullopt : std::optional{day});
    if (arguments.has("under")) {
        const auto above = session.unit(arguments.text("under"), day);
        if (!above) return above.error();
        json::array kept;
        for (json::value& row : rows) {
            const auto unit = UnitId::from_hex(std::string_view(row.at("unit").get_string()));
            if (unit && session.registry().within(*unit, *above, day)) kept.push_back(std::move(row));
        }
        rows = std::move(kept);
    }
    session.out.rows(rows, {"path", "name", "level", "kind", "valid_from", "valid_to"});
    if (!all) session.out.progress(session.out.pick("Đơn vị ngày ", "Units on ") + to_text(day));
    return 0;
}

Result<int> show_unit(Session& session, const Arguments& arguments) {
    const Date day = arguments.date("at", session.today());
    const auto found = session.unit(arguments.text("UNIT"), day);
    if (!found) return found.error();
    const domain::Unit& unit = *session.registry().unit(*found);
    json::object out = views::unit_with_lineage(session.registry(), unit, day);
    out["on"] = to_text(day);
    json::array others;
    for (const domain::Unit* other : of_same_code(session.registry(), unit)) {
        others.push_back(json::object{{"unit", other->id.hex()},
                                      {"name", other->name},
                                      {"valid_from", views::date(other->valid_from)},
                                      {"valid_to", views::date(other->valid_to)}});
    }
    out["same_code"] = std::move(others);
    session.out.object(std::move(out));
    return 0;
}

}  // namespace

std::vector<Verb> unit_verbs() {
    std::vector<Verb> rows = {
        unit_import_verb(),
        {"unit",
         "list",
         "Administrative units in force on a day",
         "unit list --under 17/150 --at 2025-06-30\nunit list --all --json",
         {{"under", Kind::text, false, "Only this unit and what lies in it"},
          {"at", Kind::date, false, "The day; today otherwise"},
          {"all", Kind::flag, false, "Those of other days too"}},
         list_units},
        {"unit",
         "show",
         "One unit, what went into it and what it went into",
         "unit show 17/150\nunit show 04891 --at 2025-06-30 --json",
         {{"UNIT", Kind::text, true, "Path of codes, a code that is unique on the day, or id"},
          {"at", Kind::date, false, "The day that the code is of; today otherwise"}},
         show_unit},
    };
    const std::vector<Verb> changes = unit_change_verbs();
    rows.insert(rows.end(), changes.begin(), changes.end());
    return rows;
}

}  // namespace hoso::client::cli
