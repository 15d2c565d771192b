#include "client/views/council_views.hpp"

#include <algorithm>

#include "client/text/words.hpp"
#include "client/views/dossier_parts.hpp"
#include "shared/domain/tally.hpp"

namespace hoso::client::views {
namespace {

json::object grade(const domain::ProductSet& set, const domain::Grade& from) {
    json::array missed;
    for (const auto index : from.gates_missed) missed.push_back(json::string(set.criteria[index].no));
    const auto average = domain::average_of(from.sum(), from.sheets);
    json::array sections;
    for (std::size_t i = 0; i < from.sums.size(); ++i) {
        sections.push_back(json::object{{"section", set.sections[i].key},
                                        {"average", points_text(domain::average_of(from.sums[i], from.sheets))},
                                        {"points_max", points_text(set.sections[i].points_max)}});
    }
    return {{"sheets", from.sheets},    {"sections", std::move(sections)},    {"average", points_text(average)},
            {"average_centi", average}, {"spread", points_text(from.spread)}, {"stars_by_points", from.stars_by_points},
            {"stars", from.stars},      {"gates_missed", std::move(missed)}};
}

// Who of the council has handed a sheet in for the dossier, and who is awaited; never what it says.
json::array seats(const domain::Registry& registry, const domain::Meeting& meeting, const domain::Dossier& dossier) {
    json::array rows;
    const auto council = registry.councils.find(meeting.council);
    if (council == registry.councils.end()) return rows;
    const auto sheets = dossier.sheets.find(meeting.id);
    for (const domain::CouncilMember& member : council->second.members) {
        if (member.seat == domain::Seat::support) continue;
        rows.push_back(json::object{{"account", id(member.account)},
                                    {"title", account_title(registry, member.account)},
                                    {"seat", name(member.seat)},
                                    {"handed_in", sheets != dossier.sheets.end() && sheets->second.contains(member.account)},
                                    {"recused", dossier.recused(meeting.council, member.account)}});
    }
    return rows;
}

// Of a sheet that counts, for each section of it.
json::array section_points(const domain::ProductSet& set, const Bytes& options) {
    std::vector<domain::Points> sums(set.sections.size());
    for (std::size_t i = 0; i < options.size(); ++i) {
        const domain::Criterion& criterion = set.criteria[i];
        const bool offered = options[i] > 0 && options[i] <= criterion.options.size();
        if (offered) sums[criterion.section] += criterion.options[options[i] - 1u].points;
    }
    json::array rows;
    for (std::size_t i = 0; i < sums.size(); ++i)
        rows.push_back(json::object{{"section", set.sections[i].key}, {"points", points_text(sums[i])}});
    return rows;
}

void add_sheets(const Look& state, const domain::Meeting& meeting, const domain::Product& product, const domain::Dossier& dossier,
                json::object& out) {
    const auto handed_in = dossier.sheets.find(meeting.id);
    out["handed_in"] = handed_in == dossier.sheets.end() ? std::size_t{0} : handed_in->second.size();
    out["seats"] = seats(state.registry(), meeting, dossier);
    const domain::RuleSet* rules = state.registry().rules(dossier.rule_set);
    mark_illustrative(out, rules);
    const domain::ProductSet* set = rules ? rules->product_set(product.product_set) : nullptr;
    if (!meeting.closed || !set) return;
    json::array rows;
    const auto opened = domain::open_sheets(state.registry(), product, dossier, meeting);
    for (const auto& sheet : opened) {
        json::object row{{"action", sheet.action.hex()},
                         {"author", id(sheet.author)},
                         {"title", account_title(state.registry(), sheet.author)},
                         {"fault", name(sheet.fault)}};
        if (sheet.fault == domain::SheetFault::none) {
            row["total"] = points_text(sheet.total);
            row["sections"] = section_points(*set, sheet.options);
        }
        rows.push_back(std::move(row));
    }
    out["sheets"] = std::move(rows);
    if (const auto result = domain::grade_sheets(*rules, *set, opened)) out["grade"] = grade(*set, *result);
}

json::object meeting_row(const domain::Registry& registry, const domain::Meeting& from) {
    const auto council = registry.councils.find(from.council);
    json::object out{{"meeting", id(from.id)}, {"council", id(from.council)}, {"date", date(from.date)},
                     {"closed", from.closed},  {"form", name(from.form)},     {"dossier_count", from.dossiers.size()}};
    if (council != registry.councils.end()) {
        out["stage"] = council->second.stage;
        out["path"] = unit_path(registry, council->second.unit);
        out["unit_name"] = unit_name(registry, council->second.unit);
    }
    return out;
}

}  // namespace

json::array councils(const domain::Registry& registry) {
    json::array out;
    for (const auto& [council_id, council] : registry.councils) {
        json::array members;
        for (const auto& member : council.members) {
            members.push_back(json::object{{"account", id(member.account)},
                                           {"title", account_title(registry, member.account)},
                                           {"seat", name(member.seat)},
                                           {"field", member.field}});
        }
        json::array advisers;
        for (const auto& adviser : council.advisers) {
            advisers.push_back(json::object{
                {"account", id(adviser.account)}, {"title", account_title(registry, adviser.account)}, {"field", adviser.field}});
        }
        out.push_back(json::object{{"council", id(council_id)},
                                   {"unit", id(council.unit)},
                                   {"path", unit_path(registry, council.unit)},
                                   {"unit_name", unit_name(registry, council.unit)},
                                   {"stage", council.stage},
                                   {"quorum", council.quorum},
                                   {"spread", points_text(council.spread_max)},
                                   {"members", std::move(members)},
                                   {"advisers", std::move(advisers)}});
    }
    return out;
}

json::array meetings(const domain::Registry& registry) {
    json::array out;
    for (const auto& [meeting_id, from] : registry.meetings) out.push_back(meeting_row(registry, from));
    return out;
}

json::object meeting(const Look& state, const domain::Meeting& from) {
    json::object out = meeting_row(state.registry(), from);
    json::array minutes;
    for (const auto& each : from.minutes) {
        minutes.push_back(json::object{
            {"number", each.number}, {"date", date(each.date)}, {"text", each.text}, {"document_hash", id(each.document_hash)}});
    }
    out["minutes"] = std::move(minutes);
    json::array rows;
    for (const auto& listed : from.dossiers) {
        json::object row{{"product", id(listed.product)}, {"dossier", id(listed.dossier)}};
        const domain::Product* product = state.product(listed.product);
        const domain::Dossier* dossier = product ? product->dossier(listed.dossier) : nullptr;
        if (dossier) {
            row["name"] = product->name;
            row["phase"] = name(dossier->phase);
            add_sheets(state, from, *product, *dossier, row);
            if (dossier->tally && dossier->tally->meeting == from.id) row["tally"] = tally(*dossier->tally);
            const auto& counted = dossier->counted;  // also where a later council's result stands by now
            row["counted"] = std::find(counted.begin(), counted.end(), from.id) != counted.end();
        }
        rows.push_back(std::move(row));
    }
    out["dossiers"] = std::move(rows);
    return out;
}

json::array decisions(const Look& state) {
    const domain::Registry& registry = state.registry();
    json::array out;
    for (const auto& [decision_id, decision] : registry.decisions) {
        json::array lines;
        for (const auto& line : decision.lines) {
            const auto block = registry.blocks.find(line.certificate.block);
            const std::string text =
                block == registry.blocks.end() ? line.certificate_text : block->second.text(line.certificate.value);
            json::object shown{
                {"product", id(line.product)}, {"dossier", id(line.dossier)}, {"stars", line.stars}, {"certificate", text}};
            mark_illustrative(shown, state, line.product, line.dossier);
            lines.push_back(std::move(shown));
        }
        json::array published;
        for (const auto& each : decision.published)
            published.push_back(json::object{{"date", date(each.date)}, {"place", each.place}});
        out.push_back(json::object{{"decision", id(decision_id)},
                                   {"kind", name(decision.kind)},
                                   {"number", decision.number},
                                   {"date", date(decision.date)},
                                   {"unit", id(decision.unit)},
                                   {"path", unit_path(registry, decision.unit, decision.date)},
                                   {"unit_name", unit_name(registry, decision.unit, decision.date)},
                                   {"stage", decision.stage},
                                   {"document_hash", id(decision.document_hash)},
                                   {"published", std::move(published)},
                                   {"lines", std::move(lines)}});
    }
    return out;
}

}  // namespace hoso::client::views
