#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

json::array subjects(const Look& state);
json::object product(const Look& state, const domain::Product& from);
// With the certificate that was good that day, or else the newest by then; without a day the newest that is not revoked.
json::array products(const Look& state, std::optional<Date> day = {});
json::object dossier(const Look& state, const domain::Product& product, const domain::Dossier& from);
json::array held(const Look& state);

// Which certificates to list; on `at` a certificate is expired when its last day has passed. "status" says whether it was good,
// extended, expired, revoked or replaced, by a later recognition of its product.
enum class CertificateFilter { all, expiring, expired, revoked };
json::array certificates(const Look& state, CertificateFilter filter, Date at, int days);

}  // namespace hoso::client::views
