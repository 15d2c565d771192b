#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <ostream>
#include <thread>

#include "client/control.hpp"
#include "client/daemon.hpp"
#include "client/desk_lock.hpp"

extern char** environ;

namespace hoso::client {
namespace {

namespace json = boost::json;

class Socket {
public:
    // Connected to the daemon of a folder, or to nothing.
    explicit Socket(const std::filesystem::path& folder) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const SocketName name(folder);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, name.text().c_str(), sizeof address.sun_path - 1);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() {
        if (socket_ >= 0) ::close(socket_);
    }
    bool connected() const { return connected_; }
    bool send(std::string_view bytes) { return send_all(socket_, bytes); }
    // False at the end.
    bool read_line(std::string& line) {
        for (;;) {
            const auto end = held_.find('\n');
            if (end != std::string::npos) {
                line = held_.substr(0, end);
                held_.erase(0, end + 1);
                return true;
            }
            char bytes[16 << 10];
            const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return false;
            held_.append(bytes, static_cast<std::size_t>(got));
        }
    }

private:
    int socket_;
    bool connected_ = false;
    std::string held_;
};

std::map<std::string, std::string> environment_of_commands() {
    std::map<std::string, std::string> found;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text{*entry};
        const auto equals = text.find('=');
        const std::string_view name = text.substr(0, equals);
        const bool wanted =
            name.starts_with("HOSO_") || name.starts_with("LC_") || name == "LANG" || name == "LANGUAGE" || name == "NO_COLOR";
        if (wanted && equals != std::string_view::npos) found.emplace(name, text.substr(equals + 1));
    }
    return found;
}

// Passes answer lines on until the exit code comes; empty when the daemon went away before.
std::optional<int> relay(Socket& socket, std::ostream& out, std::ostream& err) {
    json::parse_options lenient;
    lenient.allow_invalid_utf8 = true;
    for (std::string line; socket.read_line(line);) {
        boost::system::error_code failed;
        const json::value parsed = json::parse(line, failed, {}, lenient);
        if (failed || !parsed.is_object()) return std::nullopt;
        const json::object& object = parsed.as_object();
        if (const auto* text = object.if_contains("out"); text && text->is_string())
            out << std::string_view{text->as_string()} << std::flush;
        if (const auto* text = object.if_contains("err"); text && text->is_string())
            err << std::string_view{text->as_string()} << std::flush;
        if (const auto* code = object.if_contains("exit"); code && code->is_int64()) return static_cast<int>(code->as_int64());
    }
    return std::nullopt;
}

constexpr int exit_internal = 70;

// The daemon holds the desk until its last connection is closed.
Result<void> wait_for_lock(const std::filesystem::path& folder) {
    for (int tries = 0; tries < 100; ++tries) {
        const auto lock = DeskLock::take(folder);
        if (lock || lock.error().code != Errc::locked) return {};
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    return Error{Errc::locked, "The daemon is still at work: wait a moment, or end it with SIGTERM."};
}

}  // namespace

bool forward_if_running(const std::filesystem::path& folder, const std::vector<std::string>& args, bool with_input,
                        std::istream& in, std::ostream& out, std::ostream& err, int& exit) {
    Socket socket(folder);
    if (!socket.connected()) return false;
    std::error_code ignored;
    ControlRequest request{false, args, {}, std::filesystem::current_path(ignored).string(), environment_of_commands()};
    if (with_input) request.input.assign(std::istreambuf_iterator<char>(in), {});
    const std::string line = encode(request);
    if (line.size() > request_bytes_max) {
        err << "The input is larger than 64 MiB: give it in parts, or stop the daemon first (hoso stop).\n";
        exit = 2;
        return true;
    }
    const auto code = socket.send(line) ? relay(socket, out, err) : std::nullopt;
    if (!code)
        err << "The desk's daemon went away before the command was done. Look at what was recorded (hoso outbox list) before you "
               "repeat it.\n";
    exit = code.value_or(exit_internal);
    return true;
}

Result<void> stop_daemon(const std::filesystem::path& folder) {
    Socket socket(folder);
    if (!socket.connected()) return Error{Errc::not_found, "No daemon runs for the desk in " + folder.string() + "."};
    ControlRequest request;
    request.stop = true;
    std::string line;
    if (!socket.send(encode(request))) return Error{Errc::io, "The daemon did not listen; end it with SIGTERM."};
    while (socket.read_line(line)) {
    }
    return wait_for_lock(folder);
}

}  // namespace hoso::client
