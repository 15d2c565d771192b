#pragma once

#include <string>
#include <string_view>

namespace hoso::domain {

// What of a certificate's number counts when two are compared: letters and digits alone, small. "OCOP-2019/001" is "OCOP 2019 001".
std::string bare_number(std::string_view text);

}  // namespace hoso::domain
