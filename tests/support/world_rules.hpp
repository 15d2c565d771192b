#pragma once

#include <string>

#include "shared/base/check.hpp"
#include "shared/domain/rules.hpp"

// A regulation with one product set of four criteria and one whose sheet is missing, and a ladder of four stages: an opinion, two
// councils, one without a desk.
namespace hoso::tests {

// Sheets that earn 0, 3, 4 and 5 stars.
inline const Bytes no_stars{1, 1, 1, 1};
inline const Bytes three_stars{2, 2, 2, 2};
inline const Bytes four_stars{3, 3, 2, 3};
inline const Bytes five_stars{3, 3, 3, 4};

inline std::string world_rules_json(const std::string& id = "practice", const std::string& set = "tea") {
    std::string text = R"({
 "schemaVersion": 1, "id": "@id", "titleVi": "Bộ thực hành", "titleEn": "Practice", "legalBasis": "none", "status": "for tests",
 "forms": [{"kind": "first", "filedFrom": "2023-01-01", "filedTo": "2023-12-31"}, {"kind": "upgrade", "filedFrom": "2023-01-01", "filedTo": "2023-06-04", "decidedBy": "2023-06-06"},
           {"kind": "reEvaluation", "filedFrom": "2023-01-01"}],
 "bands": [{"stars": 1, "from": 0}, {"stars": 2, "from": 3000}, {"stars": 3, "from": 5000}, {"stars": 4, "from": 7000},
           {"stars": 5, "from": 9000}],
 "stages": [
  {"key": "commune", "nameVi": "Cấp xã", "nameEn": "Commune", "level": "commune", "does": "opinion"},
  {"key": "district", "nameVi": "Cấp huyện", "nameEn": "District", "level": "district", "does": "council", "decides": [3],
   "forwardsFrom": 7000, "meetings": 1},
  {"key": "province", "nameVi": "Cấp tỉnh", "nameEn": "Province", "level": "province", "does": "council", "decides": [4],
   "forwardsFrom": 9000, "meetings": 1},
  {"key": "central", "nameVi": "Trung ương", "nameEn": "Central", "level": "", "does": "external", "decides": [5],
   "enteredBy": "province"}],
 "certificate": {"months": 36, "starsMin": 3, "source": "none"},
 "subjectTypes": [{"key": "cooperative", "nameVi": "Hợp tác xã", "nameEn": "Cooperative"}],
 "contents": [{"key": "form", "nameVi": "Phiếu", "nameEn": "Form", "mandatory": true}],
 "evidence": [{"key": "tests", "nameVi": "Kiểm nghiệm", "nameEn": "Tests"}],
 "files": {"mediaTypes": ["application/pdf", "image/jpeg"], "bytesMax": 50000000},
 "sectors": [{"key": "food", "nameVi": "Thực phẩm", "nameEn": "Food", "groups": [{"key": "tea", "nameVi": "Chè", "nameEn": "Tea"}]}],
 "productSets": [
  {"no": 1, "key": "@set", "nameVi": "Chè", "nameEn": "Tea", "sector": "food", "group": "tea", "sections": [
   {"key": "A", "points": 4000, "groups": [{"no": "1", "nameVi": "Một", "nameEn": "One", "points": 4000, "criteria": [
    {"no": "1.1", "nameVi": "a", "nameEn": "a", "points": 2000, "assessedBy": "commune",
     "options": [{"points": 0}, {"points": 1000}, {"points": 2000}]},
    {"no": "1.2", "nameVi": "b", "nameEn": "b", "points": 2000, "options": [{"points": 0}, {"points": 1000}, {"points": 2000}]}]}]},
   {"key": "B", "points": 2500, "groups": [{"no": "2", "nameVi": "Hai", "nameEn": "Two", "points": 2500, "criteria": [
    {"no": "2", "nameVi": "c", "nameEn": "c", "points": 2500, "options": [{"points": 0}, {"points": 1500}, {"points": 2500}]}]}]},
   {"key": "C", "points": 3500, "groups": [{"no": "3", "nameVi": "Ba", "nameEn": "Three", "points": 3500, "criteria": [
    {"no": "3", "nameVi": "d", "nameEn": "d", "points": 3500,
     "options": [{"points": 0}, {"points": 1500, "gate": 3}, {"points": 2500, "gate": 4}, {"points": 3500, "gate": 5}]}]}]}]},
  {"no": 2, "key": "stone", "nameVi": "Đá", "nameEn": "Stone", "sector": "food", "group": "tea", "sections": [
   {"key": "A", "points": 3500}, {"key": "B", "points": 2500}, {"key": "C", "points": 4000}], "sheetMissing": "not found"}],
 "revocationGrounds": [{"key": "not_re_evaluated", "nameVi": "Hết hạn", "nameEn": "Expired", "afterExpiry": true},
                       {"key": "misuse", "nameVi": "Dùng sai", "nameEn": "Misuse"}],
 "productCode": "@code", "samples": 3, "revocationDays": 15, "notices": [180, 30],
 "ideaReasons": [{"key": "too_small", "nameVi": "Quá nhỏ", "nameEn": "Too small"}],
 "datesBackMaxDays": 5, "notes": ["for tests"]})";
    const auto put = [&](const std::string& place, const std::string& value) {
        for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place))
            text.replace(at, place.size(), value);
    };
    put("@id", id);
    put("@set", set);
    put("@code", set == "cloth" ? "(T)-(X)-(STT)" : "");  // with "tea" any code will do
    const auto canonical = domain::canonical_json(text);
    CHECK(canonical.has_value());
    return *canonical;
}

}  // namespace hoso::tests
