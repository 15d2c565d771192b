#include <algorithm>

#include "shared/domain/certificate_number.hpp"
#include "shared/domain/dossier_checks.hpp"
#include "shared/domain/validity.hpp"

// Certificates after their recognition: those from before this log, the answer on renewal, the revocation.
namespace hoso::domain {
namespace {

// Under the regulations before this log a certificate held for three years; docs/judgement.md, legacyRecognised.
constexpr int legacy_months = 36;

// The newest rule set goes first, the others by hash, so that every replica takes the same one of two editions.
int months_under(const Registry& registry, std::string_view rule_set) {
    const RuleSet* newest = registry.rules(registry.newest_rule_set);
    if (newest && newest->id == rule_set) return newest->certificate_months;
    const auto found = std::find_if(registry.rule_sets.begin(), registry.rule_sets.end(),
                                    [&](const auto& entry) { return entry.second->id == rule_set; });
    return found == registry.rule_sets.end() ? legacy_months : found->second->certificate_months;
}

// The stage that decides these stars; one without a desk is spoken for by another. Null for none.
const Stage* deciding_stage(const RuleSet& rules, std::uint8_t stars) {
    const auto deciding =
        std::find_if(rules.stages.begin(), rules.stages.end(), [&](const Stage& stage) { return stage.decides_stars(stars); });
    if (deciding == rules.stages.end()) return nullptr;
    return deciding->does == Does::external ? rules.stage(deciding->entered_by) : &*deciding;
}

// Editions of one regulation have the same ladder, so any of them tells who gave the certificate.
const RuleSet* given_under(const Registry& registry, const Certificate& certificate) {
    const auto found = std::find_if(registry.rule_sets.begin(), registry.rule_sets.end(),
                                    [&](const auto& entry) { return entry.second->id == certificate.rule_set; });
    return found == registry.rule_sets.end() ? nullptr : found->second.get();
}

// The decision is of the stage that decides these stars, or of one above it, and of no unit below the one that gave the
// certificate under its own regulation.
bool may_revoke(const Registry& registry, const Product& product, const RuleSet& rules, const Decision& decision,
                const Certificate& certificate, const Occasion& occasion) {
    const Stage* least = deciding_stage(rules, certificate.stars);
    const Stage* stage = rules.stage(decision.stage);
    if (!least || !stage || stage < least || !holds_stage(registry, decision.unit, product, *stage, occasion)) return false;
    const RuleSet* own = given_under(registry, certificate);
    const Stage* gave = own ? deciding_stage(*own, certificate.stars) : nullptr;
    const Unit* giver = gave ? registry.at_level(product.unit, gave->level) : nullptr;
    return !giver || registry.within(giver->id, decision.unit, local_date(occasion.received));
}

// One that was filed is judged before anybody may say that none came.
bool under_evaluation(const Product& product) {
    const Dossier* open = product.open_dossier();
    return open && open->phase != Phase::drafting;
}

bool held_already(const Product& product, std::string_view number) {
    const auto same = [wanted = bare_number(number)](const Certificate& each) { return bare_number(each.text) == wanted; };
    return std::any_of(product.certificates.begin(), product.certificates.end(), same);
}

bool lists(const Decision& decision, const StreamId& product, std::string_view certificate) {
    return std::any_of(decision.lines.begin(), decision.lines.end(),
                       [&](const DecisionLine& line) { return line.product == product && line.certificate_text == certificate; });
}

}  // namespace

bool gets_certificate(const Registry& registry, std::uint8_t stars) {
    return std::any_of(registry.rule_sets.begin(), registry.rule_sets.end(), [&](const auto& entry) {
        const RuleSet& rules = *entry.second;
        const auto has = [&](const Band& band) { return band.stars == stars; };
        return stars >= rules.certificate_stars_min && std::any_of(rules.bands.begin(), rules.bands.end(), has);
    });
}

Date last_day_of(const Registry& registry, const LegacyRecognised& action) {
    return end_of_term(action.issued, months_under(registry, action.rule_set));
}

// From the day this log began on, a certificate comes with a decision.
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const LegacyRecognised& action) {
    if (action.certificate.empty() || !gets_certificate(registry, action.stars)) return Refusal{Reason::malformed};
    if (action.issued >= registry.began) return Refusal{Reason::not_legacy};
    if (held_already(product, action.certificate)) return Refusal{Reason::already_exists};
    if (was_printed(registry, action.certificate)) return Refusal{Reason::number_used};
    return std::nullopt;
}

void apply(const Registry& registry, Product& product, const Occasion&, const LegacyRecognised& action) {
    Certificate certificate;
    certificate.text = action.certificate;
    certificate.stars = action.stars;
    certificate.issued = action.issued;
    certificate.last_day = last_day_of(registry, action);
    certificate.legacy = true;
    certificate.decision = action.decision_number;
    certificate.decision_date = action.decision_date;
    certificate.rule_set = action.rule_set;
    product.certificates.push_back(std::move(certificate));
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const RenewalAnswered& action) {
    const Certificate* certificate = product.certificate(action.certificate);
    if (!certificate) return Refusal{Reason::unknown_certificate};
    if (certificate->revoked) return Refusal{Reason::certificate_ended};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const RenewalAnswered& action) {
    certificate_of(product, action.certificate).renews = action.renews;
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion& occasion,
                              const CertificateRevoked& action) {
    const Certificate* certificate = product.certificate(action.certificate);
    if (!certificate) return Refusal{Reason::unknown_certificate};
    if (certificate->revoked) return Refusal{Reason::certificate_ended};
    const auto decision = registry.decisions.find(action.decision);
    if (decision == registry.decisions.end() || decision->second.kind != DecisionKind::revocation) {
        return Refusal{Reason::unknown_decision};
    }
    if (!lists(decision->second, product.id, action.certificate)) return Refusal{Reason::decision_mismatch};
    const RuleSet* rules = registry.rules(action.rule_set_hash);
    if (!rules) return Refusal{Reason::unknown_rule_set};
    if (!rules->governs(decision->second.date)) return Refusal{Reason::rule_set_not_in_force};
    if (!may_revoke(registry, product, *rules, decision->second, *certificate, occasion)) return Refusal{Reason::wrong_stage};
    const Ground* ground = rules->ground(action.ground);
    if (!ground) return Refusal{Reason::unknown_ground};
    const Date decided = decision->second.date;
    if (ground->after_expiry && decided <= good_until(registry, product, *certificate, decided))
        return Refusal{Reason::not_expired};
    if (ground->after_expiry && under_evaluation(product)) return Refusal{Reason::dossier_open};
    if (action.date < decided) return Refusal{Reason::out_of_order};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const CertificateRevoked& action) {
    Certificate& certificate = certificate_of(product, action.certificate);
    certificate.revoked = true;
    certificate.ground = action.ground;
    certificate.revoked_on = action.date;
}

}  // namespace hoso::domain
