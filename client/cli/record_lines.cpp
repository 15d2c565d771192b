#include "client/cli/record_lines.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "client/cli/names.hpp"
#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view known_keys[] = {"stream", "body", "as", "force"};

Error wrong(std::string detail) { return {Errc::invalid, std::move(detail)}; }

}  // namespace

Result<RecordLine> RecordLines::read(std::size_t number, std::string_view line) {
    const std::string place = "line " + std::to_string(number) + ": ";
    boost::system::error_code failed;
    if (number == 1 && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
    const json::value value = json::parse(nfc(line), failed);
    if (failed) return wrong(place + "this is no JSON: " + failed.message());
    if (!value.is_object()) return wrong(place + "expected an object with stream and body");
    auto read = read_object(value.get_object());
    if (!read) return Error{read.error().code, place + read.error().detail};
    read->number = number;
    return read;
}

Result<RecordLine> RecordLines::read_object(const json::object& object) {
    for (const auto& member : object) {
        const std::string_view key(member.key().data(), member.key().size());
        if (std::find(std::begin(known_keys), std::end(known_keys), key) == std::end(known_keys))
            return wrong("there is no field " + std::string(key));
    }
    const json::value* body = object.if_contains("body");
    if (!body) return wrong("the body is missing");
    const auto stream = stream_of(object);
    if (!stream) return stream.error();
    auto made = actions_.read(*body, *this);
    if (!made) return made.error();
    RecordLine line{0, {std::move(*made), *stream, actor_, {}}, false};
    if (const json::value* as = object.if_contains("as")) {
        if (!as->is_string()) return wrong("as: expected an account");
        const auto account = find_account(session_.registry(), std::string_view(as->get_string()));
        if (!account) return account.error();
        line.proposal.account = *account;
    }
    if (const json::value* force = object.if_contains("force")) {
        if (!force->is_bool()) return wrong("force: expected true or false");
        line.force = force->get_bool();
    }
    return line;
}

Result<StreamId> RecordLines::stream_of(const json::object& object) {
    const json::value* stream = object.if_contains("stream");
    if (!stream) return wrong("the stream is missing");
    if (const auto* asked = stream->if_object(); asked && asked->size() == 1 && asked->begin()->value().is_string()) {
        const auto hex = looked_up(asked->begin()->key(), asked->begin()->value().get_string());
        if (!hex) return hex.error();
        return *StreamId::from_hex(*hex);
    }
    if (!stream->is_string()) return wrong("stream: expected hex, registry, new or $name");
    const std::string_view text = stream->get_string();
    if (text == "registry") return registry_stream;
    if (text == "new") return io::uuid_v7(session_.desk.now());
    if (text.starts_with('$')) {
        const auto hex = named(text.substr(1));
        if (!hex) return hex.error();
        return *StreamId::from_hex(*hex);
    }
    const auto id = StreamId::from_hex(text);
    if (!id) return wrong("stream: expected 32 hex digits, registry, new or $name");
    return *id;
}

Result<std::string> RecordLines::named(std::string_view name) {
    if (name.empty()) return wrong("a name follows the $");
    const auto found = names_.find(name);
    if (found != names_.end()) return found->second;
    return names_.emplace(std::string(name), io::uuid_v7(session_.desk.now()).hex()).first->second;
}

Result<std::string> RecordLines::looked_up(std::string_view what, std::string_view text) {
    return find_hex(session_.look(), what, text, session_.today());
}

}  // namespace hoso::client::cli
