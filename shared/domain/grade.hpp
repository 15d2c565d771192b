#pragma once

#include <optional>
#include <span>
#include <vector>

#include "shared/domain/rules.hpp"

namespace hoso::domain {

inline constexpr Byte not_answered = 255;

// One assessor's sheet, opened. docs/log_format.md section 8.
struct Sheet {
    Uuid meeting;
    StreamId product;
    DossierId dossier;
    AccountId assessor;
    Bytes options;
    bool operator==(const Sheet&) const = default;
};
Bytes encode(const Sheet& sheet);
std::optional<Sheet> decode_sheet(ByteSpan plain);  // empty for anything else

// True if every option is 0 or offered by its criterion, and there is one per criterion.
bool options_hold(const ProductSet& set, ByteSpan options);
Points total(const ProductSet& set, ByteSpan options);  // 0 and 255 score nothing
std::vector<PointsSum> section_sums(const ProductSet& set, std::span<const Bytes> sheets);

struct Grade {
    std::uint16_t sheets = 0;
    std::vector<PointsSum> sums;  // per section, over the sheets
    std::uint8_t stars_by_points = 0;
    std::uint8_t stars = 0;                 // by points and gates
    std::vector<std::size_t> gates_missed;  // criteria that keep it from stars_by_points
    Points spread = 0;                      // highest total less lowest
    PointsSum sum() const;
};
// The sheets are not empty and hold. Stars by comparing exact sums, never a rounded average.
Grade grade(const RuleSet& rules, const ProductSet& set, std::span<const Bytes> sheets);

// In hundredths, to be shown and never judged by; rounded down, for 69.995 must not look like the 70 that was not reached.
Points average_of(PointsSum sum, std::uint16_t sheets);

}  // namespace hoso::domain
