#pragma once

#include "client/paper/facts.hpp"

namespace hoso::client::paper {

// "Xã Tân Minh, huyện Đà Bắc, tỉnh Hòa Bình", by the names of that day.
std::string address_of(const domain::Registry& registry, const UnitId& unit, Date day);
// As it was filed, or as it is now for a certificate without a dossier.
std::string subject_of(const views::Look& look, const domain::Product& product, const DossierId& dossier);
std::string certificate_text(const domain::Registry& registry, const domain::DecisionLine& line);
const domain::RuleSet* rules_of_line(const views::Look& look, const domain::DecisionLine& line);
// The first of them that says so of itself, in Vietnamese.
void note_illustrative(Marks& marks, const domain::RuleSet* rules);
Result<Authority> authority_of(const Source& source, const domain::Decision& decision);

}  // namespace hoso::client::paper
