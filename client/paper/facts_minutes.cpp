#include "client/paper/facts_parts.hpp"
#include "client/paper/plain_text.hpp"
#include "client/text/words.hpp"
#include "client/views/parts.hpp"
#include "shared/domain/tally.hpp"

namespace hoso::client::paper {
namespace {

std::string title_of(const domain::Registry& registry, const AccountId& account) {
    return plain_text(views::account_title(registry, account));
}

const char* why_not_counted(domain::SheetFault fault) {
    switch (fault) {
        case domain::SheetFault::none: return "";
        case domain::SheetFault::not_listed: return "phiếu không được tính";
        case domain::SheetFault::recused: return "không tham gia đánh giá sản phẩm này";
        case domain::SheetFault::sealed_otherwise:
        case domain::SheetFault::no_sheet:
        case domain::SheetFault::bound_otherwise:
        case domain::SheetFault::not_offered: return "phiếu không hợp lệ";
    }
    return "";
}

// What the sheets of a closed meeting say of one dossier.
MinutesFacts::Outcome add_scores(MinutesFacts& facts, const domain::Registry& registry, const domain::Meeting& meeting,
                                 const domain::Product& product, const domain::Dossier& dossier) {
    MinutesFacts::Outcome row{plain_text(product.name), plain_text(dossier.subject_name), "", "", ""};
    const domain::RuleSet* rules = registry.rules(dossier.rule_set);
    note_illustrative(facts.marks, rules);
    const domain::ProductSet* set = rules ? rules->product_set(product.product_set) : nullptr;
    if (!meeting.closed || !set) return row;
    const auto opened = domain::open_sheets(registry, product, dossier, meeting);
    for (const domain::OpenedSheet& sheet : opened) {
        const bool counts = sheet.fault == domain::SheetFault::none;
        facts.scores.push_back({row.product, title_of(registry, sheet.author),
                                counts ? views::points_text(sheet.total) : std::string(why_not_counted(sheet.fault))});
    }
    const auto grade = domain::grade_sheets(*rules, *set, opened);
    if (!grade) return row;
    row.sheets = std::to_string(grade->sheets);
    row.average = views::points_text(domain::average_of(grade->sum(), grade->sheets));
    row.stars = std::to_string(grade->stars) + " sao";
    return row;
}

std::size_t handed_in(const Source& source, const domain::Meeting& meeting, const AccountId& account) {
    std::size_t count = 0;
    for (const domain::DossierReference& listed : meeting.dossiers) {
        const domain::Product* product = source.look.product(listed.product);
        const domain::Dossier* dossier = product ? product->dossier(listed.dossier) : nullptr;
        if (!dossier) continue;
        const auto sheets = dossier->sheets.find(meeting.id);
        if (sheets != dossier->sheets.end() && sheets->second.find(account) != sheets->second.end()) ++count;
    }
    return count;
}

void add_members(MinutesFacts& facts, const Source& source, const domain::Meeting& meeting, const domain::Council& council) {
    const domain::Registry& registry = source.look.registry();
    for (const domain::CouncilMember& member : council.members) {
        const std::string title = title_of(registry, member.account);
        const bool scores = member.seat != domain::Seat::support;
        facts.members.push_back(
            {title, word(Language::vi, member.seat), plain_text(member.field),
             scores ? std::to_string(handed_in(source, meeting, member.account)) + "/" + std::to_string(meeting.dossiers.size())
                    : std::string("–")});
        if (member.seat == domain::Seat::chair) facts.chair = title;
        if (member.seat == domain::Seat::secretary && facts.secretary.empty()) facts.secretary = title;
    }
}

std::string stage_name(const domain::Registry& registry, const std::string& key) {
    for (const auto& [hash, rules] : registry.rule_sets) {
        const domain::Stage* stage = rules->stage(key);
        if (!stage) continue;
        std::string name = stage->name_vi;
        if (name.starts_with("Cấp ")) name.replace(0, 1, "c");
        return plain_text(name);
    }
    return {};
}

}  // namespace

Result<MinutesFacts> minutes_facts(const Source& source, const Uuid& id) {
    const domain::Registry& registry = source.look.registry();
    const domain::Meeting& meeting = registry.meetings.at(id);
    const domain::Council& council = registry.councils.at(meeting.council);
    MinutesFacts facts;
    facts.unit = plain_text(views::unit_name(registry, council.unit, meeting.date));
    facts.date = meeting.date;
    facts.stage = stage_name(registry, council.stage);
    facts.written = meeting.form == domain::MeetingForm::written;
    facts.closed = meeting.closed;
    facts.marks.training = source.training;
    facts.marks.draft = meeting.minutes.empty();
    if (!meeting.minutes.empty()) {
        facts.number = plain_text(meeting.minutes.back().number);
        facts.agreed = plain_text(meeting.minutes.back().text);
    }
    add_members(facts, source, meeting, council);
    for (const domain::DossierReference& listed : meeting.dossiers) {
        const domain::Product* product = source.look.product(listed.product);
        const domain::Dossier* dossier = product ? product->dossier(listed.dossier) : nullptr;
        if (!dossier)
            return Error{Errc::not_found,
                         "A product of this meeting is not on this desk: draft its minutes on a desk that follows them all."};
        facts.results.push_back(add_scores(facts, registry, meeting, *product, *dossier));
    }
    return facts;
}

}  // namespace hoso::client::paper
