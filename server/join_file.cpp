#include "server/join_file.hpp"

#include <boost/json.hpp>
#include <sstream>

namespace hoso::server {
namespace json = boost::json;
namespace {

constexpr std::int64_t file_version = 1;

Error wrong(const char* key) {
    return Error{Errc::invalid, std::string{"The field \""} + key + "\" is missing or does not have its form."};
}

template <typename Fixed>
bool take(const json::object& from, const char* key, Fixed& to) {
    const json::value* value = from.if_contains(key);
    if (!value || !value->is_string()) return false;
    const auto read = Fixed::from_hex(std::string_view{value->as_string()});
    if (read) to = *read;
    return read.has_value();
}

}  // namespace

std::string join_file(const JoinFile& file) {
    const json::object object{{"version", file_version},   {"address", file.address},
                              {"pin", file.pin.hex()},     {"log", file.log.hex()},
                              {"origin", file.origin},     {"log_key", file.log_key.hex()},
                              {"training", file.training}, {"genesis", to_base64(file.genesis)}};
    std::ostringstream out;  // one member a line, so that a person can compare two files
    std::size_t left = object.size();
    out << "{\n";
    for (const auto& [key, value] : object) {
        out << "  " << json::serialize(json::string(key)) << ": " << json::serialize(value) << (--left ? ",\n" : "\n");
    }
    out << "}\n";
    return out.str();
}

Result<domain::Founder> card_from_json(std::string_view text) {
    boost::system::error_code failed;
    const json::value parsed = json::parse(text, failed);
    if (failed || !parsed.is_object()) return Error{Errc::invalid, "This is no founder's card: make one with hoso founder new."};
    const json::object& object = parsed.as_object();
    const json::value* version = object.if_contains("version");
    if (!version || !version->is_int64()) return wrong("version");
    if (version->as_int64() > file_version)
        return Error{Errc::version, "This card was written by a newer hoso: update this program first."};
    domain::Founder founder;
    const json::value* title = object.if_contains("title");
    if (!title || !title->is_string() || title->as_string().empty()) return wrong("title");
    founder.title = std::string{title->as_string()};
    if (!take(object, "account", founder.account)) return wrong("account");
    if (!take(object, "officer_key", founder.officer_key)) return wrong("officer_key");
    if (!take(object, "device", founder.device)) return wrong("device");
    if (!take(object, "device_key", founder.device_key)) return wrong("device_key");
    return founder;
}

}  // namespace hoso::server
