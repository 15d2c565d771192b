#include "client/views/certificates.hpp"

#include "shared/domain/validity.hpp"

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

}  // namespace

bool revoked_by(const Certificate& certificate, Date day) { return certificate.revoked && certificate.revoked_on <= day; }

bool good_on(const Registry& registry, const Product& product, const Certificate& certificate, Date day) {
    return certificate.issued <= day && !revoked_by(certificate, day) && day <= good_until(registry, product, certificate, day);
}

const Certificate* replacement_of(const Product& product, const Certificate& certificate, Date day) {
    return newest(product, [&](const Certificate& other) {
        return other.issued > certificate.issued && other.issued <= day && !revoked_by(other, day);
    });
}

const char* Standing::status() const {
    if (revoked()) return "revoked";
    if (replaced) return "replaced";
    if (expired()) return "expired";
    return good_until != certificate.last_day && certificate.last_day < day ? "extended" : "good";
}

Standing standing_of(const Registry& registry, const Product& product, const Certificate& certificate, Date day) {
    return {certificate, good_until(registry, product, certificate, day), day,
            replacement_of(product, certificate, day) != nullptr};
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
