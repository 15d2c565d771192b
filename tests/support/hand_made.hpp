#pragma once

#include "tests/support/world.hpp"

// Certificates and dossiers of any day, put into a state by hand where a log would take years.
namespace hoso::tests {

inline Date day(const char* text) { return *date_from_text(text); }

inline domain::Certificate certificate(const char* number, std::uint8_t stars, const char* issued) {
    domain::Certificate made;
    made.text = number;
    made.stars = stars;
    made.issued = day(issued);
    made.last_day = end_of_term(made.issued, 36);
    return made;
}

// Under the world's regulation and round.
inline domain::Dossier& add_dossier(World& world, domain::Product& to, domain::DossierKind kind, const char* filed,
                                    domain::Phase phase = domain::Phase::drafting) {
    domain::Dossier made;
    made.id = world.new_id();
    made.kind = kind;
    made.rule_set = world.rules;
    made.round = world.round;
    made.filing_date = made.since = day(filed);
    made.phase = phase;
    made.stage = phase == domain::Phase::drafting ? 0 : 1;
    made.turn = phase == domain::Phase::drafting ? 0 : 1;
    return to.dossiers[made.id] = made;
}

}  // namespace hoso::tests
