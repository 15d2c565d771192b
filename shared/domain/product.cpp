#include "shared/domain/product.hpp"

#include <algorithm>
#include <numeric>

#include "shared/base/hash.hpp"

namespace hoso::domain {
namespace {

Byte as_byte(bool flag) { return flag ? Byte{1} : Byte{0}; }

void append_count(Bytes& out, std::size_t count) { append_le(out, static_cast<std::uint32_t>(count)); }

}  // namespace

Dossier::Dossier() = default;
Dossier::Dossier(const Dossier&) = default;
Dossier::Dossier(Dossier&&) noexcept = default;
Dossier& Dossier::operator=(const Dossier&) = default;
Dossier& Dossier::operator=(Dossier&&) noexcept = default;
Dossier::~Dossier() = default;

Product::Product() = default;
Product::Product(const Product&) = default;
Product::Product(Product&&) noexcept = default;
Product& Product::operator=(const Product&) = default;
Product& Product::operator=(Product&&) noexcept = default;
Product::~Product() = default;

const char* name(Phase phase) {
    switch (phase) {
        case Phase::drafting: return "drafting";
        case Phase::submitted: return "submitted";
        case Phase::received: return "received";
        case Phase::returned: return "returned";
        case Phase::tallied: return "tallied";
        case Phase::recognised: return "recognised";
        case Phase::declined: return "declined";
        case Phase::withdrawn: return "withdrawn";
    }
    return "unknown";
}

PointsSum Tally::sum() const { return std::accumulate(sums.begin(), sums.end(), PointsSum{0}); }

bool Tally::reaches(Points average) const { return sum() >= PointsSum{average} * sheets; }

bool Dossier::ended() const {
    return phase == Phase::declined || phase == Phase::withdrawn || (phase == Phase::recognised && !way_on);
}

bool Dossier::recused(const Uuid& council, const AccountId& account, Position before) const {
    return std::any_of(recusals.begin(), recusals.end(), [&](const Recusal& each) {
        return each.council == council && each.account == account && each.position <= before;
    });
}

const Dossier* Product::dossier(const DossierId& wanted) const {
    const auto found = dossiers.find(wanted);
    return found == dossiers.end() ? nullptr : &found->second;
}

const Dossier* Product::open_dossier() const {
    const auto found = std::find_if(dossiers.begin(), dossiers.end(), [](const auto& entry) { return !entry.second.ended(); });
    return found == dossiers.end() ? nullptr : &found->second;
}

const Certificate* Product::certificate(std::string_view text) const {
    const auto found = std::find_if(certificates.begin(), certificates.end(), [&](const auto& held) { return held.text == text; });
    return found == certificates.end() ? nullptr : &*found;
}

Hash digest(const Dossier& dossier) {
    auto ids = dossier.effective;
    std::sort(ids.begin(), ids.end());
    Bytes bytes;
    bytes.reserve(72 + ids.size() * ActionId::size);
    append(bytes, as_bytes("hoso/digest/v1"));
    append(bytes, dossier.id.span());
    append(bytes, dossier.rule_set.span());
    bytes.push_back(static_cast<Byte>(dossier.phase));
    bytes.push_back(dossier.stage);
    append_count(bytes, ids.size());
    for (const ActionId& id : ids) append(bytes, id.span());
    return sha256(bytes);
}

Hash summary(const Product& product) {
    Bytes bytes;
    append(bytes, as_bytes("hoso/product/v1"));
    append_count(bytes, product.dossiers.size());
    for (const auto& [id, dossier] : product.dossiers) append(bytes, digest(dossier).span());
    append_count(bytes, product.certificates.size());
    for (const Certificate& certificate : product.certificates) {
        append_count(bytes, certificate.text.size());
        append(bytes, as_bytes(certificate.text));
        bytes.push_back(certificate.stars);
        append_le(bytes, to_days(certificate.issued));
        append_le(bytes, to_days(certificate.last_day));
        bytes.push_back(as_byte(certificate.revoked));
    }
    return sha256(bytes);
}

}  // namespace hoso::domain
