#include "client/local_api/api.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "client/text/language.hpp"
#include "client/views/parts.hpp"
#include "client/web/embed/assets.hpp"
#include "shared/base/hash.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;

constexpr std::string_view begin = "/api/v1/";
constexpr std::uint64_t uploads_reserve = 64ull << 20;
constexpr const char* csp =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'";

std::string behind(std::string_view folder, const std::string& path) { return path.substr(folder.size()); }

std::string etag_of(const Response& response) { return "\"" + sha256(as_bytes(response.body)).hex().substr(0, 32) + "\""; }

Response no_such(Language language) {
    return problem(404, "not_found", "Không có địa chỉ này.", "There is no such address.", language);
}

Response empty_answer() {
    Response response;
    response.status = 204;
    response.media_type.clear();
    return response;
}

std::string cookie_flags(const Doors& names) {
    return std::string("; HttpOnly; SameSite=Strict; Path=/") + (names.scheme == "https" ? "; Secure" : "");
}

Response welcome(const BrowserSessions::LetIn& in, const Api::Door& door) {
    Response response = json_answer({{"token", in.token}, {"link", in.link}});
    response.headers.emplace_back("Set-Cookie", door.cookie + "=" + in.cookie + cookie_flags(door.names));
    return response;
}

}  // namespace

Api::Api(Desk& desk, Link& link, Options options)
    : desk_(desk),
      link_(link),
      options_(std::move(options)),
      drafts_(desk.folder() / "drafts"),
      uploads_(desk.folder() / "uploads", uploads_reserve) {
    MadeFile::sweep(desk.folder());
}

Response Api::fault(const Error& error) {
    Response response = problem(error, Language::en);
    harden(response, csp);
    return response;
}

std::string Api::launch() {
    const Doors& names = options_.loopback.names;
    return names.scheme + "://" + names.hosts.front() + "/#k=" + browsers_.launch(now());
}

std::optional<Response> Api::admit(const Request& request, Caller& caller) {
    caller.language = language_of(request);
    if (const auto away = turned_away(request, door_of(request).names))
        return problem(away->status, away->code, away->vi, away->en, caller.language);
    const bool opens = request.path == "/api/v1/session" && request.method == Method::post;
    const bool asks_who = request.path == "/api/v1/office" && request.office && request.reads();
    if (!request.path.starts_with("/api/") || opens || asks_who) return std::nullopt;
    caller.browser = browsers_.find(cookie_value(request.cookie, door_of(request).cookie), now());
    if (caller.browser && caller.browser->office != request.office) caller.browser = nullptr;
    if (!caller.browser && request.office) {
        return problem(401, "office_sign_in", "Hãy chọn cán bộ và nhập mật khẩu.", "Choose the officer and give the passphrase.",
                       caller.language);
    }
    if (!caller.browser) {
        return problem(401, "no_session", "Hãy mở lại trang bằng lệnh hoso open hoặc biểu tượng Hồ sơ.",
                       "Open these pages with hoso open, or with the Hoso icon.", caller.language);
    }
    const bool by_link = request.reads() && !request.link.empty() && same_secret(request.link, caller.browser->link);
    if (!by_link && !same_secret(request.token, caller.browser->token)) {
        return problem(401, "no_token", "Trang này đã cũ: hãy tải lại.", "This page is of an earlier time: load it again.",
                       caller.language);
    }
    return std::nullopt;
}

// /api/v1/l/LINK/files/ROOT is /api/v1/files/ROOT for the browser that has this link; empty for any other path.
std::optional<Request> Api::behind_link(const Request& request) {
    constexpr std::string_view linked = "/api/v1/l/";
    const bool is_linked = request.link.empty() && request.path.starts_with(linked);
    const auto slash = is_linked ? request.path.find('/', linked.size()) : std::string::npos;
    if (slash == std::string::npos) return std::nullopt;
    Request asked = request;
    asked.link = request.path.substr(linked.size(), slash - linked.size());
    asked.path = std::string(begin) + request.path.substr(slash + 1);
    return asked;
}

// What would be turned away with its body is turned away without it.
std::optional<Response> Api::turn_down(const Request& head) {
    Caller caller;
    const auto linked = behind_link(head);
    auto refused = admit(linked ? *linked : head, caller);
    if (refused) harden(*refused, csp);
    return refused;
}

