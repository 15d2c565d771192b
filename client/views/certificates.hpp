#pragma once

#include "shared/domain/product.hpp"

// What held on a day. Certificates stand in a product in the order in which they were recorded, which is not that of their days.
namespace hoso::client::views {

bool revoked_by(const domain::Certificate& certificate, Date day);
bool good_on(const domain::Registry& registry, const domain::Product& product, const domain::Certificate& certificate, Date day);
// The newest later recognition of the product by that day that was not revoked: the certificate asks for nothing any more. Null for
// none.
const domain::Certificate* replacement_of(const domain::Product& product, const domain::Certificate& certificate, Date day);

// What a certificate that was issued by a day is on that day.
struct Standing {
    const domain::Certificate& certificate;
    Date good_until{};
    Date day{};
    bool replaced = false;
    bool revoked() const { return revoked_by(certificate, day); }
    bool expired() const { return good_until < day; }
    // "revoked", "replaced", "expired", "extended" or "good".
    const char* status() const;
};
Standing standing_of(const domain::Registry& registry, const domain::Product& product, const domain::Certificate& certificate,
                     Date day);

// The newest one that was good that day; null for none.
const domain::Certificate* good_certificate(const domain::Registry& registry, const domain::Product& product, Date day);
// The same, or else the newest one issued by then; without a day the newest one that is not revoked, or else the newest.
const domain::Certificate* certificate_of(const domain::Registry& registry, const domain::Product& product,
                                          std::optional<Date> day);

// The regulation for what is filed on that day; null for none. Where two overlap the one that came into force last, and of two
// editions the one published last.
const domain::RuleSet* rules_on(const domain::Registry& registry, domain::DossierKind kind, Date day);

}  // namespace hoso::client::views
