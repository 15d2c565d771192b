#include <algorithm>

#include "shared/domain/dossier_checks.hpp"

// A product before its dossier and after its recognition.
namespace hoso::domain {
namespace {

template <typename Records>
auto find_complaint(Records& records, const Uuid& id) {
    return std::find_if(records.begin(), records.end(),
                        [&](const Complaint& complaint) { return complaint.filed.complaint == id; });
}

}  // namespace

// A reason is asked for where it is declined, and there alone.
std::optional<Refusal> refuse(const Registry& registry, const Product&, const Occasion&, const IdeaReviewed& action) {
    const RuleSet* rules = registry.rules(action.rule_set_hash);
    if (!rules) return Refusal{Reason::unknown_rule_set};
    if (action.approved == !action.reasons.empty()) return Refusal{Reason::malformed};
    const auto known = [&](const std::string& key) {
        return std::any_of(rules->idea_reasons.begin(), rules->idea_reasons.end(),
                           [&](const Named& reason) { return reason.key == key; });
    };
    if (!std::all_of(action.reasons.begin(), action.reasons.end(), known)) return Refusal{Reason::unknown_ground};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const IdeaReviewed& action) { product.care.idea = action; }

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const ProductCoded& action) {
    if (action.code.empty() || !code_known(registry, action.code)) return Refusal{Reason::unfit_code};
    if (action.code == product.code) return Refusal{Reason::already_exists};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const ProductCoded& action) {
    product.code = action.code;
    product.care.codes.push_back(action);
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const ExpiryNotified& action) {
    const Certificate* certificate = product.certificate(action.certificate);
    if (!certificate) return Refusal{Reason::unknown_certificate};
    if (certificate->revoked) return Refusal{Reason::certificate_ended};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const ExpiryNotified& action) {
    certificate_of(product, action.certificate).notified.push_back(action);
}

