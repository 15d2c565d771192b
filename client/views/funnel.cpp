#include "client/views/funnel.hpp"

#include <algorithm>

#include "client/views/geography.hpp"
#include "client/views/steps.hpp"

namespace hoso::client::views {
namespace {

using namespace domain;

constexpr int weeks_back = 4;

struct Counts {
    std::set<StreamId> notified;
    std::size_t reviewed = 0;
    std::size_t approved = 0;
    std::size_t opened = 0;
    std::size_t submitted = 0;
    std::size_t received = 0;
    std::size_t tallied = 0;
    std::size_t recognised[6] = {};
    std::size_t declined = 0;
    std::size_t withdrawn = 0;
};

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
    void count(Counts& to) const {
        if (!any_) return;
        ++to.opened;
        if (best_.submitted) ++to.submitted;
        if (best_.received) ++to.received;
        if (best_.tallied) ++to.tallied;
        if (best_.stars > 0) {
            ++to.recognised[best_.stars];
        } else if (!under_way_) {
            ++(declined_ ? to.declined : to.withdrawn);
        }
    }

private:
    Steps best_;
    bool any_ = false;
    bool under_way_ = false;
    bool declined_ = false;
};

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

json::array funnel(const Look& state, const Round& round) {
    Counts steps;
    for (const auto& [id, notice] : state.registry().notices) {
        if (notice.round != round.id) continue;
        for (const NoticeList& list : notice.lists) {
            if (list.kind == NoticeListKind::lapses) continue;
            for (const NoticeLine& line : list.lines) steps.notified.insert(line.product);
        }
    }
    const RuleSet* rules = nullptr;
    state.each<Product>([&](const Product& product) {
        bool of_round = steps.notified.contains(product.id);
        Furthest furthest;
        for (const auto& [id, dossier] : product.dossiers) {
            if (dossier.round != round.id) continue;
            of_round = true;
            furthest.look_at(dossier, steps_of(state.registry(), product, dossier));
            rules = state.registry().rules(dossier.rule_set);
        }
        furthest.count(steps);
        if (!of_round || !product.care.idea) return;
        ++steps.reviewed;
        if (product.care.idea->approved) ++steps.approved;
    });
    json::array out;
    const auto add = [&](const char* step, std::size_t products) {
        json::object line{{"step", step}, {"products", products}};
        mark_illustrative(line, rules);
        out.push_back(std::move(line));
    };
    add("notified", steps.notified.size());
    add("idea_reviewed", steps.reviewed);
    add("idea_approved", steps.approved);
    add("opened", steps.opened);
    add("submitted", steps.submitted);
    add("received", steps.received);
    add("tallied", steps.tallied);
    add("recognised", steps.recognised[3] + steps.recognised[4] + steps.recognised[5]);
    add("recognised_3", steps.recognised[3]);
    add("recognised_4", steps.recognised[4]);
    add("recognised_5", steps.recognised[5]);
    add("declined", steps.declined);
    add("withdrawn", steps.withdrawn);
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
