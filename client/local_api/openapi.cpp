#include "client/local_api/openapi.hpp"

#include <boost/json/array.hpp>

#include "client/local_api/arguments_of.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;
using cli::Kind;

json::object ref(const char* name) { return {{"$ref", std::string("#/components/") + name}}; }

json::object schema_of(Kind kind) {
    switch (kind) {
        case Kind::flag: return {{"type", "boolean"}};
        case Kind::number: return {{"type", json::array{"integer", "string"}}, {"minimum", 0}};
        case Kind::date: return {{"type", "string"}, {"format", "date"}};
        case Kind::points: return {{"type", "string"}, {"pattern", "^[0-9]+([.,][0-9]{1,2})?$"}};
        case Kind::yes_no: return {{"type", json::array{"boolean", "string"}}};
        case Kind::list: return {{"type", "array"}, {"items", json::object{{"type", "string"}}}};
        case Kind::file: return ref("schemas/File");
        case Kind::files: return {{"type", "array"}, {"items", ref("schemas/File")}};
        case Kind::text: return {{"type", "string"}};
    }
    return {};
}

json::object responses() { return {{"200", ref("responses/Answer")}, {"default", ref("responses/Problem")}}; }

json::object reading(const cli::Verb& verb) {
    json::array parameters;
    for (const cli::Option& option : verb.options) {
        if (!offered(option)) continue;
        const bool file = option.kind == Kind::file || option.kind == Kind::files;
        parameters.push_back(json::object{{"name", name_in_api(option)},
                                          {"in", "query"},
                                          {"required", option.required},
                                          {"description", option.help},
                                          {"schema", file ? json::object{{"type", "string"}} : schema_of(option.kind)}});
    }
    for (const char* name : {"q", "sort", "limit", "page", "facets", "format", "lang", "at"})
        parameters.push_back(ref((std::string("parameters/") + name).c_str()));
    return {{"summary", verb.help}, {"parameters", std::move(parameters)}, {"responses", responses()}};
}

json::object acting(const cli::Verb& verb) {
    json::object properties;
    json::array required;
    for (const cli::Option& option : verb.options) {
        if (!offered(option)) continue;
        json::object schema = schema_of(option.kind);
        schema["description"] = option.help;
        properties[name_in_api(option)] = std::move(schema);
        if (option.required) required.push_back(json::string(name_in_api(option)));
    }
    json::object body{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (!required.empty()) body["required"] = std::move(required);
    return {
        {"summary", verb.help},
        {"parameters",
         json::array{ref("parameters/token"), ref("parameters/key"), ref("parameters/dry_run"), ref("parameters/lang")}},
        {"requestBody", json::object{{"content", json::object{{"application/json", json::object{{"schema", std::move(body)}}}}}}},
        {"responses", responses()}};
}

json::object parameter(const char* name, const char* in, json::object schema, const char* help) {
    return {{"name", name}, {"in", in}, {"description", help}, {"schema", std::move(schema)}};
}

json::object parameters() {
    const json::object text{{"type", "string"}};
    const json::object language{{"enum", json::array{"vi", "en"}}};
    return {{"q", parameter("q", "query", text, "Rows that hold this, with or without accents")},
            {"sort", parameter("sort", "query", text, "A column; with - before it the other way round")},
            {"limit", parameter("limit", "query", {{"type", "integer"}, {"minimum", 1}, {"maximum", 1000}}, "Rows of a page; 50")},
            {"page", parameter("page", "query", {{"type", "integer"}, {"minimum", 1}}, "From 1 on")},
            {"facets", parameter("facets", "query", text, "Columns, with commas between, whose values are counted")},
            {"format", parameter("format", "query", {{"enum", json::array{"json", "csv", "xlsx"}}}, "The whole list as a file")},
            {"lang", parameter("lang", "query", language, "Of labels, texts and messages")},
            {"at", parameter("at", "query", text, "As it was: a position of the log, or the end of a day")},
            {"dry_run", parameter("dry_run", "query", {{"enum", json::array{"0", "1"}}}, "Judged, and not recorded")},
            {"token", parameter("X-Hoso-Token", "header", text, "Of GET /api/v1/session")},
            {"key", parameter("Idempotency-Key", "header", {{"type", "string"}, {"maxLength", 64}},
                              "The same key gets the first answer again")}};
}

json::object nullable(const char* type) { return {{"type", json::array{type, "null"}}}; }

json::object schemas() {
    const json::object text{{"type", "string"}};
    const json::object whole{{"type", "integer"}, {"minimum", 0}};
    const json::object texts{{"type", "array"}, {"items", text}};
    const json::object map{{"type", "object"}, {"additionalProperties", text}};
    json::object answer{{"as_of", whole},
                        {"at", text},
                        {"exit", whole},
                        {"training", json::object{{"const", true}}},
                        {"rows", json::object{{"type", json::array{"array", "null"}}, {"items", json::object{{"type", "object"}}}}},
                        {"columns", texts},
                        {"total", whole},
                        {"page", whole},
                        {"pages", whole},
                        {"said", texts},
                        {"labels", map},
                        {"result", nullable("object")},
                        {"texts", json::object{{"type", "object"}, {"additionalProperties", map}}},
                        {"facets", json::object{{"type", "object"}}}};
    json::object fault{{"pointer", text}, {"code", text}, {"message_vi", text}, {"message_en", text}};
    json::object wrong{
        {"type", text},
        {"title", text},
        {"status", whole},
        {"detail", text},
        {"code", text},
        {"message_vi", text},
        {"message_en", text},
        {"errors",
         json::object{
             {"type", "array"},
             {"items", json::object{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(fault)}}}}}};
    return {
        {"Answer", json::object{{"type", "object"},
                                {"additionalProperties", false},
                                {"properties", std::move(answer)},
                                {"required", json::array{"as_of", "exit", "rows", "result", "said", "labels", "texts"}}}},
        {"Problem",
         json::object{{"type", "object"},
                      {"additionalProperties", false},
                      {"properties", std::move(wrong)},
                      {"required", json::array{"type", "title", "status", "detail", "code", "message_vi", "message_en"}}}},
        {"File", json::object{{"oneOf", json::array{json::object{{"type", "string"}, {"description", "The number of an upload"}},
                                                    json::object{{"type", "object"},
                                                                 {"properties", json::object{{"name", text}, {"text", text}}},
                                                                 {"required", json::array{"text"}}}}}}}};
}

