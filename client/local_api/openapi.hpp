#pragma once

#include <boost/json/object.hpp>

namespace hoso::client::local_api {

// OpenAPI 3.1 of what this desk offers, made from the table of commands; docs/openapi.json holds the same bytes.
boost::json::object openapi();

}  // namespace hoso::client::local_api