// An outcome that leads to revocation names the certificate and a ground of the regulation it is revoked under.
std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const Inspected& action) {
    const auto same = [&](const Inspected& each) { return each.inspection == action.inspection; };
    if (std::any_of(product.care.inspections.begin(), product.care.inspections.end(), same)) return Refusal{Reason::already_exists};
    if (!may_name(action.inspection) || action.text.empty()) return Refusal{Reason::malformed};
    const bool revokes = action.outcome == InspectionOutcome::revoke;
    const Certificate* certificate = product.certificate(action.certificate);
    if (!certificate && (revokes || !action.certificate.empty())) return Refusal{Reason::unknown_certificate};
    if (certificate && certificate->revoked) return Refusal{Reason::certificate_ended};
    const RuleSet* rules = registry.rules(action.rule_set_hash);
    if (!rules) return Refusal{Reason::unknown_rule_set};
    if (revokes != !action.ground.empty()) return Refusal{Reason::malformed};
    if (revokes && !rules->ground(action.ground)) return Refusal{Reason::unknown_ground};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const Inspected& action) {
    product.care.inspections.push_back(action);
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const RevocationServed& action) {
    const Certificate* certificate = product.certificate(action.certificate);
    if (!certificate) return Refusal{Reason::unknown_certificate};
    if (!certificate->revoked) return Refusal{Reason::not_revoked};
    if (action.date < certificate->revoked_on) return Refusal{Reason::out_of_order};
    const auto named = [](const std::string& recipient) { return !recipient.empty(); };
    if (action.recipients.empty() || !std::all_of(action.recipients.begin(), action.recipients.end(), named))
        return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const RevocationServed& action) {
    certificate_of(product, action.certificate).served.push_back(action);
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const ComplaintFiled& action) {
    if (find_complaint(product.care.complaints, action.complaint) != product.care.complaints.end())
        return Refusal{Reason::already_exists};
    if (!may_name(action.complaint) || action.text.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const ComplaintFiled& action) {
    product.care.complaints.push_back({action, std::nullopt});
}

std::optional<Refusal> refuse(const Registry&, const Product& product, const Occasion&, const ComplaintResolved& action) {
    const auto found = find_complaint(product.care.complaints, action.complaint);
    if (found == product.care.complaints.end()) return Refusal{Reason::unknown_record};
    if (found->resolved) return Refusal{Reason::already_exists};
    if (action.date < found->filed.date) return Refusal{Reason::out_of_order};
    if (action.text.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const ComplaintResolved& action) {
    find_complaint(product.care.complaints, action.complaint)->resolved = action;
}

namespace {

// What a correction of a certificate changes, as it reads in a correction; nothing for an item of the paper alone.
std::optional<std::string> item_of(const Certificate& certificate, std::string_view item) {
    if (item == "stars") return std::to_string(certificate.stars);
    if (item == "issued") return to_text(certificate.issued);
    if (item == "decision") return certificate.decision;
    if (item == "decision_date") return to_text(certificate.decision_date);
    return std::nullopt;
}

// Whoever corrects it has seen what was there. What a decision here says, another decision changes; a certificate from before this
// log was copied from paper, and the copy may be wrong.
std::optional<Refusal> refuse_certificate(const Registry& registry, const Certificate& certificate, const Corrected& action) {
    const auto before = item_of(certificate, action.item);
    if (!before) return std::nullopt;
    if (!certificate.legacy) return Refusal{Reason::decision_mismatch};
    if (action.before != *before) return Refusal{Reason::stale_view};
    const bool one_digit = action.after.size() == 1 && action.after[0] >= '0' && action.after[0] <= '9';
    if (action.item == "stars" && !(one_digit && gets_certificate(registry, static_cast<std::uint8_t>(action.after[0] - '0'))))
        return Refusal{Reason::malformed};
    if (action.item == "decision" || action.item == "stars") return std::nullopt;
    const auto day = date_from_text(action.after);
    if (!day) return Refusal{Reason::malformed};
    return *day < registry.began ? std::nullopt : std::optional{Refusal{Reason::not_legacy}};
}

void correct(const Registry& registry, Certificate& certificate, const Corrected& action) {
    if (action.item == "stars") certificate.stars = static_cast<std::uint8_t>(action.after[0] - '0');
    if (action.item == "decision") certificate.decision = action.after;
    if (action.item == "decision_date") certificate.decision_date = *date_from_text(action.after);
    if (action.item != "issued") return;
    LegacyRecognised again;
    again.issued = certificate.issued = *date_from_text(action.after);
    again.rule_set = certificate.rule_set;
    certificate.last_day = last_day_of(registry, again);
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const Corrected& action) {
    if (action.item.empty() || action.after.empty() || action.before == action.after || action.reason.empty())
        return Refusal{Reason::malformed};
    if (!action.certificate.empty()) {
        const Certificate* certificate = product.certificate(action.certificate);
        return certificate ? refuse_certificate(registry, *certificate, action) : Refusal{Reason::unknown_certificate};
    }
    if (action.item == "name" && action.before != product.name) return Refusal{Reason::stale_view};
    return std::nullopt;
}

void apply(const Registry& registry, Product& product, const Occasion&, const Corrected& action) {
    if (!action.certificate.empty()) correct(registry, certificate_of(product, action.certificate), action);
    if (action.certificate.empty() && action.item == "name") product.name = action.after;
    product.care.corrections.push_back(action);
}

std::optional<Refusal> refuse(const Registry& registry, const Product& product, const Occasion&, const PromotionJoined& action) {
    const auto held = registry.promotions.find(action.promotion);
    if (held == registry.promotions.end()) return Refusal{Reason::unknown_record};
    const auto same = [&](const PromotionJoined& each) { return each.promotion == action.promotion; };
    if (std::any_of(product.care.promotions.begin(), product.care.promotions.end(), same)) return Refusal{Reason::already_exists};
    if (held->second.from != Date{} && action.date < held->second.from) return Refusal{Reason::out_of_order};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const PromotionJoined& action) {
    product.care.promotions.push_back(action);
}

}  // namespace hoso::domain
