#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/domain/action.hpp"

namespace hoso::client {

// Name of a kind as in schema/action.capnp, by its index in domain::Body: "unitCreated".
std::string_view kind_name(std::size_t index);

// What a record file may write where the schema wants bytes: "$name", or {"unit": "17/150"}. Answers with hex.
class Shorthand {
public:
    virtual ~Shorthand() = default;
    // A fresh id for a name not met before, the same one for a name met before.
    virtual Result<std::string> named(std::string_view name) = 0;
    // {"<what>": "<text>"}: a unit, account, product, rule set and so on by the words people use.
    virtual Result<std::string> looked_up(std::string_view what, std::string_view text) = 0;
};

// Bodies of actions as JSON, by the schema: {"unitCreated": {"unit": "<hex>", ...}}; bytes in hex, a rule set's in base64, 64-bit
// numbers as text. Readers also accept dates and instants as text.
class ActionJson {
public:
    ActionJson();
    ~ActionJson();
    // Errc::invalid with the field for unknown fields, wrong types and bytes of another size.
    Result<domain::Body> read(const boost::json::value& body) const;
    Result<domain::Body> read(const boost::json::value& body, Shorthand& shorthand) const;
    boost::json::value write(const domain::Body& body) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace hoso::client
