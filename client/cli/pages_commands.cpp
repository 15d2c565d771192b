#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <chrono>
#include <sstream>
#include <thread>

#include "client/cli/commands.hpp"
#include "client/cli/session.hpp"
#include "client/daemon.hpp"

extern char** environ;

namespace hoso::client::cli {
namespace {

constexpr int tries_max = 300;  // for a daemon to open its desk: 30 s
constexpr auto between_tries = std::chrono::milliseconds{100};

Result<int> address(Session& session, const Arguments&) {
    if (!session.pages)
        return Error{Errc::not_found, "The pages are served by the running desk: start it with hoso run, or use hoso open."};
    session.out.object({{"address", session.pages->address()}});
    return 0;
}

// A program that goes on when this one ends; its standard streams lead nowhere.
Result<void> start(std::vector<std::string> words) {
    std::vector<char*> args;
    for (std::string& word : words) args.push_back(word.data());
    args.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    for (const int each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&files, each, "/dev/null", each == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
    posix_spawnattr_t flags;
    posix_spawnattr_init(&flags);
    posix_spawnattr_setflags(&flags, POSIX_SPAWN_SETSID);
    pid_t process = 0;
    const int failed = ::posix_spawnp(&process, args[0], &files, &flags, args.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&flags);
    if (failed == 0) return {};
    return Error{Errc::not_found,
                 words[0] + " cannot be started: " + std::error_code(failed, std::generic_category()).message() + "."};
}

// What the daemon answers; nothing where none runs.
std::optional<Result<std::string>> ask(const std::filesystem::path& folder) {
    std::istringstream in;
    std::ostringstream out, err;
    int code = 0;
    if (!forward_if_running(folder, {"--json", "address"}, false, in, out, err, code)) return std::nullopt;
    boost::system::error_code failed;
    const json::value answer = json::parse(out.str(), failed);
    const json::value* found = failed || !answer.is_object() ? nullptr : answer.get_object().if_contains("address");
    if (code == 0 && found && found->is_string()) return std::string(found->get_string());
    return Error{Errc::not_found, "The desk that runs serves no pages: stop it (hoso stop) and open it again."};
}

Result<int> open_pages(Surroundings& surroundings, const Arguments& arguments) {
    const std::filesystem::path& folder = surroundings.globals.data;
    auto found = ask(folder);
    if (!found) {
        std::vector<std::string> words{"/proc/self/exe", "--data", folder.string(), "run"};
        words[0] = std::filesystem::read_symlink(words[0]).string();
        if (arguments.has("port")) words.push_back("--port=" + arguments.text("port"));
        if (!surroundings.globals.now.empty()) words.push_back("--now=" + surroundings.globals.now);
        if (auto started = start(words); !started) return started.error();
        for (int tries = 0; tries < tries_max && !found; ++tries) {
            std::this_thread::sleep_for(between_tries);
            found = ask(folder);
        }
    }
    if (!found) return Error{Errc::unreachable, "The desk did not start: look at what hoso run says."};
    if (!*found) return found->error();
    surroundings.out.object({{"address", **found}});
    if (arguments.flag("print")) return 0;
    if (auto shown = start({"xdg-open", **found}); !shown)
        return Error{Errc::not_found, "No browser could be opened (xdg-open is missing): open the address above in one."};
    return 0;
}

}  // namespace

std::vector<Verb> pages_verbs() {
    return {
        {"open",
         "",
         "Open this desk's pages in the browser; starts the desk if it does not run",
         "open --data DESK\nopen --data DESK --print",
         {{"port", Kind::number, false, "For a desk that is started; 8620 otherwise, or any if that is in use"},
          {"print", Kind::flag, false, "Print the address only; it is good once, for ten minutes"}},
         nullptr,
         open_pages},
        {"address",
         "",
         "Where a browser opens the running desk's pages: good once, for ten minutes",
         "address --data DESK\naddress --data DESK --json",
         {},
         address},
    };
}

}  // namespace hoso::client::cli
