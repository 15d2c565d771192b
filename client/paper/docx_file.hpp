#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace hoso::client::paper {

// A DOCX file around its main part and its header. Without a clock in it: the same parts give the same bytes.
Result<std::string> docx_file(std::string_view document, std::string_view header);

}  // namespace hoso::client::paper
