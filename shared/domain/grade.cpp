#include "shared/domain/grade.hpp"

#include <algorithm>
#include <numeric>

#include "shared/base/check.hpp"

namespace hoso::domain {
namespace {

constexpr std::string_view sheet_magic = "HSS1";
constexpr std::size_t sheet_head = 4 + 4 * Uuid::size + 4;

Points points_of(const Criterion& criterion, Byte ordinal) {
    return ordinal == 0 || ordinal > criterion.options.size() ? 0 : criterion.options[ordinal - 1u].points;
}

// Points added over the sheets, by criterion.
std::vector<PointsSum> criterion_sums(const ProductSet& set, std::span<const Bytes> sheets) {
    std::vector<PointsSum> sums(set.criteria.size());
    for (const Bytes& sheet : sheets) {
        CHECK(sheet.size() == set.criteria.size());
        for (std::size_t i = 0; i < sheet.size(); ++i) sums[i] += points_of(set.criteria[i], sheet[i]);
    }
    return sums;
}

// The fewest stars of a gate that the sum does not reach; 0 if it reaches all.
std::uint8_t gate_missed(const Criterion& criterion, PointsSum sum, PointsSum sheets) {
    std::uint8_t missed = 0;
    for (const Option& option : criterion.options) {
        const bool holds = option.gate == 0 || sum >= sheets * option.points;
        if (!holds && (missed == 0 || option.gate < missed)) missed = option.gate;
    }
    return missed;
}

template <typename Id>
void take(const Byte*& from, Id& id) {
    std::copy_n(from, Id::size, id.bytes.begin());
    from += Id::size;
}

}  // namespace

Bytes encode(const Sheet& sheet) {
    Bytes plain;
    append(plain, as_bytes(sheet_magic));
    for (const Uuid& id : {sheet.meeting, sheet.product, sheet.dossier, sheet.assessor}) append(plain, id.span());
    append_le(plain, static_cast<std::uint32_t>(sheet.options.size()));
    append(plain, sheet.options);
    return plain;
}

std::optional<Sheet> decode_sheet(ByteSpan plain) {
    if (plain.size() < sheet_head || as_text(plain.first(4)) != sheet_magic) return std::nullopt;
    const Byte* at = plain.data() + 4;
    Sheet sheet;
    take(at, sheet.meeting);
    take(at, sheet.product);
    take(at, sheet.dossier);
    take(at, sheet.assessor);
    if (load_le<std::uint32_t>(at) != plain.size() - sheet_head) return std::nullopt;
    sheet.options.assign(plain.begin() + sheet_head, plain.end());
    return sheet;
}

bool options_hold(const ProductSet& set, ByteSpan options) {
    if (options.size() != set.criteria.size()) return false;
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (options[i] > set.criteria[i].options.size()) return false;
    }
    return true;
}

Points total(const ProductSet& set, ByteSpan options) {
    CHECK(options.size() == set.criteria.size());
    Points sum = 0;
    for (std::size_t i = 0; i < options.size(); ++i) sum += points_of(set.criteria[i], options[i]);
    return sum;
}

std::vector<PointsSum> section_sums(const ProductSet& set, std::span<const Bytes> sheets) {
    const auto sums = criterion_sums(set, sheets);
    std::vector<PointsSum> sections(set.sections.size());
    for (std::size_t i = 0; i < sums.size(); ++i) sections[set.criteria[i].section] += sums[i];
    return sections;
}

PointsSum Grade::sum() const { return std::accumulate(sums.begin(), sums.end(), PointsSum{0}); }

Grade grade(const RuleSet& rules, const ProductSet& set, std::span<const Bytes> sheets) {
    CHECK(!sheets.empty());
    Grade grade;
    grade.sheets = static_cast<std::uint16_t>(sheets.size());
    grade.sums = section_sums(set, sheets);
    for (const Band& band : rules.bands) {
        if (grade.sum() >= sheets.size() * PointsSum{band.from}) grade.stars_by_points = band.stars;
    }

    const auto sums = criterion_sums(set, sheets);
    std::uint8_t lowest = 0;  // gate that is missed
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const std::uint8_t missed = gate_missed(set.criteria[i], sums[i], sheets.size());
        if (missed == 0 || missed > grade.stars_by_points) continue;
        grade.gates_missed.push_back(i);
        if (lowest == 0 || missed < lowest) lowest = missed;
    }
    for (const Band& band : rules.bands) {
        if (band.stars <= grade.stars_by_points && (lowest == 0 || band.stars < lowest)) grade.stars = band.stars;
    }

    std::vector<Points> totals;
    for (const Bytes& sheet : sheets) totals.push_back(total(set, sheet));
    const auto [least, most] = std::minmax_element(totals.begin(), totals.end());
    grade.spread = *most - *least;
    return grade;
}

Points average_of(PointsSum sum, std::uint16_t sheets) { return sheets == 0 ? 0 : static_cast<Points>(sum / sheets); }

}  // namespace hoso::domain
