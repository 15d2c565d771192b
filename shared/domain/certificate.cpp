#include <algorithm>

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

// A certificate with these stars exists under some regulation that was published.
bool gets_certificate(const Registry& registry, std::uint8_t stars) {
    return std::any_of(registry.rule_sets.begin(), registry.rule_sets.end(), [&](const auto& entry) {
        const RuleSet& rules = *entry.second;
        const auto has = [&](const Band& band) { return band.stars == stars; };
        return stars >= rules.certificate_stars_min && std::any_of(rules.bands.begin(), rules.bands.end(), has);
    });
}

// The decision is of the stage that decides these stars, or of one above it; a stage without a desk is spoken for by another.
bool may_revoke(const Registry& registry, const Product& product, const RuleSet& rules, const Decision& decision,
                std::uint8_t stars, const Occasion& occasion) {
    const auto deciding =
        std::find_if(rules.stages.begin(), rules.stages.end(), [&](const Stage& stage) { return stage.decides_stars(stars); });
    if (deciding == rules.stages.end()) return false;
    const Stage* least = deciding->does == Does::external ? rules.stage(deciding->entered_by) : &*deciding;
    const Stage* stage = rules.stage(decision.stage);
    return stage && stage >= least && holds_stage(registry, decision.unit, product, *stage, occasion);
}

bool lists(const Decision& decision, const StreamId& product, std::string_view certificate) {
    return std::any_of(decision.lines.begin(), decision.lines.end(),
                       [&](const DecisionLine& line) { return line.product == product && line.certificate_text == certificate; });
}

}  // namespace

Date last_day_of(const Registry& registry, const LegacyRecognised& action) {
    return end_of_term(action.issued, months_under(registry, action.rule_set));
}

// From the day this log began on, a certificate comes with a decision.
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const LegacyRecognised& action) {
    if (action.certificate.empty() || !gets_certificate(registry, action.stars)) return Refusal{Reason::malformed};
    if (action.issued >= registry.began) return Refusal{Reason::not_legacy};
    if (product.certificate(action.certificate)) return Refusal{Reason::already_exists};
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
    if (!may_revoke(registry, product, *rules, decision->second, certificate->stars, occasion)) return Refusal{Reason::wrong_stage};
    const Ground* ground = rules->ground(action.ground);
    if (!ground) return Refusal{Reason::unknown_ground};
    if (ground->after_expiry && action.date <= good_until(registry, product, *certificate)) return Refusal{Reason::not_expired};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const CertificateRevoked& action) {
    Certificate& certificate = certificate_of(product, action.certificate);
    certificate.revoked = true;
    certificate.ground = action.ground;
    certificate.revoked_on = action.date;
}

}  // namespace hoso::domain
