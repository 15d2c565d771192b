#include "tests/bench/lists.hpp"

#include <boost/json/array.hpp>
#include <functional>
#include <sstream>

#include "client/cli/names.hpp"
#include "client/cli/output.hpp"
#include "client/cli/table.hpp"
#include "client/views/council_views.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/event_views.hpp"
#include "client/views/funnel.hpp"
#include "client/views/geography.hpp"
#include "client/views/product_views.hpp"
#include "client/views/progress.hpp"
#include "client/views/registry_views.hpp"
#include "client/views/rejudge.hpp"
#include "client/views/search.hpp"
#include "client/views/tasks.hpp"
#include "tests/bench/figures.hpp"

namespace hoso::bench {
namespace {

namespace views = client::views;
namespace json = boost::json;

class Timings {
public:
    explicit Timings(double walk_seconds) : walk_(walk_seconds) {}

    json::array time(const char* name, const std::function<json::array()>& list) const {
        const ProcessorWatch watch;
        json::array rows = list();
        print(name, rows.size(), watch.seconds());
        return rows;
    }
    void time_one(const char* name, const std::function<void()>& act) const {
        const ProcessorWatch watch;
        act();
        print(name, 1, watch.seconds());
    }

private:
    void print(const char* name, std::size_t rows, double seconds) const {
        std::printf("  %s %8zu rows %10.2f ms %10.2f\n", client::cli::padded(name, 58).c_str(), rows, seconds * 1e3,
                    seconds / walk_);
    }

    double walk_;
};

// Looks at every product, dossier and certificate once.
double walk(const views::Look& look) {
    const ProcessorWatch watch;
    std::size_t seen = 0;
    look.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& [id, dossier] : product.dossiers) seen += dossier.ended() ? 1 : 2;
        for (const auto& held : product.certificates) seen += held.stars;
    });
    const double seconds = watch.seconds();
    if (seen == 0) std::puts("");
    return seconds;
}

// As `hoso dossier list` makes it, with who holds each.
json::array dossiers(const views::Look& look, Date today) {
    const views::Geography on(look.registry(), today);
    json::array rows = views::long_list();
    look.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& [id, dossier] : product.dossiers) {
            json::object row = views::dossier_row(look, product, dossier, rows.storage());
            views::mark_holder(row, look.registry(), views::holder(product, dossier, on));
            rows.push_back(std::move(row));
        }
    });
    return rows;
}

void list_products(const Timings& timings, const views::Look& look, Date today) {
    using Filter = views::CertificateFilter;
    timings.time("subject list", [&] { return views::subjects(look); });
    timings.time("product list", [&] { return views::products(look); });
    timings.time("dossier list", [&] { return dossiers(look, today); });
    timings.time("cert list", [&] { return views::certificates(look, Filter::all, today, 0); });
    timings.time("cert list --expiring 120", [&] { return views::certificates(look, Filter::expiring, today, 120); });
    timings.time("cert list --expired", [&] { return views::certificates(look, Filter::expired, today, 0); });
    timings.time("cert list --revoked", [&] { return views::certificates(look, Filter::revoked, today, 0); });
    timings.time("held list", [&] { return views::held(look); });
    for (const char* by : {"stars", "sector", "unit", "year"})
        timings.time((std::string("product count --by ") + by).c_str(),
                     [&] { return views::count_products(look, by, today, today); });
    const domain::Round& round = look.registry().rounds.rbegin()->second;
    timings.time("round funnel", [&] { return views::funnel(look, round); });
    timings.time("round pace", [&] { return views::pace(look, round, today); });
    timings.time("task list", [&] { return views::tasks(look, today); });
    timings.time("progress, the newest round", [&] { return views::progress(look, round, today, {look.registry(), today}); });
}

void search(const Timings& timings, const views::Look& look) {
    constexpr std::size_t rows_max = 50;
    const auto find = [&](const char* text) {
        timings.time((std::string("search \"") + text + "\"").c_str(), [&] { return views::search(look, text, rows_max); });
    };
    for (const char* text :
         {"chè shan tuyết xã", "che shan tuyet xa", "cam cao phong phuong", "17-150-04828", "777/GCN", "a", "không có"})
        find(text);
}

void show_one(const Timings& timings, const views::Look& look, const History& history, const StreamId& id) {
    const domain::Product& product = *look.product(id);
    timings.time_one("product by name", [&] { must(client::cli::find_product(look, product.name), "find"); });
    timings.time_one("product show", [&] { views::product(look, product); });
    timings.time_one("dossier show", [&] { views::dossier(look, product, product.dossiers.begin()->second); });
    timings.time("product history", [&] {
        json::array rows;
        for (const log::Event& event : history.kept()) rows.push_back(views::event_row(look, event, client::Language::vi));
        return rows;
    });
}

void list_registry(const Timings& timings, const views::Look& look) {
    const domain::Registry& registry = look.registry();
    timings.time("unit list", [&] { return views::units(registry, std::nullopt); });
    timings.time("account list", [&] { return views::accounts(registry); });
    timings.time("mandate list", [&] { return views::mandates(registry); });
    timings.time("device list", [&] { return views::devices(registry); });
    timings.time("council list", [&] { return views::councils(registry); });
    timings.time("number list", [&] { return views::number_blocks(registry); });
    timings.time("meeting list", [&] { return views::meetings(registry); });
    timings.time("decision list", [&] { return views::decisions(look); });
    const domain::Meeting& meeting = registry.meetings.begin()->second;
    timings.time_one("meeting show, its sheets opened again", [&] { views::meeting(look, meeting); });
    const domain::RuleSet& rules = *registry.rules(registry.newest_rule_set);
    timings.time("rules rejudge, every hundredth product", [&] {
        json::array rows;
        std::size_t next = 0;
        look.each<domain::Product>([&](const domain::Product& product) {
            if (next++ % 100 != 0) return;
            for (const auto& [id, dossier] : product.dossiers) rows.push_back(views::rejudged(look, product, dossier, rules));
        });
        return rows;
    });
}

void print_one(const Timings& timings, const views::Look& look, Date today) {
    const json::array rows = dossiers(look, today);
    std::ostringstream out;
    const auto print = [&](bool as_json) {
        client::cli::Output output(out, out, as_json, true, client::Language::vi);
        output.rows(rows, {"name", "path", "kind", "phase", "stage", "average", "stars", "filed", "dossier"});
    };
    timings.time_one("dossier list, printed as a table", [&] { print(false); });
    timings.time_one("dossier list, printed as JSON lines", [&] { print(true); });
}

}  // namespace

void lists(const History& history, const Programme& programme) {
    section("Lists over it, beside a walk over the same products, dossiers and certificates");
    const views::Look look(history.state());
    walk(look);
    const double walked = walk(look);
    amount("limit: a walk", walked * 1e3, "ms");
    const Timings timings(walked);
    list_products(timings, look, history.today());
    search(timings, look);
    show_one(timings, look, history, programme.products().front());
    list_registry(timings, look);
    print_one(timings, look, history.today());
    timings.time_one("state-hash", [&] { replica::state_hash(history.state()); });
    timings.time_one("what pending actions are folded on: a copy of the registry", [&] { history.replica().fork({}); });
}

}  // namespace hoso::bench
