#include "client/local_api/lookup.hpp"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "client/cli/papers.hpp"
#include "client/paper/proof.hpp"
#include "tests/support/desk_folder.hpp"
#include "tests/support/story.hpp"

// The public lookup of a real desk on disk: what strangers may ask, and what they get.
namespace hoso::client::local_api {
namespace {

using namespace tests;
namespace json = boost::json;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class PublicLookup : public testing::Test {
protected:
    void SetUp() override {
        at_.settle();
        story_.subject_name = "HTX <b>Chè</b> & \"bạn\"";
        story_.draft();
        story_.take(story_.note());
        story_.take(story_.field("0912 345 678"));
        story_.take(story_.submission());
        story_.evaluate(three_stars);
        story_.recognise();
        at_.sync();
        link_ = std::make_unique<Link>(*at_.desk, context_);
        lookup_ = std::make_unique<Lookup>(*at_.desk, *link_, [this] { return ticks_; });
    }
    void TearDown() override { lookup_.reset(); }

    std::string number() const { return story_.state().certificates.front().text; }
    std::string path() const { return "/v/" + paper::in_address(number()); }
    static Request request(const std::string& target, Method method = Method::get) {
        Request made;
        made.method = method;
        made.address = "203.0.113.9";
        made.hosts = 1;
        made.host = "ocop.example";
        EXPECT_TRUE(set_target(made, target)) << target;
        return made;
    }
    Response get(const std::string& target) { return lookup_->answer(request(target)); }
    json::object get_json(const std::string& target, unsigned status = 200) {
        Request asked = request(target);
        asked.accepts = "application/json";
        const Response answer = lookup_->answer(asked);
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_TRUE(answer.media_type.starts_with("application/json"));
        return json::parse(answer.body).get_object();
    }
    static std::string header(const Response& answer, std::string_view wanted) {
        for (const auto& [name, value] : answer.headers) {
            if (name == wanted) return value;
        }
        return {};
    }

