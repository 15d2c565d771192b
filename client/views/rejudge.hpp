#pragma once

#include <boost/json/object.hpp>

#include "client/views/look.hpp"

namespace hoso::client::views {

// What the sheets that a council counted for a dossier would come to under another regulation: average and stars before and under
// it, and why they differ, or why it cannot be judged again ("average_under" and "stars_under" are null then). Empty for a dossier
// that was not tallied. Changes nothing.
boost::json::object rejudged(const Look& state, const domain::Product& product, const domain::Dossier& dossier,
                             const domain::RuleSet& other);

}  // namespace hoso::client::views
