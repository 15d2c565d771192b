#pragma once

#include <cstddef>

#include "client/cli/grammar.hpp"

namespace hoso::client::cli {

inline constexpr std::size_t record_line_bytes_max = 256 * 1024;
inline constexpr std::size_t record_lines_max = 1'000'000;

// `hoso record`: actions as JSON lines, for programs and imports.
Verb record_verb();

}  // namespace hoso::client::cli
