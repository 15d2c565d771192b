#pragma once

#include "client/cli/grammar.hpp"

namespace hoso::client::cli {

// `hoso unit import`: a province's units from a table.
Verb unit_import_verb();

}  // namespace hoso::client::cli
