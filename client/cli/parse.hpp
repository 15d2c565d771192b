#pragma once

#include <filesystem>
#include <iosfwd>
#include <variant>

#include "client/cli/grammar.hpp"
#include "client/text/language.hpp"

namespace hoso::client::cli {

struct Globals {
    std::filesystem::path data;
    bool json = false;
    bool force = false;
    bool quiet = false;
    bool dry_run = false;  // of pages: what is proposed is judged and not recorded
    Language language = Language::en;
    std::string now;
    std::string as;
    std::filesystem::path passphrase_file;
    std::filesystem::path csv;  // where a list goes as well
    std::filesystem::path xlsx;
    std::string request;  // of pages: the key of a request that is recorded once, however often it comes
};

struct Command {
    const Verb* verb = nullptr;
    Arguments arguments;
    Globals globals;
};

// The command, or the exit code of a line that was answered already: help, or a usage error on `err`.
std::variant<Command, int> parse(const std::vector<std::string>& args, std::ostream& out, std::ostream& err);

// The same command in one form, with absolute paths and the language decided: what a daemon is handed.
std::vector<std::string> to_args(const Command& command);

}  // namespace hoso::client::cli
