#pragma once

#include "shared/domain/product.hpp"

// What held on a day. Certificates stand in a product in the order in which they were recorded, which is not that of their days.
namespace hoso::client::views {

bool revoked_by(const domain::Certificate& certificate, Date day);
bool good_on(const domain::Registry& registry, const domain::Product& product, const domain::Certificate& certificate, Date day);
// The product was recognised again by that day, and that was not revoked: this one asks for nothing any more.
bool replaced_by(const domain::Product& product, const domain::Certificate& certificate, Date day);

// The newest one that was good that day; null for none.
const domain::Certificate* good_certificate(const domain::Registry& registry, const domain::Product& product, Date day);
// The same, or else the newest one issued by then; without a day the newest one that is not revoked, or else the newest.
const domain::Certificate* certificate_of(const domain::Registry& registry, const domain::Product& product,
                                          std::optional<Date> day);

// The regulation for what is filed on that day; null for none. Where two overlap the one that came into force last, and of two
// editions the one published last.
const domain::RuleSet* rules_on(const domain::Registry& registry, domain::DossierKind kind, Date day);

}  // namespace hoso::client::views
