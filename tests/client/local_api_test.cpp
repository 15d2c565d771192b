#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>

#include "client/local_api/api.hpp"
#include "client/local_api/openapi.hpp"
#include "tests/support/desk_folder.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;
using namespace tests;

const Doors doors{"http", {"127.0.0.1:8620", "localhost:8620"}};

const Doors office_doors{"https", {"192.0.2.10:8643"}};

// A desk of a commune with its pages, and one browser that was let in.
class LocalApi : public testing::Test {
protected:
    void SetUp() override {
        at_.settle();
        at_.desk->lock(at_.slip.account);  // as a desk that was just started
        api_ = std::make_unique<Api>(*at_.desk, link(), Api::Options{{doors, "hoso-8620"}, Api::Door{office_doors, "hoso-office"}});
        let_in();
    }
    void TearDown() override { api_.reset(); }

    Link& link() {
        if (!link_) link_ = std::make_unique<Link>(*at_.desk, context_);
        return *link_;
    }
    void let_in() {
        const std::string address = api_->launch();
        const auto in = ask(Method::post, "/api/v1/session", R"({"secret":")" + address.substr(address.find("#k=") + 3) + "\"}");
        ASSERT_EQ(in.status, 200u) << in.body;
        token_ = text(object(in), "token");
        for (const auto& [name, value] : in.headers) {
            if (name == "Set-Cookie") cookie_ = value.substr(0, value.find(';'));
        }
    }
    void sign_in() {
        const auto done = ask(Method::post, "/api/v1/officer",
                              json::serialize(json::object{{"account", at_.slip.account.hex()}, {"passphrase", passphrase}}));
        ASSERT_EQ(done.status, 200u) << done.body;
    }
    Request request(Method method, const std::string& target, std::string body = {}) {
        Request made;
        made.method = method;
        made.hosts = 1;
        made.host = doors.hosts.front();
        if (method != Method::get) {
            made.has_origin = true;
            made.origin = "http://127.0.0.1:8620";
        }
        made.cookie = cookie_;
        made.token = token_;
        made.body = std::move(body);
        EXPECT_TRUE(set_target(made, target).has_value()) << target;
        return made;
    }
    Response ask(Method method, const std::string& target, std::string body = {}) {
        return api_->answer(request(method, target, std::move(body)));
    }
    json::object get(const std::string& target, unsigned status = 200) { return object(ask(Method::get, target), status); }
    json::object post(const std::string& target, const json::object& body, unsigned status = 200) {
        return object(ask(Method::post, target, json::serialize(body)), status);
    }
    static json::object object(const Response& response, unsigned status = 200) {
        EXPECT_EQ(response.status, status) << response.body;
        boost::system::error_code failed;
        const json::value parsed = json::parse(response.body, failed);
        return parsed.is_object() ? parsed.get_object() : json::object{};
    }
    static std::string text(const json::object& from, const char* key) {
        const json::value* found = from.if_contains(key);
        return found && found->is_string() ? std::string(found->get_string()) : "?";
    }
    json::object subject(const std::string& name) {
        return {{"name", name},
                {"type", "cooperative"},
                {"registration", "17-" + name},
                {"unit", text(object(ask(Method::get, "/api/v1/whoami"))["result"].get_object(), "unit")}};
    }

    DeskFolder at_;
    boost::asio::io_context context_;
    std::unique_ptr<Link> link_;
    std::unique_ptr<Api> api_;
    std::string cookie_, token_;
};

TEST_F(LocalApi, ALaunchSecretIsGoodOnceAndForAWhile) {
    const std::string address = api_->launch();
    EXPECT_TRUE(address.starts_with("http://127.0.0.1:8620/#k="));
    const std::string body = R"({"secret":")" + address.substr(address.find("#k=") + 3) + "\"}";
    EXPECT_EQ(ask(Method::post, "/api/v1/session", body).status, 200u);
    EXPECT_EQ(ask(Method::post, "/api/v1/session", body).status, 401u);
    const std::string late = api_->launch();
    at_.world.now += launch_lasts + 1;
    EXPECT_EQ(ask(Method::post, "/api/v1/session", R"({"secret":")" + late.substr(late.find("#k=") + 3) + "\"}").status, 401u);
    EXPECT_EQ(ask(Method::post, "/api/v1/session", R"({"secret":7})").status, 400u);
}

