#include "client/cli/reorganisation_report.hpp"

#include <algorithm>

#include "client/text/unicode.hpp"
#include "client/views/geography.hpp"

namespace hoso::client::cli {
namespace {

// "thi tran bo" is "bo": a commune that becomes a ward under its own name has not handed its code to another.
std::string name_proper(std::string_view name) {
    std::string plain = folded(name);
    for (const std::string_view kind : {"xa ", "phuong ", "thi tran ", "dac khu ", "huyen ", "thanh pho ", "thi xa ", "tinh "}) {
        if (plain.starts_with(kind)) return plain.substr(kind.size());
    }
    return plain;
}

// Who carried the code of a unit that begins until the day before, under another name; null for nobody.
const domain::Unit* carried_before(const domain::Registry& registry, const Reorganisation& plan, const Beginning& begins) {
    if (begins.root) return nullptr;
    for (const auto& [id, unit] : registry.units) {
        const bool carries = id != begins.unit.unit && unit.code == begins.unit.code && unit.level == begins.unit.level &&
                             views::in_force(unit, plan.last_day());
        if (carries && name_proper(unit.name) != name_proper(begins.unit.name)) return &unit;
    }
    return nullptr;
}

std::string joined(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
    return text;
}

std::string called(const Output& out, const domain::Registry& registry, const UnitId& id, bool whole) {
    const domain::Unit& unit = registry.units.at(id);
    return unit.code + " " + unit.name + (whole ? "" : out.pick(" (một phần)", " (part)"));
}

bool split(const Ending& ending) {
    const auto whole = [](const domain::Successor& successor) { return successor.whole; };
    return ending.successors.size() > 1 && std::none_of(ending.successors.begin(), ending.successors.end(), whole);
}

const char* change(bool stays, bool recorded, const char* made) { return stays ? "stays" : recorded ? "recorded" : made; }

}  // namespace

json::array rows_of(const Output& out, const domain::Registry& registry, const Reorganisation& plan) {
    const domain::Registry made = after(registry, plan);
    json::array rows;
    for (const Ending& each : plan.ending) {
        const domain::Unit& unit = registry.units.at(each.unit);
        std::vector<std::string> into;
        for (const auto& successor : each.successors) into.push_back(called(out, made, successor.unit, successor.whole));
        rows.push_back(json::object{{"change", change(each.root, each.recorded, "closed")},
                                    {"level", unit.level},
                                    {"code", unit.code},
                                    {"name", unit.name},
                                    {"unit", unit.id.hex()},
                                    {"becomes", joined(std::move(into))},
                                    {"split", split(each)}});
    }
    for (const Beginning& each : plan.beginning) {
        std::vector<std::string> from;
        for (const Ending& ending : plan.ending) {
            for (const auto& successor : ending.successors) {
                if (successor.unit == each.unit.unit && !each.root)
                    from.push_back(called(out, registry, ending.unit, successor.whole));
            }
        }
        const domain::Unit* before = carried_before(registry, plan, each);
        rows.push_back(json::object{{"change", change(each.root, each.recorded, "created")},
                                    {"level", each.unit.level},
                                    {"code", each.unit.code},
                                    {"name", each.unit.name},
                                    {"unit", each.unit.unit.hex()},
                                    {"made_of", joined(std::move(from))},
                                    {"code_before", before ? json::value(before->name) : json::value(nullptr)}});
    }
    return rows;
}

namespace {

void add(json::object& counts, const std::string& key) {
    counts[key] = (counts.contains(key) ? counts[key].to_number<std::uint64_t>() : 0) + 1;
}

// Of the dossiers under way: how many change hands, and which are nobody's.
json::object dossiers_of(const views::Look& look, const Reorganisation& plan) {
    const domain::Registry& registry = look.registry();
    const domain::Registry made = after(registry, plan);
    const views::Geography before(registry, plan.last_day()), on(made, plan.effective);
    std::uint64_t stay = 0, handed_on = 0, wait = 0;
    json::array undetermined;
    look.each<domain::Product>([&](const domain::Product& product) {
        const domain::Dossier* dossier = product.open_dossier();
        if (!dossier) return;
        const views::Holder held = views::holder(product, *dossier, before);
        const views::Holder holds = views::holder(product, *dossier, on);
        if (holds.units.size() != 1) {
            json::object row{{"name", product.name}, {"unit_name", views::unit_name(registry, product.unit)}};
            views::mark_holder(row, made, holds);
            undetermined.push_back(std::move(row));
        } else if (holds.why) {
            ++wait;
        } else {
            ++(held.units == holds.units ? stay : handed_on);
        }
    });
    return {{"stay", stay}, {"handed_on", handed_on}, {"wait", wait}, {"undetermined", std::move(undetermined)}};
}

std::size_t mandates_ending(const domain::Registry& registry, const Reorganisation& plan) {
    const auto closes = [&](const UnitId& unit) {
        return std::any_of(plan.ending.begin(), plan.ending.end(),
                           [&](const Ending& ending) { return ending.unit == unit && !ending.root; });
    };
    return static_cast<std::size_t>(std::count_if(registry.mandates.begin(), registry.mandates.end(), [&](const auto& entry) {
        const domain::Mandate& mandate = entry.second;
        const bool runs_on = mandate.valid_to == Date{} || mandate.valid_to > plan.last_day();
        return mandate.ended_at == no_position && runs_on && closes(mandate.unit);
    }));
}

}  // namespace

json::object summary_of(const views::Look& look, const Reorganisation& plan) {
    const domain::Registry& registry = look.registry();
    json::object closed, created;
    std::uint64_t take_over = 0, reused = 0, splits = 0, recorded = 0;
    json::value root = nullptr;
    for (const Ending& each : plan.ending) {
        if (each.root) continue;
        add(closed, registry.units.at(each.unit).level);
        if (split(each)) ++splits;
        if (each.recorded) ++recorded;
    }
    for (const Beginning& each : plan.beginning) {
        if (each.root) {
            const domain::Unit& stays = registry.units.at(registry.root);
            const bool renamed = stays.code != each.unit.code || stays.name != each.unit.name;
            if (renamed) root = json::object{{"unit", stays.id.hex()}, {"code", each.unit.code}, {"name", each.unit.name}};
            continue;
        }
        add(created, each.unit.level);
        if (plan.takes_over(each.unit.unit)) ++take_over;
        if (carried_before(registry, plan, each)) ++reused;
        if (each.recorded) ++recorded;
    }
    return {{"effective", to_text(plan.effective)},
            {"closed", std::move(closed)},
            {"created", std::move(created)},
            {"take_over", take_over},
            {"reused_codes", reused},
            {"splits", splits},
            {"recorded_before", recorded},
            {"mandates_ending", mandates_ending(registry, plan)},
            {"dossiers_under_way", dossiers_of(look, plan)},
            {"rename", std::move(root)}};
}

}  // namespace hoso::client::cli
