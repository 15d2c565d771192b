#include "client/views/certificates.hpp"

#include <algorithm>

namespace hoso::client::views {
namespace {

using namespace domain;

template <typename Wanted>
const Certificate* newest(const Product& product, const Wanted& wanted) {
    const Certificate* found = nullptr;
    for (const Certificate& each : product.certificates) {
        if (wanted(each) && (!found || found->issued <= each.issued)) found = &each;
    }
    return found;
}

bool under_way(const Dossier& dossier, Date day) {
    return dossier.kind == DossierKind::re_evaluation && dossier.filing_date <= day && (!dossier.ended() || dossier.since > day);
}

}  // namespace

bool revoked_by(const Certificate& certificate, Date day) { return certificate.revoked && certificate.revoked_on <= day; }

Date good_until(const Registry& registry, const Product& product, const Certificate& certificate, Date day) {
    const auto asked = [&](const auto& entry) { return under_way(entry.second, day); };
    Date last = certificate.last_day;
    if (std::none_of(product.dossiers.begin(), product.dossiers.end(), asked)) return last;
    for (const auto& [hash, rules] : registry.rule_sets) {
        if (rules->extension.holds_for(certificate.last_day))
            last = std::max(last, certificate.last_day + std::chrono::days{rules->extension.days_max});
    }
    return last;
}

bool good_on(const Registry& registry, const Product& product, const Certificate& certificate, Date day) {
    return certificate.issued <= day && !revoked_by(certificate, day) && day <= good_until(registry, product, certificate, day);
}

bool replaced_by(const Product& product, const Certificate& certificate, Date day) {
    return std::any_of(product.certificates.begin(), product.certificates.end(), [&](const Certificate& other) {
        return other.issued > certificate.issued && other.issued <= day && !revoked_by(other, day);
    });
}

const Certificate* good_certificate(const Registry& registry, const Product& product, Date day) {
    return newest(product, [&](const Certificate& each) { return good_on(registry, product, each, day); });
}

const Certificate* certificate_of(const Registry& registry, const Product& product, std::optional<Date> day) {
    const Certificate* holds =
        day ? good_certificate(registry, product, *day) : newest(product, [](const Certificate& each) { return !each.revoked; });
    return holds ? holds : newest(product, [&](const Certificate& each) { return !day || each.issued <= *day; });
}

const RuleSet* rules_on(const Registry& registry, DossierKind kind, Date day) {
    const RuleSet* found = nullptr;
    Date from{};
    for (const auto& [hash, rules] : registry.rule_sets) {
        const Term* term = rules->term(kind, day);
        if (!term) continue;
        const bool later = !found || term->filed_from > from;
        if (!later && (term->filed_from < from || hash != registry.newest_rule_set)) continue;
        found = rules.get();
        from = term->filed_from;
    }
    return found;
}

}  // namespace hoso::client::views
