#pragma once

#include <filesystem>

namespace hoso::bench {

// A whole province's programme, folded in memory: so many dossiers with about sixty actions each. What it costs to fold and to
// hold, and how long every list over it takes.
void scale(const std::filesystem::path& schema, std::size_t dossiers);

}  // namespace hoso::bench
