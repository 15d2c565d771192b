#include "client/cli/careful.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/numbers.hpp"
#include "client/cli/recording.hpp"
#include "client/views/programme_views.hpp"

// What goes with dossiers and decisions: numbers of forms, letters to the next stage, publication, samples, a member's recusal.
namespace hoso::client::cli {
namespace {

Result<int> number_form(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const auto unit = find_unit(session.registry(), arguments.text("unit"), session.today());
    if (!unit) return unit.error();
    Numbers numbers(session);
    const auto number = numbers.take(domain::NumberKind::form);
    if (!number) return number.error();
    json::object ids = ids_of(*file);
    ids["number"] = numbers.text(*number);
    domain::FormNumbered action{*unit, file->product.id, file->dossier.id, *number, arguments.date("date", session.today())};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> receive_samples(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const std::uint64_t count = arguments.number("count");
    if (count < 1 || count > 10'000) return Error{Errc::invalid, "--count is a number of samples from 1 to 10000."};
    domain::SamplesReceived action{file->dossier.id, arguments.text("stage", file->stage().key), static_cast<std::uint16_t>(count),
                                   arguments.date("date", session.today()), arguments.text("text")};
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

Result<int> recuse(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const auto council = find_council(session.registry(), arguments.text("council"));
    if (!council) return council.error();
    const auto account = arguments.has("member") ? find_account(session.registry(), arguments.text("member")) : session.actor();
    if (!account) return account.error();
    domain::Recused action{file->dossier.id, *council, *account, arguments.text("reason")};
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

Result<int> send_package(Session& session, const Arguments& arguments) {
    const auto unit = find_unit(session.registry(), arguments.text("unit"), session.today());
    if (!unit) return unit.error();
    const auto document = hash_of_file(arguments, "document");
    if (!document) return document.error();
    domain::PackageSent action{io::uuid_v7(session.desk.now()),
                               *unit,
                               arguments.text("stage"),
                               arguments.text("number"),
                               arguments.date("date", session.today()),
                               arguments.text("to"),
                               {},
                               *document};
    for (const std::string& product : arguments.list("product")) {
        const auto file = open_case(session, product);
        if (!file) return file.error();
        if (const auto once = check_once(action.dossiers, *file); !once) return once.error();
        if (const auto known = check_stage(*file, action.stage); !known) return known.error();
        action.dossiers.push_back({file->product.id, file->dossier.id});
    }
    json::object ids{{"package", action.package.hex()}, {"number", action.number}, {"dossier_count", action.dossiers.size()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_packages(Session& session, const Arguments&) {
    session.out.rows(views::packages(session.look()),
                     {"number", "date", "path", "unit_name", "stage", "recipient", "dossier_count", "package"});
    return 0;
}

Result<int> publish(Session& session, const Arguments& arguments) {
    const auto decision = find_decision(session.registry(), arguments.text("DECISION"));
    if (!decision) return decision.error();
    domain::ResultsPublished action{session.registry().decisions.at(*decision).unit, *decision,
                                    arguments.date("date", session.today()), arguments.text("place")};
    return record(session, std::move(action), registry_stream, {{"decision", decision->hex()}});
}

}  // namespace

std::vector<Verb> letter_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name; its dossier under way is meant"};
    const Option date{"date", Kind::date, false, "Its day; today otherwise"};
    return {
        {"form",
         "number",
         "Give a registration form the next number of this desk; commune and province each give one",
         "form number \"Chè Shan tuyết\" --unit 17/150/04867\nform number ID --unit 17 --date 2023-09-20",
         {product, {"unit", Kind::text, true, "Whose number it is"}, {"date", Kind::date, false, "Received on; today otherwise"}},
         number_form},
        {"dossier",
         "samples",
         "Samples that were handed over",
         "dossier samples \"Chè Shan tuyết\" --count 5 --text \"Nguyên bao bì\"\ndossier samples ID --count 5 --stage province",
         {product,
          {"count", Kind::number, true, "How many"},
          {"stage", Kind::text, false, "Key of the stage that has them; where the dossier stands otherwise"},
          {"text", Kind::text, false, "Their state, and where they are kept"},
          date},
         receive_samples},
        {"dossier",
         "recuse",
         "A member of the council may not judge this dossier",
         "dossier recuse \"Chè Shan tuyết\" --council ID --reason \"Là thành viên hợp tác xã\"\n"
         "dossier recuse ID --council ID --member \"Trưởng phòng Y tế\" --reason R",
         {product,
          {"council", Kind::text, true, "Id"},
          {"member", Kind::text, false, "Title or id; whoever acts otherwise"},
          {"reason", Kind::text, true, "Why"}},
         recuse},
        {"package",
         "send",
         "A letter that takes dossiers to the next stage; forward each of them as well",
         "package send --unit 17/150 --stage district --number 88/UBND --to \"UBND tỉnh\" --product \"Chè Shan tuyết\"\n"
         "package send --unit 17 --stage province --number 12/TTr-UBND --to \"Bộ\" --product ID --document TOTRINH.pdf",
         {{"unit", Kind::text, true, "Who sends"},
          {"stage", Kind::text, true, "Key of the stage that sends"},
          {"number", Kind::text, true, "Of the letter"},
          {"to", Kind::text, true, "To whom"},
          {"product", Kind::list, true, "A product whose dossier goes; may be repeated"},
          {"document", Kind::file, false, "The letter: its SHA-256 stands in the log"},
          date},
         send_package},
        {"package", "list", "Letters that took dossiers on", "package list\npackage list --json", {}, list_packages},
        {"decision",
         "publish",
         "Note where a decision's results were published",
         "decision publish 101/QĐ-UBND --place \"Cổng thông tin điện tử tỉnh\"\ndecision publish ID --place P --date 2023-12-20",
         {{"DECISION", Kind::text, true, "Id or number"}, {"place", Kind::text, true, "Where"}, date},
         publish},
    };
}

}  // namespace hoso::client::cli
