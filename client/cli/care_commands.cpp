#include <algorithm>

#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/views/programme_views.hpp"

// A product before its dossier and after its recognition.
namespace hoso::client::cli {
namespace {

// The rule set named, or the one published last.
Result<Hash> rules_named(const Session& session, const Arguments& arguments) {
    if (arguments.has("ruleset")) return find_rule_set(session.registry(), arguments.text("ruleset"));
    if (session.registry().newest_rule_set.is_nil()) return Error{Errc::not_found, "No rule set is published yet."};
    return session.registry().newest_rule_set;
}

Result<int> review_idea(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const auto rules = rules_named(session, arguments);
    if (!rules) return rules.error();
    domain::IdeaReviewed action{arguments.yes("approved"), *rules, arguments.list("reason"), arguments.text("text"),
                                arguments.date("date", session.today())};
    if (!action.approved && action.reasons.empty()) {
        std::string known;
        for (const auto& reason : session.registry().rules(*rules)->idea_reasons) known += (known.empty() ? "" : ", ") + reason.key;
        return Error{Errc::invalid, "An idea is declined for a --reason; there are " + known + "."};
    }
    json::object ids{{"product", product->hex()}, {"approved", action.approved}};
    return record(session, std::move(action), *product, std::move(ids));
}

Result<int> give_code(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    domain::ProductCoded action{arguments.text("CODE"), arguments.date("date", session.today())};
    json::object ids{{"product", product->hex()}, {"code", action.code}};
    return record(session, std::move(action), *product, std::move(ids));
}

Result<int> notify_expiry(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    domain::ExpiryNotified action{arguments.text("certificate"), arguments.text("number"), arguments.date("date", session.today())};
    json::object ids{{"product", product->hex()}, {"certificate", action.certificate}};
    return record(session, std::move(action), *product, std::move(ids));
}

Result<int> serve_revocation(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    domain::RevocationServed action{arguments.text("certificate"), arguments.list("to"), arguments.date("date", session.today())};
    json::object ids{{"product", product->hex()}, {"certificate", action.certificate}};
    return record(session, std::move(action), *product, std::move(ids));
}

Result<int> record_inspection(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const auto kind = inspection_kind_from(arguments.text("kind"));
    if (!kind) return kind.error();
    const auto outcome = inspection_outcome_from(arguments.text("outcome"));
    if (!outcome) return outcome.error();
    const auto rules = rules_named(session, arguments);
    if (!rules) return rules.error();
    domain::Inspected action{io::uuid_v7(session.desk.now()),
                             *kind,
                             *outcome,
                             arguments.text("certificate"),
                             *rules,
                             arguments.text("ground"),
                             arguments.date("date", session.today()),
                             arguments.text("text")};
    json::object ids{{"inspection", action.inspection.hex()}, {"product", product->hex()}};
    return record(session, std::move(action), *product, std::move(ids));
}

Result<int> list_inspections(Session& session, const Arguments&) {
    session.out.rows(views::inspections(session.look()),
                     {"date", "name", "path", "kind", "conclusion", "certificate", "ground", "text"});
    return 0;
}

Result<int> file_complaint(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    domain::ComplaintFiled action{
        io::uuid_v7(session.desk.now()), arguments.date("date", session.today()), {}, arguments.text("text")};
    if (arguments.has("complainant")) action.complainant = session.desk.seal_field("complainant", arguments.text("complainant"));
    json::object ids{{"complaint", action.complaint.hex()}, {"product", product->hex()}};
    return record(session, std::move(action), *product, std::move(ids));
}

// The product that the complaint is about.
Result<StreamId> product_of_complaint(const views::Look& look, const std::string& text) {
    const auto id = Uuid::from_hex(text);
    std::optional<StreamId> found;
    look.each<domain::Product>([&](const domain::Product& product) {
        const auto& all = product.care.complaints;
        if (id && std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.filed.complaint == *id; }))
            found = product.id;
    });
    if (!found) return Error{Errc::not_found, "There is no complaint " + text + ": see `complaint list`."};
    return *found;
}

Result<int> answer_complaint(Session& session, const Arguments& arguments) {
    const auto product = product_of_complaint(session.look(), arguments.text("COMPLAINT"));
    if (!product) return product.error();
    domain::ComplaintResolved action{*Uuid::from_hex(arguments.text("COMPLAINT")), arguments.yes("upheld"),
                                     arguments.text("number"), arguments.date("date", session.today()), arguments.text("text")};
    json::object ids{{"complaint", action.complaint.hex()}, {"product", product->hex()}, {"upheld", action.upheld}};
    return record(session, std::move(action), *product, std::move(ids));
}

Result<int> list_complaints(Session& session, const Arguments&) {
    session.out.rows(views::complaints(session.look()),
                     {"date", "name", "path", "text", "resolved", "upheld", "answer", "complaint"});
    return 0;
}

Result<int> correct(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const auto after = arguments.line("after");
    if (!after) return after.error();
    domain::Corrected action{arguments.text("certificate"), arguments.text("item"),
                             arguments.text("before"),      *after,
                             arguments.text("number"),      arguments.date("date", session.today()),
                             arguments.text("reason")};
    json::object ids{{"product", product->hex()}, {"item", action.item}, {"before", action.before}, {"after", action.after}};
    return record(session, std::move(action), *product, std::move(ids));
}