TEST_F(LocalApi, WithoutASessionNothingIsAnswered) {
    cookie_.clear();
    for (const char* path :
         {"/api/v1/me", "/api/v1/status", "/api/v1/drafts", "/api/v1/openapi.json", "/api/v1/session", "/api/v1/nothing"})
        EXPECT_EQ(text(get(path, 401), "code"), "no_session") << path;
}

TEST_F(LocalApi, AChangeNeedsTheTokenOfThePage) {
    token_ = std::string(64, '0');
    EXPECT_EQ(text(post("/api/v1/subject/register", subject("Hợp tác xã"), 401), "code"), "no_token");
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/mot", "{}").status, 401u);
    EXPECT_EQ(at_.desk->outbox().size(), 2u);
}

TEST_F(LocalApi, NothingIsRecordedBeforeAnOfficerIsChosen) {
    at_.unlock();  // at the command line: no browser's business
    EXPECT_EQ(text(post("/api/v1/subject/register", subject("Hợp tác xã"), 401), "code"), "officer_locked");
    const auto before = at_.desk->outbox().size();
    sign_in();
    const auto done = post("/api/v1/subject/register", subject("Hợp tác xã"));
    EXPECT_TRUE(done.at("result").at("recorded").get_bool());
    EXPECT_EQ(at_.desk->outbox().size(), before + 1);
    EXPECT_TRUE(done.at("training").get_bool());
}

TEST_F(LocalApi, AWrongPassphraseIsSaidAndSlowedDown) {
    const auto wrong = json::object{{"account", at_.slip.account.hex()}, {"passphrase", "sai"}};
    for (int i = 0; i < 5; ++i) EXPECT_EQ(text(post("/api/v1/officer", wrong, 403), "code"), "wrong_passphrase");
    EXPECT_EQ(text(post("/api/v1/officer", wrong, 429), "code"), "too_many_tries");
    at_.world.now += 31 * 1'000'000;
    sign_in();
    EXPECT_EQ(text(get("/api/v1/me"), "account"), at_.slip.account.hex());
    const auto left = object(ask(Method::remove, "/api/v1/officer"));
    EXPECT_TRUE(left.at("account").is_null());
    EXPECT_FALSE(at_.desk->unlocked(at_.slip.account));
}

TEST_F(LocalApi, SigningOutLocksTheKeyThatItOpened) {
    sign_in();
    EXPECT_TRUE(at_.desk->unlocked(at_.slip.account));
    EXPECT_EQ(ask(Method::remove, "/api/v1/session").status, 204u);
    EXPECT_FALSE(at_.desk->unlocked(at_.slip.account));
    EXPECT_EQ(ask(Method::get, "/api/v1/me").status, 401u);
}

TEST_F(LocalApi, ADryRunSaysWhatWouldBecomeOfItAndRecordsNothing) {
    const auto before = at_.desk->outbox().size();
    const auto judged = post("/api/v1/subject/register?dry_run=1", subject("Hợp tác xã"));
    EXPECT_FALSE(judged.at("result").at("recorded").get_bool());
    EXPECT_EQ(text(judged.at("result").at("preview").get_object(), "outcome"), "effective");
    auto elsewhere = subject("Hợp tác xã");
    elsewhere["unit"] = "nowhere";
    EXPECT_EQ(text(post("/api/v1/subject/register?dry_run=1", elsewhere, 404), "code"), "not_found");
    EXPECT_EQ(at_.desk->outbox().size(), before);
}

// What asks no judge is not tried out: it would be done.
TEST_F(LocalApi, ADryRunOfWhatIsNotJudgedIsRefused) {
    for (const char* command : {"sync", "outbox/seen", "evidence/evict", "evidence/settings"})
        EXPECT_EQ(text(post(std::string("/api/v1/") + command + "?dry_run=1", {}, 400), "code"), "no_dry_run") << command;
}

