#pragma once

#include "client/views/parts.hpp"

namespace hoso::client::views {

// What waits to be done, by whom (role and unit) and by when, the most pressing first. A due day follows from the rule set (working
// days, days of re-evaluation, of notice and of revocation), from the newest notice of the round, or from the round itself; `basis`
// says from which. Of `account` alone when one is given: what its mandates and seats ask of it.
json::array tasks(const Look& state, Date at, const AccountId& account = {});

// Of a dossier that is put together: what keeps it from being submitted, by name.
json::array missing_parts(const domain::RuleSet& rules, const domain::ProductSet& set, const domain::Dossier& dossier);

}  // namespace hoso::client::views
