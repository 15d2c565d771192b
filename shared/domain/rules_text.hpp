#pragma once

#include <capnp/compat/json.h>
#include <capnp/schema.h>

#include "shared/domain/rules_finding.hpp"

namespace hoso::domain {

// The text without the white space between its tokens, so far as there is no fault.
std::string strip_json(std::string_view json, Finding& finding);

// Finds the first value that a field of `schema` cannot hold: the library would name the fault but not the place.
void check_form(capnp::JsonValue::Reader value, capnp::StructSchema schema, Finding& finding);

}  // namespace hoso::domain
