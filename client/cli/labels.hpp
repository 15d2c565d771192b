#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "client/text/language.hpp"
#include "shared/base/result.hpp"

// Keys and values of views in the words of the one who reads them.
namespace hoso::client::cli {

std::string label(Language language, std::string_view key);
std::string shown(Language language, std::string_view key, const boost::json::value& value);
bool is_verdict(const boost::json::object& value);

const char* errc_name(Errc code);                      // "not_found"
const char* error_word(Language language, Errc code);  // "not found"
// A detail that begins with the name of a reason gets its sentence too.
std::string explained(Language language, const std::string& detail);

}  // namespace hoso::client::cli
