#pragma once

#include "client/desk.hpp"
#include "client/local_api/answer.hpp"
#include "client/local_api/offered.hpp"

namespace hoso::client::local_api {

// The list of an answer as CSV or XLSX, with the place in the log that it shows at its foot; a problem where it is no list.
Response export_file(Answer& answer, const std::string& format, const cli::Verb& verb, Position as_of, const Desk& desk,
                     Language language);

}  // namespace hoso::client::local_api