json::object content(const char* type, const char* schema) {
    return {{type, json::object{{"schema", ref((std::string("schemas/") + schema).c_str())}}}};
}

json::object plain(const char* summary, const char* status) {
    return {{"summary", summary},
            {"responses", json::object{{status, json::object{{"description", summary}}}, {"default", ref("responses/Problem")}}}};
}

}  // namespace

json::object openapi() {
    json::object paths{
        {"/api/v1/session", json::object{{"post", plain("Lets a browser in by a launch secret", "200")},
                                         {"delete", plain("Signs this browser out", "204")}}},
        {"/api/v1/office", json::object{{"get", plain("Over an office's network: the posts that have a key on this desk", "200")}}},
        {"/api/v1/me", json::object{{"get", plain("This desk, its officers, and who acts in this browser", "200")}}},
        {"/api/v1/officer", json::object{{"post", plain("Opens an officer's key for this browser", "200")},
                                         {"delete", plain("Closes the officers' keys of this browser", "200")}}},
        {"/api/v1/uploads", json::object{{"post", plain("Takes in a file for a command", "201")}}},
        {"/api/v1/files/{root}", json::object{{"get", plain("The bytes of a file", "200")}}},
        {"/api/v1/papers/certificate/{number}.pdf", json::object{{"get", plain("A certificate", "200")}}},
        {"/api/v1/papers/decision/{decision}.pdf", json::object{{"get", plain("A decision", "200")}}},
        {"/api/v1/papers/decision/{decision}.docx", json::object{{"get", plain("A decision for Word", "200")}}},
        {"/api/v1/papers/certificate/{number}.jpg", json::object{{"get", plain("A picture of the certificate's page", "200")}}},
        {"/api/v1/papers/decision/{decision}.jpg", json::object{{"get", plain("A picture of the decision's first page", "200")}}},
        {"/api/v1/papers/minutes/{meeting}.docx", json::object{{"get", plain("Minutes for Word", "200")}}},
        {"/api/v1/papers/report/{round}.docx", json::object{{"get", plain("The report of a round's progress for Word", "200")}}},
        {"/api/v1/papers/package/{package}.zip", json::object{{"get", plain("What a letter takes to the next stage", "200")}}},
        {"/api/v1/drafts", json::object{{"get", plain("Drafts and when they were saved", "200")}}},
        {"/api/v1/drafts/{key}", json::object{{"get", plain("A draft", "200")},
                                              {"put", plain("Keeps a draft", "200")},
                                              {"delete", plain("Discards a draft", "204")}}},
        {"/api/v1/openapi.json", json::object{{"get", plain("This description", "200")}}}};
    for (const cli::Verb& verb : cli::verbs()) {
        const Offer offer = offer_of(verb);
        if (offer == Offer::read) paths[path_of(verb)] = json::object{{"get", reading(verb)}};
        if (offer == Offer::both) {
            cli::Verb looking = verb;
            looking.options.clear();
            paths[path_of(verb)] = json::object{{"get", reading(looking)}, {"post", acting(verb)}};
        }
        if (offer == Offer::act) paths[path_of(verb)] = json::object{{"post", acting(verb)}};
    }
    return {{"openapi", "3.1.0"},
            {"info", json::object{{"title", "Hoso desk"},
                                  {"version", HOSO_VERSION},
                                  {"description", "The table of commands of a desk over HTTP on the loopback: docs/api.md."}}},
            {"paths", std::move(paths)},
            {"components",
             json::object{
                 {"parameters", parameters()},
                 {"schemas", schemas()},
                 {"responses",
                  json::object{{"Answer", json::object{{"description", "What the command answered; with format=csv|xlsx a file"},
                                                       {"content", content("application/json", "Answer")}}},
                               {"Problem", json::object{{"description", "Why not (RFC 9457)"},
                                                        {"content", content("application/problem+json", "Problem")}}}}}}}};
}

}  // namespace hoso::client::local_api
