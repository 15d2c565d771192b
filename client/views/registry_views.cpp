#include "client/views/registry_views.hpp"

#include <algorithm>

#include "client/text/words.hpp"
#include "client/views/geography.hpp"
#include "client/views/rules_compare.hpp"

namespace hoso::client::views {

namespace {

json::object relative(const domain::Registry& registry, const domain::Successor& of) {
    const domain::Unit* unit = registry.unit(of.unit);
    return {{"unit", id(of.unit)},
            {"path", unit_path(registry, of.unit)},
            {"name", unit_name(registry, of.unit)},
            {"extent", of.whole ? "whole" : "part"},
            {"valid_from", unit ? date(unit->valid_from) : json::value(nullptr)},
            {"valid_to", unit ? date(unit->valid_to) : json::value(nullptr)}};
}

}  // namespace

json::object unit(const domain::Registry& registry, const domain::Unit& from, std::optional<Date> on) {
    json::array successors;
    for (const auto& successor : from.successors) successors.push_back(relative(registry, successor));
    json::array former;
    for (const auto& each : from.former) {
        former.push_back(
            json::object{{"name", each.name}, {"kind", each.kind}, {"code", each.code}, {"last_day", date(each.last_day)}});
    }
    const domain::FormerName called = on ? from.named_on(*on) : domain::FormerName{from.name, from.kind, from.code, {}};
    return {{"unit", id(from.id)},
            {"path", unit_path(registry, from.id, on)},
            {"level", from.level},
            {"kind", called.kind},
            {"code", called.code},
            {"name", called.name},
            {"parent", id(from.parent)},
            {"valid_from", date(from.valid_from)},
            {"valid_to", date(from.valid_to)},
            {"successors", std::move(successors)},
            {"former", std::move(former)}};
}

json::object unit_with_lineage(const domain::Registry& registry, const domain::Unit& from, Date on) {
    json::object out = unit(registry, from, on);
    json::array predecessors;
    for (const auto& [other_id, other] : registry.units) {
        for (const auto& successor : other.successors) {
            if (successor.unit == from.id) predecessors.push_back(relative(registry, {other_id, successor.whole}));
        }
    }
    std::sort(predecessors.begin(), predecessors.end(), [](const json::value& one, const json::value& other) {
        return one.at("path").get_string() < other.at("path").get_string();
    });
    out["predecessors"] = std::move(predecessors);
    return out;
}

json::array units(const domain::Registry& registry, std::optional<Date> on) {
    std::vector<std::pair<std::string, const domain::Unit*>> sorted;
    for (const auto& [unit_id, from] : registry.units) {
        if (!on || in_force(from, *on)) sorted.emplace_back(unit_path(registry, unit_id, on), &from);
    }
    std::sort(sorted.begin(), sorted.end());
    json::array out;
    for (const auto& [path, from] : sorted) out.push_back(unit(registry, *from, on));
    return out;
}

json::array accounts(const domain::Registry& registry) {
    json::array out;
    for (const auto& [account_id, account] : registry.accounts) {
        json::array roles;
        if (const auto granted = registry.mandates_of.find(account_id); granted != registry.mandates_of.end()) {
            for (const Uuid& mandate_id : granted->second) {
                const domain::Mandate& mandate = registry.mandates.at(mandate_id);
                if (mandate.ended_at != no_position) continue;
                roles.push_back(json::object{
                    {"role", name(mandate.role)}, {"unit", id(mandate.unit)}, {"path", unit_path(registry, mandate.unit)}});
            }
        }
        out.push_back(json::object{{"account", id(account_id)},
                                   {"title", account.title},
                                   {"unit", id(account.unit)},
                                   {"path", unit_path(registry, account.unit)},
                                   {"unit_name", unit_name(registry, account.unit)},
                                   {"founder", account.founder},
                                   {"roles", std::move(roles)}});
    }
    return out;
}

namespace {

json::value office_name(const domain::Registry& registry, const Uuid& office) {
    const auto found = registry.offices.find(office);
    return found == registry.offices.end() ? json::value(nullptr) : json::value(found->second.name);
}

// A mandate ends with its unit.
Date last_day(const domain::Registry& registry, const domain::Mandate& mandate) {
    const domain::Unit* unit = registry.unit(mandate.unit);
    const Date closed = unit ? unit->valid_to : Date{};
    if (closed == Date{} || mandate.valid_to == Date{}) return std::max(closed, mandate.valid_to);
    return std::min(closed, mandate.valid_to);
}

}  // namespace

json::array mandates(const domain::Registry& registry) {
    json::array out;
    for (const auto& [mandate_id, mandate] : registry.mandates) {
        out.push_back(json::object{{"mandate", id(mandate_id)},
                                   {"account", id(mandate.account)},
                                   {"title", account_title(registry, mandate.account)},
                                   {"role", name(mandate.role)},
                                   {"unit", id(mandate.unit)},
                                   {"path", unit_path(registry, mandate.unit)},
                                   {"unit_name", unit_name(registry, mandate.unit)},
                                   {"valid_from", date(mandate.valid_from)},
                                   {"valid_to", date(last_day(registry, mandate))},
                                   {"ended_at", position(mandate.ended_at)},
                                   {"office", office_name(registry, mandate.office)},
                                   {"field", mandate.field}});
    }
    return out;
}

json::array devices(const domain::Registry& registry) {
    json::array out;
    for (const auto& [device_id, device] : registry.devices) {
        json::array officers;
        for (const auto& [account_id, key] : device.officers) {
            officers.push_back(
                json::object{{"account", id(account_id)}, {"title", account_title(registry, account_id)}, {"key", key.hex()}});
        }
        out.push_back(json::object{{"device", id(device_id)},
                                   {"unit", id(device.unit)},
                                   {"path", unit_path(registry, device.unit)},
                                   {"name", unit_name(registry, device.unit)},
                                   {"server", device.server},
                                   {"founder", device.founder},
                                   {"key", device.key.hex()},
                                   {"officers", std::move(officers)}});
    }
    return out;
}

json::array rounds(const domain::Registry& registry) {
    json::array out;
    for (const auto& [round_id, round] : registry.rounds) {
        out.push_back(json::object{{"round", id(round_id)},
                                   {"title", round.title},
                                   {"year", round.year},
                                   {"deadline", date(round.deadline)},
                                   {"basis", round.legal_basis}});
    }
    return out;
}

json::array number_blocks(const domain::Registry& registry) {
    json::array out;
    for (const auto& [block_id, block] : registry.blocks) {
        out.push_back(json::object{{"block", id(block_id)},
                                   {"device", id(block.device)},
                                   {"kind", name(block.kind)},
                                   {"pattern", block.pattern},
                                   {"first", block.first},
                                   {"last", block.last},
                                   {"used", block.used.size()},
                                   {"left", std::uint64_t{block.last} - block.first + 1 - block.used.size()}});
    }
    return out;
}

namespace {

template <typename Named>
json::object named(const Named& from, const char* key) {
    return {{key, from.key}, {"name_vi", from.name_vi}, {"name_en", from.name_en}};
}

// What a dossier holds and files may be, whose products they are, and what a certificate is revoked for.
void add_papers(json::object& out, const domain::RuleSet& from) {
    json::array contents;
    for (const auto& content : from.contents) {
        contents.push_back(json::object{{"document", content.key},
                                        {"name_vi", content.name_vi},
                                        {"name_en", content.name_en},
                                        {"mandatory", content.mandatory}});
    }
    out["contents"] = std::move(contents);
    json::array evidence;
    for (const auto& kind : from.evidence) evidence.push_back(named(kind, "document"));
    out["evidence"] = std::move(evidence);
    json::array subjects;
    for (const auto& type : from.subject_types) subjects.push_back(named(type, "type"));
    out["subject_types"] = std::move(subjects);
    json::array grounds;
    for (const auto& ground : from.grounds) {
        json::object row = named(ground, "ground");
        row["after_expiry"] = ground.after_expiry;
        grounds.push_back(std::move(row));
    }
    out["grounds"] = std::move(grounds);
    json::array types;
    for (const auto& type : from.files.media_types) types.push_back(json::string(type));
    out["files"] = json::object{
        {"media_types", std::move(types)}, {"bytes_max", from.files.bytes_max}, {"keeps_originals", from.files.keeps_originals}};
}

}  // namespace

json::object rule_set(const domain::RuleSet& from) {
    json::array stages;
    for (const auto& stage : from.stages) {
        json::array decides;
        for (const auto stars : stage.decides) decides.push_back(stars);
        const char* does = stage.does == domain::Does::opinion   ? "opinion"
                           : stage.does == domain::Does::council ? "council"
                                                                 : "external";
        stages.push_back(json::object{{"stage", stage.key},
                                      {"name_vi", stage.name_vi},
                                      {"name_en", stage.name_en},
                                      {"level", stage.level},
                                      {"does", does},
                                      {"decides", std::move(decides)},
                                      {"forwards_from", points_text(stage.forwards_from)},
                                      {"meetings", stage.meetings}});
    }
    json::array bands;
    for (const auto& band : from.bands) bands.push_back(json::object{{"stars", band.stars}, {"from", points_text(band.from)}});
    json::array terms;
    for (const auto& term : from.terms) {
        terms.push_back(json::object{{"kind", name(term.kind)},
                                     {"filed_from", date(term.filed_from)},
                                     {"filed_to", date(term.filed_to)},
                                     {"decided_by", date(term.decided_by)}});
    }
    json::object out{{"ruleset", from.id},           {"hash", from.hash.hex()},
                     {"title_vi", from.title_vi},    {"title_en", from.title_en},
                     {"in_force", std::move(terms)}, {"bands", std::move(bands)},
                     {"stages", std::move(stages)},  {"certificate_months", from.certificate_months}};
    json::object times;
    for (const auto& [part, value] : times_of(from)) times[part] = value;
    out["times"] = std::move(times);
    json::array sets;
    for (const auto& set : from.product_sets) {
        json::object row{{"no", set.no},
                         {"set", set.key},
                         {"name_vi", set.name_vi},
                         {"name_en", set.name_en},
                         {"criteria", set.criteria.size()}};
        mark_missing(row, set);
        sets.push_back(std::move(row));
    }
    out["sets"] = std::move(sets);
    add_papers(out, from);
    out["legal_basis"] = from.legal_basis;
    out["verification"] = from.status;
    json::array remarks;
    for (const auto& remark : from.remarks) remarks.push_back(json::object{{"about", remark.about}, {"text", remark.text}});
    out["remarks"] = std::move(remarks);
    mark_illustrative(out, &from);
    return out;
}

json::array rule_sets(const domain::Registry& registry) {
    json::array out;
    for (const auto& [hash, rules] : registry.rule_sets) {
        json::object row{{"ruleset", rules->id},
                         {"hash", hash.hex()},
                         {"title_vi", rules->title_vi},
                         {"title_en", rules->title_en},
                         {"newest", hash == registry.newest_rule_set}};
        mark_illustrative(row, rules.get());
        out.push_back(std::move(row));
    }
    return out;
}

json::object sheet(const domain::RuleSet& rules, const domain::ProductSet& set) {
    json::array criteria;
    for (const auto& criterion : set.criteria) {
        json::array options;
        for (const auto& option : criterion.options) {
            json::object shown{{"points", points_text(option.points)}};
            if (option.gate) shown["gate"] = option.gate;
            options.push_back(std::move(shown));
        }
        criteria.push_back(json::object{{"no", criterion.no},
                                        {"section", set.sections[criterion.section].key},
                                        {"name_vi", criterion.name_vi},
                                        {"name_en", criterion.name_en},
                                        {"points_max", points_text(criterion.points_max)},
                                        {"assessed_by", criterion.assessed_by},
                                        {"options", std::move(options)}});
    }
    json::array sections;  // known also of a set whose sheet of criteria was not found
    for (const auto& section : set.sections)
        sections.push_back(json::object{{"section", section.key}, {"points_max", points_text(section.points_max)}});
    json::object out{{"ruleset", rules.id},
                     {"set", set.key},
                     {"name_vi", set.name_vi},
                     {"name_en", set.name_en},
                     {"sections", std::move(sections)},
                     {"criteria", std::move(criteria)}};
    mark_missing(out, set);
    mark_illustrative(out, &rules);
    return out;
}

}  // namespace hoso::client::views
