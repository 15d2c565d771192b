#include "client/control.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>

namespace hoso::client {
namespace {

namespace json = boost::json;

constexpr std::size_t held_bytes_max = 16 << 10;
constexpr int patience_ms = 10'000;

}  // namespace

std::string encode(const ControlRequest& request) {
    json::object object;
    if (request.stop) {
        object["stop"] = true;
    } else {
        object["argv"] = json::value_from(request.argv);
        object["stdin"] = request.input;
        object["folder"] = request.folder;
        object["environment"] = json::value_from(request.environment);
    }
    return json::serialize(object) + "\n";
}

Result<ControlRequest> decode_request(std::string_view line) {
    const Error wrong{
        Errc::invalid,
        "The daemon was asked in a form that it does not know: are both of one version? Restart it: hoso stop, hoso run."};
    boost::system::error_code failed;
    json::parse_options lenient;
    lenient.allow_invalid_utf8 = true;  // of a file's content the command itself will speak
    const json::value parsed = json::parse(line, failed, {}, lenient);
    if (failed || !parsed.is_object()) return wrong;
    const json::object& object = parsed.as_object();
    ControlRequest request;
    if (object.contains("stop")) {
        request.stop = true;
        return request;
    }
    const auto* argv = object.if_contains("argv");
    const auto* input = object.if_contains("stdin");
    const auto* folder = object.if_contains("folder");
    const auto* environment = object.if_contains("environment");
    if (!argv || !argv->is_array() || !input || !input->is_string() || !folder || !folder->is_string() || !environment ||
        !environment->is_object()) {
        return wrong;
    }
    for (const json::value& word : argv->as_array()) {
        if (!word.is_string()) return wrong;
        request.argv.emplace_back(word.as_string());
    }
    for (const auto& [name, value] : environment->as_object()) {
        if (!value.is_string()) return wrong;
        request.environment.emplace(name, value.as_string());
    }
    request.input = std::string{input->as_string()};
    request.folder = std::string{folder->as_string()};
    return request;
}

SocketName::SocketName(const std::filesystem::path& folder) : folder_(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {}
SocketName::~SocketName() {
    if (folder_ >= 0) ::close(folder_);
}
std::string SocketName::text() const { return "/proc/self/fd/" + std::to_string(folder_) + "/desk.sock"; }

bool send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd ready{socket, POLLOUT, 0};
            if (::poll(&ready, 1, patience_ms) <= 0) return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

ControlStream::int_type ControlStream::overflow(int_type character) {
    if (!traits_type::eq_int_type(character, traits_type::eof())) {
        const char one = traits_type::to_char_type(character);
        xsputn(&one, 1);
    }
    return traits_type::not_eof(character);
}

std::streamsize ControlStream::xsputn(const char* text, std::streamsize size) {
    held_.append(text, static_cast<std::size_t>(size));
    if (held_.size() >= held_bytes_max) sync();
    return size;
}

// A character may be cut here: the peer joins what it gets before anybody reads it.
int ControlStream::sync() {
    char none = 0;
    gone_ = gone_ || ::recv(socket_, &none, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    if (!held_.empty() && !gone_) gone_ = !send_all(socket_, json::serialize(json::object{{kind_, held_}}) + "\n");
    held_.clear();
    return gone_ ? -1 : 0;
}

}  // namespace hoso::client
