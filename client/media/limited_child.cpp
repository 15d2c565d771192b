#include "client/media/limited_child.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace hoso::client::media {
namespace {

constexpr int not_started_code = 127;

// An open file that no child keeps, never one of the standard three: those are put in place by dup2.
class Descriptor {
public:
    explicit Descriptor(int opened) : number_(::fcntl(opened, F_DUPFD_CLOEXEC, 3)) { ::close(opened); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }
    int number() const { return number_; }

private:
    int number_;
};

std::string search_path() {
    const char* path = std::getenv("PATH");
    return path ? path : "/usr/local/bin:/usr/bin:/bin";
}

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    const rlimit both{soft, hard};
    if (::setrlimit(resource, &both) != 0) ::_exit(not_started_code);
}

// Runs between fork and exec, where other threads' locks may be held for ever: system calls only, no allocation.
[[noreturn]] void become(char* const* arguments, char* const* environment, const ChildLimits& limits, int output, int complaints) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGXCPU, SIGXFSZ, SIGPIPE}) ::signal(number, SIG_DFL);
    const int nothing = ::open("/dev/null", O_RDONLY);
    const bool placed = nothing >= 0 && ::dup2(nothing, 0) == 0 && ::dup2(output, 1) == 1 && ::dup2(complaints, 2) == 2;
    if (!placed || ::chdir("/") != 0) ::_exit(not_started_code);
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    limit(RLIMIT_AS, limits.memory_bytes_max, limits.memory_bytes_max);
    limit(RLIMIT_CPU, limits.processor_s_max, limits.processor_s_max + 1);  // SIGXCPU first, which says why
    limit(RLIMIT_FSIZE, limits.output_bytes_max, limits.output_bytes_max);
    limit(RLIMIT_CORE, 0, 0);
    ::execve(arguments[0], arguments, environment);
    ::_exit(not_started_code);
}

pid_t start(const std::filesystem::path& program, std::vector<std::string> arguments, const ChildLimits& limits, int output,
            int complaints) {
    arguments.insert(arguments.begin(), program.string());
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    std::string path = "PATH=" + search_path();
    const std::array<char*, 2> environment{path.data(), nullptr};
    const pid_t child = ::fork();
    if (child == 0) become(pointers.data(), environment.data(), limits, output, complaints);
    return child;
}

// Ended, but not yet reaped: its number is still its own, and may be killed with all that it started.
bool ends_within(pid_t child, std::chrono::milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    for (;;) {
        siginfo_t ended{};
        if (::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 || ended.si_pid == child)
            return true;
        if (std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
}

void finish(pid_t child, const ChildLimits& limits, ChildReport& report) {
    const bool in_time = ends_within(child, limits.time_max);
    ::kill(-child, SIGKILL);
    if (!in_time) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (WIFEXITED(status)) report.exit_code = WEXITSTATUS(status);
    const int by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (!in_time || by == SIGXCPU) {
        report.end = ChildEnd::out_of_time;
    } else if (by == SIGXFSZ) {
        report.end = ChildEnd::too_much_output;
    } else if (by != 0) {
        report.end = ChildEnd::crashed;
    } else if (report.exit_code == not_started_code) {
        report.end = ChildEnd::not_started;
    }
}

}  // namespace

Result<ChildReport> run_limited(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                const ChildLimits& limits) {
    const Error no_room{Errc::io, "The system has no room for another process: close other programs and try again."};
    // Output goes to memory without a name: nothing to remove. Complaints go to a pipe that drops what is too much.
    const Descriptor output{::memfd_create("hoso", MFD_CLOEXEC)};
    int ends[2] = {-1, -1};
    const bool piped = ::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0;
    const Descriptor heard{ends[0]}, said{ends[1]};
    if (output.number() < 0 || !piped || heard.number() < 0 || said.number() < 0) return no_room;
    const pid_t child = start(program, arguments, limits, output.number(), said.number());
    if (child < 0) return no_room;
    ChildReport report;
    finish(child, limits, report);
    const off_t size = ::lseek(output.number(), 0, SEEK_END);
    report.output.resize(size > 0 ? std::min(static_cast<std::size_t>(size), limits.output_bytes_max) : 0);
    if (::pread(output.number(), report.output.data(), report.output.size(), 0) < static_cast<ssize_t>(report.output.size())) {
        return no_room;
    }
    report.complaints.resize(std::size_t{64} * 1024);
    const ssize_t length = ::read(heard.number(), report.complaints.data(), report.complaints.size());
    report.complaints.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return report;
}

std::filesystem::path installed_program(const std::string& name) {
    const std::string folders = search_path();
    for (std::size_t at = 0; at <= folders.size();) {
        const std::size_t end = std::min(folders.find(':', at), folders.size());
        const std::filesystem::path program = std::filesystem::path{folders.substr(at, end - at)} / name;
        if (program.is_absolute() && ::access(program.c_str(), X_OK) == 0) return program;
        at = end + 1;
    }
    return {};
}

}  // namespace hoso::client::media
