#pragma once

#include <span>

#include "client/local_api/arguments_of.hpp"
#include "client/text/language.hpp"

namespace hoso::client::local_api {

// application/problem+json (RFC 9457) with a stable code and the sentence in both languages.
Response problem(unsigned status, std::string_view code, std::string_view vi, std::string_view en, Language language,
                 std::span<const FieldFault> faults = {});
// Of a command's or the disk's error: the code is the judge's reason where it is one, the error's name otherwise.
Response problem(const Error& error, Language language);

Response json_answer(const boost::json::object& answer, unsigned status = 200);

}  // namespace hoso::client::local_api
