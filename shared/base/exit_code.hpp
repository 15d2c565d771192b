#pragma once

#include "shared/base/result.hpp"

namespace hoso {

// What a program's exit says to scripts; the same in every program. docs/decisions has the table.
inline constexpr int exit_ok = 0;
inline constexpr int exit_failed_check = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_not_found = 3;
inline constexpr int exit_conflict = 4;
inline constexpr int exit_unreachable = 5;
inline constexpr int exit_denied = 6;
inline constexpr int exit_full = 7;
inline constexpr int exit_version = 8;
inline constexpr int exit_internal = 70;

int exit_code(Errc code);

}  // namespace hoso
