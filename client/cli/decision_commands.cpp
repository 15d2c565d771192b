#include <algorithm>

#include "client/cli/careful.hpp"
#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/numbers.hpp"
#include "client/cli/recording.hpp"
#include "client/text/words.hpp"
#include "client/views/council_views.hpp"
#include "client/views/product_views.hpp"
#include "shared/base/hash.hpp"

namespace hoso::client::cli {
namespace {

// A line that no recognition can follow spoils its number, and what is signed on paper stays signed: looked at before.
Result<void> check_earned(const Session& session, const CaseFile& file, const std::string& stage) {
    const domain::Dossier& dossier = file.dossier;
    const domain::Tally& tally = *dossier.tally;
    const domain::Stage* of_stage = file.rules->stage(stage);
    const auto refused = [&](const char* reason, const std::string& why) {
        return Error{Errc::conflict, reason + (": " + file.product.name) + " " + why + ". To sign all the same: --force."};
    };
    if (dossier.phase != domain::Phase::tallied) return refused("wrong_phase", "has no result that awaits a decision");
    if (!of_stage || tally.stage != stage) return refused("wrong_stage", "was not tallied at the stage " + stage);
    if (!of_stage->decides_stars(tally.stars))
        return refused("stars_not_earned",
                       "has " + std::to_string(tally.stars) + " stars, which the stage " + stage + " does not decide");
    for (const auto& [id, decision] : session.registry().decisions) {
        const auto names_it = [&](const domain::DecisionLine& line) { return line.dossier == dossier.id; };
        if (decision.stage == stage && std::any_of(decision.lines.begin(), decision.lines.end(), names_it))
            return refused("already_exists", "is listed in the decision " + decision.number + " already");
    }
    return {};
}

Result<domain::DecisionLine> recognition_line(const Session& session, const std::string& product, const std::string& stage,
                                              Numbers& numbers) {
    const auto file = open_case(session, product);
    if (!file) return file.error();
    if (const auto known = check_stage(*file, stage); !known) return known.error();
    if (!file->dossier.tally) return Error{Errc::conflict, "wrong_phase: " + file->product.name + " was not tallied."};
    if (const auto earned = check_earned(session, *file, stage); !earned && !session.globals.force) return earned.error();
    const auto certificate = numbers.take(domain::NumberKind::certificate);
    if (!certificate) return certificate.error();
    if (const auto free = check_free(session.look(), file->product.id, numbers.text(*certificate)); !free) return free.error();
    return domain::DecisionLine{file->product.id, file->dossier.id, file->dossier.tally->stars, *certificate, {}};
}

Result<domain::DecisionLine> revocation_line(const Session& session, const std::string& text, const std::string& certificate) {
    const views::Look look = session.look();
    const auto product = find_product(look, text);
    if (!product) return product.error();
    const domain::Certificate* held = look.product(*product)->certificate(certificate);
    if (!held) return Error{Errc::not_found, "unknown_certificate: the product holds no certificate " + certificate + "."};
    return domain::DecisionLine{*product, {}, held->stars, {}, certificate};
}

Result<std::vector<domain::DecisionLine>> lines_of(const Session& session, const Arguments& arguments, domain::DecisionKind kind,
                                                   Numbers& numbers) {
    const auto products = arguments.list("product");
    const auto certificates = arguments.list("certificate");
    const bool revokes = kind == domain::DecisionKind::revocation;
    if (certificates.size() != (revokes ? products.size() : 0)) {
        return Error{Errc::invalid, revokes ? "A revocation names a --certificate for every --product, in the same order."
                                            : "A recognition takes its certificate numbers from this desk's blocks: name none."};
    }
    std::vector<domain::DecisionLine> lines;
    for (std::size_t i = 0; i < products.size(); ++i) {
        auto line = revokes ? revocation_line(session, products[i], certificates[i])
                            : recognition_line(session, products[i], arguments.text("stage"), numbers);
        if (!line) return line.error();
        const auto same = [&](const domain::DecisionLine& other) {
            return other.product == line->product && other.certificate_text == line->certificate_text;
        };
        if (std::any_of(lines.begin(), lines.end(), same))
            return Error{Errc::invalid, products[i] + " is named twice: name each product once."};
        lines.push_back(std::move(*line));
    }
    return lines;
}

Result<int> sign_decision(Session& session, const Arguments& arguments) {
    const auto kind = decision_kind_from(arguments.text("kind"));
    if (!kind) return kind.error();
    if (const auto known = check_stage(session.registry(), arguments.text("stage")); !known) return known.error();
    const auto unit = session.unit(arguments.text("unit"));
    if (!unit) return unit.error();
    Numbers numbers(session);
    const auto number = numbers.take(domain::NumberKind::decision);
    if (!number) return number.error();
    const auto lines = lines_of(session, arguments, *kind, numbers);
    if (!lines) return lines.error();
    const auto document = hash_of_file(arguments, "document");
    if (!document) return document.error();
    domain::DecisionSigned action{io::uuid_v7(session.desk.now()),         *kind,  *unit,    arguments.text("stage"), *number,
                                  arguments.date("date", session.today()), *lines, *document};
    json::array shown;
    for (const domain::DecisionLine& line : *lines) {
        const bool recognises = *kind == domain::DecisionKind::recognition;
        json::object row{{"product", line.product.hex()},
                         {"stars", line.stars},
                         {"certificate", recognises ? numbers.text(line.certificate) : line.certificate_text}};
        views::mark_illustrative(row, session.look(), line.product, line.dossier);
        shown.push_back(std::move(row));
    }
    json::object ids{{"decision", action.decision.hex()},
                     {"number", numbers.text(*number)},
                     {"date", to_text(action.date)},
                     {"lines", std::move(shown)}};
    if (!document->is_nil()) ids["document_hash"] = document->hex();
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_decisions(Session& session, const Arguments&) {
    session.out.rows(views::decisions(session.look()), {"number", "date", "kind", "path", "unit_name", "stage", "decision"});
    return 0;
}

Result<int> recognise(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const auto id = find_decision(session.registry(), arguments.text("decision"));
    if (!id) return id.error();
    const domain::Decision& decision = session.registry().decisions.at(*id);
    const auto line = std::find_if(decision.lines.begin(), decision.lines.end(), [&](const domain::DecisionLine& candidate) {
        return candidate.product == file->product.id && candidate.dossier == file->dossier.id;
    });
    if (line == decision.lines.end()) return Error{Errc::conflict, "decision_mismatch: the decision has no line for this dossier."};
    domain::Recognised action{file->dossier.id,
                              *id,
                              domain::digest(file->dossier),
                              line->stars,
                              line->certificate,
                              arguments.date("issued", session.today())};
    const auto block = session.registry().blocks.find(line->certificate.block);
    json::object ids{{"product", file->product.id.hex()}, {"dossier", file->dossier.id.hex()}, {"stars", line->stars}};
    if (block != session.registry().blocks.end()) ids["certificate"] = block->second.text(line->certificate.value);
    views::mark_illustrative(ids, file->rules.get());
    return record(session, action, file->product.id, std::move(ids));
}

Result<int> enter_result(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const auto stars = arguments.number_as<std::uint8_t>("stars");
    if (!stars) return stars.error();
    domain::ResultEntered action{file->dossier.id,
                                 arguments.text("stage", file->stage().key),
                                 domain::digest(file->dossier),
                                 arguments.text("decision-number"),
                                 arguments.date("date", session.today()),
                                 arguments.points("average"),
                                 *stars,
                                 arguments.text("certificate")};
    if (const auto free = check_free(session.look(), file->product.id, action.certificate); !free) return free.error();
    json::object ids{{"product", file->product.id.hex()},
                     {"dossier", file->dossier.id.hex()},
                     {"stars", action.stars},
                     {"certificate", action.certificate}};
    views::mark_illustrative(ids, file->rules.get());
    return record(session, std::move(action), file->product.id, std::move(ids));
}

}  // namespace

std::vector<Verb> decision_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name"};
    const Option decision{"decision", Kind::text, true, "Id or number"};
    const Option date{"date", Kind::date, false, "Stated day; today otherwise"};
    return {
        {"decision",
         "sign",
         "Sign a decision over many products; numbers come from this desk's blocks",
         "decision sign --kind recognition --unit 17/150 --stage district --product \"Chè Shan tuyết\" --product ID\n"
         "decision sign --kind revocation --unit 17 --stage province --product ID --certificate OCOP-2019-001",
         {{"kind", Kind::text, true, "recognition or revocation"},
          {"unit", Kind::text, true, "Whose decision"},
          {"stage", Kind::text, true, "Key of the stage"},
          {"product", Kind::list, true, "May be repeated"},
          {"certificate", Kind::list, false, "Of a revocation: one for each product, in the same order"},
          {"document", Kind::file, false, "The document as it was signed: its SHA-256 stands in the log"},
          date},
         sign_decision},
        {"decision", "list", "Decisions", "decision list\ndecision list --json", {}, list_decisions},
        {"dossier",
         "recognise",
         "Recognise a product by a decision: it gets its certificate",
         "dossier recognise PRODUCT --decision 101/QĐ-UBND\ndossier recognise PRODUCT --decision ID --issued 2023-10-30",
         {product, decision, {"issued", Kind::date, false, "Day of issue; today otherwise"}},
         recognise},
        {"result",
         "enter",
         "Enter the answer of a stage that has no desk here",
         "result enter PRODUCT --stage central --decision-number 5000/QĐ --date 2023-12-11 --average 91,5 --stars 5 --certificate "
         "TW-001\n"
         "result enter PRODUCT --decision-number 5000/QĐ --average 80 --stars 0",
         {product,
          {"stage", Kind::text, false, "Key of the stage; where the dossier stands otherwise"},
          {"decision-number", Kind::text, true, "Its decision"},
          date,
          {"average", Kind::points, true, "Points"},
          {"stars", Kind::number, true, "0 when it does not recognise"},
          {"certificate", Kind::text, false, "Number of its certificate"}},
         enter_result},
    };
}

}  // namespace hoso::client::cli
