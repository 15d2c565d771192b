#pragma once

#include "client/cli/grammar.hpp"
#include "client/cli/reorganisation.hpp"

namespace hoso::client::cli {

// Plans, says what becomes of every unit, and records all of it or nothing; with --dry-run nothing.
Result<int> reorganise(Session& session, const Arguments& arguments, const UnitTables& tables, Date effective);

// `hoso unit add`, `close` and `reorganise`: one unit, or a whole province from tables.
std::vector<Verb> unit_change_verbs();

}  // namespace hoso::client::cli
