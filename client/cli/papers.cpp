#include "client/cli/papers.hpp"

#include "client/cli/names.hpp"
#include "client/paper/papers.hpp"
#include "client/paper/plain_text.hpp"
#include "client/text/unicode.hpp"
#include "client/views/parts.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"

namespace hoso::client::cli {
namespace {

constexpr const char* pdf_type = "application/pdf";
constexpr const char* docx_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

Result<paper::Signing> signing_of(const Desk& desk, const domain::Decision& decision) {
    const bool answered = desk.confirmed().state().registry.decisions.contains(decision.id);
    if (answered && desk.log()) {
        const auto event = desk.log()->at(decision.position);
        if (!event) return event.error();
        const auto action = domain::decode(event->action);
        if (!action) return action.error();
        return paper::Signing{action_id(event->action), action->header.actor};
    }
    for (const OwnAction& own : desk.outbox().all()) {
        if (own.stream != registry_stream) continue;
        const auto action = desk.outbox().decoded(own.seq);
        if (!action) return action.error();
        const auto* signs = std::get_if<domain::DecisionSigned>(&action->body);
        if (signs && signs->decision == decision.id) return paper::Signing{own.id, own.actor};
    }
    return Error{Errc::not_found, "Who signed the decision " + decision.number + " is not on this desk: sync first."};
}

// "vị trí 48 211, 23/11/2026 08:00", or the end of a day of the past.
std::string as_of(Position size, Instant now, const PastStates::Look* past) {
    std::string number = std::to_string(size > 0 ? size - 1 : 0);  // of the last event
    for (std::size_t at = number.size(); at > 3; at -= 3) number.insert(at - 3, " ");
    const std::string hour = past ? std::string{} : " " + to_text(now).substr(11, 5);
    return "vị trí " + number + ", " + (past ? "hết ngày " : "") + paper::day_text(past ? past->day : local_date(now)) + hour;
}

Result<Paper> made(std::string name, PaperForm form, const Result<std::string>& bytes, const paper::Marks& marks,
                   boost::json::object about) {
    if (!bytes) return bytes.error();
    about["draft"] = marks.draft;
    about["file"] = name;
    about["bytes"] = bytes->size();
    about["hash"] = sha256(as_bytes(*bytes)).hex();
    if (!marks.illustrative.empty()) about["illustrative"] = marks.illustrative;
    return Paper{std::move(name), form == PaperForm::pdf ? pdf_type : docx_type, *bytes, std::move(about)};
}

}  // namespace

std::string plain_name(std::string name, std::string_view number) {
    for (const char letter : folded(number)) {
        const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (plain || name.back() != '-') name += plain ? letter : '-';
    }
    while (name.back() == '-') name.pop_back();
    return name;
}

paper::Source paper_source(const Desk& desk, const PastStates::Look* past) {
    const replica::State& confirmed = past ? *past->state : desk.confirmed().state();
    const views::Look look = past ? views::Look{confirmed} : views::Look{confirmed, desk.pending().state()};
    return {look,
            confirmed,
            desk.identity().province.log,
            desk.identity().training(),
            [&desk](const domain::Decision& decision) { return signing_of(desk, decision); },
            desk.identity().province.lookup,
            past ? past->day : local_date(desk.now()),
            as_of(confirmed.size, desk.now(), past)};
}

Result<Paper> certificate_paper(const paper::Source& source, const std::string& number) {
    const auto facts = paper::certificate_facts(source, number);
    if (!facts) return facts.error();
    return made(plain_name("Giay-chung-nhan-", facts->number) + ".pdf", PaperForm::pdf, paper::certificate_pdf(*facts),
                facts->marks, {{"certificate", number}, {"name", facts->product}, {"last_day", views::date(facts->last_day)}});
}

Result<Paper> decision_paper(const paper::Source& source, const std::string& called, PaperForm form) {
    const auto id = find_decision(source.look.registry(), called);
    if (!id) return id.error();
    const auto facts = paper::decision_facts(source, *id);
    if (!facts) return facts.error();
    const bool pdf = form == PaperForm::pdf;
    return made(plain_name("Quyet-dinh-", facts->authority.number) + (pdf ? ".pdf" : ".docx"), form,
                pdf ? paper::decision_pdf(*facts) : paper::decision_docx(*facts), facts->marks,
                {{"decision", id->hex()}, {"number", facts->authority.number}});
}

Result<Paper> minutes_paper(const paper::Source& source, const std::string& called) {
    const auto id = find_meeting(source.look.registry(), called);
    if (!id) return id.error();
    const auto facts = paper::minutes_facts(source, *id);
    if (!facts) return facts.error();
    return made(plain_name("Bien-ban-", to_text(facts->date)) + ".docx", PaperForm::docx, paper::minutes_docx(*facts), facts->marks,
                {{"meeting", id->hex()}, {"date", views::date(facts->date)}});
}

Result<Paper> report_paper(const paper::Source& source, const std::string& called) {
    const auto id = find_round(source.look.registry(), called);
    if (!id) return id.error();
    const paper::ReportFacts facts = paper::report_facts(source, source.look.registry().rounds.at(*id));
    return made(plain_name("Bao-cao-tien-do-", facts.round) + ".docx", PaperForm::docx, paper::report_docx(facts), facts.marks,
                {{"round", id->hex()}, {"date", views::date(facts.date)}, {"as_of", source.confirmed.size}});
}

}  // namespace hoso::client::cli
