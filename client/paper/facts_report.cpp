#include "client/paper/facts_parts.hpp"
#include "client/paper/plain_text.hpp"
#include "client/views/progress.hpp"

namespace hoso::client::paper {
namespace {

namespace json = boost::json;

std::int64_t number(const json::object& row, const char* key) {
    const json::value* value = row.if_contains(key);
    return value && value->is_int64() ? value->get_int64() : 0;
}

ReportFacts::Row row_of(const json::object& from) {
    ReportFacts::Row row;
    const json::value* name = from.if_contains("district");
    row.unit = name && name->is_string() ? plain_text(std::string(name->get_string())) : std::string("Chưa xác định");
    const std::pair<const char*, std::int64_t ReportFacts::Row::*> counts[] = {
        {"registered", &ReportFacts::Row::registered},
        {"submitted", &ReportFacts::Row::submitted},
        {"tallied", &ReportFacts::Row::tallied},
        {"recognised", &ReportFacts::Row::recognised},
        {"recognised_3", &ReportFacts::Row::stars_3},
        {"recognised_4", &ReportFacts::Row::stars_4},
        {"recognised_5", &ReportFacts::Row::stars_5},
        {"open", &ReportFacts::Row::open},
        {"declined", &ReportFacts::Row::declined},
        {"withdrawn", &ReportFacts::Row::withdrawn},
        {"expired", &ReportFacts::Row::expired},
        {"renews", &ReportFacts::Row::renews},
        {"does_not_renew", &ReportFacts::Row::does_not_renew},
        {"no_answer", &ReportFacts::Row::no_answer},
        {"revoked", &ReportFacts::Row::revoked}};
    for (const auto& [key, member] : counts) row.*member = number(from, key);
    return row;
}

}  // namespace

ReportFacts report_facts(const Source& source, const domain::Round& round) {
    const domain::Registry& registry = source.look.registry();
    ReportFacts facts;
    facts.round = plain_text(round.title);
    facts.basis = plain_text(round.legal_basis);
    facts.date = source.day;
    facts.deadline = round.deadline;
    facts.days_left = (round.deadline - source.day).count();
    facts.as_of = source.as_of;
    facts.marks.training = source.training;
    for (const auto& [id, unit] : registry.units) {
        if (unit.parent.is_nil()) facts.unit = plain_text(views::unit_name(registry, id, source.day));
    }
    const views::Geography on(registry, source.day);
    for (const json::value& each : views::progress(source.look, round, source.day, on)) {
        const json::object& row = each.get_object();
        if (const json::value* note = row.if_contains("illustrative"); note && note->is_string())
            facts.marks.illustrative = std::string(note->get_string());
        if (row.contains("total")) {
            facts.total = row_of(row);
        } else {
            facts.rows.push_back(row_of(row));
        }
    }
    return facts;
}

}  // namespace hoso::client::paper
