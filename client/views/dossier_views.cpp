#include <algorithm>

#include "client/text/words.hpp"
#include "client/views/certificates.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/product_views.hpp"
#include "client/views/steps.hpp"
#include "client/views/tasks.hpp"
#include "shared/domain/files.hpp"
#include "shared/domain/grade.hpp"
#include "shared/domain/validity.hpp"

namespace hoso::client::views {
namespace {

json::array opinions(const domain::Dossier& from) {
    json::array out;
    for (const auto& [stage, opinion] : from.opinions) {
        out.push_back(json::object{
            {"stage", stage}, {"agrees", opinion.agrees}, {"text", opinion.text}, {"options", to_hex(opinion.options)}});
    }
    return out;
}

json::array advice(const domain::Registry& registry, const domain::Dossier& from) {
    json::array out;
    for (const auto& [stage, reports] : from.advice) {
        for (const auto& report : reports) {
            out.push_back(json::object{{"stage", stage},
                                       {"adviser", id(report.adviser)},
                                       {"title", account_title(registry, report.adviser)},
                                       {"agrees", report.agrees},
                                       {"text", report.text}});
        }
    }
    return out;
}

json::object fields(const domain::Dossier& from) {
    json::object out;
    for (const auto& [field, value] : from.fields) {
        json::object shown{{"value", value.value}, {"position", position(value.position)}};
        if (value.flagged) shown["flagged"] = true;
        out[field] = std::move(shown);
    }
    return out;
}

// What the province says of it: a file that is recorded here travels by itself.
json::object file(const domain::Product& product, const domain::DocumentFile& from) {
    const Position stored = product.files.at(from.root).stored;
    json::object out{{"file", from.root.hex()},         {"bytes", from.size},
                     {"media_type", from.media_type},   {"preview", id(from.preview)},
                     {"stored", stored != no_position}, {"stored_at", position(stored)}};
    if (from.preview_size > 0) out["preview_bytes"] = from.preview_size;
    return out;
}

json::array documents(const domain::Product& product, const domain::Dossier& from) {
    json::array out;
    for (const auto& document : from.documents) {
        json::array criteria;
        for (const auto& criterion : document.criteria) criteria.push_back(json::string(criterion));
        json::array files;
        for (const auto& each : document.files) files.push_back(file(product, each));
        out.push_back(json::object{{"document", document.document},
                                   {"title", document.title},
                                   {"criteria", std::move(criteria)},
                                   {"carried", document.carried},
                                   {"files", std::move(files)}});
    }
    return out;
}

json::array returned_items(const domain::Dossier& from) {
    json::array out;
    for (const auto& item : from.returned_items) out.push_back(json::object{{"item", item.item}, {"reason", item.reason}});
    return out;
}

// How many have handed in a sheet at which meeting: never what is on it.
json::array sheets(const domain::Dossier& from) {
    json::array out;
    for (const auto& [meeting, by_author] : from.sheets) {
        out.push_back(json::object{{"meeting", meeting.hex()}, {"handed_in", by_author.size()}});
    }
    return out;
}

// Form numbers, samples and recusals; of a dossier that carries on another, what was changed since.
void add_papers(const Look& state, const domain::Product& product, const domain::Dossier& from, json::object& out) {
    json::array forms;
    if (const auto found = state.registry().forms.find(from.id); found != state.registry().forms.end()) {
        for (const auto& form : found->second) {
            forms.push_back(json::object{{"number", form.text},
                                         {"date", date(form.date)},
                                         {"unit_name", unit_name(state.registry(), form.unit, form.date)}});
        }
    }
    out["forms"] = std::move(forms);
    json::array samples;
    for (const auto& each : from.samples)
        samples.push_back(
            json::object{{"stage", each.stage}, {"count", each.count}, {"date", date(each.date)}, {"text", each.text}});
    out["samples"] = std::move(samples);
    json::array recusals;
    for (const auto& each : from.recusals)
        recusals.push_back(json::object{{"title", account_title(state.registry(), each.account)},
                                        {"reason", each.reason},
                                        {"account", id(each.account)},
                                        {"council", id(each.council)}});
    out["recusals"] = std::move(recusals);
    const domain::Dossier* before = product.dossier(from.carries_from);
    if (!before) return;
    out["carries_from"] = id(before->id);
    json::array changed;
    for (const auto& [field, value] : from.fields) {
        const auto old = before->fields.find(field);
        if (old == before->fields.end() || old->second.value != value.value) changed.push_back(json::string(field));
    }
    const domain::RuleSet* rules = state.registry().rules(from.rule_set);
    const domain::ProductSet* set = rules ? rules->product_set(product.product_set) : nullptr;
    const Bytes& now = from.self_assessment;
    const bool alike = set && now.size() == before->self_assessment.size() && now.size() == set->criteria.size();
    for (std::size_t i = 0; alike && i < now.size(); ++i) {
        if (now[i] != before->self_assessment[i]) changed.push_back(json::string(set->criteria[i].no));
    }
    for (const auto& document : from.documents) {
        if (!document.carried) changed.push_back(json::string(document.document));
    }
    out["changed"] = std::move(changed);
}

}  // namespace

json::value stage_key(const Look& state, const domain::Dossier& dossier) {
    const domain::RuleSet* rules = state.registry().rules(dossier.rule_set);
    if (!rules || dossier.stage >= rules->stages.size()) return nullptr;
    return json::value(rules->stages[dossier.stage].key);
}

void mark_paper(json::object& out, const domain::Tally& from) {
    if (from.paper) out["paper"] = from.minutes;  // of no meeting here
    if (fell_back(from)) out["decision"] = from.minutes;
}

json::object tally(const domain::Tally& from) {
    const domain::Points average = domain::average_of(from.sum(), from.sheets);
    json::array sums;
    for (const auto sum : from.sums) sums.push_back(sum);
    json::object out{{"stage", from.stage},           {"meeting", id(from.meeting)},        {"sheets", from.sheets},
                     {"sums_centi", std::move(sums)}, {"average", points_text(average)},    {"average_centi", average},
                     {"stars", from.stars},           {"position", position(from.position)}};
    mark_paper(out, from);
    return out;
}

json::object assessment(const domain::ProductSet* set, const Bytes& options) {
    const auto missing = static_cast<std::size_t>(std::count(options.begin(), options.end(), domain::not_answered));
    json::object out{{"options", to_hex(options)}, {"criteria", options.size()}, {"missing", missing}};
    if (set && options.size() == set->criteria.size()) {
        const domain::Points total = domain::total(*set, options);
        out["total"] = points_text(total);
        out["total_centi"] = total;
    }
    return out;
}

json::object dossier_row(const Look& state, const domain::Product& product, const domain::Dossier& from,
                         json::storage_ptr storage) {
    const domain::RuleSet* rules = state.registry().rules(from.rule_set);
    json::object out({{"dossier", id(from.id)},
                      {"product", id(product.id)},
                      {"name", product.name},
                      {"path", unit_path(state.registry(), product.unit)},
                      {"unit_name", unit_name(state.registry(), product.unit)},
                      {"kind", name(from.kind)},
                      {"ruleset", rules ? json::value(rules->id) : json::value(nullptr)},
                      {"round", id(from.round)},
                      {"filed", date(from.filing_date)},
                      {"phase", name(from.phase)},
                      {"stage", stage_key(state, from)},
                      {"ended", from.ended()}},
                     std::move(storage));
    if (const domain::Tally* result = standing_tally(state.registry(), from)) {
        out["average"] = points_text(domain::average_of(result->sum(), result->sheets));
        out["stars"] = result->stars;
        mark_paper(out, *result);
    }
    mark_illustrative(out, rules);
    return out;
}

void mark_window(json::object& out, const domain::Product& product, domain::DossierKind kind, Date filed,
                 const domain::RuleSet* rules) {
    if (kind != domain::DossierKind::re_evaluation || !rules) return;
    const domain::Certificate* renewed = nullptr;
    for (const auto& each : product.certificates) {
        if (each.issued <= filed && !revoked_by(each, filed) && (!renewed || renewed->issued <= each.issued)) renewed = &each;
    }
    const auto window = renewed ? domain::filing_window(*rules, renewed->last_day) : domain::FilingWindow{};
    if (window.from == Date{}) return;
    out["window_from"] = date(window.from);
    out["window_to"] = date(window.to);
    out["in_window"] = window.from <= filed && filed <= window.to;
}

json::array missing_file_rows(const domain::Product& product, const domain::Dossier& from) {
    json::array out;
    for (const auto& missing : domain::missing_files(product, from)) {
        out.push_back(json::object{{"file", (missing.preview ? missing.file->preview : missing.file->root).hex()},
                                   {"bytes", missing.preview ? missing.file->preview_size : missing.file->size},
                                   {"preview", missing.preview},
                                   {"document", missing.document->document},
                                   {"title", missing.document->title}});
    }
    return out;
}

json::object dossier(const Look& state, const domain::Product& product, const domain::Dossier& from) {
    const domain::RuleSet* rules = state.registry().rules(from.rule_set);
    const domain::ProductSet* set = rules ? rules->product_set(product.product_set) : nullptr;
    json::object out = dossier_row(state, product, from);
    out["subject_name"] = from.subject_name;
    out["subject_type"] = from.subject_type;
    out["turn"] = from.turn;
    out["digest"] = domain::digest(from).hex();
    out["fields"] = fields(from);
    out["documents"] = documents(product, from);
    out["missing_files"] = missing_file_rows(product, from);
    mark_window(out, product, from.kind, from.filing_date, rules);
    out["notes"] = from.notes;
    if (!from.self_assessment.empty()) out["self_assessment"] = assessment(set, from.self_assessment);
    out["opinions"] = opinions(from);
    out["advice"] = advice(state.registry(), from);
    out["returned_items"] = returned_items(from);
    out["sheets"] = sheets(from);
    if (const domain::Tally* result = standing_tally(state.registry(), from)) out["tally"] = tally(*result);
    if (set) mark_missing(out, *set);
    add_papers(state, product, from, out);
    if (rules && set && (from.phase == domain::Phase::drafting || from.phase == domain::Phase::returned))
        out["missing"] = missing_parts(*rules, *set, from);
    return out;
}

}  // namespace hoso::client::views
