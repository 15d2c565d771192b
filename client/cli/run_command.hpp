#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "client/cli/session.hpp"
#include "client/link.hpp"

namespace hoso::client::cli {

// Parses a command and carries it out on an open desk: by the daemon, and by a process of its own. The exit code.
int run_command(Desk& desk, Link& link, const std::vector<std::string>& args, std::istream& in, std::ostream& out,
                std::ostream& err, Guest* pages = nullptr);

// A command for a page: what it says goes to `listener`, and it acts as `may_act` allows. `officer_missing` says that it ended
// because nobody may act. Looks at `past` where there is one. The exit code.
int run_for_pages(Desk& desk, Link& link, const Command& command, const MayAct& may_act, const PastStates::Look* past,
                  Listener& listener, bool& officer_missing);

// The whole command line: forwards to the desk's daemon if one runs. `make_pages` makes what a daemon serves to browsers.
int run_program(const std::vector<std::string>& args, std::istream& in, std::ostream& out, std::ostream& err,
                const MakeGuest& make_pages = {});

}  // namespace hoso::client::cli
