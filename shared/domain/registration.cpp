#include <algorithm>

#include "shared/domain/dossier_checks.hpp"

// How subjects and products enter the log.
namespace hoso::domain {
// That its unit is closed is asked with authority: what was done before somebody heard of it waits for a person.
std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const SubjectRegistered& action) {
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    if (action.name.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(const Registry&, Subject& subject, const Occasion&, const SubjectRegistered& action) {
    subject.unit = action.unit;
    subject.name = action.name;
    subject.type = action.type;
    subject.registration = action.registration;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion&, const ProductRegistered& action) {
    if (!registry.unit(action.unit)) return Refusal{Reason::unknown_unit};
    if (action.name.empty()) return Refusal{Reason::malformed};
    const auto holds = [&](const auto& entry) { return entry.second->product_set(action.product_set) != nullptr; };
    if (std::none_of(registry.rule_sets.begin(), registry.rule_sets.end(), holds)) return Refusal{Reason::unknown_product_set};
    if (!action.code.empty() && !code_known(registry, action.code)) return Refusal{Reason::unfit_code};
    return std::nullopt;
}

void apply(const Registry&, Product& product, const Occasion&, const ProductRegistered& action) {
    product.unit = action.unit;
    product.subject = action.subject;
    product.name = action.name;
    product.product_set = action.product_set;
    product.code = action.code;
}

}  // namespace hoso::domain
