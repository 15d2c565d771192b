#include "client/local_api/answer.hpp"

#include "client/cli/labels.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;

constexpr std::size_t said_max = 100;

// Collects what keys are called and how plain values read, and writes the words of a verdict into it.
class Words {
public:
    Words(Language language, const domain::Registry& registry) : language_(language), registry_(registry) {}

    void called(std::string_view key) {
        if (!labels_.contains(key)) labels_[key] = cli::label(language_, key);
    }
    void of(json::object& value) {
        for (auto& member : value) {
            const std::string_view key(member.key().data(), member.key().size());
            called(key);
            of(key, member.value());
        }
    }
    void of(std::string_view key, json::value& value) {
        if (value.is_array()) {
            for (json::value& each : value.get_array()) of(key, each);
        } else if (value.is_object()) {
            json::object& inner = value.get_object();
            if (cli::is_verdict(inner)) inner["text"] = cli::shown(language_, key, json::value(inner));
            of(inner);
        } else if (value.is_string()) {
            const std::string_view plain(value.get_string());
            const std::string text = in_words(language_, registry_, key, value);
            if (text != plain) put(key, plain, text);
        } else if (value.is_bool()) {
            put(key, value.get_bool() ? "true" : "false", cli::shown(language_, key, value));
        }
    }
    void into(json::object& answer) {
        answer["labels"] = std::move(labels_);
        answer["texts"] = std::move(texts_);
    }

private:
    void put(std::string_view key, std::string_view value, const std::string& text) {
        if (value.empty()) return;
        json::value& of_key = texts_[key];
        if (!of_key.is_object()) of_key = json::object{};
        of_key.get_object()[value] = text;
    }

    Language language_;
    const domain::Registry& registry_;
    json::object labels_;
    json::object texts_;
};

}  // namespace

void Answer::said(const std::string& text) {
    if (said_.size() < said_max) said_.push_back(called(text));
}

void Answer::call(json::value& value) const {
    if (value.is_string()) {
        value = called(std::string(value.get_string()));
    } else if (value.is_array()) {
        for (json::value& each : value.get_array()) call(each);
    } else if (value.is_object()) {
        for (auto& member : value.get_object()) call(member.value());
    }
}

void Answer::object(const json::object& result) {
    json::value held = json::object(result, {});
    if (as_called_) call(held);
    result_ = std::move(held.get_object());
}

json::object Answer::finish(const domain::Registry& registry) {
    json::object answer;
    Words words(language_, registry);
    answer["rows"] = nullptr;
    if (list_.took()) {
        list_.finish(answer);
        for (const json::value& column : answer["columns"].get_array()) words.called(column.get_string());  // also without a row
        for (json::value& row : answer["rows"].get_array()) words.of(row.get_object());
        if (json::value* facets = answer.if_contains("facets")) {
            for (auto& facet : facets->get_object()) {
                const std::string_view key(facet.key().data(), facet.key().size());
                for (json::value& each : facet.value().get_array()) words.of(key, each.at("value"));
            }
        }
    }
    answer["result"] = nullptr;
    if (result_) {
        words.of(*result_);
        answer["result"] = std::move(*result_);
    }
    json::array said;
    for (std::string& text : said_) said.push_back(json::string(text));
    answer["said"] = std::move(said);
    words.into(answer);
    return answer;
}

}  // namespace hoso::client::local_api
