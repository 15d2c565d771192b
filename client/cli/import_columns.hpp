#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "client/text/language.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::cli {

enum class ImportKind : std::uint8_t { subjects, products, certificates };

// What a column of an import says of the subject, product or certificate in its row.
enum class Field : std::uint8_t {
    name,
    unit,
    unit_code,
    district,
    type,
    registration,
    representative,
    phone,
    address,
    set,
    code,
    subject,
    subject_type,
    subject_unit,
    year,
    certificate,
    stars,
    issued,
    decision,
    decision_date,
    rule_set,
    last_day,
    revoked,
    renews,
};

struct Columns {
    std::map<Field, std::size_t> at;
    std::vector<std::string> ignored;  // headings that nobody knows
};

// Headings in Vietnamese or English, with or without accents, in any order; what stands in brackets is left aside. Errc::invalid
// when a needed column is missing or two say the same.
Result<Columns> find_columns(ImportKind kind, const std::vector<std::string>& headings, Language language);

bool is_needed(ImportKind kind, Field field);
std::string called(Language language, ImportKind kind, Field field);  // the heading to write

}  // namespace hoso::client::cli
