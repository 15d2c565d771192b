#include "client/views/geography.hpp"
#include "client/views/product_views.hpp"
#include "client/views/search.hpp"
#include "tests/scenario/play.hpp"

// Units that come and go in a scenario, and what its lists and statistics then say.
namespace hoso::tests {

using namespace domain;
namespace views = client::views;
namespace json = boost::json;

namespace {

// The words between two others, or to the end: the units of "into parts of A, B".
Words between(const Words& words, const std::string& first, const std::string& last) {
    const auto begin = std::find(words.begin(), words.end(), first);
    const auto end = std::find(begin, words.end(), last);
    return begin == words.end() ? Words{} : Words{std::next(begin), end};
}

std::set<std::string> names_in(const json::array& from) {
    std::set<std::string> names;
    for (const json::value& each : from) names.insert(std::string(each.get_string()));
    return names;
}

std::string listed(const std::set<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "nobody" : text;
}

}  // namespace

// As the registry names it.
std::string Play::unit_called(const std::string& called) const {
    const auto unit = units_.find(called);
    return unit == units_.end() ? called : views::unit_name(world_.registry(), world_.units.at(unit->second));
}

std::string Play::administer(const Line& line) {
    const Words& words = line.words;
    const std::string& called = words.at(1);
    if (words.front() == "create") {
        const Unit& parent = *world_.registry().unit(world_.units.at(units_.at(after(words, "in"))));
        const std::string code = world_.registry().unit(world_.units.at(units_.at(words.back())))->code;
        units_[called] = called;
        world_.units[called] = world_.new_id();
        return compare(line, world_.log("founder_0", registry_stream,
                                        UnitCreated{world_.units[called], parent.id, "commune", "commune", code, called,
                                                    *date_from_text(after(words, "from"))}));
    }
    if (words.front() != "dissolve") return "nobody knows how to " + words.front();
    UnitClosed closed{world_.units.at(units_.at(called)), *date_from_text(after(words, "on")), {}};
    const bool parts = has(words, "parts");
    for (const std::string& into : between(words, parts ? "of" : "into", ""))
        closed.successors.push_back({world_.units.at(units_.at(into)), !parts});
    return compare(line, world_.log("founder_0", registry_stream, closed));
}

// "new-commune-1 gets an officer": who then acts under the unit's name; of the province as "province-officer".
std::string Play::staff(const Words& words) {
    const std::string& unit = units_.at(words.front());
    world_.appoint("officer_" + unit, Role::officer, unit);
    cast_[cast_.contains(words.front()) ? words.front() + "-officer" : words.front()] = "officer_" + unit;
    return {};
}

std::string Play::publish(const std::string& rules) {
    std::ifstream in{std::string{HOSO_RULES_FOLDER} + "/" + rules + ".json"};
    const auto text = canonical_json(std::string{std::istreambuf_iterator<char>{in}, {}});
    if (!text) return "there is no rule set " + rules;
    rules_ = world_.publish(*text);
    return {};
}

// Empty, or what is found instead; nothing for a line that says something else.
std::optional<std::string> Play::place_of(const Words& words) const {
    const Item& item = items_.at(words.front());
    const replica::State& state = world_.replica.state();
    const Product& product = *state.product(item.product);
    const auto answer = [](const std::string& found, const std::string& asked) {
        return found == asked ? std::string{} : "found: " + found;
    };
    if (words[2] == "certified") {
        const json::array rows = views::certificates(state, views::CertificateFilter::all, world_.today(), 0);
        for (const json::value& row : rows) {
            if (row.at("product").as_string() != product.id.hex()) continue;
            return answer(std::string(row.at("unit_name").as_string()), unit_called(words.back()));
        }
        return "found: no certificate";
    }
    if (words[2] != "held" && words[2] != "undetermined") return std::nullopt;
    const views::Geography today{state.registry, world_.today()};
    const views::Holder holder = views::holder(product, *product.dossier(item.dossier), today);
    json::object row;
    views::mark_holder(row, state.registry, holder);
    const std::string found = listed(names_in(row.at("holder").as_array()));
    if (has(words, "because")) return answer(holder.why ? holder.why : "determined", words.back());
    std::set<std::string> asked;
    for (const std::string& each : between(words, words[2] == "held" ? "by" : "between", "")) asked.insert(unit_called(each));
    if ((holder.why == nullptr) != (words[2] == "held")) return "found: " + found + (holder.why ? ", undetermined" : "");
    return answer(found, listed(asked));
}

// "by the units of DATE A, B has N certified products": of one unit, or of those which it is not determined among.
std::string Play::statistic(const Words& words) const {
    std::set<std::string> asked;
    for (std::size_t i = 5; i < words.size() && words[i] != "has"; ++i) asked.insert(unit_called(words[i]));
    std::uint64_t found = 0;
    const json::array rows = views::count_products(world_.replica.state(), "unit", world_.today(), *date_from_text(words.at(4)));
    for (const json::value& row : rows) {
        const json::value* among = row.as_object().if_contains("among");
        const auto names = among ? names_in(among->as_array()) : std::set{std::string(row.at("group").as_string())};
        if (names == asked) found += row.at("products").to_number<std::uint64_t>();
    }
    return std::to_string(found) == after(words, "has") ? std::string{} : "found: " + std::to_string(found);
}

}  // namespace hoso::tests