    DeskFolder at_;
    Story story_{at_.world, "a1"};
    boost::asio::io_context context_;
    std::unique_ptr<Link> link_;
    RateLimit::Moment ticks_{};
    std::unique_ptr<Lookup> lookup_;
};

TEST_F(PublicLookup, ACertificateIsShownWithItsStateInBothLanguages) {
    const Response vi = get(path());
    EXPECT_EQ(vi.status, 200u);
    EXPECT_EQ(vi.media_type, "text/html; charset=utf-8");
    for (const char* part :
         {"<html lang=\"vi\">", "Còn hiệu lực", "đến hết ngày", "3 sao", "a1, a, p", "Theo sổ ghi của tỉnh đến vị trí "})
        EXPECT_TRUE(has(vi.body, part)) << part << "\n" << vi.body;
    EXPECT_TRUE(has(vi.body, number()));
    const Response en = get(path() + "?lang=en");
    EXPECT_TRUE(has(en.body, "<html lang=\"en\">") && has(en.body, "Valid") && !has(en.body, "Còn hiệu lực")) << en.body;
    Request abroad = request(path());
    abroad.languages = "en-GB,en;q=0.9";
    EXPECT_TRUE(has(lookup_->answer(abroad).body, "<html lang=\"en\">"));
}

TEST_F(PublicLookup, JsonSaysTheSame) {
    const json::object answer = get_json(path());
    EXPECT_EQ(answer.at("code").get_string(), "found");
    const json::object found = answer.at("certificates").get_array().front().get_object();
    EXPECT_EQ(found.at("certificate").get_string(), number());
    EXPECT_EQ(found.at("status").get_string(), "good");
    EXPECT_EQ(found.at("stars").to_number<int>(), 3);
    EXPECT_EQ(found.at("subject_name").get_string(), story_.subject_name);
    const json::object as_of = answer.at("as_of").get_object();
    EXPECT_EQ(as_of.at("position").to_number<Position>(), at_.desk->confirmed().size());
    EXPECT_TRUE(as_of.at("current").get_bool());
    EXPECT_EQ(as_of.at("follows").get_string(), "a1");
    EXPECT_EQ(answer.contains("training"), at_.desk->identity().training());
}

TEST_F(PublicLookup, WhatTheLogHoldsStaysText) {
    const Response answer = get(path());
    EXPECT_TRUE(has(answer.body, "HTX &lt;b&gt;Chè&lt;/b&gt; &amp; &quot;bạn&quot;")) << answer.body;
    EXPECT_FALSE(has(answer.body, "<b>"));
    for (const char* typed :
         {"/v/%3Cscript%3Ealert(1)%3C/script%3E", "/v/1%22%20onmouseover=%22x", "/v/%3Cscript%3E?lang=%22%3E%3Cscript%3E",
          "/%3Cscript%3E", "/v?number=%3Cscript%3E%0d%0aSet-Cookie:%20a=b"}) {
        const Response told = get(typed);
        EXPECT_FALSE(has(told.body, "<script")) << typed;
        EXPECT_FALSE(has(told.body, "\" onmouseover")) << typed;
        EXPECT_EQ(header(told, "Location").find_first_of("\r\n<"), std::string::npos);
    }
}

TEST_F(PublicLookup, AnUnknownNumberGetsAPageThatSaysWhatToDo) {
    const Response answer = get("/v/99/2023/OCOP");
    EXPECT_EQ(answer.status, 404u);
    EXPECT_TRUE(has(answer.body, "Không có giấy chứng nhận số này ở đây") && has(answer.body, "99/2023/OCOP") &&
                has(answer.body, "chỉ theo dõi sản phẩm của a1"))
        << answer.body;
    EXPECT_EQ(get_json("/v/99/2023/OCOP", 404).at("code").get_string(), "unknown_certificate");
    EXPECT_EQ(get_json("/v/---", 404).at("code").get_string(), "no_number");
}

TEST_F(PublicLookup, WhatWasTypedBecomesAnAddress) {
    const Response front = get("/");
    EXPECT_EQ(front.status, 200u);
    EXPECT_TRUE(has(front.body, "name=\"number\"") && has(front.body, "action=\"/v\""));
    const Response typed = get("/v?number=" + std::string("1%2F2023%2FOCOP-%C4%90B") + "&lang=en");
    EXPECT_EQ(typed.status, 303u);
    EXPECT_EQ(header(typed, "Location"), "/v/1/2023/OCOP-%C4%90B?lang=en");
    EXPECT_EQ(get("/v?number=%20").status, 404u);
    const auto& decision = at_.world.registry().decisions.at(story_.decision);
    const paper::Proof proof{at_.world.replica.state().log, action_id(at_.world.events.at(decision.position).action), number()};
    for (const char* base : {"", "https://ocop.example"}) {
        const Response pasted = get("/v?number=" + paper::in_address(paper::proof_text(proof, base)));
        ASSERT_EQ(pasted.status, 303u);
        EXPECT_EQ(get(header(pasted, "Location")).status, 200u) << header(pasted, "Location");
    }
}

TEST_F(PublicLookup, NothingElseIsOnThePort) {
    for (const char* other :
         {"/api/v1/me", "/api/v1/cert/list", "/api/v1/session", "/index.html", "/v1", "/vx", "/v/../api/v1/me", "/favicon.ico"}) {
        const Response answer = get(other);
        EXPECT_EQ(answer.status, 404u) << other;
        EXPECT_TRUE(answer.media_type.starts_with("text/html"));
        ticks_ += std::chrono::seconds{60};
    }
    for (const Method method : {Method::post, Method::put, Method::remove, Method::other}) {
        const auto refused = lookup_->turn_down(request("/v", method));
        ASSERT_TRUE(refused) << "before its body is read";
        EXPECT_EQ(refused->status, 405u);
        EXPECT_EQ(header(*refused, "Allow"), "GET, HEAD");
        EXPECT_EQ(lookup_->answer(request("/v", method)).status, 405u);
    }
    Request upgrade = request("/");
    upgrade.upgrade = true;
    EXPECT_EQ(lookup_->answer(upgrade).status, 405u);
    EXPECT_EQ(lookup_->answer(request("/", Method::head)).status, 200u);
}

TEST_F(PublicLookup, NoWordBeyondThePaperIsSaid) {
    const std::string text = get(path()).body + json::serialize(get_json(path()));
    for (const std::string& hidden :
         {std::string("Đã gọi chủ thể."), std::string("0912 345 678"), std::string("Phiếu đăng ký"), std::string("chair_a"),
          std::string("member_a"), story_.product.hex(), at_.slip.account.hex(), story_.meeting.hex()}) {
        ASSERT_FALSE(hidden.empty());
        EXPECT_FALSE(has(text, hidden)) << hidden;
    }
    EXPECT_TRUE(has(text, number()));
}

TEST_F(PublicLookup, EveryAnswerHasTheHeadersOfAPageThatHoldsNothing) {
    std::vector<Response> answers{get("/"), get(path()), get("/none"), lookup_->fault({Errc::limit, "x"}),
                                  *lookup_->turn_down(request("/", Method::post))};
    for (const Response& answer : answers) {
        const std::string policy = header(answer, "Content-Security-Policy");
        EXPECT_TRUE(has(policy, "default-src 'none'; style-src 'sha256-")) << policy;
        EXPECT_FALSE(has(policy, "unsafe") || has(policy, "script-src"));
        EXPECT_EQ(header(answer, "X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(header(answer, "Cache-Control"), "no-store");
        EXPECT_EQ(header(answer, "Referrer-Policy"), "no-referrer");
        EXPECT_EQ(header(answer, "X-Frame-Options"), "DENY");
        EXPECT_EQ(header(answer, "Set-Cookie"), "");
        EXPECT_FALSE(has(answer.body, "<script"));
    }
    EXPECT_EQ(answers[3].status, 413u);
}

TEST_F(PublicLookup, WhoAsksTooOftenWaits) {
    for (int i = 0; i < Lookup::requests_terms.burst; ++i) ASSERT_EQ(get("/").status, 200u) << i;
    const Response later = get(path());
    EXPECT_EQ(later.status, 429u);
    EXPECT_EQ(header(later, "Retry-After"), "30");
    EXPECT_FALSE(has(later.body, story_.state().name));
    Request other = request("/");
    other.address = "198.51.100.1";
    EXPECT_EQ(lookup_->answer(other).status, 200u);
    ticks_ += Lookup::requests_terms.every;
    EXPECT_EQ(get("/").status, 200u);
    EXPECT_EQ(get("/").status, 429u);
}

TEST_F(PublicLookup, EverybodyTogetherHasALimitToo) {
    Request asked = request("/");
    unsigned answered = 0;
    for (int i = 0; i < 1000; ++i) {
        asked.address = "2001:db8:" + std::to_string(i) + "::/64";
        const unsigned status = lookup_->answer(asked).status;
        answered += status == 200;
        EXPECT_TRUE(status == 200 || status == 503);
    }
    EXPECT_EQ(answered, static_cast<unsigned>(Lookup::all_terms.burst));
}

TEST_F(PublicLookup, ConnectionsOfOneAddressAreCounted) {
    for (int i = 0; i < Lookup::connections_terms.burst; ++i) ASSERT_TRUE(lookup_->receives("203.0.113.9"));
    EXPECT_FALSE(lookup_->receives("203.0.113.9"));
    EXPECT_TRUE(lookup_->receives("203.0.113.10"));
}

TEST_F(PublicLookup, ADeskThatHasNotHeardForLongSaysSo) {
    EXPECT_FALSE(has(get(path()).body, "Có thể chưa mới nhất"));
    at_.world.now += 23LL * 3600 * 1'000'000;
    EXPECT_TRUE(get_json(path()).at("as_of").at("current").get_bool());
    at_.world.now += 2LL * 3600 * 1'000'000;
    EXPECT_FALSE(get_json(path()).at("as_of").at("current").get_bool());
    EXPECT_TRUE(has(get(path()).body, "Có thể chưa mới nhất"));
    EXPECT_TRUE(has(get(path() + "?lang=en").body, "This may be out of date."));
    EXPECT_TRUE(has(get("/").body, "Có thể chưa mới nhất")) << "before anything is typed";
}

TEST_F(PublicLookup, ARevocationThatIsNotLoggedYetChangesNothing) {
    story_.take(story_.revocation_signing("a", number()));
    story_.take(story_.revocation("a", number()));
    EXPECT_TRUE(has(get(path()).body, "Còn hiệu lực")) << "it has not come here";
    at_.sync();
    const Response revoked = get(path());
    EXPECT_EQ(revoked.status, 200u);
    EXPECT_TRUE(has(revoked.body, "Đã bị thu hồi") && !has(revoked.body, "Còn hiệu lực")) << revoked.body;
    EXPECT_EQ(get_json(path()).at("certificates").get_array().front().at("status").get_string(), "revoked");
}

TEST_F(PublicLookup, APracticeLogSaysSoOnEveryPage) {
    const bool training = at_.desk->identity().training();
    for (const std::string& each : {std::string("/"), path(), std::string("/v/none"), std::string("/none")})
        EXPECT_EQ(has(get(each).body, "TẬP HUẤN"), training) << each;
    EXPECT_TRUE(training) << "the world of the tests is one";
}

TEST_F(PublicLookup, TheAddressOfTheLookupIsKeptAndPrinted) {
    EXPECT_TRUE(at_.desk->identity().province.lookup.empty());
    for (const char* wrong : {"http://ocop.example", "https://", "https://a/b", "https://a:b", "ocop.example", "https://a b",
                              "https://a?x", "https://a:123456"})
        EXPECT_FALSE(at_.desk->name_lookup(wrong)) << wrong;
    ASSERT_TRUE(at_.desk->name_lookup("https://ocop.example"));
    lookup_.reset();
    link_.reset();
    ASSERT_TRUE(at_.reopen());
    EXPECT_EQ(at_.desk->identity().province.lookup, "https://ocop.example");
    const auto facts = paper::certificate_facts(cli::paper_source(*at_.desk, nullptr), number());
    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_TRUE(facts->proof.starts_with("https://ocop.example" + path() + "#gcn:1:")) << facts->proof;
    ASSERT_TRUE(at_.desk->name_lookup(""));
    EXPECT_FALSE(has(to_json(at_.desk->identity()), "lookup"));
}

}  // namespace
}  // namespace hoso::client::local_api
