#include "client/identity.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <sstream>

#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/log/event.hpp"

namespace hoso::client {
namespace {

namespace json = boost::json;

constexpr std::int64_t file_version = 1;

// One member a line, so that a person can compare two of them.
std::string print(const json::object& object) {
    std::ostringstream out;
    out << "{\n";
    std::size_t left = object.size();
    for (const auto& [key, value] : object)
        out << "  " << json::serialize(json::string(key)) << ": " << json::serialize(value) << (--left ? ",\n" : "\n");
    out << "}\n";
    return out.str();
}

// Takes members out of an object and remembers the first that does not have its form.
class Members {
public:
    explicit Members(std::string_view text) {
        boost::system::error_code failed;
        json::value parsed = json::parse(text, failed);
        if (failed || !parsed.is_object()) {
            fault_ = Error{Errc::invalid, "This is no file of this program: it holds no JSON object."};
            return;
        }
        object_ = std::move(parsed.as_object());
        const json::value* version = object_.if_contains("version");
        if (!version || !version->is_int64()) {
            fail("version");
        } else if (version->as_int64() > file_version) {
            fault_ = Error{Errc::version, "This file was written by a newer hoso: update this program first."};
        }
    }
    std::string text(const char* key) {
        const json::value* value = object_.if_contains(key);
        if (!value || !value->is_string()) return fail(key), std::string{};
        return std::string{value->as_string()};
    }
    // Empty where it is missing: files from before have none.
    std::string optional_text(const char* key) { return object_.contains(key) ? text(key) : std::string{}; }
    bool flag(const char* key) {
        const json::value* value = object_.if_contains(key);
        if (!value || !value->is_bool()) return fail(key), false;
        return value->as_bool();
    }
    template <typename Fixed>
    void fixed(const char* key, Fixed& to) {
        const auto read = Fixed::from_hex(text(key));
        if (!read) return fail(key);
        to = *read;
    }
    const std::optional<Error>& fault() const { return fault_; }
    void fail(const char* key) {
        if (!fault_) fault_ = Error{Errc::invalid, std::string{"The field \""} + key + "\" is missing or does not have its form."};
    }

private:
    json::object object_;
    std::optional<Error> fault_;
};

void put(json::object& to, const Province& from) {
    to["address"] = from.address;
    to["pin"] = from.pin.hex();
    to["log"] = from.log.hex();
    to["origin"] = from.origin;
    to["log_key"] = from.log_key.hex();
    to["training"] = from.training;
    to["genesis"] = to_base64(from.genesis);
    if (!from.lookup.empty()) to["lookup"] = from.lookup;
}

std::optional<Error> check_genesis(const Province& province) {
    const Error wrong{
        Errc::corrupt,
        "The file contradicts itself: its genesis, log, origin, key and training do not belong together. Ask for it again."};
    const auto event = log::decode_leaf(province.genesis);
    if (!event || LogId{action_id(event->action).bytes} != province.log) return wrong;
    const auto action = domain::decode(event->action);
    if (!action) return action.error().code == Errc::version ? action.error() : wrong;
    const auto* genesis = std::get_if<domain::Genesis>(&action->body);
    if (!genesis || genesis->origin != province.origin || genesis->log_key != province.log_key ||
        genesis->training != province.training)
        return wrong;
    return std::nullopt;
}

void take(Members& from, Province& to) {
    to.address = from.text("address");
    from.fixed("pin", to.pin);
    from.fixed("log", to.log);
    to.origin = from.text("origin");
    from.fixed("log_key", to.log_key);
    to.training = from.flag("training");
    const auto genesis = from_base64(from.text("genesis"));
    genesis ? void(to.genesis = *genesis) : from.fail("genesis");
    to.lookup = from.optional_text("lookup");
    if (!to.lookup.empty() && !is_lookup_address(to.lookup)) from.fail("lookup");
}

// What every file about a province must hold before anything is believed.
std::optional<Error> fault(const Members& members, const Province& province) {
    return members.fault() ? members.fault() : check_genesis(province);
}

}  // namespace

bool is_lookup_address(std::string_view text) {
    constexpr std::string_view begin = "https://";
    constexpr std::size_t bytes_max = 120;
    if (!text.starts_with(begin) || text.size() > bytes_max) return false;
    text.remove_prefix(begin.size());
    const auto colon = text.find(':');
    const std::string_view host = text.substr(0, colon), port = colon == text.npos ? "443" : text.substr(colon + 1);
    const auto named = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return !host.empty() && std::all_of(host.begin(), host.end(), named) && !port.empty() && port.size() <= 5 &&
           std::all_of(port.begin(), port.end(), digit);
}

std::string to_json(const Province& province) {
    json::object object{{"version", file_version}};
    put(object, province);
    return print(object);
}

std::string to_json(const Slip& slip) {
    json::object object{{"version", file_version}};
    put(object, slip.province);
    object["slip"] = slip.slip.hex();
    object["secret"] = to_hex(slip.secret);
    object["account"] = slip.account.hex();
    object["unit"] = slip.unit.hex();
    object["expires"] = to_text(slip.expires);
    return print(object);
}

std::string to_json(const Identity& identity) {
    json::object object{{"version", file_version}};
    put(object, identity.province);
    object["device"] = identity.device.hex();
    object["epoch"] = identity.epoch;
    object["account"] = identity.account.hex();
    object["unit"] = identity.unit.hex();
    object["slip"] = identity.slip.hex();
    return print(object);
}

std::string to_json(const FounderCard& card) {
    return print({{"version", file_version},
                  {"account", card.account.hex()},
                  {"title", card.title},
                  {"officer_key", card.officer_key.hex()},
                  {"device", card.device.hex()},
                  {"device_key", card.device_key.hex()}});
}

Result<Province> province_from_json(std::string_view text) {
    Members members(text);
    Province province;
    take(members, province);
    if (auto wrong = fault(members, province)) return *wrong;
    return province;
}

Result<Slip> slip_from_json(std::string_view text) {
    Members members(text);
    Slip slip;
    take(members, slip.province);
    members.fixed("slip", slip.slip);
    Hash secret;
    members.fixed("secret", secret);
    slip.secret = secret.bytes;
    members.fixed("account", slip.account);
    members.fixed("unit", slip.unit);
    const auto expires = instant_from_text(members.text("expires"));
    expires ? void(slip.expires = *expires) : members.fail("expires");
    if (auto wrong = fault(members, slip.province)) return *wrong;
    return slip;
}

Result<Identity> identity_from_json(std::string_view text) {
    Members members(text);
    Identity identity;
    take(members, identity.province);
    members.fixed("device", identity.device);
    members.fixed("account", identity.account);
    members.fixed("unit", identity.unit);
    members.fixed("slip", identity.slip);
    if (auto wrong = fault(members, identity.province)) return *wrong;
    return identity;
}

Result<FounderCard> card_from_json(std::string_view text) {
    Members members(text);
    FounderCard card;
    members.fixed("account", card.account);
    card.title = members.text("title");
    members.fixed("officer_key", card.officer_key);
    members.fixed("device", card.device);
    members.fixed("device_key", card.device_key);
    if (members.fault()) return *members.fault();
    return card;
}

}  // namespace hoso::client
