#pragma once

#include <string>

#include "shared/base/check.hpp"
#include "shared/domain/rules.hpp"

// A regulation small enough to compute with by hand. Product set "plain" reaches every band edge to the hundredth; "gated" has
// gates.
namespace hoso::tests {

inline const std::string& small_rules_json() {
    static const std::string text = *domain::canonical_json(R"({
 "schemaVersion": 1, "id": "small", "titleVi": "Bộ thử", "titleEn": "Small", "legalBasis": "none", "status": "for tests",
 "forms": [{"kind": "first", "filedFrom": "2023-01-01", "filedTo": "2023-12-31"}, {"kind": "upgrade", "filedFrom": "2023-06-01"}],
 "bands": [{"stars": 1, "from": 0}, {"stars": 2, "from": 3000}, {"stars": 3, "from": 5000}, {"stars": 4, "from": 7000}, {"stars": 5, "from": 9000}],
 "stages": [
  {"key": "commune", "nameVi": "Cấp xã", "nameEn": "Commune", "level": "commune", "does": "opinion"},
  {"key": "district", "nameVi": "Cấp huyện", "nameEn": "District", "level": "district", "does": "council", "decides": [3], "forwardsFrom": 7000, "meetings": 1},
  {"key": "central", "nameVi": "Trung ương", "nameEn": "Central", "does": "external", "decides": [4, 5], "enteredBy": "district"}],
 "certificate": {"months": 36, "starsMin": 3, "source": "none"},
 "subjectTypes": [{"key": "cooperative", "nameVi": "Hợp tác xã", "nameEn": "Cooperative"}],
 "contents": [{"key": "form", "nameVi": "Phiếu", "nameEn": "Form", "mandatory": true}],
 "evidence": [{"key": "tests", "nameVi": "Kiểm nghiệm", "nameEn": "Tests"}],
 "sectors": [{"key": "food", "nameVi": "Thực phẩm", "nameEn": "Food", "groups": [{"key": "tea", "nameVi": "Chè", "nameEn": "Tea"}]}],
 "productSets": [
  {"no": 1, "key": "plain", "nameVi": "Chè", "nameEn": "Tea", "sector": "food", "group": "tea", "sections": [
   {"key": "A", "points": 4000, "groups": [{"no": "1", "nameVi": "Một", "nameEn": "One", "points": 4000, "criteria": [
    {"no": "1.1", "nameVi": "a", "nameEn": "a", "points": 3900, "assessedBy": "commune", "options": [{"points": 0}, {"points": 2900}, {"points": 3900}]},
    {"no": "1.2", "nameVi": "b", "nameEn": "b", "points": 100, "options": [{"points": 0}, {"points": 99}, {"points": 100}]}]}]},
   {"key": "B", "points": 2500, "groups": [{"no": "2", "nameVi": "Hai", "nameEn": "Two", "points": 2500, "criteria": [
    {"no": "2", "nameVi": "c", "nameEn": "c", "points": 2500, "options": [{"points": 0}, {"points": 2000}, {"points": 2500}]}]}]},
   {"key": "C", "points": 3500, "groups": [{"no": "3", "nameVi": "Ba", "nameEn": "Three", "points": 3500, "criteria": [
    {"no": "3", "nameVi": "d", "nameEn": "d", "points": 3500, "options": [{"points": 0}, {"points": 2000}, {"points": 2500}, {"points": 3500}]}]}]}]},
  {"no": 2, "key": "gated", "nameVi": "Chè", "nameEn": "Tea", "sector": "food", "group": "tea", "sections": [
   {"key": "A", "points": 4000, "groups": [{"no": "1", "nameVi": "Một", "nameEn": "One", "points": 4000, "criteria": [
    {"no": "1", "nameVi": "a", "nameEn": "a", "points": 4000, "options": [{"points": 0}, {"points": 2000, "gate": 3}, {"points": 3000, "gate": 4}, {"points": 4000, "gate": 5}]}]}]},
   {"key": "B", "points": 2500, "groups": [{"no": "2", "nameVi": "Hai", "nameEn": "Two", "points": 2500, "criteria": [
    {"no": "2", "nameVi": "b", "nameEn": "b", "points": 2500, "options": [{"points": 0}, {"points": 1000}, {"points": 2500, "gate": 4}]}]}]},
   {"key": "C", "points": 3500, "groups": [{"no": "3", "nameVi": "Ba", "nameEn": "Three", "points": 3500, "criteria": [
    {"no": "3", "nameVi": "c", "nameEn": "c", "points": 3500, "options": [{"points": 1500}, {"points": 3500, "gate": 3}, {"points": 1500}, {"points": 3500}]}]}]}]}],
 "revocationGrounds": [{"key": "not_re_evaluated", "nameVi": "Hết hạn", "nameEn": "Expired", "afterExpiry": true}],
 "datesBackMaxDays": 60, "notes": ["for tests"]})");
    return text;
}

inline const domain::RuleSet& small_rules() {
    static const domain::RuleSet rules = *domain::parse_rules(small_rules_json());
    return rules;
}

}  // namespace hoso::tests
