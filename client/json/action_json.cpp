#include "client/json/action_json.hpp"

#include <capnp/compat/json.h>
#include <capnp/message.h>
#include <capnp/schema.h>
#include <capnp/serialize.h>
#include <kj/encoding.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <cstring>

#include "client/json/spelled_out.hpp"
#include "schema/action.capnp.h"
#include "shared/domain/action_codec.hpp"

namespace hoso::client {
namespace {

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"  // of the library's base class; nothing is deleted through it
// Bytes in lists carry no annotation of their own: the ids in adopted, annulled and meetingClosed.
class HexInLists final : public capnp::JsonCodec::Handler<capnp::Data> {
public:
    void encode(const capnp::JsonCodec&, capnp::Data::Reader input, capnp::JsonValue::Builder output) const override {
        output.setString(kj::encodeHex(input));
    }
    capnp::Orphan<capnp::Data> decode(const capnp::JsonCodec&, capnp::JsonValue::Reader input,
                                      capnp::Orphanage orphanage) const override {
        KJ_REQUIRE(input.isString(), "expected hex digits");
        const auto text = input.getString();
        const auto bytes = kj::decodeHex(text);
        KJ_REQUIRE(!bytes.hadErrors, "invalid hex digits");
        return orphanage.newOrphanCopy(capnp::Data::Reader(bytes));
    }
};
#pragma GCC diagnostic pop

kj::ArrayPtr<const char> characters(const std::string& text) { return {text.data(), text.size()}; }

// A header that has the form of one: only the body counts here.
void fill(schema::Header::Builder header) {
    const std::array<Byte, 32> zero{};
    header.setSchemaVersion(domain::schema_version);
    header.setDevice(capnp::Data::Reader(zero.data(), 16));
    header.setStream(capnp::Data::Reader(zero.data(), 16));
    header.setSeenRoot(capnp::Data::Reader(zero.data(), 32));
}

// kj says "expected value == x; message; field = name": people need the message.
std::string short_fault(const kj::Exception& fault) {
    std::string text = fault.getDescription().cStr();
    const auto cut = text.find("; ");
    return text.rfind("expected ", 0) == 0 && cut != std::string::npos ? text.substr(cut + 2) : text;
}

}  // namespace

std::string_view kind_name(std::size_t index) {
    const auto fields = capnp::Schema::from<schema::Body>().getUnionFields();
    if (index >= fields.size()) return "unknown";
    const auto name = fields[static_cast<unsigned>(index)].getProto().getName();
    return {name.begin(), name.size()};
}

struct ActionJson::Parts {
    HexInLists hex;
    capnp::JsonCodec codec;
};

ActionJson::ActionJson() : parts_(std::make_unique<Parts>()) {
    parts_->codec.setRejectUnknownFields(true);
    parts_->codec.setMaxNestingDepth(16);
    parts_->codec.handleByAnnotation<schema::Body>();
    parts_->codec.addTypeHandler(parts_->hex);
}

ActionJson::~ActionJson() = default;

Result<domain::Body> ActionJson::read(const boost::json::value& body) const try {
    if (!body.is_object() || body.get_object().size() != 1)
        return Error{Errc::invalid, "a body is an object with one kind of action"};
    const std::string text = boost::json::serialize(body);
    capnp::MallocMessageBuilder message;
    auto root = message.initRoot<schema::Action>();
    fill(root.initHeader());
    parts_->codec.decode(characters(text), root.initBody());
    const auto words = capnp::messageToFlatArray(message);
    const auto bytes = words.asBytes();
    auto action = domain::decode({bytes.begin(), bytes.size()});
    if (!action) return Error{action.error().code == Errc::limit ? Errc::limit : Errc::invalid, action.error().detail};
    return std::move(action->body);
} catch (const kj::Exception& fault) {
    return Error{Errc::invalid, short_fault(fault)};
}

Result<domain::Body> ActionJson::read(const boost::json::value& body, Shorthand& shorthand) const {
    auto spelled = spell_out(capnp::Schema::from<schema::Body>(), body, shorthand);
    if (!spelled) return spelled.error();
    return read(*spelled);
}

boost::json::value ActionJson::write(const domain::Body& body) const {
    const Bytes bytes = domain::encode(domain::Action{{}, body});
    auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
    std::memcpy(words.begin(), bytes.data(), bytes.size());
    capnp::FlatArrayMessageReader message(words);
    const auto text = parts_->codec.encode(message.getRoot<schema::Action>().getBody());
    return boost::json::parse({text.begin(), text.size()});
}

}  // namespace hoso::client
