#pragma once

#include <boost/json/object.hpp>

#include "client/local_api/http.hpp"
#include "client/local_api/offered.hpp"
#include "client/local_api/uploads.hpp"

namespace hoso::client::local_api {

// What is wrong with one value of a request.
struct FieldFault {
    std::string pointer;  // "/product": a JSON Pointer (RFC 6901) into the body, and the name in an address
    std::string code;
    std::string vi;
    std::string en;
};

// The values of one command out of a request, checked as the command line checks them.
struct Given {
    cli::Arguments arguments;
    std::vector<FieldFault> faults;
    std::vector<std::string> uploads;  // that it uses: they go once it is done
};

// Of an address: a name may come several times. Names that `kept` has are the API's own.
Given given_in_query(const cli::Verb& verb, const Request& request, std::span<const std::string_view> kept, const Uploads& uploads);
// Of a JSON object: texts, whole numbers, true and false, lists of texts; null is not given. A file is the number of an upload, or
// {"name": ..., "text": ...}.
Given given_in_body(const cli::Verb& verb, const boost::json::object& body, Uploads& uploads, Instant now);

// Files that commands write, and other programs' folders, are of the command line alone.
bool offered(const cli::Option& option);

}  // namespace hoso::client::local_api
