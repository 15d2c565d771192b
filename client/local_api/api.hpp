#pragma once

#include <list>
#include <unordered_map>
#include <variant>

#include "client/link.hpp"
#include "client/local_api/browser_sessions.hpp"
#include "client/local_api/drafts.hpp"
#include "client/local_api/problem.hpp"
#include "client/local_api/request_gate.hpp"
#include "client/local_api/uploads.hpp"
#include "client/past_states.hpp"

namespace hoso::client::local_api {

// docs/api.md: what pages may ask this desk. Lives on the desk's thread.
class Api {
public:
    struct Door {
        Doors names;
        std::string cookie;  // its name: browsers keep one jar for all ports of a host
    };
    struct Options {
        Door loopback;
        std::optional<Door> office;
    };
    Api(Desk& desk, Link& link, Options options);

    // One request, whole. Not within a handler of the context: a command may run it.
    Response answer(const Request& request);

    // A file on its way in: asked before its bytes are read, and for each of them. The number of the upload, or why not.
    static bool is_upload(const Request& request) { return request.path == uploads_path && request.method == Method::post; }
    std::variant<std::string, Response> begin_upload(const Request& request);
    Result<void> append(const std::string& upload, ByteSpan bytes) { return uploads_.append(upload, bytes); }
    void drop(const std::string& upload) { uploads_.drop(upload); }
    Response end_upload(const std::string& upload, const Request& request);

    Desk& desk() { return desk_; }
    std::string launch();                    // an address that opens the pages once
    static void harden(Response& response);  // the headers of every answer

private:
    static constexpr const char* uploads_path = "/api/v1/uploads";
    static constexpr std::string_view papers_path = "/api/v1/papers/";
    struct Caller {
        Browser* browser = nullptr;
        Language language = Language::vi;
    };

    std::optional<Response> admit(const Request& request, Caller& caller);  // why not
    Response route(const Request& request, const Caller& caller);
    const Door& door_of(const Request& request) const { return request.office ? *options_.office : options_.loopback; }
    Response session(const Request& request, Language language);
    Response let_in(const Request& request, Language language);
    Response let_in_at_office(const Request& request, Language language);
    // Opens the key for a browser that is there, or for one that is let in by it; a problem where it cannot be opened.
    std::optional<Response> open_key(const boost::json::object& body, Browser& browser, Language language);
    Response office();
    Response me(const Caller& caller);
    Response officer(const Request& request, const Caller& caller);
    Response draft(const Request& request, const Caller& caller);
    Response file(const Request& request, const Caller& caller);
    Response paper(const Request& request, const Caller& caller);
    Response page(const Request& request, Language language);
    Response command(const Request& request, const Caller& caller);
    Response run(const cli::Verb& verb, const Request& request, const Caller& caller, Given given);
    void lock(const Browser& browser);
    std::string media_type_of(const log::FileId& file);

    Instant now() const { return desk_.now(); }

    Desk& desk_;
    Link& link_;
    Options options_;
    BrowserSessions browsers_;
    Drafts drafts_;
    Uploads uploads_;
    PastStates past_;
    std::set<AccountId> opened_here_;  // by a browser; a key that the command line opened stays open when the browsers go
    struct Tries {
        int wrong = 0;
        Instant until = 0;
    };
    std::map<AccountId, Tries> tries_;  // of passphrases
    struct Remembered {
        std::string key;
        Response answer;
    };
    std::list<Remembered> answers_;  // by Idempotency-Key, newest first
};

}  // namespace hoso::client::local_api
