#include <utility>

#include "tests/client/local_api_desk.hpp"

// Browsers at a desk: what each of them proves, and what is of whom.
namespace hoso::client::local_api {
namespace {

using namespace tests;

// A cookie goes to every port of the machine: whoever listens on another one has it, and nothing else of the page's.
TEST_F(LocalApi, ACookieAloneTellsNothing) {
    sign_in();
    const std::string token = std::exchange(token_, std::string(64, '0'));
    for (const char* path : {"/api/v1/me", "/api/v1/status", "/api/v1/subject/list?format=csv", "/api/v1/drafts", "/api/v1/session",
                             "/api/v1/l/x/status", "/api/v1/l//status"})
        EXPECT_EQ(text(get(path, 401), "code"), "no_token") << path;
    const std::string linked = "/api/v1/l/" + page_link_;
    EXPECT_EQ(ask(Method::get, linked + "/subject/list?format=csv").status, 200u) << "the browser itself has the link";
    EXPECT_EQ(ask(Method::post, linked + "/subject/register", "{}").status, 401u);
    cookie_.clear();
    EXPECT_EQ(ask(Method::get, linked + "/subject/list?format=csv").status, 401u) << "nor does a link alone";
}

TEST_F(LocalApi, OpeningThePagesAgainKeepsTheTabThatIsThere) {
    sign_in();
    const std::string before = token_;
    const std::string address = api_->launch();
    const auto again = ask(Method::post, "/api/v1/session", R"({"secret":")" + address.substr(address.find("#k=") + 3) + "\"}");
    EXPECT_EQ(text(object(again), "token"), before);
    EXPECT_EQ(text(get("/api/v1/me"), "account"), at_.slip.account.hex()) << "and who acts in it";
}

TEST_F(LocalApi, ADraftBelongsToWhoTypedIt) {
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/truoc", R"({"a":1})").status, 200u);
    sign_in();
    EXPECT_EQ(ask(Method::get, "/api/v1/drafts/truoc").body, R"({"a":1})") << "typed before anybody signed in";
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/truoc", R"({"a":2})").status, 200u);
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/phieu", R"({"b":1})").status, 200u);
    EXPECT_EQ(get("/api/v1/drafts").at("rows").get_array().size(), 2u);
    EXPECT_EQ(ask(Method::remove, "/api/v1/officer").status, 200u);
    for (const char* key : {"truoc", "phieu"})
        EXPECT_EQ(ask(Method::get, std::string("/api/v1/drafts/") + key).status, 404u) << key;
    EXPECT_EQ(get("/api/v1/drafts").at("rows").get_array().size(), 0u);
    EXPECT_EQ(ask(Method::remove, "/api/v1/drafts/phieu").status, 204u) << "of the desk, where there is none";
    sign_in();
    EXPECT_EQ(ask(Method::get, "/api/v1/drafts/truoc").body, R"({"a":2})");
    EXPECT_EQ(ask(Method::remove, "/api/v1/drafts/phieu").status, 204u);
    EXPECT_EQ(ask(Method::get, "/api/v1/drafts/phieu").status, 404u);
}

TEST_F(LocalApi, NobodyLocksAnotherOut) {
    const auto body = [&](const char* said) {
        return json::serialize(json::object{{"account", at_.slip.account.hex()}, {"passphrase", said}});
    };
    auto stranger = request(Method::post, "/api/v1/officer", body("sai"));
    stranger.address = "192.168.1.66";
    for (int i = 0; i < 5; ++i) EXPECT_EQ(api_->answer(stranger).status, 403u);
    EXPECT_EQ(api_->answer(stranger).status, 429u);
    EXPECT_EQ(ask(Method::post, "/api/v1/officer", body(passphrase)).status, 200u);
}

TEST_F(LocalApi, WhatIsTurnedAwayIsTurnedAwayWithoutItsBody) {
    auto head = request(Method::post, "/api/v1/subject/register");
    EXPECT_FALSE(api_->turn_down(head));
    head.host = "evil.example";
    ASSERT_TRUE(api_->turn_down(head));
    EXPECT_EQ(api_->turn_down(head)->status, 421u);
    head = request(Method::post, "/api/v1/subject/register");
    head.cookie.clear();
    EXPECT_EQ(api_->turn_down(head)->status, 401u);
}

}  // namespace
}  // namespace hoso::client::local_api