Response Api::answer(const Request& request) {
    if (const auto linked = behind_link(request)) return answer(*linked);
    for (const Browser& rested : browsers_.take_rested(now())) lock(rested);
    Caller caller;
    auto refused = admit(request, caller);
    Response response = refused ? std::move(*refused) : route(request, caller);
    const bool tagged = response.status == 200 && request.reads() && response.still.empty() && !response.file && !response.made;
    if (tagged) {
        const std::string tag = etag_of(response);
        response.headers.emplace_back("ETag", tag);
        if (request.if_none_match == tag) {
            response.status = 304;
            response.body.clear();
        }
        response.headers.emplace_back("Cache-Control", "private, no-cache");
    }
    harden(response, csp);
    return response;
}

Response Api::route(const Request& request, const Caller& caller) {
    const std::string& path = request.path;
    if (!path.starts_with("/api/")) return page(request, caller.language);
    if (path == "/api/v1/session") return session(request, caller.language);
    if (path == "/api/v1/office" && request.office && request.reads()) return office();
    if (path == "/api/v1/me" && request.reads()) return me(caller);
    if (path == "/api/v1/officer") return officer(request, caller);
    if (path == "/api/v1/drafts" || path.starts_with("/api/v1/drafts/")) return draft(request, caller);
    if (path.starts_with("/api/v1/files/") && request.reads()) return file(request, caller);
    if (path.starts_with(papers_path) && request.reads()) return paper(request, caller);
    if (path == uploads_path)
        return problem(405, "wrong_method", "Không dùng được phương thức này.", "This cannot be done with that method.",
                       caller.language);
    if (path.starts_with(begin)) return command(request, caller);
    return no_such(caller.language);
}

// ---- who asks -------------------------------------------------------------------------------------------------------

Response Api::session(const Request& request, Language language) {
    if (request.method == Method::post) return request.office ? let_in_at_office(request, language) : let_in(request, language);
    const Door& door = door_of(request);
    const std::string cookie = cookie_value(request.cookie, door.cookie);
    if (request.method == Method::remove) {
        if (const auto ended = browsers_.end(cookie)) lock(*ended);
        Response response = empty_answer();
        response.headers.emplace_back("Set-Cookie", door.cookie + "=" + cookie_flags(door.names) + "; Max-Age=0");
        return response;
    }
    return problem(405, "wrong_method", "Không dùng được phương thức này.", "This cannot be done with that method.", language);
}

Response Api::let_in(const Request& request, Language language) {
    boost::system::error_code failed;
    const json::value body = json::parse(request.body, failed);
    const json::value* secret = failed || !body.is_object() ? nullptr : body.get_object().if_contains("secret");
    if (!secret || !secret->is_string()) return problem(Error{Errc::invalid, "The body is {\"secret\": \"...\"}."}, language);
    const auto in = browsers_.let_in(secret->get_string(), now(), cookie_value(request.cookie, options_.loopback.cookie));
    if (in) return welcome(*in, options_.loopback);
    if (in.error().code == Errc::limit) return problem(in.error(), language);
    return problem(401, "no_session", "Địa chỉ này đã dùng rồi hoặc đã quá hạn: hãy mở lại bằng lệnh hoso open.", in.error().detail,
                   language);
}

// Over the network nobody has a launch secret: an officer of this desk comes in by the passphrase.
Response Api::let_in_at_office(const Request& request, Language language) {
    boost::system::error_code failed;
    const json::value body = json::parse(request.body, failed);
    if (failed || !body.is_object()) return problem(Error{Errc::invalid, "The body is a JSON object."}, language);
    Browser browser;
    browser.office = true;
    if (auto refused = open_key(body.get_object(), request.address, browser, language)) return std::move(*refused);
    const auto in = browsers_.add(browser, now());
    if (in) return welcome(*in, *options_.office);
    lock(browser);
    return problem(in.error(), language);
}

// Which posts have a key on this desk: what the page of an office asks before anybody is signed in.
Response Api::office() {
    json::array officers;
    const domain::Registry& registry = desk_.pending().state().registry;
    for (const AccountId& account : desk_.officers())
        officers.push_back(json::object{{"account", account.hex()}, {"title", views::account_title(registry, account)}});
    return json_answer({{"path", views::unit_path(registry, desk_.identity().unit)},
                        {"unit_name", views::unit_name(registry, desk_.identity().unit)},
                        {"officers", std::move(officers)}});
}

void Api::lock(const Browser& browser) {
    for (const AccountId& account : browser.unlocked) {
        if (browsers_.anyone_unlocked(account) || !opened_here_.erase(account)) continue;
        desk_.lock(account);
    }
}

