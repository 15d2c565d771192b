#pragma once

#include <optional>
#include <variant>

#include "client/local_api/http.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::local_api {

// What stands behind a port. Everything on the desk's thread.
class Service {
public:
    virtual ~Service() = default;

    // Before the first byte of a connection is read. False: it ends there.
    virtual bool receives(const std::string& address) = 0;
    // The head of a request, before any of its body is read: an answer where the body is not wanted. The connection ends with it.
    virtual std::optional<Response> turn_down(const Request& head) = 0;
    // One request, whole. Not within a handler of the context: a command may run it.
    virtual Response answer(const Request& request) = 0;
    // For what is no request.
    virtual Response fault(const Error& error) = 0;
};

// Files on their way in and out, of a service that has them.
class FileTraffic {
public:
    virtual ~FileTraffic() = default;

    virtual bool is_upload(const Request& head) const = 0;
    // Asked before the bytes are read, and for each part of them. The number of the upload, or why not.
    virtual std::variant<std::string, Response> begin_upload(const Request& head) = 0;
    virtual Result<void> append(const std::string& upload, ByteSpan bytes) = 0;
    virtual void drop(const std::string& upload) = 0;
    virtual Response end_upload(const std::string& upload, const Request& request) = 0;
    // At most `bytes_max` of a response's file, verified.
    virtual Result<Bytes> read_file(const log::FileId& file, std::uint64_t offset, std::size_t bytes_max) = 0;
};

// The headers of every answer. `policy` where the response names no Content-Security-Policy of its own.
void harden(Response& response, const char* policy);

}  // namespace hoso::client::local_api
