#include <algorithm>

#include "shared/domain/dossier_checks.hpp"

// How subjects and products enter the log.
namespace hoso::domain {
namespace {

std::optional<Refusal> refuse_unit(const Registry& registry, const Occasion& occasion, const UnitId& id) {
    const Unit* unit = registry.unit(id);
    if (!unit) return Refusal{Reason::unknown_unit};
    if (unit->valid_to != Date{} && unit->valid_to < local_date(occasion.received)) return Refusal{Reason::unit_closed};
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const SubjectRegistered& action) {
    if (const auto refused = refuse_unit(registry, occasion, action.unit)) return refused;
    if (action.name.empty()) return Refusal{Reason::malformed};
    return std::nullopt;
}

void apply(const Registry&, Subject& subject, const Occasion&, const SubjectRegistered& action) {
    subject.unit = action.unit;
    subject.name = action.name;
    subject.type = action.type;
    subject.registration = action.registration;
}

std::optional<Refusal> refuse(const Registry& registry, const Occasion& occasion, const ProductRegistered& action) {
    if (const auto refused = refuse_unit(registry, occasion, action.unit)) return refused;
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
