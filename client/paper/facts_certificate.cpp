#include "client/paper/facts_parts.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/proof.hpp"
#include "client/views/parts.hpp"

namespace hoso::client::paper {
namespace {

constexpr int steps_max = 16;  // from a unit to the root

// A line of a decision that gives a certificate of this number.
struct Given {
    const domain::Decision* decision = nullptr;
    const domain::DecisionLine* line = nullptr;
};

std::vector<Given> given_as(const domain::Registry& registry, std::string_view number) {
    std::vector<Given> found;
    for (const auto& [id, decision] : registry.decisions) {
        if (decision.kind != domain::DecisionKind::recognition) continue;
        for (const domain::DecisionLine& line : decision.lines) {
            if (certificate_text(registry, line) == number) found.push_back({&decision, &line});
        }
    }
    return found;
}

Error no_paper(const views::Look& look, std::string_view number) {
    bool held = false;
    look.each<domain::Product>([&](const domain::Product& product) { held = held || product.certificate(number); });
    if (!held)
        return {Errc::not_found,
                "unknown_certificate: there is no certificate " + std::string(number) + " here. If it is new, sync first."};
    return {Errc::conflict, "The certificate " + std::string(number) +
                                " was given by a decision that is not in this log: whoever gave it prints it."};
}

}  // namespace

std::string address_of(const domain::Registry& registry, const UnitId& unit, Date day) {
    std::string text;
    const domain::Unit* at = registry.unit(unit);
    for (int steps = 0; at && steps < steps_max; ++steps, at = registry.unit(at->parent)) {
        const std::string name = at->named_on(day).name;
        text += text.empty() ? plain_text(name) : ", " + within_sentence(name);
    }
    return text;
}

std::string subject_of(const views::Look& look, const domain::Product& product, const DossierId& dossier) {
    const domain::Dossier* filed = product.dossier(dossier);
    if (filed && !filed->subject_name.empty()) return plain_text(filed->subject_name);
    const domain::Subject* owner = look.subject(product.subject);
    return owner ? plain_text(owner->name) : std::string{};
}

std::string certificate_text(const domain::Registry& registry, const domain::DecisionLine& line) {
    const auto block = registry.blocks.find(line.certificate.block);
    return block == registry.blocks.end() ? line.certificate_text : block->second.text(line.certificate.value);
}

const domain::RuleSet* rules_of_line(const views::Look& look, const domain::DecisionLine& line) {
    const domain::Product* product = look.product(line.product);
    const domain::Dossier* dossier = product ? product->dossier(line.dossier) : nullptr;
    return dossier ? look.registry().rules(dossier->rule_set) : nullptr;
}

void note_illustrative(Marks& marks, const domain::RuleSet* rules) {
    if (!rules || rules->illustrative.empty() || !marks.illustrative.empty()) return;
    marks.illustrative = plain_text(rules->illustrative.substr(0, rules->illustrative.find(" / ")));
}

Result<Authority> authority_of(const Source& source, const domain::Decision& decision) {
    const auto signing = source.signing(decision);
    if (!signing) return signing.error();
    const domain::Registry& registry = source.look.registry();
    return Authority{plain_text(views::unit_name(registry, decision.unit, decision.date)),
                     plain_text(views::account_title(registry, signing->actor)), plain_text(decision.number), decision.date};
}

Result<CertificateFacts> certificate_facts(const Source& source, std::string_view number) {
    const domain::Registry& registry = source.look.registry();
    const auto found = given_as(registry, number);
    if (found.empty()) return no_paper(source.look, number);
    if (found.size() > 1) return Error{Errc::invalid, "Several certificates are called " + std::string(number) + "."};
    const auto& [decision, line] = found.front();
    const domain::Product* product = source.look.product(line->product);
    if (!product)
        return Error{Errc::not_found, "The product of this certificate is not on this desk: print it on a desk that follows it."};
    const auto signing = source.signing(*decision);
    if (!signing) return signing.error();
    auto authority = authority_of(source, *decision);
    if (!authority) return authority.error();

    CertificateFacts facts;
    facts.authority = std::move(*authority);
    facts.number = plain_text(number);
    facts.product = plain_text(product->name);
    facts.code = plain_text(product->code);
    facts.subject = subject_of(source.look, *product, line->dossier);
    facts.marks.training = source.training;
    const domain::RuleSet* rules = rules_of_line(source.look, *line);
    note_illustrative(facts.marks, rules);

    const domain::Product* answered = source.confirmed.product(line->product);
    const domain::Certificate* issued = answered ? answered->certificate(number) : nullptr;
    facts.marks.draft = !issued || !source.confirmed.registry.decisions.contains(decision->id);
    if (!issued) issued = product->certificate(number);
    facts.stars = issued ? issued->stars : line->stars;
    facts.issued = issued ? issued->issued : decision->date;
    facts.last_day = issued ? issued->last_day : end_of_term(decision->date, rules ? rules->certificate_months : 0);
    facts.marks.revoked = issued && issued->revoked;
    facts.address = address_of(registry, product->unit, facts.issued);
    if (!facts.marks.draft) facts.proof = proof_text({source.log, signing->action, std::string(number)}, source.lookup);
    return facts;
}

}  // namespace hoso::client::paper
