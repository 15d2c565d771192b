#pragma once

#include "shared/domain/product.hpp"

namespace hoso::domain {

// The last day on which a certificate that is not revoked holds: its own, or later by the transition clause of a published
// regulation if a re-evaluation of the product was under way that day (Decision 26/2026/QĐ-TTg: until the result, at most 180 days
// past expiry).
Date good_until(const Registry& registry, const Product& product, const Certificate& certificate, Date day);

// When a re-evaluation may be filed that renews a certificate with this last day; Date{} on both sides where it is not laid down.
struct FilingWindow {
    Date from{};
    Date to{};
};
FilingWindow filing_window(const RuleSet& rules, Date last_day);

}  // namespace hoso::domain
