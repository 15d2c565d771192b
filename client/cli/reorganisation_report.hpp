#pragma once

#include "client/cli/reorganisation.hpp"
#include "client/cli/session.hpp"

namespace hoso::client::cli {

// A row for every unit that ends and every one that begins: what it goes into, what it is made of, who carried its code before.
json::array rows_of(const Output& out, const domain::Registry& registry, const Reorganisation& plan);
// How many of what, and what becomes of the dossiers under way and of the mandates.
json::object summary_of(const views::Look& look, const Reorganisation& plan);

}  // namespace hoso::client::cli
