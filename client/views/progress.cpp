#include "client/views/progress.hpp"

#include <algorithm>
#include <map>

#include "client/views/certificates.hpp"
#include "client/views/steps.hpp"
#include "shared/domain/validity.hpp"

namespace hoso::client::views {
namespace {

// What a dossier of the round is counted in. "open": neither recognised, declined nor withdrawn.
struct DossierStep {
    const char* name;
    bool (*counts)(const Steps& steps, const domain::Dossier& dossier);
};
constexpr DossierStep dossier_steps[] = {
    {"registered", [](const Steps&, const domain::Dossier&) { return true; }},
    {"submitted", [](const Steps& steps, const domain::Dossier&) { return steps.submitted; }},
    {"received", [](const Steps& steps, const domain::Dossier&) { return steps.received; }},
    {"tallied", [](const Steps& steps, const domain::Dossier&) { return steps.tallied; }},
    {"forwarded", [](const Steps& steps, const domain::Dossier&) { return steps.forwarded; }},
    {"recognised", [](const Steps& steps, const domain::Dossier&) { return steps.stars >= 3; }},
    {"recognised_3", [](const Steps& steps, const domain::Dossier&) { return steps.stars == 3; }},
    {"recognised_4", [](const Steps& steps, const domain::Dossier&) { return steps.stars == 4; }},
    {"recognised_5", [](const Steps& steps, const domain::Dossier&) { return steps.stars == 5; }},
    {"declined", [](const Steps&, const domain::Dossier& dossier) { return dossier.phase == domain::Phase::declined; }},
    {"withdrawn", [](const Steps&, const domain::Dossier& dossier) { return dossier.phase == domain::Phase::withdrawn; }},
    {"open", [](const Steps& steps, const domain::Dossier&) { return steps.done == Date{}; }},
};

struct Counts {
    std::map<std::string_view, int> dossiers;  // by dossier_steps
    int expired = 0;                           // certificates that ran out, those revoked afterwards too
    int renews = 0;
    int does_not_renew = 0;
    int no_answer = 0;
    int revoked = 0;
};

// Whose product was recognised again has answered by that.
void count(const domain::Registry& registry, const domain::Product& product, const domain::Certificate& certificate, Date at,
           Counts& to) {
    if (certificate.issued > at) return;
    const bool revoked = revoked_by(certificate, at);
    const Date last = domain::good_until(registry, product, certificate, at);
    if (revoked) ++to.revoked;
    if (last >= at || (revoked && certificate.revoked_on <= last)) return;  // one that was revoked before never ran out
    ++to.expired;
    if (replacement_of(product, certificate, at)) {
        ++to.renews;
    } else if (!certificate.renews) {
        ++to.no_answer;
    } else {
        ++(*certificate.renews ? to.renews : to.does_not_renew);
    }
}

void add(const Counts& from, Counts& to) {
    for (const auto member : {&Counts::expired, &Counts::renews, &Counts::does_not_renew, &Counts::no_answer, &Counts::revoked})
        to.*member += from.*member;
    for (const auto& [step, count] : from.dossiers) to.dossiers[step] += count;
}

json::object row(const Counts& from, const domain::Round& round, Date at) {
    const auto days_left = (round.deadline - at).count();
    json::object out;
    const auto of = [&](std::string_view step) {
        const auto found = from.dossiers.find(step);
        return found == from.dossiers.end() ? 0 : found->second;
    };
    for (const DossierStep& step : dossier_steps) out[step.name] = of(step.name);
    out["late"] = days_left < 0 ? of("open") : 0;
    out["not_yet_submitted"] = of("registered") - of("submitted");
    out["expired"] = from.expired;
    out["renews"] = from.renews;
    out["does_not_renew"] = from.does_not_renew;
    out["no_answer"] = from.no_answer;
    out["revoked"] = from.revoked;
    out["deadline"] = date(round.deadline);
    out["days_left"] = days_left;
    return out;
}

}  // namespace

bool is_dossier_step(std::string_view step) {
    return std::any_of(std::begin(dossier_steps), std::end(dossier_steps),
                       [&](const DossierStep& each) { return each.name == step; });
}

bool came_to(const domain::Registry& registry, const domain::Product& product, const domain::Dossier& dossier,
             std::string_view step) {
    const Steps steps = steps_of(registry, product, dossier);
    for (const DossierStep& each : dossier_steps) {
        if (each.name == step) return each.counts(steps, dossier);
    }
    return false;
}

json::array progress(const Look& state, const domain::Round& round, Date at, const Geography& on) {
    std::map<std::vector<UnitId>, Counts> counts;
    for (const UnitId& unit : on.tops()) counts[{unit}];
    const domain::RuleSet* rules = nullptr;
    state.each<domain::Product>([&](const domain::Product& product) {
        Counts& to = counts[on.top(product.unit)];
        for (const auto& [dossier_id, dossier] : product.dossiers) {
            if (dossier.round != round.id) continue;
            // It counts in every step that it has gone through.
            const Steps steps = steps_of(state.registry(), product, dossier);
            for (const DossierStep& step : dossier_steps) to.dossiers[step.name] += step.counts(steps, dossier) ? 1 : 0;
            rules = state.registry().rules(dossier.rule_set);
        }
        for (const auto& certificate : product.certificates) count(state.registry(), product, certificate, at, to);
    });
    std::multimap<std::pair<bool, std::string>, json::object> sorted;  // by path, what is not determined last
    Counts total;
    for (const auto& [units, counted] : counts) {
        json::object line;
        mark_place(line, "district", on, units);
        const std::string path = units.size() == 1 ? unit_path(on.registry(), units.front()) : std::string{};
        for (auto& member : row(counted, round, at)) line[member.key()] = member.value();
        mark_illustrative(line, rules);
        sorted.emplace(std::pair{units.size() != 1, path}, std::move(line));
        add(counted, total);
    }
    json::array out;
    for (auto& [place, line] : sorted) out.push_back(std::move(line));
    json::object totals{{"total", true}, {"geography", date(on.day())}};
    for (auto& member : row(total, round, at)) totals[member.key()] = member.value();
    mark_illustrative(totals, rules);
    out.push_back(std::move(totals));
    return out;
}

}  // namespace hoso::client::views
