#pragma once

#include <optional>
#include <string>

#include "client/text/language.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/verdict.hpp"

namespace hoso::client::cli {

const char* errc_name(Errc code);                                    // "not_found"
const char* error_word(Language language, Errc code);                // "not found"
std::optional<domain::Reason> reason_of(const std::string& detail);  // with whose name the detail begins
// A detail that begins with the name of a reason gets its sentence too.
std::string explained(Language language, const std::string& detail);

}  // namespace hoso::client::cli
