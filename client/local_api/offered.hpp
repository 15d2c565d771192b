#pragma once

#include <span>
#include <string>
#include <string_view>

#include "client/cli/grammar.hpp"

// Which commands the pages may ask for: the API is the table of commands, under /api/v1/NOUN/VERB.
namespace hoso::client::local_api {

enum class Offer : std::uint8_t {
    read,    // GET: looks, and changes nothing
    act,     // POST: records, sends or fetches
    both,    // GET without options looks; POST acts
    hidden,  // of the command line alone: keys and files of this machine, the running program itself
};

Offer offer_of(const cli::Verb& verb);
bool judges(const cli::Verb& verb);                                        // whether a dry run of the API has something to judge
const cli::Verb* find_verb(std::string_view noun, std::string_view verb);  // null for none
std::string path_of(const cli::Verb& verb);                                // "/api/v1/dossier/list"
std::string name_in_api(const cli::Option& option);                        // a place is spelled small there

}  // namespace hoso::client::local_api
