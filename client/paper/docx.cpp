#include "client/paper/docx_file.hpp"
#include "client/paper/papers.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/template.hpp"
#include "client/paper/wording.hpp"

namespace hoso::client::paper {
namespace {

using Texts = Filling::Texts;

// A part of a paper that is there or not.
std::vector<Texts> only_if(bool there, std::string text = {}) {
    if (!there) return {};
    return {{{"text", std::move(text)}}};
}

std::vector<Texts> each_text(const std::vector<std::string>& from) {
    std::vector<Texts> rows;
    for (const std::string& text : from) rows.push_back({{"text", text}});
    return rows;
}

Filling begun(const std::string& unit, const std::string& number, Date date, const Marks& marks) {
    Filling with;
    with.texts = {{"nation", nation},
                  {"motto", motto},
                  {"committee", committee},
                  {"unit_upper", upper(unit)},
                  {"unit", within_sentence(unit)},
                  {"place", place_of(unit)},
                  {"number", number},
                  {"date_words", day_words(date)},
                  {"date", day_text(date)}};
    with.lists["illustrative"] = only_if(!marks.illustrative.empty(), marks.illustrative);
    with.lists["marks"] = only_if(marks.draft, draft_mark);
    if (marks.training) with.lists["marks"].push_back({{"text", training_line}});
    return with;
}

Result<std::string> made_of(std::string_view name, const Filling& with) {
    const auto document = fill(template_named(name), with);
    if (!document) return document.error();
    const auto header = fill(template_named("header"), with);
    if (!header) return header.error();
    return docx_file(*document, *header);
}

}  // namespace

Result<std::string> decision_docx(const DecisionFacts& facts) {
    const Authority& authority = facts.authority;
    const DecisionWording wording = wording_of(facts);
    Filling with = begun(authority.unit, authority.number, authority.date, facts.marks);
    with.texts["subject"] = wording.subject;
    with.texts["authority"] = wording.authority;
    with.texts["signer"] = upper(authority.signer);
    with.texts["list_title"] = wording.list_title;
    with.texts["list_subject"] = upper(wording.list_subject);
    with.lists["grounds"] = each_text(wording.grounds);
    with.lists["recipients"] = each_text(wording.recipients);
    for (const Article& each : wording.articles) with.lists["articles"].push_back({{"article", each.number}, {"text", each.text}});
    auto& rows = with.lists["rows"];
    for (const DecisionRow& row : facts.rows) {
        rows.push_back({{"no", std::to_string(rows.size() + 1)},
                        {"product", row.product},
                        {"subject", row.subject},
                        {"address", row.address},
                        {"stars", std::to_string(row.stars) + " sao"},
                        {"certificate", row.certificate}});
    }
    return made_of("decision", with);
}

Result<std::string> minutes_docx(const MinutesFacts& facts) {
    Filling with = begun(facts.unit, facts.number.empty() ? "……/BB-HĐ" : facts.number, facts.date, facts.marks);
    with.texts["stage"] = facts.stage;
    with.texts["form"] = facts.written ? "lấy ý kiến bằng văn bản" : "họp trực tiếp";
    with.texts["chair"] = facts.chair;
    with.texts["secretary"] = facts.secretary;
    with.texts["product_count"] = std::to_string(facts.results.size());
    with.texts["member_count"] = std::to_string(facts.members.size());
    with.lists["agreed"] = only_if(!facts.agreed.empty(), facts.agreed);
    with.lists["open"] = only_if(!facts.closed);
    for (const auto& member : facts.members) {
        auto& rows = with.lists["members"];
        rows.push_back({{"no", std::to_string(rows.size() + 1)},
                        {"title", member.title},
                        {"seat", member.seat},
                        {"field", member.field},
                        {"sheets", member.sheets}});
    }
    for (const auto& result : facts.results) {
        auto& rows = with.lists["results"];
        rows.push_back({{"no", std::to_string(rows.size() + 1)},
                        {"product", result.product},
                        {"subject", result.subject},
                        {"sheets", result.sheets},
                        {"average", result.average},
                        {"stars", result.stars}});
    }
    for (const char* table : {"members", "results", "scores"}) with.lists[table];  // one without rows is one all the same
    for (const auto& score : facts.scores)
        with.lists["scores"].push_back({{"product", score.product}, {"member", score.member}, {"points", score.points}});
    return made_of("minutes", with);
}

Result<std::string> report_docx(const ReportFacts& facts) {
    Filling with = begun(facts.unit, "……/BC-UBND", facts.date, facts.marks);
    const auto counts = [](const ReportFacts::Row& row) {
        const auto text = [](std::int64_t count) { return std::to_string(count); };
        return Texts{{"registered", text(row.registered)},  {"submitted", text(row.submitted)}, {"tallied", text(row.tallied)},
                     {"recognised", text(row.recognised)},  {"stars_3", text(row.stars_3)},     {"stars_4", text(row.stars_4)},
                     {"stars_5", text(row.stars_5)},        {"open", text(row.open)},           {"declined", text(row.declined)},
                     {"withdrawn", text(row.withdrawn)},    {"expired", text(row.expired)},     {"renews", text(row.renews)},
                     {"refuses", text(row.does_not_renew)}, {"no_answer", text(row.no_answer)}, {"revoked", text(row.revoked)}};
    };
    with.texts.merge(counts(facts.total));
    with.texts["round"] = facts.round;
    with.texts["deadline"] = day_text(facts.deadline);
    with.texts["days"] = facts.days_left >= 0 ? "còn " + std::to_string(facts.days_left) + " ngày"
                                              : "đã quá " + std::to_string(-facts.days_left) + " ngày";
    with.texts["as_of"] = facts.as_of;
    with.lists["basis"] = only_if(!facts.basis.empty(), facts.basis);
    auto& rows = with.lists["rows"];
    for (const ReportFacts::Row& from : facts.rows) {
        Texts row = counts(from);
        row["no"] = std::to_string(rows.size() + 1);
        row["name"] = from.unit;
        rows.push_back(std::move(row));
    }
    return made_of("report", with);
}

}  // namespace hoso::client::paper
