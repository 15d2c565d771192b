#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "client/text/language.hpp"

// Keys and values of views in the words of the one who reads them.
namespace hoso::client::cli {

std::string label(Language language, std::string_view key);
std::string shown(Language language, std::string_view key, const boost::json::value& value);
bool is_verdict(const boost::json::object& value);

}  // namespace hoso::client::cli
