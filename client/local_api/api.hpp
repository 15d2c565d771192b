#pragma once

#include <list>
#include <unordered_map>

#include "client/link.hpp"
#include "client/local_api/answer.hpp"
#include "client/local_api/browser_sessions.hpp"
#include "client/local_api/drafts.hpp"
#include "client/local_api/problem.hpp"
#include "client/local_api/request_gate.hpp"
#include "client/local_api/service.hpp"
#include "client/local_api/uploads.hpp"
#include "client/paper/facts.hpp"
#include "client/past_states.hpp"

namespace hoso::client::local_api {

// docs/api.md: what pages may ask this desk. Lives on the desk's thread.
class Api final : public Service, public FileTraffic {
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

    bool receives(const std::string&) override { return true; }
    std::optional<Response> turn_down(const Request& head) override;
    Response answer(const Request& request) override;
    Response fault(const Error& error) override;

    bool is_upload(const Request& head) const override { return head.path == uploads_path && head.method == Method::post; }
    std::variant<std::string, Response> begin_upload(const Request& head) override;
    Result<void> append(const std::string& upload, ByteSpan bytes) override { return uploads_.append(upload, bytes); }
    void drop(const std::string& upload) override { uploads_.drop(upload); }
    Response end_upload(const std::string& upload, const Request& request) override;
    Result<Bytes> read_file(const log::FileId& file, std::uint64_t offset, std::size_t bytes_max) override;

    std::string launch();  // an address that opens the pages once

private:
    static constexpr const char* uploads_path = "/api/v1/uploads";
    static constexpr std::string_view papers_path = "/api/v1/papers/";
    struct Caller {
        Browser* browser = nullptr;
        Language language = Language::vi;
    };

    static std::optional<Request> behind_link(const Request& request);
    std::optional<Response> admit(const Request& request, Caller& caller);  // why not
    Response route(const Request& request, const Caller& caller);
    const Door& door_of(const Request& request) const { return request.office ? *options_.office : options_.loopback; }
    Response session(const Request& request, Language language);
    Response let_in(const Request& request, Language language);
    Response let_in_at_office(const Request& request, Language language);
    // Opens the key for a browser that is there, or for one that is let in by it; a problem where it cannot be opened.
    std::optional<Response> open_key(const boost::json::object& body, const std::string& address, Browser& browser,
                                     Language language);
    Response office();
    Response me(const Caller& caller);
    Response officer(const Request& request, const Caller& caller);
    Response draft(const Request& request, const Caller& caller);
    Response file(const Request& request, const Caller& caller);
    Response paper(const Request& request, const Caller& caller);
    Response package(const paper::Source& source, const std::string& called_so, Language language);
    Response page(const Request& request, Language language);
    Response command(const Request& request, const Caller& caller);
    Response finished(Answer& answer, int code, const std::optional<PastStates::Look>& past);
    std::optional<Response> served_before(const std::string& key, Language language);
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
    std::map<std::pair<AccountId, std::string>, Tries> tries_;  // of passphrases, by who asks: nobody locks another out
    struct Remembered {
        std::string key;
        Response answer;
    };
    std::list<Remembered> answers_;  // by Idempotency-Key, newest first
};

}  // namespace hoso::client::local_api
