#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <streambuf>
#include <string>
#include <vector>

#include "shared/base/result.hpp"

// The control socket of a desk's daemon, DATA/desk.sock (mode 0600). One request a connection: a line of JSON
//   {"argv": [...], "stdin": "...", "folder": "...", "environment": {...}}   or   {"stop": true}
// answered by lines {"out": "..."}, {"err": "..."} and at last {"exit": n}.
namespace hoso::client {

inline constexpr std::size_t request_bytes_max = 64 << 20;  // the standard input travels in it

struct ControlRequest {
    bool stop = false;
    std::vector<std::string> argv;
    std::string input;
    std::string folder;                              // where the command was given: its relative paths start there
    std::map<std::string, std::string> environment;  // what commands look at: language, colours, HOSO_*
};
std::string encode(const ControlRequest& request);  // with the line end
Result<ControlRequest> decode_request(std::string_view line);

// The socket's name by way of an open folder: a path of any length fits a socket's address.
class SocketName {
public:
    explicit SocketName(const std::filesystem::path& folder);
    SocketName(const SocketName&) = delete;
    SocketName& operator=(const SocketName&) = delete;
    ~SocketName();
    std::string text() const;

private:
    int folder_;
};

// False once the peer has gone, or takes nothing for a while.
bool send_all(int socket, std::string_view bytes);

// A stream whose lines travel as {"<kind>": "..."}. What nobody takes any more is dropped: the command goes on.
class ControlStream final : public std::streambuf {
public:
    ControlStream(int socket, std::string kind) : socket_(socket), kind_(std::move(kind)) {}
    ~ControlStream() override { ControlStream::sync(); }

protected:
    int_type overflow(int_type character) final;
    std::streamsize xsputn(const char* text, std::streamsize size) final;
    int sync() final;

private:
    int socket_;
    std::string kind_;
    std::string held_;
    bool gone_ = false;
};

}  // namespace hoso::client
