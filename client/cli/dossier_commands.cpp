#include <algorithm>

#include "client/cli/case_file.hpp"
#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/product_views.hpp"
#include "shared/domain/grade.hpp"

namespace hoso::client::cli {
namespace {

Result<int> open_dossier(Session& session, const Arguments& arguments) {
    const views::Look look = session.look();
    const auto product_id = find_product(look, arguments.text("PRODUCT"));
    if (!product_id) return product_id.error();
    const domain::Subject* subject = look.subject(look.product(*product_id)->subject);
    if (!subject) return Error{Errc::not_found, "The product's subject is not on this desk: sync first."};
    const auto kind = dossier_kind_from(arguments.text("kind"));
    if (!kind) return kind.error();
    const auto rules = find_rule_set(session.registry(), arguments.text("ruleset"));
    if (!rules) return rules.error();
    const auto round = find_round(session.registry(), arguments.text("round"));
    if (!round) return round.error();
    domain::DossierOpened action{
        io::uuid_v7(session.desk.now()),          *kind,         *rules,        *round,
        arguments.date("filed", session.today()), subject->name, subject->type, arguments.text("registration")};
    if (arguments.flag("carry")) {
        const domain::Dossier* before = views::newest_dossier(*look.product(*product_id));
        if (!before) return Error{Errc::not_found, "The product has no earlier dossier to carry on."};
        action.carries_from = before->id;
    }
    json::object ids{{"dossier", action.dossier.hex()}, {"product", product_id->hex()}};
    const domain::RuleSet* known = session.registry().rules(*rules);
    views::mark_illustrative(ids, known);
    views::mark_window(ids, *look.product(*product_id), action.kind, action.filing_date, known);
    if (const json::value* inside = ids.if_contains("in_window"); inside && !inside->as_bool())
        session.out.say(session.out.pick("Hồ sơ đánh giá lại nộp ngoài thời gian quy định.",
                                         "This re-evaluation is filed outside of its window."));
    return record(session, std::move(action), *product_id, std::move(ids));
}

Result<int> set_field(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    return record(session, domain::FieldSet{file->dossier.id, arguments.text("FIELD"), arguments.text("VALUE")}, file->product.id,
                  ids_of(*file));
}

Result<int> add_document(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::DocumentAdded action{file->dossier.id, arguments.text("document"), arguments.text("title"), arguments.list("criteria")};
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

Result<int> add_note(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    return record(session, domain::NoteAdded{file->dossier.id, arguments.text("TEXT")}, file->product.id, ids_of(*file));
}

Result<int> assess(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    if (file->set->criteria.empty()) return no_sheet(*file);
    const auto options = options_from(*file, arguments, all_criteria(*file));
    if (!options) return options.error();
    json::object ids = ids_of(*file);
    ids["self_assessment"] = views::assessment(file->set, *options);
    views::mark_illustrative(ids, file->rules.get());
    return record(session, domain::SelfAssessed{file->dossier.id, *options}, file->product.id, std::move(ids));
}

}  // namespace

std::vector<Verb> dossier_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name; its dossier under way is meant"};
    return {
        {"dossier",
         "open",
         "Open a dossier for a product",
         "dossier open \"Chè Shan tuyết\" --kind re-evaluation --ruleset ocop-148-2023 --round 2023 --filed 2023-09-11\n"
         "dossier open ID --kind first --ruleset ocop-148-2023 --round 2023",
         {product,
          {"kind", Kind::text, true, "first, upgrade or re-evaluation"},
          {"ruleset", Kind::text, true, "Id or hash"},
          {"round", Kind::text, true, "Id, title or year"},
          {"filed", Kind::date, false, "Day of filing; today otherwise"},
          {"registration", Kind::text, false, "Number of the registration form"},
          {"carry", Kind::flag, false, "Take over what still holds of the dossier before: papers, fields, own assessment"}},
         open_dossier},
        {"dossier",
         "set",
         "Set a field",
         "dossier set PRODUCT output_per_year \"2 tấn\"\ndossier set PRODUCT brand X --json",
         {product, {"FIELD", Kind::text, true, "Its key"}, {"VALUE", Kind::text, true, "Its value"}},
         set_field},
        {"dossier",
         "document",
         "Add a document",
         "dossier document PRODUCT --document registration_form --title \"Phiếu đăng ký\"\ndossier document PRODUCT --document "
         "evidence_annex --title T --criteria 1.1 --criteria 2.3",
         {product,
          {"document", Kind::text, true, "Key of the rule set's contents or evidence"},
          {"title", Kind::text, true, "What it is called"},
          {"criteria", Kind::list, false, "A criterion it is cited for; may be repeated"}},
         add_document},
        {"dossier",
         "note",
         "Add a note",
         "dossier note PRODUCT \"Đã gọi điện\"\ndossier note PRODUCT TEXT --json",
         {product, {"TEXT", Kind::text, true, "The note"}},
         add_note},
        {"dossier", "assess", "Enter the subject's self-assessment",
         "dossier assess PRODUCT --scores 1.1=3,1.2=2,2.1=3\ndossier assess PRODUCT --file SCORES.json", with_scores({product}),
         assess},
    };
}

}  // namespace hoso::client::cli
