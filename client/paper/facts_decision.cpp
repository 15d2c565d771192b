#include <algorithm>

#include "client/paper/facts_parts.hpp"
#include "client/paper/plain_text.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::paper {
namespace {

void add_once(std::vector<std::string>& list, std::string text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

std::string called(std::string_view number, Date date) { return "số " + plain_text(number) + " ngày " + day_text(date); }

// The minutes that a line's result stands in.
void add_minutes(DecisionFacts& facts, const domain::Registry& registry, const domain::Dossier& dossier) {
    if (!dossier.tally) return;
    const domain::Tally& tally = *dossier.tally;
    if (!tally.minutes.empty()) return add_once(facts.minutes, called(tally.minutes, tally.date));
    const auto meeting = registry.meetings.find(tally.meeting);
    if (meeting == registry.meetings.end()) return;
    if (meeting->second.minutes.empty()) return add_once(facts.minutes, "ngày " + day_text(meeting->second.date));
    const domain::Minutes& newest = meeting->second.minutes.back();
    add_once(facts.minutes, called(newest.number, newest.date));
}

std::string stage_name(const views::Look& look, const domain::Decision& decision) {
    const auto named = [&](const domain::RuleSet* rules) {
        const domain::Stage* stage = rules ? rules->stage(decision.stage) : nullptr;
        return stage ? stage->name_vi : std::string{};
    };
    std::string name;
    for (const domain::DecisionLine& line : decision.lines) {
        if (name.empty()) name = named(rules_of_line(look, line));
    }
    for (const auto& [hash, rules] : look.registry().rule_sets) {
        if (name.empty()) name = named(rules.get());
    }
    if (name.starts_with("Cấp ")) name.replace(0, 1, "c");
    return plain_text(name);
}

// Why certificates that this decision revokes are revoked, where that is recorded already.
void add_ground(DecisionFacts& facts, const domain::Registry& registry, const domain::Certificate& certificate) {
    if (certificate.ground.empty()) return;
    for (const auto& [hash, rules] : registry.rule_sets) {
        if (const domain::Ground* ground = rules->ground(certificate.ground))
            return add_once(facts.grounds, plain_text(ground->name_vi));
    }
}

}  // namespace

Result<DecisionFacts> decision_facts(const Source& source, const Uuid& id) {
    const domain::Registry& registry = source.look.registry();
    const domain::Decision& decision = registry.decisions.at(id);
    auto authority = authority_of(source, decision);
    if (!authority) return authority.error();
    DecisionFacts facts;
    facts.authority = std::move(*authority);
    facts.kind = decision.kind;
    facts.stage = stage_name(source.look, decision);
    facts.marks.training = source.training;
    facts.marks.draft = !source.confirmed.registry.decisions.contains(id);
    bool same_months = true;
    for (const domain::DecisionLine& line : decision.lines) {
        const domain::Product* product = source.look.product(line.product);
        if (!product)
            return Error{Errc::not_found,
                         "A product of this decision is not on this desk: draft it on a desk that follows them all."};
        const std::string number = certificate_text(registry, line);
        DecisionRow row{plain_text(product->name), subject_of(source.look, *product, line.dossier),
                        address_of(registry, product->unit, decision.date), plain_text(number), line.stars};
        if (const domain::Dossier* dossier = product->dossier(line.dossier)) add_minutes(facts, registry, *dossier);
        if (const domain::Certificate* held = product->certificate(number)) {
            if (decision.kind == domain::DecisionKind::revocation) {
                row.stars = held->stars;
                if (row.subject.empty()) row.subject = subject_of(source.look, *product, held->dossier);
                add_ground(facts, registry, *held);
            }
        }
        const domain::RuleSet* rules = rules_of_line(source.look, line);
        if (rules) {
            add_once(facts.regulations, plain_text(rules->legal_basis));
            note_illustrative(facts.marks, rules);
            same_months = same_months && (facts.months == 0 || facts.months == rules->certificate_months);
            facts.months = rules->certificate_months;
        }
        facts.rows.push_back(std::move(row));
    }
    if (!same_months) facts.months = 0;
    return facts;
}

}  // namespace hoso::client::paper
