#include "client/cli/careful.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/error_words.hpp"
#include "client/cli/recording.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/tasks.hpp"

// Turn and digest are those of the dossier as this desk shows it now: what the officer saw.
namespace hoso::client::cli {
namespace {

// "A mandatory document is missing" sends an officer looking: name what is.
Error with_what_is_missing(const Session& session, const CaseFile& file, const Error& error) {
    const auto reason = reason_of(error.detail);
    if (reason != domain::Reason::documents_missing && reason != domain::Reason::opinion_missing) return error;
    const std::string_view part = reason == domain::Reason::documents_missing ? "document" : "opinion";
    std::string names;
    for (const json::value& each : views::missing_parts(*file.rules, *file.set, file.dossier)) {
        if (each.at("part").as_string() != part) continue;
        names += (names.empty() ? "" : "; ") + std::string(each.at(session.out.pick("name_vi", "name_en")).as_string()) + " (" +
                 std::string(each.at("key").as_string()) + ")";
    }
    return {error.code, error.detail + " Missing: " + names + "."};
}

// Which files are still on their way, a line each would be too many: how many of which documents, and what is left of them.
Error with_missing_files(const CaseFile& file, const Error& error) {
    if (reason_of(error.detail) != domain::Reason::files_missing) return error;
    std::map<std::string, int> files;
    std::uint64_t bytes = 0;
    for (const json::value& each : views::missing_file_rows(file.product, file.dossier)) {
        const std::string title(each.at("title").as_string());
        ++files[title.empty() ? std::string(each.at("document").as_string()) : title];
        bytes += each.at("bytes").to_number<std::uint64_t>();
    }
    std::string names;
    for (const auto& [title, count] : files) names += (names.empty() ? "" : "; ") + title + " (" + std::to_string(count) + ")";
    return {error.code, error.detail + " Awaited: " + names + ", " + std::to_string(bytes) + " byte."};
}

Result<int> submit(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::Submitted action{file->dossier.id, file->dossier.turn, arguments.date("date", session.today())};
    auto done = record(session, action, file->product.id, ids_of(*file));
    return done ? done : with_what_is_missing(session, *file, done.error());
}

Result<int> withdraw(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::Withdrawn action{file->dossier.id, file->dossier.turn, arguments.text("reason")};
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

Result<int> receive(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::Received action{file->dossier.id, file->dossier.turn, arguments.text("stage", file->stage().key),
                            arguments.date("date", session.today())};
    auto done = record(session, std::move(action), file->product.id, ids_of(*file));
    return done ? done : with_missing_files(*file, done.error());
}

Result<int> give_back(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::Returned action{file->dossier.id, file->dossier.turn, arguments.text("stage", file->stage().key), {}};
    for (const std::string& item : arguments.list("item")) {
        const auto equals = item.find('=');
        if (equals == 0 || equals == std::string::npos || equals + 1 == item.size()) {
            return Error{Errc::invalid, "--item " + item + ": write KEY=REASON"};
        }
        if (const auto known = check_item(*file, item.substr(0, equals)); !known) return known.error();
        action.items.push_back({item.substr(0, equals), item.substr(equals + 1)});
    }
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

Result<int> forward(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::Forwarded action{file->dossier.id, file->dossier.turn, arguments.text("stage", file->stage().key),
                             domain::digest(file->dossier), arguments.date("date", session.today())};
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

Result<int> decline(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    domain::Declined action{file->dossier.id, arguments.text("stage", file->stage().key), domain::digest(file->dossier),
                            arguments.date("date", session.today()), arguments.text("advice")};
    return record(session, std::move(action), file->product.id, ids_of(*file));
}

}  // namespace

std::vector<Verb> transition_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name; its dossier under way is meant"};
    const Option stage{"stage", Kind::text, false, "Key of the stage; where the dossier stands otherwise"};
    const Option date{"date", Kind::date, false, "Stated day; today otherwise"};
    return {
        {"dossier",
         "submit",
         "Submit a dossier",
         "dossier submit PRODUCT\ndossier submit PRODUCT --date 2023-09-11",
         {product, date},
         submit},
        {"dossier",
         "withdraw",
         "Withdraw a dossier",
         "dossier withdraw PRODUCT --reason \"Chủ thể xin rút\"\ndossier withdraw PRODUCT --reason R --json",
         {product, {"reason", Kind::text, true, "Why"}},
         withdraw},
        {"dossier",
         "receive",
         "Receive a submitted dossier",
         "dossier receive PRODUCT\ndossier receive PRODUCT --stage district --date 2023-09-20",
         {product, stage, date},
         receive},
        {"dossier",
         "return",
         "Give a dossier back, item by item",
         "dossier return PRODUCT --item \"evidence_annex=Thiếu phiếu kiểm nghiệm\"\ndossier return PRODUCT --stage district --item "
         "1.1=R --item 2.3=R",
         {product, stage, {"item", Kind::list, true, "KEY=REASON; may be repeated"}},
         give_back},
        {"dossier",
         "forward",
         "Pass a dossier to the next stage",
         "dossier forward PRODUCT\ndossier forward PRODUCT --stage district --date 2023-11-01",
         {product, stage, date},
         forward},
        {"dossier",
         "decline",
         "Decline a dossier with advice",
         "dossier decline PRODUCT --advice \"Hoàn thiện hồ sơ\"\ndossier decline PRODUCT --stage district --advice A",
         {product, stage, date, {"advice", Kind::text, true, "What to improve"}},
         decline},
    };
}

}  // namespace hoso::client::cli
