#include "client/local_api/offered.hpp"

#include <algorithm>

namespace hoso::client::local_api {
namespace {

constexpr std::string_view hidden[] = {
    "address",       "audit export", "enrol",       "evidence pack", "evidence unpack", "founder new",
    "join",          "lock",         "officer add", "open",          "package export",  "province lookup",
    "province move", "record",       "run",         "stop",          "unlock",
};

// Verbs that only look; whatever else there is acts.
constexpr std::string_view looking[] = {
    "check", "compare", "count", "diff",    "draft",  "funnel", "history",
    "list",  "pace",    "print", "rejudge", "replay", "show",   "verify",
};
constexpr std::string_view acting[] = {"evidence verify"};       // sets aside what has changed
constexpr std::string_view both_ways[] = {"evidence settings"};  // without options it only tells
// What acts and proposes no action to the judge, or has a dry run of its own.
constexpr std::string_view at_once[] = {
    "evidence evict", "evidence get", "evidence settings", "evidence verify", "outbox seen",
    "sync",           "unit add",     "unit close",        "unit import",     "unit reorganise",
};
constexpr std::string_view looking_alone[] = {"limits", "progress", "search", "state-hash", "status", "version", "whoami"};

std::string spelled(const cli::Verb& verb) { return std::string(verb.noun) + (verb.verb[0] ? " " : "") + verb.verb; }

template <typename List>
bool has(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

}  // namespace

bool judges(const cli::Verb& verb) { return !has(at_once, spelled(verb)) && std::string_view(verb.noun) != "import"; }

Offer offer_of(const cli::Verb& verb) {
    if (has(hidden, spelled(verb))) return Offer::hidden;
    if (has(acting, spelled(verb))) return Offer::act;
    if (has(both_ways, spelled(verb))) return Offer::both;
    if (verb.verb[0] ? has(looking, verb.verb) : has(looking_alone, verb.noun)) return Offer::read;
    return Offer::act;
}

const cli::Verb* find_verb(std::string_view noun, std::string_view verb) {
    const auto& all = cli::verbs();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const cli::Verb& each) { return noun == each.noun && verb == each.verb; });
    return found == all.end() ? nullptr : &*found;
}

std::string path_of(const cli::Verb& verb) { return "/api/v1/" + std::string(verb.noun) + (verb.verb[0] ? "/" : "") + verb.verb; }

std::string name_in_api(const cli::Option& option) {
    std::string name = option.name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; });
    return name;
}

}  // namespace hoso::client::local_api
