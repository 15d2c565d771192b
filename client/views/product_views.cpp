#include "client/views/product_views.hpp"

#include <algorithm>

#include "client/json/action_json.hpp"
#include "client/text/words.hpp"
#include "client/views/certificates.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/programme_views.hpp"
#include "shared/domain/validity.hpp"

namespace hoso::client::views {
namespace {

const domain::RuleSet* rules_of(const Look& state, const domain::Dossier& dossier) {
    return state.registry().rules(dossier.rule_set);
}

// As it stood on `day`; whether it renews is the newest answer, whose day the state does not keep.
json::object certificate(const domain::Certificate& from, Date day, json::storage_ptr storage = {}) {
    const bool revoked = revoked_by(from, day);
    json::object out({{"certificate", from.text},
                      {"stars", from.stars},
                      {"issued", date(from.issued)},
                      {"last_day", date(from.last_day)},
                      {"legacy", from.legacy},
                      {"revoked", revoked},
                      {"renews", from.renews ? json::value(*from.renews) : json::value(nullptr)},
                      {"decision", from.decision},
                      {"decision_date", date(from.decision_date)},
                      {"ruleset", from.rule_set},
                      {"dossier", id(from.dossier)}},
                     std::move(storage));
    if (revoked) {
        out["ground"] = from.ground;
        out["revoked_on"] = date(from.revoked_on);
        json::array served;
        for (const auto& each : from.served) {
            if (each.date > day) continue;
            for (const auto& recipient : each.recipients)
                served.push_back(json::object{{"recipient", recipient}, {"date", date(each.date)}});
        }
        out["served"] = std::move(served);
    }
    Date notified{};
    for (const auto& each : from.notified) {
        if (each.date <= day) notified = std::max(notified, each.date);
    }
    if (notified != Date{}) out["notified"] = date(notified);
    return out;
}

// Whose the product is, in the words of the subject's own list.
void add_subject(json::object& out, const Look& state, const domain::Product& product) {
    const domain::Subject* owner = state.subject(product.subject);
    if (!owner) return;
    out["subject_name"] = owner->name;
    out["subject_type"] = owner->type;
    out["registration"] = owner->registration;
    out["subject_path"] = unit_path(state.registry(), owner->unit);
}

bool listed(const Standing& from, CertificateFilter filter, int days) {
    switch (filter) {
        case CertificateFilter::all: return true;
        case CertificateFilter::revoked: return from.revoked();
        case CertificateFilter::expired: return !from.revoked() && from.expired();
        case CertificateFilter::expiring:
            return !from.revoked() && !from.expired() && from.good_until <= from.day + std::chrono::days(days);
    }
    return false;
}

json::object subject(const Look& state, const domain::Subject& from, json::storage_ptr storage) {
    return json::object({{"subject", id(from.id)},
                         {"name", from.name},
                         {"type", from.type},
                         {"registration", from.registration},
                         {"unit", id(from.unit)},
                         {"path", unit_path(state.registry(), from.unit)}},
                        std::move(storage));
}

json::object product_head(const Look& state, const domain::Product& from, json::storage_ptr storage) {
    return json::object({{"product", id(from.id)},
                         {"name", from.name},
                         {"set", from.product_set},
                         {"code", from.code},
                         {"unit", id(from.unit)},
                         {"path", unit_path(state.registry(), from.unit)},
                         {"unit_name", unit_name(state.registry(), from.unit)}},
                        std::move(storage));
}

json::object product_row(const Look& state, const domain::Product& from, std::optional<Date> day, json::storage_ptr storage) {
    const domain::Dossier* newest = newest_dossier(from);
    json::object out = product_head(state, from, std::move(storage));
    out["phase"] = newest ? json::value(name(newest->phase)) : json::value(nullptr);
    out["stage"] = newest ? stage_key(state, *newest) : json::value(nullptr);
    add_subject(out, state, from);
    if (const domain::Certificate* shown = certificate_of(state.registry(), from, day)) {
        out["stars"] = shown->stars;
        out["certificate"] = shown->text;
        out["last_day"] = date(shown->last_day);
        out["revoked"] = day ? revoked_by(*shown, *day) : shown->revoked;
    }
    mark_illustrative(out, newest ? rules_of(state, *newest) : nullptr);
    return out;
}

}  // namespace

json::array subjects(const Look& state) {
    json::array out = long_list();
    state.each<domain::Subject>([&](const domain::Subject& from) { out.push_back(subject(state, from, out.storage())); });
    return out;
}

json::object product(const Look& state, const domain::Product& from) {
    json::object out = product_head(state, from, {});
    out["subject"] = id(from.subject);
    if (const domain::Subject* owner = state.subject(from.subject)) out["subject_name"] = owner->name;
    json::array dossiers;
    for (const auto& [dossier_id, filed] : from.dossiers) dossiers.push_back(dossier_row(state, from, filed));
    json::array certificates;
    for (const auto& held_by : from.certificates) certificates.push_back(certificate(held_by, Date::max()));
    out["dossiers"] = std::move(dossiers);
    out["certificates"] = std::move(certificates);
    add_care(out, from);
    const domain::Dossier* newest = newest_dossier(from);
    mark_illustrative(out, newest ? rules_of(state, *newest) : nullptr);
    return out;
}

json::array products(const Look& state, std::optional<Date> day) {
    json::array out = long_list();
    state.each<domain::Product>([&](const domain::Product& from) { out.push_back(product_row(state, from, day, out.storage())); });
    return out;
}

json::array held(const Look& state) {
    json::array out;
    state.each_stream([&](const StreamId& stream_id, const replica::Stream& stream) {
        for (const auto& [action, waiting] : stream.held) {
            out.push_back(json::object{{"action", action.hex()},
                                       {"position", position(waiting.position)},
                                       {"kind", json::string(kind_name(waiting.action.body.index()))},
                                       {"reason", name(waiting.reason)},
                                       {"stream", stream_id.hex()},
                                       {"actor", id(waiting.action.header.actor)},
                                       {"actor_title", account_title(state.registry(), waiting.action.header.actor)}});
        }
    });
    return out;
}

json::array certificates(const Look& state, CertificateFilter filter, Date at, int days) {
    const domain::RuleSet* rules = rules_on(state.registry(), domain::DossierKind::re_evaluation, at);
    json::array out = long_list();
    state.each<domain::Product>([&](const domain::Product& from) {
        for (const auto& held_by : from.certificates) {
            if (held_by.issued > at) continue;
            const Standing standing = standing_of(state.registry(), from, held_by, at);
            const Date good = standing.good_until;
            if (!listed(standing, filter, days)) continue;
            json::object row = certificate(held_by, at, out.storage());
            row["product"] = id(from.id);
            row["name"] = from.name;
            row["path"] = unit_path(state.registry(), from.unit);
            row["set"] = from.product_set;
            row["code"] = from.code;
            add_subject(row, state, from);
            // As the certificate was issued, whatever became of the unit since.
            const domain::Unit* unit = state.registry().unit(from.unit);
            row["unit_name"] = unit ? unit->named_on(held_by.issued).name : std::string{};
            row["status"] = standing.status();
            row["expired"] = standing.expired();
            row["days_left"] = (good - at).count();  // 0 on its last day
            if (good != held_by.last_day) row["extended_to"] = date(good);
            if (rules) {
                const domain::FilingWindow window = domain::filing_window(*rules, held_by.last_day);
                row["file_from"] = date(window.from);
                row["file_to"] = date(window.to);
            }
            const domain::Dossier* filed = from.dossier(held_by.dossier);
            mark_illustrative(row, filed ? rules_of(state, *filed) : nullptr);
            out.push_back(std::move(row));
        }
    });
    return out;
}

}  // namespace hoso::client::views
