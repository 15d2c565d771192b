#pragma once

#include <boost/json/array.hpp>

#include "client/views/look.hpp"

namespace hoso::client::views {

// Units and offices by any name they ever had, posts, subjects, products, certificates, registration forms, decisions, notices and
// packages whose name or number holds the text, with or without accents and case. Those that hold it as it was typed come first; at
// most `rows_max`.
boost::json::array search(const Look& state, std::string_view text, std::size_t rows_max);

// How many products hold a certificate that is good on a day, by "stars", "sector", "unit" (below the root, of the geography's
// day) or "year" of issue; a product counts once, with its newest one. Empty for any other word.
boost::json::array count_products(const Look& state, std::string_view by, Date at, Date geography);

}  // namespace hoso::client::views
