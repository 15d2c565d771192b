#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

namespace hoso::client::cli {

// RFC 4180 with a heading line, UTF-8 with or without a byte order mark. Rows by heading. Errc::invalid with the line.
struct CsvRow {
    std::size_t line = 0;
    std::map<std::string, std::string> cells;
    std::string operator[](const char* heading) const {
        const auto found = cells.find(heading);
        return found == cells.end() ? std::string{} : found->second;
    }
};
Result<std::vector<CsvRow>> read_csv(std::string_view text);

}  // namespace hoso::client::cli
