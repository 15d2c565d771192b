#pragma once

#include <string>
#include <string_view>

#include "shared/base/date.hpp"

// Words as papers print them.
namespace hoso::client::paper {

// What people wrote, for one line of a paper: composed (NFC), blanks instead of line ends and other controls, and nothing that
// turns the direction of what follows. What is no UTF-8 is shown by U+FFFD.
std::string plain_text(std::string_view text);
std::string upper(std::string_view text);

std::string day_text(Date day);   // 31/12/2026
std::string day_words(Date day);  // ngày 31 tháng 12 năm 2026

// A unit's name within a sentence, "huyện Đà Bắc", and where it is written from, "Đà Bắc".
std::string within_sentence(std::string_view unit_name);
std::string place_of(std::string_view unit_name);

}  // namespace hoso::client::paper
