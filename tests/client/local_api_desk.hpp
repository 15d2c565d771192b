#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>

#include "client/local_api/api.hpp"
#include "tests/support/desk_folder.hpp"

namespace hoso::client::local_api {

namespace json = boost::json;
using namespace tests;

inline const Doors doors{"http", {"127.0.0.1:8620", "localhost:8620"}};

inline const Doors office_doors{"https", {"192.0.2.10:8643"}};

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
        page_link_ = text(object(in), "link");
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
        Response answered = api_->answer(request(method, target, std::move(body)));
        if (!answered.made) return answered;
        std::ifstream made(answered.made->path(), std::ios::binary);  // as the server sends it
        answered.body.assign(std::istreambuf_iterator<char>(made), {});
        answered.made.reset();
        return answered;
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
    std::string cookie_, token_, page_link_;
};

}  // namespace hoso::client::local_api
