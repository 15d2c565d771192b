#include "client/views/rejudge.hpp"

#include <algorithm>

#include "client/views/parts.hpp"
#include "client/views/steps.hpp"
#include "shared/domain/tally.hpp"

namespace hoso::client::views {
namespace {

// One sheet's choices among the options of another sheet. A criterion is the same where its number and name are; of its options the
// one with the points that were given counts, or the best below them.
class Translation {
public:
    Translation(const domain::ProductSet& from, const domain::ProductSet& to) {
        for (const domain::Criterion& wanted : to.criteria) {
            const auto same = [&](const domain::Criterion& one) { return one.no == wanted.no && one.name_vi == wanted.name_vi; };
            const auto found = std::find_if(from.criteria.begin(), from.criteria.end(), same);
            if (found == from.criteria.end()) {
                missing_.push_back(wanted.no);
            } else {
                pairs_.emplace_back(&*found, &wanted);
                places_.push_back(static_cast<std::size_t>(found - from.criteria.begin()));
            }
        }
    }

    const std::vector<std::string>& missing() const { return missing_; }
    Bytes sheet(ByteSpan options) const {
        Bytes made;
        for (std::size_t i = 0; i < pairs_.size(); ++i)
            made.push_back(option(*pairs_[i].first, *pairs_[i].second, options[places_[i]]));
        return made;
    }

private:
    static Byte option(const domain::Criterion& from, const domain::Criterion& to, Byte ordinal) {
        if (ordinal == 0 || ordinal > from.options.size()) return 0;
        const auto alike = [](const domain::Option& one, const domain::Option& other) { return one.points == other.points; };
        if (std::equal(from.options.begin(), from.options.end(), to.options.begin(), to.options.end(), alike)) return ordinal;
        const domain::Points points = from.options[ordinal - 1u].points;
        Byte best = 0;
        for (std::size_t i = 0; i < to.options.size(); ++i) {
            const bool better = best == 0 || to.options[i].points > to.options[best - 1u].points;
            if (to.options[i].points <= points && better) best = static_cast<Byte>(i + 1);
        }
        return best;
    }

    std::vector<std::pair<const domain::Criterion*, const domain::Criterion*>> pairs_;
    std::vector<std::size_t> places_;
    std::vector<std::string> missing_;
};

std::string joined(const std::vector<std::string>& numbers) {
    std::string text;
    for (const std::string& number : numbers) text += (text.empty() ? "" : ", ") + number;
    return text;
}

std::string gates_of(const domain::Grade& grade, const domain::ProductSet& set) {
    std::vector<std::string> numbers;
    for (const std::size_t index : grade.gates_missed) numbers.push_back(set.criteria[index].no);
    return joined(numbers);
}

// From which average a regulation gives these stars.
std::string band_of(const domain::RuleSet& rules, std::uint8_t stars) {
    const auto found =
        std::find_if(rules.bands.begin(), rules.bands.end(), [&](const domain::Band& band) { return band.stars == stars; });
    return found == rules.bands.end() ? "no such stars" : std::to_string(stars) + " stars from " + points_text(found->from);
}

// Which points, gates or bands make the difference.
std::string why(const domain::Tally& before, const domain::Grade& after, const domain::ProductSet& set,
                const domain::RuleSet& rules, const domain::RuleSet& other) {
    if (before.stars == after.stars) return "";
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
    if (before.sum() != after.sum()) add("points");
    if (!after.gates_missed.empty()) add("gates missed: " + gates_of(after, set));
    const std::uint8_t higher = std::max(before.stars, after.stars);
    const std::string here = band_of(rules, higher), there = band_of(other, higher);
    if (here != there) add(here + " before, " + there + " there");
    return text.empty() ? "a gate that is missed before is none there" : text;
}

// What keeps a result from being judged again; empty for nothing.
std::string why_not(const domain::Tally& before, const domain::ProductSet* set) {
    if (before.paper) return "tallied on paper: there are no sheets to judge again";
    if (fell_back(before)) return "the average is of the stage above: there are no sheets to judge again";
    if (!set) return "no such product set";
    if (!set->sheet_missing.empty() || set->criteria.empty()) return "sheet missing, cannot be judged again";
    return {};
}

}  // namespace

json::object rejudged(const Look& state, const domain::Product& product, const domain::Dossier& dossier,
                      const domain::RuleSet& other) {
    const domain::RuleSet* rules = state.registry().rules(dossier.rule_set);
    const domain::ProductSet* set = rules ? rules->product_set(product.product_set) : nullptr;
    if (!set || !dossier.tally) return {};
    const domain::Tally& before = *dossier.tally;
    json::object row{{"name", product.name},
                     {"path", unit_path(state.registry(), product.unit)},
                     {"product", id(product.id)},
                     {"ruleset", rules->id},
                     {"average", points_text(domain::average_of(before.sum(), before.sheets))},
                     {"stars", before.stars},
                     {"under", other.id},
                     {"average_under", nullptr},
                     {"stars_under", nullptr}};
    mark_illustrative(row, rules->illustrative.empty() ? &other : rules);
    const domain::ProductSet* new_set = other.product_set(product.product_set);
    if (const std::string reason = why_not(before, new_set); !reason.empty()) {
        row["why"] = reason;
        return row;
    }
    const Translation translation(*set, *new_set);
    if (!translation.missing().empty()) {
        row["why"] = "criteria without a counterpart: " + joined(translation.missing());
        return row;
    }
    const auto meeting = state.registry().meetings.find(before.meeting);
    if (meeting == state.registry().meetings.end()) return {};
    std::vector<Bytes> sheets;
    for (const domain::OpenedSheet& sheet : domain::open_sheets(state.registry(), product, dossier, meeting->second)) {
        if (sheet.fault == domain::SheetFault::none) sheets.push_back(translation.sheet(sheet.options));
    }
    if (sheets.empty()) {
        row["why"] = "its sheets are gone: it was returned since";
        return row;
    }
    const domain::Grade after = domain::grade(other, *new_set, sheets);
    row["average_under"] = points_text(domain::average_of(after.sum(), after.sheets));
    row["stars_under"] = after.stars;
    row["why"] = why(before, after, *new_set, *rules, other);
    return row;
}

}  // namespace hoso::client::views
