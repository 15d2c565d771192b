#include "client/views/programme_views.hpp"

#include "client/text/words.hpp"

namespace hoso::client::views {
namespace {

json::array former_names(const std::vector<domain::FormerName>& from) {
    json::array out;
    for (const auto& former : from) out.push_back(json::object{{"name", former.name}, {"last_day", date(former.last_day)}});
    return out;
}

json::array dates(const std::set<Date>& from) {
    json::array out;
    for (const Date day : from) out.push_back(date(day));
    return out;
}

std::string product_name(const Look& state, const StreamId& id) {
    const domain::Product* product = state.product(id);
    return product ? product->name : std::string{};
}

json::object notice_row(const domain::Registry& registry, const domain::NoticeIssued& from) {
    json::object out{{"notice", id(from.notice)}, {"number", from.number},
                     {"date", date(from.date)},   {"title", from.title},
                     {"unit", id(from.unit)},     {"path", unit_path(registry, from.unit, from.date)},
                     {"round", id(from.round)},   {"document_hash", id(from.document_hash)}};
    for (const auto kind :
         {domain::NoticeListKind::registered, domain::NoticeListKind::continues, domain::NoticeListKind::lapses}) {
        std::size_t lines = 0;
        for (const auto& list : from.lists) lines += list.kind == kind ? list.lines.size() : 0;
        out[name(kind)] = lines;
    }
    return out;
}

}  // namespace

json::array offices(const domain::Registry& registry, Date at) {
    json::array out;
    for (const auto& [office_id, office] : registry.offices) {
        out.push_back(json::object{{"office", id(office_id)},
                                   {"unit", id(office.unit)},
                                   {"path", unit_path(registry, office.unit)},
                                   {"unit_name", unit_name(registry, office.unit)},
                                   {"name", office.named_on(at)},
                                   {"valid_from", date(office.valid_from)},
                                   {"former", former_names(office.former)}});
    }
    return out;
}

json::object calendar(std::uint16_t year, const domain::Calendar& from) {
    return {{"year", year}, {"days_off", dates(from.off)}, {"days_worked", dates(from.worked)}, {"basis", from.legal_basis}};
}

json::array notices(const domain::Registry& registry) {
    json::array out;
    for (const auto& [notice_id, from] : registry.notices) out.push_back(notice_row(registry, from));
    return out;
}

json::object notice(const Look& state, const domain::NoticeIssued& from) {
    json::object out = notice_row(state.registry(), from);
    json::array deadlines;
    for (const auto& deadline : from.deadlines) {
        deadlines.push_back(json::object{{"stage", deadline.stage}, {"date", date(deadline.date)}, {"text", deadline.text}});
    }
    out["deadlines"] = std::move(deadlines);
    json::array lines;
    for (const auto& list : from.lists) {
        for (const auto& line : list.lines) {
            lines.push_back(json::object{{"list", name(list.kind)},
                                         {"product", id(line.product)},
                                         {"name", product_name(state, line.product)},
                                         {"certificate", line.certificate}});
        }
    }
    out["lines"] = std::move(lines);
    return out;
}

// Whether the dossiers that the letter names were forwarded indeed is said beside it.
json::object package(const Look& state, const domain::PackageSent& from) {
    json::array lines;
    for (const auto& listed : from.dossiers) {
        const domain::Product* product = state.product(listed.product);
        const domain::Dossier* dossier = product ? product->dossier(listed.dossier) : nullptr;
        lines.push_back(json::object{{"product", id(listed.product)},
                                     {"name", product_name(state, listed.product)},
                                     {"phase", dossier ? json::value(name(dossier->phase)) : json::value(nullptr)}});
    }
    return {{"package", id(from.package)},
            {"number", from.number},
            {"date", date(from.date)},
            {"path", unit_path(state.registry(), from.unit, from.date)},
            {"unit_name", unit_name(state.registry(), from.unit, from.date)},
            {"stage", from.stage},
            {"recipient", from.recipient},
            {"dossier_count", from.dossiers.size()},
            {"lines", std::move(lines)}};
}

json::array packages(const Look& state) {
    json::array out;
    for (const auto& [package_id, from] : state.registry().packages) out.push_back(package(state, from));
    return out;
}

json::array reminders(const domain::Registry& registry) {
    json::array out;
    for (const auto& [reminder_id, from] : registry.reminders) {
        out.push_back(json::object{{"reminder", id(reminder_id)},
                                   {"path", unit_path(registry, from.unit, from.date)},
                                   {"unit_name", unit_name(registry, from.unit, from.date)},
                                   {"number", from.number},
                                   {"date", date(from.date)},
                                   {"round", id(from.round)},
                                   {"text", from.text}});
    }
    return out;
}

json::array difficulties(const domain::Registry& registry) {
    json::array out;
    for (const auto& [difficulty_id, from] : registry.difficulties) {
        json::object row{{"difficulty", id(difficulty_id)},
                         {"path", unit_path(registry, from.raised.unit, from.raised.date)},
                         {"unit_name", unit_name(registry, from.raised.unit, from.raised.date)},
                         {"date", date(from.raised.date)},
                         {"text", from.raised.text},
                         {"resolved", from.resolved.has_value()}};
        if (from.resolved) {
            row["resolved_on"] = date(from.resolved->date);
            row["answer"] = from.resolved->text;
        }
        out.push_back(std::move(row));
    }
    return out;
}

json::array promotions(const Look& state) {
    std::map<Uuid, json::array> joined;
    state.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& each : product.care.promotions) {
            joined[each.promotion].push_back(
                json::object{{"product", id(product.id)}, {"name", product.name}, {"text", each.text}});
        }
    });
    json::array out;
    for (const auto& [promotion_id, from] : state.registry().promotions) {
        json::array products = std::move(joined[promotion_id]);
        out.push_back(json::object{{"promotion", id(promotion_id)},
                                   {"kind", name(from.kind)},
                                   {"title", from.title},
                                   {"venue", from.venue},
                                   {"from", date(from.from)},
                                   {"to", date(from.to)},
                                   {"path", unit_path(state.registry(), from.unit)},
                                   {"products", products.size()},
                                   {"lines", std::move(products)}});
    }
    return out;
}

