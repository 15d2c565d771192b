#pragma once

#include <string>
#include <string_view>

namespace hoso::client {

// The composed form of Unicode text (NFC, UAX #15): what people type must be the same name on every keyboard. Text that is not
// UTF-8 comes back as it is, for the command to refuse.
std::string nfc(std::string_view text);

// How text is searched for: without marks and case, đ as d, so that "hoa binh", "Hòa Bình" and "hoà bình" are one.
std::string folded(std::string_view text);

// Under which two spellings are one name: accents count; case, blanks and the place of a tone mark ("Hòa", "Hoà") do not.
std::string name_key(std::string_view text);

}  // namespace hoso::client
