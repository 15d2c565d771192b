#pragma once

#include <capnp/schema.h>

#include "client/json/action_json.hpp"

namespace hoso::client {

// Replaces what people write by what the schema wants, led by the types of the schema: names and look-ups where bytes stand, dates
// (every Int32 of an action) and instants (every Int64). Everything else, also what is wrong, stays for the codec to judge.
Result<boost::json::value> spell_out(capnp::StructSchema schema, const boost::json::value& value, Shorthand& shorthand);

}  // namespace hoso::client
