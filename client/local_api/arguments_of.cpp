#include "client/local_api/arguments_of.hpp"

#include <algorithm>

#include "client/text/unicode.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;
using cli::Kind;

constexpr std::size_t values_max = 1000;

bool is_many(Kind kind) { return kind == Kind::list || kind == Kind::files; }
bool is_file(Kind kind) { return kind == Kind::file || kind == Kind::files; }
std::string pointer_to(std::string_view name) { return "/" + std::string(name); }

// A regulation is named by its id or hash where a file of one is taken as well.
bool names_rule_set(std::string_view text) {
    const auto plain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
    };
    return !text.empty() && text[0] != '-' && std::all_of(text.begin(), text.end(), plain);
}
bool takes_rule_set(const cli::Option& option) {
    const std::string_view name = option.name;
    return name == "BEFORE" || name == "AFTER" || name == "under";
}

class Taking {
public:
    Taking(const cli::Verb& verb, const Uploads& uploads) : verb_(verb), uploads_(uploads) {}

    const cli::Option* option(std::string_view name) const {
        const auto& all = verb_.options;
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const cli::Option& each) { return offered(each) && name_in_api(each) == name; });
        return found == all.end() ? nullptr : &*found;
    }

    void fault(std::string_view name, const char* code, std::string vi, std::string en) {
        given_.faults.push_back({pointer_to(name), code, std::move(vi), std::move(en)});
    }

    void unknown(std::string_view name) { fault(name, "unknown_field", "Không có mục này.", "There is no such field."); }

    void value(const cli::Option& option, std::string text) {
        const std::string name = name_in_api(option);
        if (is_file(option.kind)) return file(option, text);
        if (option.kind == Kind::flag) {
            const bool on = text == "1" || text == "true" || text == "yes";
            if (on) values_[&option] = {"true"};
            return;
        }
        if (option.kind == Kind::yes_no && (text == "true" || text == "false")) text = text == "true" ? "yes" : "no";
        const char* form = cli::fault_of(option.kind, text);
        if (form) return fault(name, "form", cli::fault_in_vietnamese(option.kind), form);
        auto& values = values_[&option];
        if (values.size() == (is_many(option.kind) ? values_max : 1)) {
            return fault(name, "limit", "Quá nhiều giá trị.", "There are too many values.");
        }
        values.push_back(nfc(text));
    }

    // One file and no title: its name is the title.
    void title_from_name() {
        const cli::Option* title = option("title");
        if (title && title->kind == Kind::text && !title->required && !values_.contains(title) && file_names_.size() == 1)
            values_[title] = {nfc(file_names_.front())};
    }

    Given finish() {
        for (const cli::Option& each : verb_.options) {
            const auto found = values_.find(&each);
            if (found != values_.end()) {
                given_.arguments.set(each.name, std::move(found->second));
            } else if (each.required && offered(each)) {
                fault(name_in_api(each), "required", "Mục này bắt buộc.", "This is needed.");
            }
        }
        return std::move(given_);
    }

private:
    void file(const cli::Option& option, const std::string& text) {
        const auto found = uploads_.find(text);
        if (found) {
            values_[&option].push_back(found->file.string());
            given_.uploads.push_back(text);
            // What a browser calls a file is its title where nobody gave another: the file itself has a number for a name.
            if (is_many(option.kind)) file_names_.push_back(found->name);
        } else if (takes_rule_set(option) && names_rule_set(text)) {
            values_[&option].push_back(text);
        } else {
            fault(name_in_api(option), "not_found", "Tệp đã chọn không còn: hãy chọn lại.", found.error().detail);
        }
    }

    const cli::Verb& verb_;
    const Uploads& uploads_;
    Given given_;
    std::map<const cli::Option*, std::vector<std::string>> values_;
    std::vector<std::string> file_names_;
};

// A plain value as the command line would have it; nothing for what is none.
std::optional<std::string> plain(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_uint64()) return std::to_string(value.get_uint64());
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    return std::nullopt;
}

// {"name": ..., "text": ...} becomes an upload of its own.
Result<std::string> text_as_upload(const json::object& file, Uploads& uploads, Instant now) {
    const json::value* name = file.if_contains("name");
    const json::value* text = file.if_contains("text");
    if (!text || !text->is_string() || (name && !name->is_string()))
        return Error{Errc::invalid, "A file is the number of an upload, or an object of name and text."};
    auto number = uploads.begin(name ? std::string_view(name->get_string()) : std::string_view{}, now);
    if (!number) return number;
    if (auto kept = uploads.append(*number, as_bytes(std::string_view(text->get_string()))); !kept) return kept.error();
    return number;
}

}  // namespace

bool offered(const cli::Option& option) {
    const std::string_view name = option.name;
    return !(is_file(option.kind) && (name == "out" || name == "OUT" || name == "log"));
}

Given given_in_query(const cli::Verb& verb, const Request& request, std::span<const std::string_view> kept,
                     const Uploads& uploads) {
    Taking taking(verb, uploads);
    for (const auto& [name, text] : request.query) {
        const bool own = name.starts_with("filter.") || std::find(kept.begin(), kept.end(), name) != kept.end();
        const cli::Option* option = taking.option(name);
        // A command may have a day of its own to look at; a position is the API's. So is the limit, which is of a page of the list.
        if (option && own && (name == "limit" || (option->kind == Kind::date && cli::number_from_text(text)))) continue;
        if (option) {
            taking.value(*option, text);
        } else if (!own) {
            taking.unknown(name);
        }
    }
    return taking.finish();
}

Given given_in_body(const cli::Verb& verb, const json::object& body, Uploads& uploads, Instant now) {
    Taking taking(verb, uploads);
    const auto one = [&](std::string_view name, const cli::Option& option, const json::value& value) {
        if (is_file(option.kind) && value.is_object()) {
            const auto number = text_as_upload(value.get_object(), uploads, now);
            if (number) return taking.value(option, *number);
            return taking.fault(name, "form", "Tệp không đúng dạng.", number.error().detail);
        }
        const auto text = plain(value);
        if (text) return taking.value(option, *text);
        taking.fault(name, "form", "Giá trị không đúng dạng.", "This is no text, whole number, yes or no.");
    };
    for (const auto& member : body) {
        const std::string_view name(member.key().data(), member.key().size());
        const cli::Option* option = taking.option(name);
        if (!option) {
            taking.unknown(name);
        } else if (member.value().is_array() && is_many(option->kind)) {
            for (const json::value& each : member.value().get_array()) one(name, *option, each);
        } else if (!member.value().is_null()) {
            one(name, *option, member.value());
        }
    }
    taking.title_from_name();
    return taking.finish();
}

}  // namespace hoso::client::local_api