json::array inspections(const Look& state) {
    json::array out;
    state.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& each : product.care.inspections) {
            out.push_back(json::object{{"inspection", id(each.inspection)},
                                       {"product", id(product.id)},
                                       {"name", product.name},
                                       {"path", unit_path(state.registry(), product.unit)},
                                       {"date", date(each.date)},
                                       {"kind", name(each.kind)},
                                       {"conclusion", name(each.outcome)},
                                       {"certificate", each.certificate},
                                       {"ground", each.ground},
                                       {"text", each.text}});
        }
    });
    return out;
}

json::array complaints(const Look& state) {
    json::array out;
    state.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& each : product.care.complaints) {
            json::object row{{"complaint", id(each.filed.complaint)},
                             {"product", id(product.id)},
                             {"name", product.name},
                             {"path", unit_path(state.registry(), product.unit)},
                             {"date", date(each.filed.date)},
                             {"text", each.filed.text},
                             {"resolved", each.resolved.has_value()}};
            if (each.resolved) {
                row["upheld"] = each.resolved->upheld;
                row["number"] = each.resolved->number;
                row["resolved_on"] = date(each.resolved->date);
                row["answer"] = each.resolved->text;
            }
            out.push_back(std::move(row));
        }
    });
    return out;
}

void add_care(json::object& out, const domain::Product& from) {
    const domain::Care& care = from.care;
    if (care.idea) {
        json::array reasons;
        for (const auto& reason : care.idea->reasons) reasons.push_back(json::string(reason));
        out["idea"] = json::object{{"approved", care.idea->approved},
                                   {"date", date(care.idea->date)},
                                   {"reasons", std::move(reasons)},
                                   {"text", care.idea->text}};
    }
    json::array corrections;
    for (const auto& each : care.corrections) {
        corrections.push_back(json::object{{"certificate", each.certificate},
                                           {"item", each.item},
                                           {"before", each.before},
                                           {"after", each.after},
                                           {"number", each.number},
                                           {"date", date(each.date)},
                                           {"reason", each.reason}});
    }
    if (!corrections.empty()) out["corrections"] = std::move(corrections);
    out["inspections"] = care.inspections.size();
    out["complaints"] = care.complaints.size();
    out["promotions"] = care.promotions.size();
}

}  // namespace hoso::client::views
