#include "shared/domain/rules_text.hpp"

#include <set>

#include "shared/base/bytes.hpp"

namespace hoso::domain {
namespace {

constexpr int nesting_max = 16;
constexpr std::size_t digits_max = 10;
constexpr std::size_t key_shown_max = 64;

// Reads JSON (RFC 8259) of the kind that every reader reads alike: no key twice in an object, integers only, no null, and no \u
// escapes.
class Strip {
public:
    Strip(std::string_view from, Finding& finding) : from_(from), finding_(finding) {}
    std::string run() {
        if (!finding_.expect(is_utf8(as_bytes(from_)), "the text is not UTF-8")) return {};
        if (!value(0)) return {};
        peek();
        if (at_ != from_.size()) finding_.fail("text follows the JSON value");
        return std::move(out_);
    }

private:
    // The next byte that is no white space; 0 at the end.
    char peek() {
        while (at_ < from_.size() && (from_[at_] == ' ' || from_[at_] == '\n' || from_[at_] == '\r' || from_[at_] == '\t')) ++at_;
        return at_ < from_.size() && from_[at_] != '\0' ? from_[at_] : '\0';
    }
    bool take(char wanted) {
        if (peek() != wanted) return false;
        out_ += wanted;
        ++at_;
        return true;
    }
    bool value(int depth) {
        if (depth > nesting_max) return finding_.fail("values are nested too deep");
        const char next = peek();
        if (next == '{') return object(depth);
        if (next == '[') return array(depth);
        if (next == '"') return string();
        if (next >= '0' && next <= '9') return number();
        return word("true") || word("false") || finding_.fail("a text, an integer, true, false, a list or an object is expected");
    }
    bool object(int depth) {
        take('{');
        if (take('}')) return true;
        std::set<std::string_view> keys;
        do {
            const std::size_t start = (peek(), at_);
            if (!finding_.expect(peek() == '"', "a key is expected") || !string()) return false;
            const std::string_view key = from_.substr(start + 1, at_ - start - 2);
            const auto here = finding_.at(key.substr(0, key_shown_max));
            if (!finding_.expect(keys.insert(key).second, "the key is there twice")) return false;
            if (!finding_.expect(take(':'), "a colon is expected") || !value(depth + 1)) return false;
        } while (take(','));
        return take('}') || finding_.fail("the object does not end");
    }
    bool array(int depth) {
        take('[');
        if (take(']')) return true;
        std::size_t index = 0;
        do {
            const auto here = finding_.at(index++);
            if (!value(depth + 1)) return false;
        } while (take(','));
        return take(']') || finding_.fail("the list does not end");
    }
    bool string() {
        const std::size_t start = at_++;
        for (; at_ < from_.size() && from_[at_] != '"'; ++at_) {
            if (static_cast<Byte>(from_[at_]) < 0x20) return finding_.fail("a text holds a control character");
            if (from_[at_] != '\\') continue;
            ++at_;
            const bool known = at_ < from_.size() && std::string_view("\"\\bfnrt").find(from_[at_]) != std::string_view::npos;
            if (!known) return finding_.fail("an escape other than \\\" \\\\ \\b \\f \\n \\r \\t; write the character itself");
        }
        if (at_ >= from_.size()) return finding_.fail("a text does not end");
        ++at_;
        out_ += from_.substr(start, at_ - start);
        return true;
    }
    bool number() {
        const std::size_t start = at_;
        while (at_ < from_.size() && from_[at_] >= '0' && from_[at_] <= '9') ++at_;
        const std::string_view digits = from_.substr(start, at_ - start);
        const bool plain = digits.size() <= digits_max && (digits == "0" || digits[0] != '0');
        const bool ends = at_ == from_.size() || std::string_view(".eE").find(from_[at_]) == std::string_view::npos;
        if (!plain || !ends) return finding_.fail("a number is not an integer of at most ten digits");
        out_ += digits;
        return true;
    }
    bool word(std::string_view word) {
        if (from_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        out_ += word;
        return true;
    }

    std::string_view from_;
    Finding& finding_;
    std::size_t at_ = 0;
    std::string out_;
};

bool check_value(capnp::JsonValue::Reader value, capnp::Type type, Finding& finding);

bool check_integer(capnp::JsonValue::Reader value, std::uint64_t most, Finding& finding) {
    if (!finding.expect(value.isNumber(), "an integer is expected")) return false;
    const auto number =
        static_cast<std::uint64_t>(value.getNumber());  // the text was read before: an integer of ten digits at most
    return number <= most || finding.fail("the integer is greater than " + std::to_string(most));
}

bool check_enum(capnp::JsonValue::Reader value, capnp::EnumSchema schema, Finding& finding) {
    if (!finding.expect(value.isString(), "a text is expected")) return false;
    for (const auto enumerant : schema.getEnumerants()) {
        if (enumerant.getProto().getName() == value.getString()) return true;
    }
    return finding.fail(std::string("no such word: ") + value.getString().cStr());
}

bool check_list(capnp::JsonValue::Reader value, capnp::ListSchema schema, Finding& finding) {
    if (!finding.expect(value.isArray(), "a list is expected")) return false;
    std::size_t index = 0;
    for (const auto item : value.getArray()) {
        const auto here = finding.at(index++);
        if (!check_value(item, schema.getElementType(), finding)) return false;
    }
    return true;
}

bool check_struct(capnp::JsonValue::Reader value, capnp::StructSchema schema, Finding& finding) {
    if (!finding.expect(value.isObject(), "an object is expected")) return false;
    for (const auto field : value.getObject()) {
        const auto here = finding.at(std::string_view(field.getName().cStr(), field.getName().size()).substr(0, key_shown_max));
        KJ_IF_MAYBE (known, schema.findFieldByName(field.getName())) {
            if (!check_value(field.getValue(), known->getType(), finding)) return false;
        } else {
            return finding.fail("no such field");
        }
    }
    return true;
}

bool check_value(capnp::JsonValue::Reader value, capnp::Type type, Finding& finding) {
    if (type.isUInt8()) return check_integer(value, 0xFF, finding);
    if (type.isUInt16()) return check_integer(value, 0xFFFF, finding);
    if (type.isUInt32()) return check_integer(value, 0xFFFF'FFFF, finding);
    if (type.isBool()) return finding.expect(value.isBoolean(), "true or false is expected");
    if (type.isText()) return finding.expect(value.isString(), "a text is expected");
    if (type.isEnum()) return check_enum(value, type.asEnum(), finding);
    if (type.isList()) return check_list(value, type.asList(), finding);
    if (type.isStruct()) return check_struct(value, type.asStruct(), finding);
    return finding.fail("this program does not read fields of this type");
}

}  // namespace

std::string strip_json(std::string_view json, Finding& finding) { return Strip(json, finding).run(); }

void check_form(capnp::JsonValue::Reader value, capnp::StructSchema schema, Finding& finding) {
    check_struct(value, schema, finding);
}

}  // namespace hoso::domain
