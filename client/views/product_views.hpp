#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

json::object subject(const replica::State& state, const domain::Subject& from);
json::array subjects(const replica::State& state);
json::object product_row(const replica::State& state, const domain::Product& from);  // one line of a list
json::object product(const replica::State& state, const domain::Product& from);
json::array products(const replica::State& state);
json::object dossier(const replica::State& state, const domain::Product& product, const domain::Dossier& from);
json::array dossiers(const replica::State& state);
json::array held(const replica::State& state);

// Which certificates to list; on `at` a certificate is expired when its last day has passed.
enum class CertificateFilter { all, expiring, expired, revoked };
json::array certificates(const replica::State& state, CertificateFilter filter, Date at, int days);

}  // namespace hoso::client::views
