#include "client/views/funnel.hpp"

#include <algorithm>

#include "client/views/geography.hpp"
#include "client/views/steps.hpp"

namespace hoso::client::views {
namespace {

using namespace domain;

constexpr int weeks_back = 4;

// A product counts once, with the dossier of the round that came furthest.
class Furthest {
public:
    void look_at(const Dossier& dossier, const Steps& steps) {
        any_ = true;
        best_.submitted |= steps.submitted;
        best_.received |= steps.received;
        best_.tallied |= steps.tallied;
        best_.stars = std::max(best_.stars, steps.stars);
        under_way_ |= steps.done == Date{};
        declined_ |= dossier.phase == Phase::declined;
    }
    // The steps that it came to, in the words of funnel_steps.
    template <typename Visit>
    void each(const Visit& visit) const {
        if (!any_) return;
        visit("opened");
        if (best_.submitted) visit("submitted");
        if (best_.received) visit("received");
        if (best_.tallied) visit("tallied");
        if (best_.stars >= 3) visit("recognised");
        if (best_.stars == 3) visit("recognised_3");
        if (best_.stars == 4) visit("recognised_4");
        if (best_.stars == 5) visit("recognised_5");
        if (best_.stars == 0 && !under_way_) visit(declined_ ? "declined" : "withdrawn");
    }

private:
    Steps best_;
    bool any_ = false;
    bool under_way_ = false;
    bool declined_ = false;
};

std::set<StreamId> notified_for(const Look& state, const Round& round) {
    std::set<StreamId> notified;
    for (const auto& [id, notice] : state.registry().notices) {
        if (notice.round != round.id) continue;
        for (const NoticeList& list : notice.lists) {
            if (list.kind == NoticeListKind::lapses) continue;
            for (const NoticeLine& line : list.lines) notified.insert(line.product);
        }
    }
    return notified;
}

// Visits every step with every product that came to it, once. Answers the rule set of one of the round's dossiers, if it has any.
template <typename Visit>
const RuleSet* each_step(const Look& state, const Round& round, const Visit& visit) {
    const std::set<StreamId> notified = notified_for(state, round);
    for (const StreamId& product : notified) visit("notified", product);
    const RuleSet* rules = nullptr;
    state.each<Product>([&](const Product& product) {
        bool of_round = notified.contains(product.id);
        Furthest furthest;
        for (const auto& [id, dossier] : product.dossiers) {
            if (dossier.round != round.id) continue;
            of_round = true;
            furthest.look_at(dossier, steps_of(state.registry(), product, dossier));
            rules = state.registry().rules(dossier.rule_set);
        }
        furthest.each([&](std::string_view step) { visit(step, product.id); });
        if (!of_round || !product.care.idea) return;
        visit("idea_reviewed", product.id);
        if (product.care.idea->approved) visit("idea_approved", product.id);
    });
    return rules;
}

struct Pace {
    std::size_t done = 0;
    std::size_t left = 0;
    std::size_t lately = 0;  // of those done, in the weeks before
};

json::object row(const Pace& from, const Round& round, Date at) {
    const auto days_left = (round.deadline - at).count();
    json::object out{{"done", from.done}, {"left", from.left}, {"deadline", date(round.deadline)}, {"days_left", days_left}};
    // Hundredths a week, so that nothing is lost before it is shown.
    out["pace"] = points_text(from.lately * 100 / weeks_back);
    const bool open = from.left > 0 && days_left > 0;
    const auto days = static_cast<std::size_t>(std::max<std::int64_t>(days_left, 1));
    out["pace_needed"] = open ? json::value(points_text((from.left * 700 + days - 1) / days)) : json::value(nullptr);
    out["behind"] = from.left > 0 && (days_left <= 0 || from.lately * days < from.left * 7 * weeks_back);
    return out;
}

}  // namespace

std::set<StreamId> products_at(const Look& state, const Round& round, std::string_view step) {
    std::set<StreamId> found;
    each_step(state, round, [&](std::string_view reached, const StreamId& product) {
        if (reached == step) found.insert(product);
    });
    return found;
}

json::array funnel(const Look& state, const Round& round) {
    std::map<std::string_view, std::size_t> products;
    const RuleSet* rules = each_step(state, round, [&](std::string_view step, const StreamId&) { ++products[step]; });
    json::array out;
    for (const char* step : funnel_steps) {
        json::object line{{"step", step}, {"products", products[step]}};
        mark_illustrative(line, rules);
        out.push_back(std::move(line));
    }
    return out;
}

json::array pace(const Look& state, const Round& round, Date at) {
    const Registry& registry = state.registry();
    const Geography on(registry, at);
    std::map<std::vector<UnitId>, Pace> paces;
    for (const UnitId& unit : on.tops()) paces[{unit}];
    const RuleSet* rules = nullptr;
    state.each<Product>([&](const Product& product) {
        for (const auto& [id, dossier] : product.dossiers) {
            if (dossier.round != round.id || dossier.filing_date > at) continue;
            Pace& to = paces[on.top(product.unit)];
            rules = registry.rules(dossier.rule_set);
            const Date done = steps_of(registry, product, dossier).done;
            if (done == Date{} || done > at) {
                ++to.left;
                continue;
            }
            ++to.done;
            if (done > at - std::chrono::days{7 * weeks_back}) ++to.lately;
        }
    });
    std::multimap<std::pair<bool, std::string>, json::object> sorted;  // by path, what is not determined last
    Pace total;
    const auto made = [&](json::object line, const Pace& from) {
        for (auto& member : row(from, round, at)) line[member.key()] = member.value();
        mark_illustrative(line, rules);
        return line;
    };
    for (const auto& [units, from] : paces) {
        json::object line;
        mark_place(line, "district", on, units);
        const std::string path = units.size() == 1 ? unit_path(registry, units.front()) : std::string{};
        sorted.emplace(std::pair{units.size() != 1, path}, made(std::move(line), from));
        total.done += from.done;
        total.left += from.left;
        total.lately += from.lately;
    }
    json::array out;
    for (auto& [place, line] : sorted) out.push_back(std::move(line));
    out.push_back(made({{"total", true}, {"geography", date(at)}}, total));
    return out;
}

}  // namespace hoso::client::views
