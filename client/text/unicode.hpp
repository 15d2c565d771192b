#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoso::client {

// The composed form of Unicode text (NFC, UAX #15): what people type must be the same name on every keyboard. Text that is not
// UTF-8 comes back as it is, for the command to refuse.
std::string nfc(std::string_view text);

// How text is searched for: without marks and case, đ as d, so that "hoa binh", "Hòa Bình" and "hoà bình" are one.
std::string folded(std::string_view text);

// Under which two spellings are one name: accents count; case, blanks and the place of a tone mark ("Hòa", "Hoà") do not.
std::string name_key(std::string_view text);
// The same for many texts: remembers what each letter becomes, which does not depend on the letters beside it.
class Folder {
public:
    // Appends what folded(text) would be.
    void fold(std::string_view text, std::string& to);

private:
    static constexpr std::size_t letters_max = 0x2000;  // code points below it: Latin with all its marks, Greek, Cyrillic
    void fold_letter(std::size_t code, std::string_view letter, std::string& to);

    std::vector<std::string> letters_;  // empty for one that was not met yet
};

}  // namespace hoso::client
