#include <algorithm>

#include "client/cli/case_file.hpp"
#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/places.hpp"
#include "client/cli/recording.hpp"
#include "client/text/words.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/geography.hpp"
#include "client/views/product_views.hpp"
#include "client/views/progress.hpp"

namespace hoso::client::cli {
namespace {

// Asked of the stages that the dossier has not reached: the first that gives an opinion, unless one is named.
std::string opinion_stage(const CaseFile& file) {
    const auto& stages = file.rules->stages;
    const auto found =
        std::find_if(stages.begin(), stages.end(), [](const domain::Stage& stage) { return stage.does == domain::Does::opinion; });
    return found == stages.end() ? std::string{} : found->key;
}

Result<int> give_opinion(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const std::string stage = arguments.text("stage", opinion_stage(*file));
    const auto criteria = criteria_of_stage(*file, stage);
    const auto options = whole_options_from(*file, arguments, criteria);
    if (!options) return options.error();
    domain::OpinionGiven action{file->dossier.id, stage, *options, arguments.yes("agrees"), arguments.text("text")};
    json::object ids = ids_of(*file);
    json::array assessed;
    for (const std::size_t index : criteria) assessed.push_back(json::string(file->set->criteria[index].no));
    ids["criteria"] = std::move(assessed);
    views::mark_illustrative(ids, file->rules.get());
    return record(session, std::move(action), file->product.id, std::move(ids));
}

Result<int> advise(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::AdvisoryReported action{file->dossier.id, arguments.text("stage", file->stage().key), arguments.yes("agrees"),
                                    arguments.text("text")};
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

Result<int> list_dossiers(Session& session, const Arguments& arguments) {
    const bool queue = arguments.has("queue");
    if (queue && !names_undetermined(arguments.text("queue")))
        return Error{Errc::invalid, "--queue takes undetermined (chưa xác định), not " + arguments.text("queue")};
    if (arguments.has("phase")) {
        if (const auto phase = phase_from(arguments.text("phase")); !phase) return phase.error();
    }
    std::optional<Uuid> round;
    if (arguments.has("round")) {
        const auto found = find_round(session.registry(), arguments.text("round"));
        if (!found) return found.error();
        round = *found;
    }
    const std::string step = arguments.text("step");
    if (!step.empty() && !views::is_dossier_step(step))
        return Error{Errc::invalid, "--step takes a step of the columns of progress, such as tallied or open, not " + step + "."};
    const views::Look look = session.look();
    const views::Geography on(look.registry(), arguments.date("at", session.today()));
    json::array rows = views::long_list();
    look.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& [id, dossier] : product.dossiers) {
            const views::Holder holder = views::holder(product, dossier, on);
            if (queue && !holder.why) continue;
            if (round && dossier.round != *round) continue;
            if (!step.empty() && !views::came_to(look.registry(), product, dossier, step)) continue;
            if (arguments.has("phase") && arguments.text("phase") != name(dossier.phase)) continue;
            json::object row = views::dossier_row(look, product, dossier, rows.storage());
            views::mark_holder(row, look.registry(), holder);
            rows.push_back(std::move(row));
        }
    });
    if (queue) {
        session.out.rows(rows, {"name", "path", "unit_name", "phase", "stage", "holder", "why"});
    } else {
        session.out.rows(rows, {"name", "path", "unit_name", "kind", "filed", "phase", "stage", "average", "stars", "holder"});
    }
    return 0;
}

Result<int> show_dossier(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const views::Look look = session.look();
    json::object out = views::dossier(look, file->product, file->dossier);
    views::mark_holder(out, look.registry(), views::holder(file->product, file->dossier, {look.registry(), session.today()}));
    session.out.object(std::move(out));
    return 0;
}

}  // namespace

std::vector<Verb> review_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name; its dossier under way is meant"};
    const Option stage{"stage", Kind::text, false, "Key of the stage; where the dossier stands otherwise"};
    return {
        {"dossier", "opinion", "Give a stage's opinion on the criteria it assesses",
         "dossier opinion PRODUCT --scores 1.1=3,2.1=3 --agrees yes --text \"Đúng thực tế\"\ndossier opinion PRODUCT --stage "
         "commune --options 0303 --agrees no --text \"Thiếu\"",
         with_scores({product,
                      {"stage", Kind::text, false, "Key of the stage; the first that gives opinions otherwise"},
                      {"agrees", Kind::yes_no, true, "yes or no"},
                      {"text", Kind::text, true, "The opinion"}}),
         give_opinion},
        {"dossier",
         "advise",
         "The advisory group's report",
         "dossier advise PRODUCT --agrees yes --text \"Đã kiểm tra thực tế\"\ndossier advise PRODUCT --stage district --agrees no "
         "--text \"Thiếu\"",
         {product, stage, {"agrees", Kind::yes_no, true, "yes or no"}, {"text", Kind::text, true, "The report"}},
         advise},
        {"dossier",
         "list",
         "Dossiers",
         "dossier list --phase submitted\ndossier list --round 2023 --step tallied --xlsx TALLIED.xlsx",
         {{"phase", Kind::text, false, "Only those in this phase"},
          {"round", Kind::text, false, "Only those of this round: id, title or year"},
          {"step", Kind::text, false, "Only those that a column of progress counts: registered, submitted, tallied, open, ..."},
          {"queue", Kind::text, false,
           "undetermined (chưa xác định): those of which it is not determined who holds them or who decides, since units changed"},
          {"at", Kind::date, false, "Who holds them on this day; today otherwise"}},
         list_dossiers},
        {"dossier",
         "show",
         "A product's dossier",
         "dossier show \"Chè Shan tuyết\"\ndossier show ID --json",
         {product},
         show_dossier},
    };
}

}  // namespace hoso::client::cli
