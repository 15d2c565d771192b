#include "client/views/progress.hpp"

#include "client/views/certificates.hpp"
#include "client/views/steps.hpp"
#include "shared/domain/validity.hpp"

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
    int expired = 0;  // certificates that ran out, those revoked afterwards too
    int renews = 0;
    int does_not_renew = 0;
    int no_answer = 0;
    int revoked = 0;
};

// A dossier counts in every step that it has gone through.
void count(const domain::Registry& registry, const domain::Product& product, const domain::Dossier& dossier, Counts& to) {
    const Steps steps = steps_of(registry, product, dossier);
    ++to.registered;
    if (steps.submitted) ++to.submitted;
    if (steps.received) ++to.received;
    if (steps.tallied) ++to.tallied;
    if (steps.forwarded) ++to.forwarded;
    if (dossier.phase == domain::Phase::declined) ++to.declined;
    if (dossier.phase == domain::Phase::withdrawn) ++to.withdrawn;
    if (steps.stars > 0) ++to.recognised[steps.stars];
    if (steps.done == Date{}) ++to.open;
}

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

}  // namespace

json::array progress(const Look& state, const domain::Round& round, Date at, const Geography& on) {
    std::map<std::vector<UnitId>, Counts> counts;
    for (const UnitId& unit : on.tops()) counts[{unit}];
    const domain::RuleSet* rules = nullptr;
    state.each<domain::Product>([&](const domain::Product& product) {
        Counts& to = counts[on.top(product.unit)];
        for (const auto& [dossier_id, dossier] : product.dossiers) {
            if (dossier.round != round.id) continue;
            count(state.registry(), product, dossier, to);
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