// ---- drafts, files, pages -------------------------------------------------------------------------------------------

// An officer's drafts are for that officer's pages alone. What was typed before anybody signed in is the desk's, until an officer
// goes on with it.
Response Api::draft(const Request& request, const Caller& caller) {
    constexpr std::string_view folder = "/api/v1/drafts";
    const auto answered = [&](const Result<void>& done) { return done ? empty_answer() : problem(done.error(), caller.language); };
    const auto& account = caller.browser->account;
    Drafts own = account ? Drafts(desk_.folder() / "drafts" / account->hex()) : drafts_;
    if (request.path == folder) {
        if (!request.reads()) return no_such(caller.language);
        json::array rows;
        for (const DraftName& each : own.list(request.value("begin")))
            rows.push_back(json::object{{"key", each.key}, {"saved", to_text(each.saved)}});
        return json_answer({{"rows", std::move(rows)}});
    }
    const std::string key = behind("/api/v1/drafts/", request.path);
    if (request.method == Method::remove) {
        const auto removed = own.remove(key);
        return answered(removed && account ? drafts_.remove(key) : removed);
    }
    if (request.method == Method::put) {
        boost::system::error_code failed;
        const json::value body = json::parse(request.body, failed);
        if (failed) return problem(Error{Errc::invalid, "A draft is JSON."}, caller.language);
        if (auto kept = own.put(key, request.body); !kept) return problem(kept.error(), caller.language);
        if (account) (void)drafts_.remove(key);
        return json_answer({{"saved", to_text(now())}});
    }
    if (!request.reads()) return no_such(caller.language);
    auto text = own.get(key);
    if (!text && account && text.error().code == Errc::not_found) text = drafts_.get(key);
    if (!text) return problem(text.error(), caller.language);
    Response response;
    response.body = std::move(*text);
    return response;
}

// What people sent is never a page of ours: it has a sandbox and an origin of its own, and its type is not guessed.
Response Api::file(const Request& request, const Caller& caller) {
    const auto root = Hash::from_hex(behind("/api/v1/files/", request.path));
    if (!root) return no_such(caller.language);
    const auto size = desk_.files().store().whole(*root);
    if (!size) {
        return problem(404, "not_here", "Tệp chưa có trên máy này: hãy tải từ tỉnh về.",
                       "The file is not on this desk yet: fetch it from the province first.", caller.language);
    }
    Response response;
    response.file = log::FileId{*root, *size};
    response.media_type = media_type_of(*response.file);
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
    response.headers.emplace_back("Content-Disposition", "attachment");
    response.headers.emplace_back("Cache-Control", "private, max-age=31536000, immutable");
    response.headers.emplace_back("ETag", "\"" + root->hex() + "\"");
    return response;
}

Response Api::page(const Request& request, Language language) {
    if (!request.reads()) return no_such(language);
    const web::Asset* asset = web::find(request.path);
    const bool names_file = request.path.find('.') != std::string::npos;
    if (!asset && !names_file) asset = web::find("/index.html");  // the page reads its own address
    if (!asset) return no_such(language);
    Response response;
    response.media_type = asset->media_type;
    response.still = asset->bytes;
    if (!asset->brotli.empty() && request.encodings.find("br") != std::string::npos) {
        response.still = asset->brotli;
        response.headers.emplace_back("Content-Encoding", "br");
    }
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("Cache-Control", asset->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    return response;
}

// ---- files on their way in and out ----------------------------------------------------------------------------------

Result<Bytes> Api::read_file(const log::FileId& file, std::uint64_t offset, std::size_t bytes_max) {
    auto piece = desk_.files().store().read(file, offset, bytes_max);
    if (!piece) return piece.error();
    return std::move(piece->bytes);
}

std::variant<std::string, Response> Api::begin_upload(const Request& request) {
    Caller caller;
    auto refused = admit(request, caller);
    if (!refused) {
        auto number = uploads_.begin(request.value("name"), now());
        if (number) return *number;
        refused = problem(number.error(), caller.language);
    }
    harden(*refused, csp);
    return std::move(*refused);
}

Response Api::end_upload(const std::string& upload, const Request& request) {
    const auto found = uploads_.find(upload);
    Response response = found ? json_answer({{"upload", upload}, {"bytes", found->bytes}, {"name", found->name}}, 201)
                              : problem(found.error(), language_of(request));
    harden(response, csp);
    return response;
}

}  // namespace hoso::client::local_api
