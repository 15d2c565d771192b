#include "shared/domain/validity.hpp"

#include <algorithm>

namespace hoso::domain {
namespace {

bool under_way(const Dossier& dossier, Date day) { return dossier.filing_date <= day && (!dossier.ended() || dossier.since > day); }

}  // namespace

Date good_until(const Registry& registry, const Product& product, const Certificate& certificate, Date day) {
    const auto renews = [&](const auto& entry) {
        return entry.second.kind == DossierKind::re_evaluation && under_way(entry.second, day);
    };
    Date last = certificate.last_day;
    if (std::none_of(product.dossiers.begin(), product.dossiers.end(), renews)) return last;
    for (const auto& [hash, rules] : registry.rule_sets) {
        const Extension& extension = rules->extension;
        if (extension.holds_for(certificate.last_day))
            last = std::max(last, certificate.last_day + std::chrono::days{extension.days_max});
    }
    return last;
}

FilingWindow filing_window(const RuleSet& rules, Date last_day) {
    const ReEvaluation& window = rules.re_evaluation;
    if (window.filed_from_days == 0) return {};
    return {last_day - std::chrono::days{window.filed_from_days}, last_day - std::chrono::days{window.filed_to_days}};
}

}  // namespace hoso::domain
