#pragma once

#include "client/cli/grammar.hpp"
#include "client/cli/output.hpp"

namespace hoso::client::cli {

// --geography: by the units of which day a statistic counts.
Option geography_option();

// Rows of a statistic that lie in no one unit of its day say so in words: "undetermined among A, B".
void name_places(const Output& out, json::array& rows, const char* key);

// The queue of dossiers of which it is not determined who holds them or who decides: "undetermined", "chưa xác định".
bool names_undetermined(std::string_view queue);

}  // namespace hoso::client::cli
