#pragma once

#include <set>

#include "client/views/parts.hpp"

namespace hoso::client::views {

inline constexpr const char* funnel_steps[] = {"notified",     "idea_reviewed", "idea_approved", "opened",       "submitted",
                                               "received",     "tallied",       "recognised",    "recognised_3", "recognised_4",
                                               "recognised_5", "declined",      "withdrawn"};

// The round's products that came to a step of these.
std::set<StreamId> products_at(const Look& state, const domain::Round& round, std::string_view step);

// How many of a round's products came how far, from the notified list to the stars: one row a step, each a part of the one before
// but for those that were never on the list. A product with several dossiers counts once, with the one that came furthest.
json::array funnel(const Look& state, const domain::Round& round);

// For every unit right below the root, and in all: dossiers of the round that are done and left, how many a week the deadline asks
// for from `at` on, and how many a week were done in the four weeks before. The units are those of `at`; dossiers of units
// that were closed count where those went.
json::array pace(const Look& state, const domain::Round& round, Date at);

}  // namespace hoso::client::views
