#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/session.hpp"
#include "client/views/funnel.hpp"
#include "client/views/tasks.hpp"

// What waits to be done, and how far a round is.
namespace hoso::client::cli {
namespace {

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

Result<int> show_pace(Session& session, const Arguments& arguments) {
    const auto round = find_round(session.registry(), arguments.text("round"));
    if (!round) return round.error();
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
         "round pace --round 2023\nround pace --round 2023 --at 2023-11-15 --csv PACE.csv",
         {round, at},
         show_pace},
    };
}

}  // namespace hoso::client::cli
