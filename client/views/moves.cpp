#include "client/views/moves.hpp"

#include "client/text/words.hpp"
#include "client/views/dossier_parts.hpp"
#include "client/views/steps.hpp"

namespace hoso::client::views {
namespace {

// Where a product stands in one state; what it has not is null.
struct Place {
    DossierId dossier;
    std::uint32_t turn = 0;
    json::value phase;
    json::value stage;
    json::value average;
    json::value stars;
    json::value certificate;
    json::value revoked;
    bool operator==(const Place&) const = default;
};

Place place_of(const Look& state, const domain::Product* product) {
    Place place;
    if (!product) return place;
    if (const domain::Dossier* newest = newest_dossier(*product)) {
        place.dossier = newest->id;
        place.turn = newest->turn;
        place.phase = name(newest->phase);
        place.stage = stage_key(state, *newest);
        if (const domain::Tally* result = standing_tally(state.registry(), *newest)) {
            place.average = json::string(points_text(domain::average_of(result->sum(), result->sheets)));
            place.stars = result->stars;
        }
    }
    if (!product->certificates.empty()) {
        place.certificate = json::string(product->certificates.back().text);
        place.revoked = product->certificates.back().revoked;
    }
    return place;
}

json::object row(const Look& after, const domain::Product& product, const Place& was, const Place& is) {
    json::object out{{"product", id(product.id)},
                     {"name", product.name},
                     {"path", unit_path(after.registry(), product.unit)},
                     {"unit_name", unit_name(after.registry(), product.unit)},
                     {"phase_before", was.phase},
                     {"phase", is.phase},
                     {"stage_before", was.stage},
                     {"stage", is.stage},
                     {"average_before", was.average},
                     {"average", is.average},
                     {"stars_before", was.stars},
                     {"stars", is.stars},
                     {"certificate_before", was.certificate},
                     {"certificate", is.certificate},
                     {"revoked", is.revoked}};
    const domain::Dossier* newest = newest_dossier(product);
    mark_illustrative(out, newest ? after.registry().rules(newest->rule_set) : nullptr);
    return out;
}

}  // namespace

json::array moves(const Look& before, const Look& after, const UnitId& unit, Date day) {
    json::array out;
    after.each<domain::Product>([&](const domain::Product& product) {
        if (!unit.is_nil() && !after.registry().within(product.unit, unit, day)) return;
        const domain::Product* earlier = before.product(product.id);
        const Place was = place_of(before, earlier);
        const Place is = place_of(after, &product);
        if (!earlier || !(was == is)) out.push_back(row(after, product, was, is));
    });
    return out;
}

}  // namespace hoso::client::views
