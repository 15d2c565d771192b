#include "client/views/rules_compare.hpp"

#include "client/text/words.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::views {
namespace {

namespace json = boost::json;

// What a regulation says, part by part, in words that can be held against another's.
using Parts = std::map<std::string, std::string>;

std::string joined(const std::vector<std::uint8_t>& stars) {
    std::string text;
    for (const auto star : stars) text += (text.empty() ? "" : ", ") + std::to_string(star);
    return text;
}

const char* does_of(const domain::Stage& stage) {
    switch (stage.does) {
        case domain::Does::opinion: return "opinion";
        case domain::Does::council: return "council";
        case domain::Does::external: return "external";
    }
    return "?";
}

void add_ladder(const domain::RuleSet& rules, Parts& to) {
    for (const auto& band : rules.bands) to["bands." + std::to_string(band.stars)] = points_text(band.from);
    for (std::size_t i = 0; i < rules.stages.size(); ++i) {
        const domain::Stage& stage = rules.stages[i];
        const std::string at = "stages." + stage.key;
        to[at] = std::to_string(i + 1) + ". " + does_of(stage);
        to[at + ".level"] = stage.level;
        to[at + ".decides"] = joined(stage.decides);
        to[at + ".forwards_from"] = stage.forwards_from ? points_text(stage.forwards_from) : "";
        to[at + ".entered_by"] = stage.entered_by;
        to[at + ".meetings"] = stage.meetings ? std::to_string(stage.meetings) : "";
    }
    to["certificate.months"] = std::to_string(rules.certificate_months);
    to["certificate.stars_min"] = std::to_string(rules.certificate_stars_min);
    to["dates_back_days_max"] = std::to_string(rules.dates_back_days_max);
}

void add_lists(const domain::RuleSet& rules, Parts& to) {
    to.merge(times_of(rules));
    for (const auto& reason : rules.idea_reasons) to["idea_reasons." + reason.key] = reason.name_vi;
    for (const auto& term : rules.terms) {
        const std::string last = term.filed_to == Date{} ? "" : to_text(term.filed_to);
        to[std::string("in_force.") + name(term.kind) + "." + to_text(term.filed_from)] = to_text(term.filed_from) + " – " + last;
    }
    for (const auto& content : rules.contents) to["contents." + content.key] = content.name_vi + (content.mandatory ? " (*)" : "");
    for (const auto& kind : rules.evidence) to["evidence." + kind.key] = kind.name_vi;
    for (const auto& type : rules.files.media_types) to["files." + type] = type;
    if (rules.files.bytes_max > 0) to["files.bytes_max"] = std::to_string(rules.files.bytes_max);
    if (rules.files.keeps_originals) to["files.keeps_originals"] = "true";
    for (const auto& type : rules.subject_types) to["subject_types." + type.key] = type.key;
    for (const auto& ground : rules.grounds) to["grounds." + ground.key] = ground.name_vi + (ground.after_expiry ? " (>)" : "");
    for (const auto& sector : rules.sectors) to["sectors." + sector.key] = sector.name_vi;
}

// "Nguồn gốc ý tưởng: 0 / 1 / 3 (4)": an option that is a gate has its stars behind it.
std::string ladder_of(const domain::Criterion& criterion) {
    std::string text;
    for (const auto& option : criterion.options) {
        text += (text.empty() ? "" : " / ") + points_text(option.points);
        if (option.gate) text += " (" + std::to_string(option.gate) + ")";
    }
    return criterion.name_vi + ": " + text;
}

Parts criteria_of(const domain::ProductSet& set) {
    Parts parts;
    for (const auto& criterion : set.criteria) parts[criterion.no] = ladder_of(criterion);
    return parts;
}

std::string summary(const domain::ProductSet& set) {
    std::string sections;
    for (const auto& section : set.sections) sections += (sections.empty() ? "" : " + ") + points_text(section.points_max);
    return std::to_string(set.no) + ". " + set.name_vi + ": " + sections + ", " + std::to_string(set.criteria.size());
}

void add_differences(const std::string& prefix, const Parts& before, const Parts& after, json::array& rows) {
    const auto value = [](const Parts& parts, const std::string& part) {
        const auto found = parts.find(part);
        return found == parts.end() ? json::value(nullptr) : json::value(json::string(found->second));
    };
    Parts all = before;
    all.insert(after.begin(), after.end());
    for (const auto& [part, unused] : all) {
        json::value one = value(before, part);
        json::value other = value(after, part);
        if (one != other)
            rows.push_back(json::object{{"part", prefix + part}, {"before", std::move(one)}, {"after", std::move(other)}});
    }
}

void add_sets(const domain::RuleSet& one, const domain::RuleSet& other, json::array& rows) {
    Parts before, after;
    for (const auto& set : one.product_sets) before[set.key] = summary(set);
    for (const auto& set : other.product_sets) after[set.key] = summary(set);
    for (const auto& set : one.product_sets) {
        const domain::ProductSet* same = other.product_set(set.key);
        if (!same) continue;
        json::array differing;
        add_differences({}, criteria_of(set), criteria_of(*same), differing);
        if (!differing.empty()) after[set.key] += " (≠ " + std::to_string(differing.size()) + ")";
    }
    add_differences("sets.", before, after, rows);
}

}  // namespace

