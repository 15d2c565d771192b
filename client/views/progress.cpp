#include "client/views/progress.hpp"

#include <algorithm>

namespace hoso::client::views {
namespace {

struct Counts {
    int registered = 0;
    int submitted = 0;
    int received = 0;
    int tallied = 0;
    int forwarded = 0;
    int recognised[6] = {};  // by stars
    int declined = 0;
    int withdrawn = 0;
    int open = 0;     // neither recognised, declined nor withdrawn
    int expired = 0;  // certificates that ran out, revoked ones too
    int renews = 0;
    int does_not_renew = 0;
    int no_answer = 0;
    int revoked = 0;
};

// A dossier counts in every step that it has gone through.
void count(const domain::Product& product, const domain::Dossier& dossier, Counts& to) {
    using domain::Phase;
    const bool forwarded = dossier.tally && (dossier.phase == Phase::submitted || dossier.phase == Phase::received);
    ++to.registered;
    if (dossier.turn > 0) ++to.submitted;
    if (dossier.tally || dossier.phase == Phase::received || dossier.phase == Phase::declined) ++to.received;
    if (dossier.tally) ++to.tallied;
    if (forwarded) ++to.forwarded;
    if (dossier.phase == Phase::declined) ++to.declined;
    if (dossier.phase == Phase::withdrawn) ++to.withdrawn;
    std::uint8_t stars = 0;
    for (const auto& certificate : product.certificates) {
        if (certificate.dossier == dossier.id) stars = certificate.stars;
    }
    if (stars > 0 && stars <= 5) ++to.recognised[stars];
    const bool over = stars > 0 || dossier.phase == Phase::declined || dossier.phase == Phase::withdrawn;
    if (!over) ++to.open;
}

void count(const domain::Certificate& certificate, Date at, Counts& to) {
    if (!certificate.legacy || certificate.last_day >= at) return;
    ++to.expired;
    if (certificate.revoked) ++to.revoked;
    if (!certificate.renews) {
        ++to.no_answer;
    } else {
        ++(*certificate.renews ? to.renews : to.does_not_renew);
    }
}

void add(const Counts& from, Counts& to) {
    for (const auto member : {&Counts::registered, &Counts::submitted, &Counts::received, &Counts::tallied, &Counts::forwarded,
                              &Counts::declined, &Counts::withdrawn, &Counts::open, &Counts::expired, &Counts::renews,
                              &Counts::does_not_renew, &Counts::no_answer, &Counts::revoked}) {
        to.*member += from.*member;
    }
    for (int stars = 0; stars < 6; ++stars) to.recognised[stars] += from.recognised[stars];
}

json::object row(const Counts& from, const domain::Round& round, Date at) {
    const auto days_left = (round.deadline - at).count();
    const int recognised = from.recognised[3] + from.recognised[4] + from.recognised[5];
    return {{"registered", from.registered},
            {"submitted", from.submitted},
            {"received", from.received},
            {"tallied", from.tallied},
            {"forwarded", from.forwarded},
            {"recognised", recognised},
            {"recognised_3", from.recognised[3]},
            {"recognised_4", from.recognised[4]},
            {"recognised_5", from.recognised[5]},
            {"declined", from.declined},
            {"withdrawn", from.withdrawn},
            {"open", from.open},
            {"late", days_left < 0 ? from.open : 0},
            {"not_yet_submitted", from.registered - from.submitted},
            {"expired", from.expired},
            {"renews", from.renews},
            {"does_not_renew", from.does_not_renew},
            {"no_answer", from.no_answer},
            {"revoked", from.revoked},
            {"deadline", date(round.deadline)},
            {"days_left", days_left}};
}

// The unit right below the root that this one lies in; nil for the root itself.
UnitId top_unit(const domain::Registry& registry, UnitId unit) {
    for (int steps = 0; steps < 16; ++steps) {
        const domain::Unit* found = registry.unit(unit);
        if (!found) return {};
        if (found->parent == registry.root) return unit;
        unit = found->parent;
    }
    return {};
}

}  // namespace

json::array progress(const Look& state, const domain::Round& round, Date at) {
    std::map<UnitId, Counts> counts;
    for (const auto& [unit_id, unit] : state.registry().units) {
        if (unit.parent == state.registry().root && unit_id != state.registry().root) counts[unit_id];
    }
    const domain::RuleSet* rules = nullptr;
    state.each<domain::Product>([&](const domain::Product& product) {
        Counts& to = counts[top_unit(state.registry(), product.unit)];
        for (const auto& [dossier_id, dossier] : product.dossiers) {
            if (dossier.round != round.id) continue;
            count(product, dossier, to);
            rules = state.registry().rules(dossier.rule_set);
        }
        for (const auto& certificate : product.certificates) count(certificate, at, to);
    });
    std::vector<std::pair<std::string, UnitId>> sorted;
    sorted.reserve(counts.size());
    for (const auto& [unit_id, unused] : counts) sorted.emplace_back(unit_path(state.registry(), unit_id), unit_id);
    std::sort(sorted.begin(), sorted.end());
    json::array out;
    Counts total;
    for (const auto& [path, unit_id] : sorted) {
        json::object line{{"district", unit_name(state.registry(), unit_id)}, {"path", path}};
        for (auto& member : row(counts[unit_id], round, at)) line[member.key()] = member.value();
        mark_illustrative(line, rules);
        out.push_back(std::move(line));
        add(counts[unit_id], total);
    }
    json::object totals{{"total", true}};
    for (auto& member : row(total, round, at)) totals[member.key()] = member.value();
    mark_illustrative(totals, rules);
    out.push_back(std::move(totals));
    return out;
}

}  // namespace hoso::client::views
