#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "client/guest.hpp"
#include "client/link.hpp"

namespace hoso::client {

// How the daemon carries out a forwarded command; the same function serves the command line when no daemon runs.
using RunCommand = std::function<int(Desk& desk, Link& link, const std::vector<std::string>& args, std::istream& in,
                                     std::ostream& out, std::ostream& err)>;

// `hoso run`: holds the desk, keeps the link, answers the control socket, until `hoso stop`, SIGTERM or SIGINT. One request at a
// time, on this thread. `say` hears a line whenever the link's state changes. `guest`, where there is one, makes what else runs
// here, once the link is there.
Result<void> run_daemon(Desk& desk, boost::asio::io_context& context, const RunCommand& run,
                        const std::function<void(const std::string&)>& say,
                        const std::function<Result<std::unique_ptr<Guest>>(Link&)>& guest = {});

// Hands a command to the daemon that holds `folder`, if one runs. False: none does, carry it out here. `in` is read only when
// `with_input`.
bool forward_if_running(const std::filesystem::path& folder, const std::vector<std::string>& args, bool with_input,
                        std::istream& in, std::ostream& out, std::ostream& err, int& exit);
// `hoso stop`. Errc::not_found when no daemon runs.
Result<void> stop_daemon(const std::filesystem::path& folder);

}  // namespace hoso::client