std::vector<Verb> before_recognition() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name"};
    const Option date{"date", Kind::date, false, "Its day; today otherwise"};
    const Option ruleset{"ruleset", Kind::text, false, "Id or hash; the one published last otherwise"};
    return {
        {"idea",
         "review",
         "The field team's review of a product's idea, before a dossier is opened",
         "idea review \"Chè Shan tuyết\" --approved yes\n"
         "idea review ID --approved no --reason too_small --text \"Mới 200 m2\"",
         {product,
          {"approved", Kind::yes_no, true, "yes or no"},
          {"reason", Kind::list, false, "Key of a reason in the rule set; may be repeated"},
          {"text", Kind::text, false, "In words"},
          ruleset,
          date},
         review_idea},
        {"product",
         "code",
         "Give a product its code, or a new one",
         "product code \"Chè Shan tuyết\" 17-150-04867-1-2023\nproduct code ID 25-04867-1-2026 --json",
         {product, {"CODE", Kind::text, true, "As the rule set's pattern has it"}, date},
         give_code},
    };
}

}  // namespace

std::vector<Verb> care_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name"};
    const Option certificate{"certificate", Kind::text, true, "Its number"};
    const Option date{"date", Kind::date, false, "Its day; today otherwise"};
    std::vector<Verb> rows = before_recognition();
    const std::vector<Verb> after{
        {"cert",
         "notify",
         "Note that the subject was told in writing that a certificate runs out",
         "cert notify \"Chè Shan tuyết\" --certificate OCOP-2019-001 --number 77/SNN\ncert notify ID --certificate C --number N "
         "--date "
         "2023-09-01",
         {product, certificate, {"number", Kind::text, false, "Of the letter"}, date},
         notify_expiry},
        {"cert",
         "serve",
         "Note to whom a revocation was sent",
         "cert serve \"Chè Shan tuyết\" --certificate OCOP-2019-001 --to \"Chủ thể\" --to \"Chi cục quản lý thị trường\"\n"
         "cert serve ID --certificate C --to \"Chủ thể\" --date 2023-12-20",
         {product, certificate, {"to", Kind::list, true, "The subject, an agency; may be repeated"}, date},
         serve_revocation},
        {"inspection",
         "record",
         "What an inspection found; with the outcome revoke the days to revoke begin",
         "inspection record \"Chè Shan tuyết\" --kind periodic --outcome kept --text \"Đạt\"\n"
         "inspection record ID --kind confirmation --outcome revoke --certificate C --ground production_stopped --text \"Ngừng sản "
         "xuất\"",
         {product,
          {"kind", Kind::text, true, "periodic, ad-hoc, or confirmation by the commune that production stopped"},
          {"outcome", Kind::text, true, "kept, remedy or revoke"},
          {"certificate", Kind::text, false, "The one it is about; needed to revoke"},
          {"ground", Kind::text, false, "Key of the rule set's grounds; needed to revoke"},
          {"ruleset", Kind::text, false, "Id or hash; the one published last otherwise"},
          {"text", Kind::text, true, "What was found"},
          date},
         record_inspection},
        {"inspection", "list", "Inspections", "inspection list\ninspection list --json", {}, list_inspections},
        {"complaint",
         "file",
         "A complaint or petition about a product; who complains enters the log as a commitment only",
         "complaint file \"Chè Shan tuyết\" --text \"Nhãn ghi sai hạng sao\"\ncomplaint file ID --text T --complainant N --date "
         "2023-12-20",
         {product,
          {"text", Kind::text, true, "What it says"},
          {"complainant", Kind::text, false, "Personal: kept on this desk"},
          date},
         file_complaint},
        {"complaint",
         "answer",
         "Answer a complaint",
         "complaint answer ID --upheld yes --number 12/TB --text \"Đính chính\"\ncomplaint answer ID --upheld no --text T --json",
         {{"COMPLAINT", Kind::text, true, "Id"},
          {"upheld", Kind::yes_no, true, "yes or no"},
          {"number", Kind::text, false, "Of the answer"},
          {"text", Kind::text, true, "The answer"},
          date},
         answer_complaint},
        {"complaint", "list", "Complaints and their answers", "complaint list\ncomplaint list --json", {}, list_complaints},
        {"correction",
         "make",
         "Correct a clerical error: what was written stays, the correction stands beside it",
         "correction make \"Che Shan tuyết\" --item name --before \"Che Shan tuyết\" --after \"Chè Shan tuyết\" --reason \"Thiếu "
         "dấu\"\n"
         "correction make ID --certificate C --item subject --before A --after B --number 15/QĐ-UBND --reason R",
         {product,
          {"certificate", Kind::text, false, "The one with the error; the product itself otherwise"},
          {"item", Kind::text, true, "name for the product's name, or in words"},
          {"before", Kind::text, true, "As it is written"},
          {"after", Kind::text, true, "As it should be"},
          {"number", Kind::text, false, "Of the correcting decision"},
          {"reason", Kind::text, true, "Why"},
          date},
         correct},
    };
    rows.insert(rows.end(), after.begin(), after.end());
    return rows;
}

}  // namespace hoso::client::cli
