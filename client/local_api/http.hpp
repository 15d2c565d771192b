#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/text/language.hpp"
#include "shared/base/result.hpp"
#include "shared/log/file_tree.hpp"

// Requests and answers as the API sees them; http_server.cpp alone knows the library that reads and writes them.
namespace hoso::client::local_api {

inline constexpr std::size_t head_bytes_max = 16 << 10;
inline constexpr std::size_t body_bytes_max = 16 << 20;  // of JSON; files come as uploads
inline constexpr std::size_t query_names_max = 64;

enum class Method : std::uint8_t { get, head, post, put, remove, other };

struct Request {
    Method method = Method::other;
    std::string path;     // percent signs resolved, begins with /
    std::string address;  // who asks: of an IPv6 address its network
    std::vector<std::pair<std::string, std::string>> query;
    bool office = false;  // it came over the network of an office, not from this machine
    std::string host;
    std::size_t hosts = 0;  // Host lines: exactly one is right
    bool has_origin = false;
    std::string origin;
    std::string fetch_site;  // Sec-Fetch-Site; empty: the browser is older than it, or it is no browser
    bool upgrade = false;
    std::string cookie;
    std::string token;
    std::string link;       // taken out of the path, for what a browser asks for by itself
    std::string encodings;  // Accept-Encoding
    std::string languages;  // Accept-Language
    std::string accepts;    // Accept
    std::string if_none_match;
    std::string idempotency_key;
    std::string body;

    bool reads() const { return method == Method::get || method == Method::head; }
    std::string value(std::string_view name) const;  // of the query, the first; empty for none
    bool asked(std::string_view name) const;
};

// A file that was made for one answer, and goes with it.
class MadeFile {
public:
    static std::filesystem::path place(const std::filesystem::path& folder);  // where to make one; a name nobody can guess
    static void sweep(const std::filesystem::path& folder);                   // those that a program left which was killed
    explicit MadeFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~MadeFile();
    MadeFile(const MadeFile&) = delete;
    MadeFile& operator=(const MadeFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t size() const;  // 0 where there is none

private:
    std::filesystem::path path_;
};

struct Response {
    unsigned status = 200;
    std::string media_type = "application/json; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view still;                // bytes that outlive the answer, instead of the body
    std::optional<log::FileId> file;       // of the desk's store, instead of the body
    std::shared_ptr<const MadeFile> made;  // instead of the body
};

// Path and query of a request line. Errc::invalid for what is no path of this host, limit.
Result<void> set_target(Request& request, std::string_view target);

// As asked for with ?lang=, else by Accept-Language, else Vietnamese.
Language language_of(const Request& request);

// The value of one cookie of a Cookie line; empty for none.
std::string cookie_value(std::string_view cookies, std::string_view name);

}  // namespace hoso::client::local_api