std::map<std::string, std::string> times_of(const domain::RuleSet& rules) {
    Parts to;
    const auto add = [&](const std::string& part, std::uint32_t value) {
        if (value > 0) to[part] = std::to_string(value);
    };
    for (const auto& stage : rules.stages) {
        add("stages." + stage.key + ".working_days", stage.working_days);
        if (stage.falls_back) to["stages." + stage.key + ".falls_back"] = stage.entered_by;
    }
    for (const auto& term : rules.terms) {
        if (term.decided_by != Date{})
            to[std::string("decided_by.") + name(term.kind) + "." + to_text(term.filed_from)] = to_text(term.decided_by);
    }
    for (const auto days : rules.notices) to["notices"] += (to["notices"].empty() ? "" : ", ") + std::to_string(days);
    if (rules.notices.empty()) to.erase("notices");
    add("re_evaluation.filed_from_days", rules.re_evaluation.filed_from_days);
    add("re_evaluation.filed_to_days", rules.re_evaluation.filed_to_days);
    add("re_evaluation.done_within_days", rules.re_evaluation.done_within_days);
    if (rules.extension.days_max > 0) {
        to["extension"] = to_text(rules.extension.expiring_from) + " – " + to_text(rules.extension.expiring_to) + ": " +
                          std::to_string(rules.extension.days_max);
    }
    add("revocation_days", rules.revocation_days);
    add("samples", rules.samples);
    if (!rules.product_code.empty()) to["product_code"] = rules.product_code;
    std::map<std::string, int> nth;
    for (const auto& round : rules.rounds) {
        const auto shown = [](const domain::MonthDay& day) { return to_text(day.in(2023)).substr(5); };
        to["rounds." + round.stage + "." + std::to_string(++nth[round.stage])] =
            shown(round.proposed_before) + " – " + shown(round.evaluated_before);
    }
    return to;
}

json::array compare(const domain::RuleSet& one, const domain::RuleSet& other, std::string_view set) {
    json::array rows;
    if (!set.empty()) {
        const domain::ProductSet* before = one.product_set(set);
        const domain::ProductSet* after = other.product_set(set);
        add_differences("sets." + std::string(set) + ".", before ? criteria_of(*before) : Parts{},
                        after ? criteria_of(*after) : Parts{}, rows);
        return rows;
    }
    Parts before, after;
    add_ladder(one, before);
    add_ladder(other, after);
    add_lists(one, before);
    add_lists(other, after);
    add_differences({}, before, after, rows);
    add_sets(one, other, rows);
    return rows;
}

}  // namespace hoso::client::views