TEST_F(LocalApi, TheLogOfThisDeskIsRead) {
    EXPECT_GT(get("/api/v1/log/list").at("total").to_number<int>(), 0);
    EXPECT_EQ(get("/api/v1/log/show?position=0").at("result").at("position").to_number<int>(), 0);
}

TEST_F(LocalApi, FieldsAreRefusedByName) {
    sign_in();
    const auto wrong = post("/api/v1/subject/register", {{"name", "Chè"}, {"colour", "xanh"}, {"unit", 1.5}}, 400);
    std::set<std::string> found;
    for (const json::value& each : wrong.at("errors").get_array())
        found.insert(text(each.get_object(), "pointer") + " " + text(each.get_object(), "code"));
    EXPECT_TRUE(found.contains("/colour unknown_field"));
    EXPECT_TRUE(found.contains("/unit form"));
    EXPECT_TRUE(found.contains("/type required"));
    EXPECT_EQ(get("/api/v1/subject/list?colour=x", 400).at("errors").get_array().size(), 1u);
}

TEST_F(LocalApi, TheSameKeyGetsTheFirstAnswer) {
    sign_in();
    auto asked = request(Method::post, "/api/v1/subject/register", json::serialize(subject("Hợp tác xã")));
    asked.idempotency_key = "0197-1";
    const auto first = api_->answer(asked);
    const auto size = at_.desk->outbox().size();
    const auto second = api_->answer(asked);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(at_.desk->outbox().size(), size);
}

TEST_F(LocalApi, ListsAreSearchedFilteredSortedAndPaged) {
    sign_in();
    for (const char* name : {"Chè Shan", "Đá Bia", "Rượu Mường", "cam Cao Phong"}) post("/api/v1/subject/register", subject(name));
    const auto names = [&](const std::string& query) {
        std::string all;
        const auto answer = get("/api/v1/subject/list?" + query);
        for (const json::value& row : answer.at("rows").get_array())
            all += (all.empty() ? "" : ", ") + text(row.get_object(), "name");
        return all;
    };
    EXPECT_EQ(names("sort=name"), "cam Cao Phong, Chè Shan, Đá Bia, Rượu Mường");
    EXPECT_EQ(names("sort=-name&limit=2"), "Rượu Mường, Đá Bia");
    EXPECT_EQ(names("sort=-name&limit=2&page=2"), "Chè Shan, cam Cao Phong");
    EXPECT_EQ(names("q=da+bia"), "Đá Bia");
    EXPECT_EQ(names("q=ruou"), "Rượu Mường");
    EXPECT_EQ(names("filter.name=Ch%C3%A8+Shan&filter.name=%C4%90%C3%A1+Bia&sort=name"), "Chè Shan, Đá Bia");
    const auto page = get("/api/v1/subject/list?limit=3&facets=type&lang=en");
    EXPECT_EQ(page.at("total").to_number<int>(), 4);
    EXPECT_EQ(page.at("pages").to_number<int>(), 2);
    EXPECT_EQ(page.at("facets").at("type").at(0).at("count").to_number<int>(), 4);
    EXPECT_EQ(page.at("labels").at("name").get_string(), "name");
    EXPECT_EQ(text(get("/api/v1/subject/list?limit=0", 400), "code"), "invalid");
}

TEST_F(LocalApi, ListsComeAsFilesOfWhatIsOnTheScreen) {
    sign_in();
    for (const char* name : {"=CHÈ()", "Đá Bia"}) post("/api/v1/subject/register", subject(name));
    const auto csv = ask(Method::get, "/api/v1/subject/list?format=csv&q=che");
    EXPECT_EQ(csv.status, 200u);
    EXPECT_NE(csv.body.find("'=CHÈ()"), std::string::npos);
    EXPECT_EQ(csv.body.find("Đá Bia"), std::string::npos);
    EXPECT_NE(csv.body.find("Số liệu tại vị trí"), std::string::npos);
    EXPECT_EQ(ask(Method::get, "/api/v1/subject/list?format=xlsx").body.substr(0, 2), "PK");
    EXPECT_EQ(ask(Method::get, "/api/v1/status?format=csv").status, 400u);
    for (const auto& entry : std::filesystem::directory_iterator(at_.folder))
        EXPECT_FALSE(entry.path().filename().string().starts_with("export-"));
}

