#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

json::array subjects(const Look& state);
json::object product(const Look& state, const domain::Product& from);
json::array products(const Look& state);
json::object dossier(const Look& state, const domain::Product& product, const domain::Dossier& from);
json::array held(const Look& state);

// Which certificates to list; on `at` a certificate is expired when its last day has passed.
enum class CertificateFilter { all, expiring, expired, revoked };
json::array certificates(const Look& state, CertificateFilter filter, Date at, int days);

}  // namespace hoso::client::views
