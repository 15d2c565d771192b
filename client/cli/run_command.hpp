#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "client/link.hpp"

namespace hoso::client::cli {

// Parses a command and carries it out on an open desk: by the daemon, and by a process of its own. The exit code.
int run_command(Desk& desk, Link& link, const std::vector<std::string>& args, std::istream& in, std::ostream& out,
                std::ostream& err);

// The whole command line: forwards to the desk's daemon if one runs.
int run_program(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace hoso::client::cli
