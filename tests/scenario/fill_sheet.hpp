#pragma once

#include "shared/base/check.hpp"
#include "shared/domain/rules.hpp"

// Fills in a real sheet, so that it adds up to the points a scenario names.
namespace hoso::tests {

inline std::uint8_t band_of(const domain::RuleSet& rules, domain::Points points) {
    std::uint8_t stars = 0;
    for (const auto& band : rules.bands) {
        if (points >= band.from) stars = band.stars;
    }
    return stars;
}

// The lowest option that keeps the gates up to `stars`; 0 where none is asked for.
inline Byte lowest_option(const domain::Criterion& criterion, std::uint8_t stars) {
    Byte lowest = 0;
    for (std::size_t i = 0; i < criterion.options.size(); ++i) {
        const auto gate = criterion.options[i].gate;
        if (gate != 0 && gate <= stars) lowest = static_cast<Byte>(i + 1);
    }
    return lowest;
}

inline domain::Points points_of(const domain::Criterion& criterion, std::size_t ordinal) {
    return ordinal == 0 ? 0 : criterion.options[ordinal - 1].points;
}

// Exactly `points`, with every gate up to `stars` kept, and low options first. The sheet must allow it.
inline Bytes fill_sheet(const domain::ProductSet& set, domain::Points points, std::uint8_t stars) {
    const std::size_t count = set.criteria.size();
    // reachable[i][p]: the criteria from i on can add up to p.
    std::vector<std::vector<bool>> reachable(count + 1, std::vector<bool>(points + 1, false));
    reachable[count][0] = true;
    for (std::size_t i = count; i-- > 0;) {
        const auto& criterion = set.criteria[i];
        for (std::size_t ordinal = lowest_option(criterion, stars); ordinal <= criterion.options.size(); ++ordinal) {
            const domain::Points given = points_of(criterion, ordinal);
            for (domain::Points sum = given; sum <= points; ++sum) {
                if (reachable[i + 1][sum - given]) reachable[i][sum] = true;
            }
        }
    }
    CHECK(reachable[0][points]);
    Bytes options;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t ordinal = lowest_option(set.criteria[i], stars);
        while (points_of(set.criteria[i], ordinal) > points || !reachable[i + 1][points - points_of(set.criteria[i], ordinal)])
            ++ordinal;
        options.push_back(static_cast<Byte>(ordinal));
        points -= points_of(set.criteria[i], ordinal);
    }
    return options;
}

}  // namespace hoso::tests
