#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/session.hpp"
#include "client/views/funnel.hpp"
#include "client/views/progress.hpp"
#include "client/views/tasks.hpp"

// What waits to be done, and how far a round is.
namespace hoso::client::cli {
namespace {

constexpr std::size_t series_days_max = 400;

bool kept(const Session& session, const Arguments& arguments, const std::optional<UnitId>& under, const json::object& task) {
    if (arguments.flag("late") && !task.at("late").get_bool()) return false;
    if (!under) return true;
    const auto unit = UnitId::from_hex(std::string_view(task.at("unit").get_string()));
    return unit && session.registry().within(*unit, *under, session.today());
}

Result<int> list_tasks(Session& session, const Arguments& arguments) {
    AccountId account;
    if (arguments.has("account")) {
        const auto found = find_account(session.registry(), arguments.text("account"));
        if (!found) return found.error();
        account = *found;
    } else if (arguments.flag("mine")) {
        const auto self = session.globals.as.empty() ? Result<AccountId>{session.desk.identity().account}
                                                     : find_account(session.registry(), session.globals.as);
        if (!self) return self.error();
        account = *self;
    }
    std::optional<UnitId> under;
    if (arguments.has("under")) {
        const auto found = find_unit(session.registry(), arguments.text("under"), session.today());
        if (!found) return found.error();
        under = *found;
    }
    json::array rows;
    for (json::value& task : views::tasks(session.look(), arguments.date("at", session.today()), account)) {
        if (kept(session, arguments, under, task.get_object())) rows.push_back(std::move(task));
    }
    session.out.rows(rows, {"due", "days_left", "task", "name", "path", "role", "basis", "detail"});
    return 0;
}

Result<int> show_funnel(Session& session, const Arguments& arguments) {
    const auto round = find_round(session.registry(), arguments.text("round"));
    if (!round) return round.error();
    session.out.rows(views::funnel(session.look(), session.registry().rounds.at(*round)), {"step", "products"});
    return 0;
}

// The days from `from` on, `step` days apart, and the last one.
std::vector<Date> days_of(Date from, Date to, int step) {
    std::vector<Date> days;
    for (Date day = from; day < to; day += std::chrono::days{step}) days.push_back(day);
    days.push_back(to);
    return days;
}

// How far the round was at the end of each day: the log is folded once, from the first day to the last. A day before the log or the
// round began has zeros.
Result<int> show_series(Session& session, const domain::Round& round, Date to, const Arguments& arguments) {
    const std::string by = arguments.text("by");
    if (by != "day" && by != "week") return Error{Errc::invalid, "--by takes day or week, not " + by + "."};
    const Date from = arguments.date("from", *date_from_text(std::to_string(round.year) + "-01-01"));
    if (from > to) return Error{Errc::invalid, "--from is after the last day."};
    const auto days = days_of(from, to, by == "week" ? 7 : 1);
    if (days.size() > series_days_max) return Error{Errc::limit, "At most 400 days are told: name a later --from, or --by week."};
    PastStates past;
    json::array rows;
    for (const Date day : days) {
        json::object row{{"day", to_text(day)}};
        const bool now = day == session.today() && !session.past;
        const auto then = now ? Result<PastStates::Look>{PastStates::Look{nullptr, day}} : past.at(session.desk, {{}, day});
        if (!then && then.error().code != Errc::not_found) return then.error();
        std::optional<views::Look> look;
        if (now) look.emplace(session.look());
        if (!now && then) look.emplace(*then->state);
        const bool begun = look && look->registry().rounds.contains(round.id);
        const json::array counted =
            begun ? views::progress(*look, look->registry().rounds.at(round.id), day, views::Geography(look->registry(), day))
                  : json::array{};
        for (const char* key : {"registered", "submitted", "received", "tallied", "recognised"})
            row[key] = counted.empty() ? json::value(0) : counted.back().at(key);
        rows.push_back(std::move(row));
    }
    session.out.rows(rows, {"day", "registered", "submitted", "received", "tallied", "recognised"});
    return 0;
}

Result<int> show_pace(Session& session, const Arguments& arguments) {
    const auto round = find_round(session.registry(), arguments.text("round"));
    if (!round) return round.error();
    if (arguments.has("by"))
        return show_series(session, session.registry().rounds.at(*round), arguments.date("at", session.today()), arguments);
    session.out.rows(views::pace(session.look(), session.registry().rounds.at(*round), arguments.date("at", session.today())),
                     {"district", "path", "done", "left", "days_left", "pace", "pace_needed", "behind"});
    return 0;
}

}  // namespace

std::vector<Verb> task_verbs() {
    const Option round{"round", Kind::text, true, "Id, title or year"};
    const Option at{"at", Kind::date, false, "As seen on this day; today otherwise"};
    return {
        {"task",
         "list",
         "What waits to be done, by whom and by when, the most pressing first",
         "task list --mine\ntask list --under 17/150 --late --xlsx TASKS.xlsx",
         {{"mine", Kind::flag, false,
           "What the mandates and seats of the account of --as ask; of this desk's first officer without it"},
          {"account", Kind::text, false, "What those of this account ask"},
          {"under", Kind::text, false, "Only of this unit and what lies in it"},
          {"late", Kind::flag, false, "Only what is late"},
          at},
         list_tasks},
        {"round",
         "funnel",
         "How many of a round's products came how far",
         "round funnel --round 2023\nround funnel --round 2023 --json",
         {round},
         show_funnel},
        {"round",
         "pace",
         "How fast each unit goes against the round's deadline",
         "round pace --round 2023\nround pace --round 2023 --by week --at 2023-11-15 --csv PACE.csv",
         {round,
          at,
          {"by", Kind::text, false, "day or week: how far the whole round was at the end of each, instead of the units"},
          {"from", Kind::date, false, "The first of these days; the beginning of the round's year otherwise"}},
         show_pace},
    };
}

}  // namespace hoso::client::cli