TEST_F(LocalApi, DraftsOutliveTheProgram) {
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/dossier.1", R"({"tên":"chè"})").status, 200u);
    api_.reset();
    api_ = std::make_unique<Api>(*at_.desk, link(), Api::Options{{doors, "hoso-8620"}, Api::Door{office_doors, "hoso-office"}});
    let_in();
    EXPECT_EQ(text(get("/api/v1/drafts/dossier.1"), "tên"), "chè");
    EXPECT_EQ(get("/api/v1/drafts?begin=dossier").at("rows").get_array().size(), 1u);
    for (const char* name : {"..%2Fdevice.key", "a%2Fb", "A", ".a", "a%00b", ""})
        EXPECT_NE(ask(Method::put, std::string("/api/v1/drafts/") + name, "{}").status, 200u) << name;
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/a", "{").status, 400u);
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/a", '"' + std::string(draft_bytes_max, 'x') + '"').status, 413u);
    EXPECT_EQ(ask(Method::remove, "/api/v1/drafts/dossier.1").status, 204u);
    EXPECT_EQ(ask(Method::get, "/api/v1/drafts/dossier.1").status, 404u);
}

TEST_F(LocalApi, FilesAreServedInASandboxAndNeverAsOurPage) {
    const std::string page = "<!doctype html><script>alert(1)</script>";
    const auto id = at_.desk->files().store().add(as_bytes(page));
    ASSERT_TRUE(id.has_value());
    const auto served = ask(Method::get, "/api/v1/files/" + id->root.hex());
    EXPECT_EQ(served.status, 200u);
    EXPECT_EQ(served.media_type, "application/octet-stream");
    std::map<std::string, std::string> headers(served.headers.begin(), served.headers.end());
    EXPECT_EQ(headers["Content-Security-Policy"], "default-src 'none'; sandbox");
    EXPECT_EQ(headers["Content-Disposition"], "attachment");
    EXPECT_EQ(headers["X-Content-Type-Options"], "nosniff");
    EXPECT_EQ(headers["Cross-Origin-Resource-Policy"], "same-origin");
    EXPECT_EQ(ask(Method::get, "/api/v1/files/" + std::string(64, '0')).status, 404u);
    EXPECT_EQ(ask(Method::get, "/api/v1/files/..%2f..%2fdevice.key").status, 404u);
}

TEST_F(LocalApi, EveryAnswerCarriesTheHeadersOfAPage) {
    for (const char* path : {"/", "/api/v1/me", "/api/v1/nothing", "/none.js"}) {
        const auto answer = ask(Method::get, path);
        std::map<std::string, std::string> headers(answer.headers.begin(), answer.headers.end());
        EXPECT_NE(headers["Content-Security-Policy"].find("default-src 'none'"), std::string::npos) << path;
        EXPECT_NE(headers["Content-Security-Policy"].find("frame-ancestors 'none'"), std::string::npos) << path;
        EXPECT_EQ(headers["X-Content-Type-Options"], "nosniff") << path;
        EXPECT_EQ(headers["Referrer-Policy"], "no-referrer") << path;
        EXPECT_EQ(headers["Cross-Origin-Opener-Policy"], "same-origin") << path;
        EXPECT_FALSE(headers.contains("Access-Control-Allow-Origin")) << path;
        EXPECT_TRUE(headers.contains("Cache-Control")) << path;
    }
}

// Every command that is called a reading one leaves the outbox as it is; every other one cannot be asked for by GET.
TEST_F(LocalApi, ReadingRecordsNothing) {
    sign_in();
    const auto before = at_.desk->outbox().size();
    const auto described = openapi();
    for (const auto& [path, methods] : described.at("paths").get_object()) {
        const std::string target(path.data(), path.size());
        if (target.find('{') != std::string::npos) continue;
        if (!methods.get_object().contains("get")) {
            EXPECT_EQ(ask(Method::get, target).status, 405u) << target;
        } else {
            EXPECT_NE(ask(Method::get, target).status, 500u) << target;
        }
    }
    EXPECT_EQ(at_.desk->outbox().size(), before);
}

TEST_F(LocalApi, TheDescriptionIsTheOneInTheRepository) {
    std::ifstream file(HOSO_OPENAPI_FILE);
    std::stringstream kept;
    kept << file.rdbuf();
    EXPECT_TRUE(json::parse(kept.str()) == json::value(openapi())) << "docs/openapi.json is not what the program offers";
}

TEST_F(LocalApi, WhatDidNotChangeIsNotSentAgain) {
    auto asked = request(Method::get, "/api/v1/whoami");
    const auto first = api_->answer(asked);
    for (const auto& [name, value] : first.headers) {
        if (name == "ETag") asked.if_none_match = value;
    }
    const auto second = api_->answer(asked);
    EXPECT_EQ(second.status, 304u);
    EXPECT_TRUE(second.body.empty());
}

// Over an office's network nobody has a launch secret, and a session of this machine is none there.
TEST_F(LocalApi, AnOfficerComesInByThePassphraseOverTheNetwork) {
    const auto over_network = [&](Method method, const std::string& target, const std::string& body = {}) {
        Request made = request(method, target, body);
        made.office = true;
        made.host = office_doors.hosts.front();
        if (made.has_origin) made.origin = "https://192.0.2.10:8643";
        return api_->answer(made);
    };
    EXPECT_EQ(text(object(over_network(Method::get, "/api/v1/me"), 401), "code"), "office_sign_in");
    cookie_.clear();
    const auto posts = object(over_network(Method::get, "/api/v1/office"));
    EXPECT_EQ(posts.at("officers").get_array().size(), 1u);
    EXPECT_EQ(ask(Method::get, "/api/v1/office").status, 401u);
    const std::string address = api_->launch();
    EXPECT_EQ(
        over_network(Method::post, "/api/v1/session", R"({"secret":")" + address.substr(address.find("#k=") + 3) + "\"}").status,
        400u);
    const auto with = [&](const char* said) {
        return json::serialize(json::object{{"account", at_.slip.account.hex()}, {"passphrase", said}});
    };
    EXPECT_EQ(over_network(Method::post, "/api/v1/session", with("sai")).status, 403u);
    const auto in = over_network(Method::post, "/api/v1/session", with(passphrase));
    ASSERT_EQ(in.status, 200u) << in.body;
    token_ = text(object(in), "token");
    for (const auto& [name, value] : in.headers) {
        if (name != "Set-Cookie") continue;
        EXPECT_NE(value.find("; Secure"), std::string::npos);
        cookie_ = value.substr(0, value.find(';'));
    }
    EXPECT_EQ(text(object(over_network(Method::get, "/api/v1/me")), "account"), at_.slip.account.hex());
    EXPECT_EQ(ask(Method::get, "/api/v1/me").status, 401u);  // the same cookie on this machine's door
}

struct Knock {
    const char* name;
    void (*change)(Request&);
    bool comes_in;
};
const Knock knocks[] = {
    {"Own", [](Request&) {}, true},
    {"ByName", [](Request& r) { r.host = "localhost:8620", r.origin = "http://localhost:8620"; }, true},
    {"OtherHost", [](Request& r) { r.host = "evil.example"; }, false},
    {"OtherHostOurPort", [](Request& r) { r.host = "evil.example:8620"; }, false},
    {"HostThatBeginsLikeOurs", [](Request& r) { r.host = "127.0.0.1:8620.evil.example"; }, false},
    {"HostThatEndsLikeOurs", [](Request& r) { r.host = "evil.127.0.0.1:8620"; }, false},
    {"HostWithoutPort", [](Request& r) { r.host = "127.0.0.1"; }, false},
    {"HostOtherPort", [](Request& r) { r.host = "127.0.0.1:86200"; }, false},
    {"HostWithUser", [](Request& r) { r.host = "a@127.0.0.1:8620"; }, false},
    {"HostWithPoint", [](Request& r) { r.host = "localhost.:8620"; }, false},
    {"HostAsNumber", [](Request& r) { r.host = "2130706433:8620"; }, false},
    {"HostIpv6", [](Request& r) { r.host = "[::1]:8620"; }, false},
    {"HostZero", [](Request& r) { r.host = "0.0.0.0:8620"; }, false},
    {"HostLarge", [](Request& r) { r.host = "LOCALHOST:8620"; }, false},
    {"NoHost", [](Request& r) { r.hosts = 0, r.host.clear(); }, false},
    {"TwoHosts", [](Request& r) { r.hosts = 2; }, false},
    {"NoOrigin", [](Request& r) { r.has_origin = false, r.origin.clear(); }, false},
    {"OriginNull", [](Request& r) { r.origin = "null"; }, false},
    {"OriginEmpty", [](Request& r) { r.origin.clear(); }, false},
    {"OtherOrigin", [](Request& r) { r.origin = "http://evil.example"; }, false},
    {"OtherOriginOurPort", [](Request& r) { r.origin = "http://evil.example:8620"; }, false},
    {"OriginThatBeginsLikeOurs", [](Request& r) { r.origin = "http://127.0.0.1:8620.evil.example"; }, false},
    {"OriginOfAnotherScheme", [](Request& r) { r.origin = "https://127.0.0.1:8620"; }, false},
    {"OriginOfAnotherDesk", [](Request& r) { r.origin = "http://127.0.0.1:8621"; }, false},
    {"OriginWithPath", [](Request& r) { r.origin = "http://127.0.0.1:8620/"; }, false},
    {"OriginOfAFile", [](Request& r) { r.origin = "file://"; }, false},
    {"CrossSite", [](Request& r) { r.fetch_site = "cross-site"; }, false},
    {"SameSite", [](Request& r) { r.fetch_site = "same-site"; }, false},
    {"FetchSiteOfOurs", [](Request& r) { r.fetch_site = "same-origin"; }, true},
    {"FetchSiteTyped", [](Request& r) { r.fetch_site = "none"; }, true},
    {"FetchSiteUnknown", [](Request& r) { r.fetch_site = "?1"; }, false},
    {"Upgrade", [](Request& r) { r.upgrade = true; }, false},
    {"OtherMethod", [](Request& r) { r.method = Method::other; }, false},
    {"ReadFromElsewhere", [](Request& r) { r.method = Method::get, r.origin = "http://evil.example"; }, false},
    {"ReadWithoutOrigin", [](Request& r) { r.method = Method::get, r.has_origin = false, r.origin.clear(); }, true},
    {"LinkFromElsewhere", [](Request& r) { r.method = Method::get, r.has_origin = false, r.fetch_site = "cross-site"; }, false},
};

class Gate : public LocalApi, public testing::WithParamInterface<Knock> {};
TEST_P(Gate, Row) {
    const Knock& row = GetParam();
    auto asked = request(Method::put, "/api/v1/drafts/cua", "{}");
    row.change(asked);
    EXPECT_EQ(!turned_away(asked, doors), row.comes_in);
    const auto answer = api_->answer(asked);
    const bool get = asked.method == Method::get;
    EXPECT_EQ(answer.status, row.comes_in ? (get ? 404u : 200u) : answer.status);
    EXPECT_EQ(answer.status == 200u || answer.status == 404u, row.comes_in);
    EXPECT_EQ(std::filesystem::exists(at_.folder / "drafts" / "cua.json"), row.comes_in && !get);
}
INSTANTIATE_TEST_SUITE_P(Table, Gate, testing::ValuesIn(knocks), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hoso::client::local_api
