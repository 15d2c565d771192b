#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/text/language.hpp"
#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

// What stands in a cell, as people and spreadsheet programs write it.
namespace hoso::client::cli {

// Without blanks around it and with one blank for several, also for line ends within; empty for a dash; without the apostrophe that
// keeps a cell from being a formula. Errc::invalid for what steers terminals, and for a number a spreadsheet has shortened
// (1.2E+09).
Result<std::string> clean_cell(std::string_view cell, Language language);

std::optional<Date> date_from_cell(std::string_view cell);           // 31/12/2019, 1.2.2019, 2019-12-31
std::optional<std::uint8_t> stars_from_cell(std::string_view cell);  // 4, "4 sao", ★★★★; 1 to 5
std::optional<std::uint16_t> year_from_cell(std::string_view cell);  // four digits
std::optional<bool> yes_no_from_cell(std::string_view cell);         // có, yes, x, true, 1; không, no, false, 0
std::optional<bool> revoked_from_cell(std::string_view cell);        // also "đã thu hồi", with its day, and "còn hiệu lực"

}  // namespace hoso::client::cli
