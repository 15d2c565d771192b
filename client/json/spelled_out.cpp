#include "client/json/spelled_out.hpp"

#include "shared/base/date.hpp"

namespace hoso::client {
namespace {

namespace json = boost::json;

Result<json::value> spell(capnp::Type type, const json::value& value, Shorthand& shorthand);

Result<json::value> spell_bytes(const json::value& value, Shorthand& shorthand) {
    if (const auto* text = value.if_string(); text && text->starts_with('$')) {
        auto hex = shorthand.named(std::string_view(*text).substr(1));
        if (!hex) return hex.error();
        return json::value(*hex);
    }
    if (const auto* object = value.if_object(); object && object->size() == 1 && object->begin()->value().is_string()) {
        auto hex = shorthand.looked_up(object->begin()->key(), object->begin()->value().get_string());
        if (!hex) return hex.error();
        return json::value(*hex);
    }
    return value;
}

// The codec takes digits that are none for something else: they are looked at here, in fields that are hex by the schema.
bool is_hex_field(capnp::StructSchema::Field field) {
    constexpr std::uint64_t hex_annotation = 0xf061e22f0ae5c7b5;  // capnp/compat/json.capnp
    for (const auto annotation : field.getProto().getAnnotations()) {
        if (annotation.getId() == hex_annotation) return true;
    }
    return false;
}

Result<json::value> spell_date(const json::value& value) {
    if (!value.is_string()) return value;
    const auto date = date_from_text(value.get_string());
    if (!date) return Error{Errc::invalid, std::string(value.get_string()) + " is no date; write YYYY-MM-DD"};
    return json::value(to_days(*date));
}

Result<json::value> spell_instant(const json::value& value) {
    if (!value.is_string() || value.get_string().find('-') == json::string::npos) return value;
    const auto instant = instant_from_text(value.get_string());
    if (!instant) return Error{Errc::invalid, std::string(value.get_string()) + " is no instant; write 2023-12-15T09:00:00+07:00"};
    return json::value(std::to_string(*instant));
}

Result<json::value> spell_list(capnp::ListSchema type, const json::value& value, Shorthand& shorthand) {
    if (!value.is_array()) return value;
    json::array out;
    for (const json::value& element : value.get_array()) {
        auto spelled = spell(type.getElementType(), element, shorthand);
        if (!spelled) return spelled.error();
        out.push_back(std::move(*spelled));
    }
    return json::value(std::move(out));
}

Result<json::value> spell(capnp::Type type, const json::value& value, Shorthand& shorthand) {
    if (type.isData()) return spell_bytes(value, shorthand);
    if (type.isInt32()) return spell_date(value);
    if (type.isInt64()) return spell_instant(value);
    if (type.isList()) return spell_list(type.asList(), value, shorthand);
    if (type.isStruct()) return spell_out(type.asStruct(), value, shorthand);
    return value;
}

}  // namespace

Result<json::value> spell_out(capnp::StructSchema schema, const json::value& value, Shorthand& shorthand) {
    if (!value.is_object()) return value;
    json::object out;
    for (const auto& member : value.get_object()) {
        const std::string key(member.key());
        KJ_IF_MAYBE (field, schema.findFieldByName(key)) {
            auto spelled = spell(field->getType(), member.value(), shorthand);
            if (!spelled) return Error{spelled.error().code, key + ": " + spelled.error().detail};
            if (is_hex_field(*field) && spelled->is_string() && !from_hex(std::string_view(spelled->get_string()))) {
                return Error{Errc::invalid, key + ": these are no hex digits"};
            }
            out[key] = std::move(*spelled);
        } else {
            return Error{Errc::invalid, "there is no field " + key};
        }
    }
    return json::value(std::move(out));
}

}  // namespace hoso::client
