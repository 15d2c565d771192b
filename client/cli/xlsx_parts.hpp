#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"

// The parts of a spreadsheet file (ECMA-376 part 2: a ZIP archive of XML), from whoever made it.
namespace hoso::client::cli {

inline constexpr std::uint64_t xlsx_unpacked_bytes_max = 256 << 20;  // of all parts that are read
inline constexpr std::size_t xlsx_parts_max = 4096;

// One element of a part as its reader sees it: names without their namespace, since two of them are in use for the same words.
using Attributes = std::map<std::string, std::string, std::less<>>;
struct XmlReader {
    std::function<void(std::string_view name, const Attributes& attributes)> opens;
    std::function<void(std::string_view name)> closes;
    std::function<void(std::string_view text)> text;
    std::function<bool()> enough = [] { return false; };  // asked after each element; stops the reading
};

// Goes once through the archive and gives every part that `reader_of` names a reader for to it. Errc::invalid (no archive, damaged,
// encrypted, not XML, with a document type of its own), limit.
using ReaderOf = std::function<const XmlReader*(std::string_view part)>;
Result<void> read_parts(std::string_view archive, const ReaderOf& reader_of);

}  // namespace hoso::client::cli
