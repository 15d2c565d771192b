#pragma once

#include <variant>
#include <vector>

#include "server/config.hpp"

namespace hoso::server {

// What the command line asks for.
struct InitCommand {
    std::string data, origin, title, address, join, recovery_file, now;
    std::vector<std::string> cards;
    bool training = false;
};
struct RunCommand {
    Settings flags;
    std::string settings_file;
    std::string accept_head;
};
struct InfoCommand {
    std::string data;
    bool json = false;
};
struct Told {  // help, version, limits, or what is wrong was printed
    int exit = 0;
};
using Command = std::variant<InitCommand, RunCommand, InfoCommand, Told>;

Command parse(int argc, char** argv);

}  // namespace hoso::server
