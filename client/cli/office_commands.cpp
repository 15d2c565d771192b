#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/views/programme_views.hpp"

// Offices inside units, what units are called, and the days off.
namespace hoso::client::cli {
namespace {

Result<int> create_office(Session& session, const Arguments& arguments) {
    const auto unit = find_unit(session.registry(), arguments.text("unit"), session.today());
    if (!unit) return unit.error();
    domain::OfficeCreated action{io::uuid_v7(session.desk.now()), *unit, arguments.text("name"), arguments.date("from", Date{})};
    json::object ids{{"office", action.office.hex()}, {"name", action.name}, {"unit", unit->hex()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> rename_office(Session& session, const Arguments& arguments) {
    const auto office = find_office(session.registry(), arguments.text("OFFICE"));
    if (!office) return office.error();
    domain::OfficeRenamed action{*office, arguments.text("name"), arguments.date("from", Date{}), arguments.text("basis")};
    json::object ids{{"office", office->hex()}, {"name", action.name}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_offices(Session& session, const Arguments& arguments) {
    session.out.rows(views::offices(session.registry(), arguments.date("at", session.today())),
                     {"name", "path", "valid_from", "former", "office"});
    return 0;
}

Result<int> rename_unit(Session& session, const Arguments& arguments) {
    const auto id = find_unit(session.registry(), arguments.text("UNIT"), session.today());
    if (!id) return id.error();
    const domain::Unit unit = *session.registry().unit(*id);
    domain::UnitRenamed action{*id,
                               arguments.text("name"),
                               arguments.text("kind", unit.kind),
                               arguments.text("code", unit.code),
                               arguments.date("from", Date{}),
                               arguments.text("basis")};
    json::object ids{{"unit", id->hex()}, {"name", action.name}, {"code", action.code}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<std::vector<Date>> days_from(const std::vector<std::string>& given) {
    std::vector<Date> days;
    for (const std::string& text : given) {
        const auto day = date_from_text(text);
        if (!day) return Error{Errc::invalid, text + " is no date; write YYYY-MM-DD."};
        days.push_back(*day);
    }
    return days;
}

Result<int> set_calendar(Session& session, const Arguments& arguments) {
    auto off = days_from(arguments.list("off"));
    if (!off) return off.error();
    auto worked = days_from(arguments.list("worked"));
    if (!worked) return worked.error();
    const std::uint64_t year = arguments.number("YEAR");
    if (year < 1900 || year > 9999) return Error{Errc::invalid, "YEAR is a year of four digits."};
    domain::CalendarSet action{static_cast<std::uint16_t>(year), std::move(*off), std::move(*worked), arguments.text("basis")};
    json::object ids{{"year", action.year}, {"days_off", action.days_off.size()}, {"days_worked", action.days_worked.size()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> show_calendar(Session& session, const Arguments&) {
    json::array rows;
    for (const auto& [year, calendar] : session.registry().calendars) rows.push_back(views::calendar(year, calendar));
    session.out.rows(rows, {"year", "days_off", "days_worked", "basis"});
    return 0;
}

}  // namespace

std::vector<Verb> office_verbs() {
    const Option basis{"basis", Kind::text, true, "The document it rests on"};
    return {
        {"office",
         "create",
         "A department or centre inside a unit",
         "office create --unit 17 --name \"Sở Nông nghiệp và Phát triển nông thôn\"\n"
         "office create --unit 17 --name \"Văn phòng điều phối nông thôn mới\" --from 2016-01-01 --json",
         {{"unit", Kind::text, true, "Where it is"},
          {"name", Kind::text, true, "What it is called"},
          {"from", Kind::date, false, "Its first day, where that is known"}},
         create_office},
        {"office",
         "rename",
         "A new name of an office from a day on; what was written before keeps the old one",
         "office rename \"Sở Nông nghiệp và Phát triển nông thôn\" --name \"Sở Nông nghiệp và Môi trường\" --from 2025-03-01 "
         "--basis \"Nghị quyết 15\"\n"
         "office rename ID --name N --from 2025-03-01 --basis B --json",
         {{"OFFICE", Kind::text, true, "Id or name"},
          {"name", Kind::text, true, "The new name"},
          {"from", Kind::date, true, "First day of it"},
          basis},
         rename_office},
        {"office",
         "list",
         "Offices, as they are called on a day",
         "office list\noffice list --at 2023-12-31 --json",
         {{"at", Kind::date, false, "The day; today otherwise"}},
         list_offices},
        {"unit",
         "rename",
         "A new name, kind or code of a unit from a day on; what was written before keeps the old one",
         "unit rename 17/150/04831 --name \"Thị trấn Đà Bắc\" --from 2024-01-01 --basis \"Nghị quyết 20\"\n"
         "unit rename 17 --name \"Tỉnh Phú Thọ\" --code 25 --from 2025-07-01 --basis \"Nghị quyết 202/2025/QH15\"",
         {{"UNIT", Kind::text, true, "Path of codes, a unique code, or id"},
          {"name", Kind::text, true, "The new name"},
          {"kind", Kind::text, false, "commune, ward, town, ...; as before otherwise"},
          {"code", Kind::text, false, "Official code; as before otherwise"},
          {"from", Kind::date, true, "First day of it"},
          basis},
         rename_unit},
        {"calendar",
         "set",
         "The days off of a year besides Saturdays and Sundays: working days are counted by them",
         "calendar set 2026 --off 2026-01-01 --off 2026-02-16 --worked 2026-01-10 --basis \"Thông báo nghỉ lễ 2026\"\n"
         "calendar set 2026 --off 2026-04-30 --off 2026-05-01 --basis B --json",
         {{"YEAR", Kind::number, true, "The year; set again, the later one counts"},
          {"off", Kind::list, true, "A day off; may be repeated"},
          {"worked", Kind::list, false, "A Saturday or Sunday worked in exchange; may be repeated"},
          basis},
         set_calendar},
        {"calendar", "show", "The days off that are known", "calendar show\ncalendar show --json", {}, show_calendar},
    };
}

}  // namespace hoso::client::cli
