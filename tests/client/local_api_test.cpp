#include <algorithm>
#include <fstream>

#include "client/local_api/openapi.hpp"
#include "shared/base/hash.hpp"
#include "tests/client/local_api_desk.hpp"
#include "tests/support/story.hpp"

namespace hoso::client::local_api {
namespace {

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
    const auto wanted = subject("Hợp tác xã");
    token_ = std::string(64, '0');
    EXPECT_EQ(text(post("/api/v1/subject/register", wanted, 401), "code"), "no_token");
    EXPECT_EQ(ask(Method::put, "/api/v1/drafts/mot", "{}").status, 401u);
    EXPECT_EQ(at_.desk->outbox().size(), 2u);
}

TEST_F(LocalApi, APastMomentHasNothingLater) {
    const auto past = get("/api/v1/log/list?at=3");
    EXPECT_EQ(past.at("as_of").to_number<Position>(), 3u);
    EXPECT_EQ(past.at("rows").get_array().size(), 4u);
    EXPECT_EQ(get("/api/v1/log/list?at=3&to=1").at("rows").get_array().size(), 2u);
    const auto now = get("/api/v1/status");
    const std::string here = std::to_string(now.at("as_of").to_number<Position>());
    EXPECT_EQ(get("/api/v1/status?at=" + here).at("as_of"), now.at("as_of")) << "the position that is told can be looked up";
}

TEST_F(LocalApi, APagePastTheEndIsTheLast) {
    const auto answer = get("/api/v1/log/list?limit=2&page=9999");
    EXPECT_EQ(answer.at("rows").get_array().size(), (answer.at("total").to_number<std::size_t>() - 1) % 2 + 1);
    EXPECT_EQ(answer.at("page"), answer.at("pages"));
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

// The limit is of a page: the list behind it is whole, and its newest rows come first where that is asked.
TEST_F(LocalApi, APageOfTheLogIsAPageOfTheWholeLog) {
    const auto all = get("/api/v1/log/list").at("total").to_number<int>();
    ASSERT_GT(all, 3);
    const auto page = get("/api/v1/log/list?limit=2&sort=-position");
    EXPECT_EQ(page.at("total").to_number<int>(), all);
    ASSERT_EQ(page.at("rows").get_array().size(), 2u);
    const auto newest = page.at("rows").at(0);
    EXPECT_GT(newest.at("position").to_number<int>(), page.at("rows").at(1).at("position").to_number<int>());
    const auto shown = get("/api/v1/log/show?position=" + text(newest.get_object(), "action")).at("result");
    EXPECT_EQ(shown.at("position"), newest.at("position"));
    get("/api/v1/log/show?position=" + std::string(64, '0'), 404);
    get("/api/v1/log/show?position=first", 400);
}

// What a regulation calls its keys, in the language that is asked for.
TEST_F(LocalApi, StagesAndSetsReadAsTheirRegulationNamesThem) {
    Story story{at_.world, "a1"};
    story.submit();
    at_.sync();
    const auto product = get("/api/v1/product/show?lang=en&product=" + story.product.hex());
    const auto& dossier = product.at("result").at("dossiers").at(0).get_object();
    const domain::RuleSet& rules = *at_.desk->confirmed().state().registry.rule_sets.begin()->second;
    const auto stage = std::find_if(rules.stages.begin(), rules.stages.end(),
                                    [&](const auto& each) { return each.key == text(dossier, "stage"); });
    ASSERT_NE(stage, rules.stages.end());
    EXPECT_EQ(product.at("texts").at("stage").at(stage->key), json::value(stage->name_en));
    const std::string set = text(product.at("result").get_object(), "set");
    EXPECT_EQ(product.at("texts").at("set").at(set), json::value(rules.product_set(set)->name_en));
}

// A page cannot name a file of this machine: it is handed what stands in the slip, once.
TEST_F(LocalApi, ASlipIsHandedToThePage) {
    auto& world = at_.world;
    world.effective(
        "founder_0", registry_stream,
        domain::MandateGranted{
            world.new_id(), at_.slip.account, domain::Role::administrator, world.units.at("p"), world.today(), {}, "QĐ 1"});
    at_.sync();
    sign_in();
    const json::object asked{{"account", at_.slip.account.hex()}, {"unit", at_.slip.unit.hex()}, {"hours", "24"}};
    const auto tried = post("/api/v1/slip/issue?dry_run=1", asked).at("result").get_object();
    EXPECT_FALSE(tried.contains("content"));
    const auto before = at_.desk->outbox().size();
    const auto issued = post("/api/v1/slip/issue", asked).at("result").get_object();
    EXPECT_EQ(at_.desk->outbox().size(), before + 1);
    const auto slip = slip_from_json(text(issued, "content"));
    ASSERT_TRUE(slip) << slip.error().detail;
    EXPECT_EQ(slip->slip.hex(), text(issued, "slip"));
    const auto& known = at_.desk->pending().state().registry.slips.at(slip->slip);
    EXPECT_EQ(known.key, SigningKey::from_seed(slip->secret).public_key());
    EXPECT_EQ(known.expires, slip->expires);
    EXPECT_FALSE(issued.contains("file"));
    EXPECT_EQ(
        text(post("/api/v1/slip/issue", {{"account", at_.slip.account.hex()}, {"unit", at_.slip.unit.hex()}, {"out", "x"}}, 400),
             "code"),
        "invalid");
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

TEST_F(LocalApi, PapersAreTheBytesThatACommandTellsOf) {
    Story story{at_.world, "a1"};
    story.submit();
    story.evaluate(three_stars);
    story.recognise();
    at_.sync();
    const std::string number = at_.world.replica.state().product(story.product)->certificates.front().text;
    ASSERT_NE(number.find('/'), std::string::npos);
    const auto pdf = ask(Method::get, "/api/v1/papers/certificate/" + number + ".pdf");
    ASSERT_EQ(pdf.status, 200u) << pdf.body;
    EXPECT_EQ(pdf.media_type, "application/pdf");
    EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
    std::map<std::string, std::string> headers(pdf.headers.begin(), pdf.headers.end());
    EXPECT_EQ(headers["Content-Disposition"].find("inline; filename=\"Giay-chung-nhan-"), 0u) << headers["Content-Disposition"];
    EXPECT_EQ(headers["X-Content-Type-Options"], "nosniff");
    EXPECT_EQ(headers["Content-Security-Policy"], "frame-ancestors 'none'") << "a sandbox keeps the browser's viewer from working";
    const auto picture = ask(Method::get, "/api/v1/papers/certificate/" + number + ".jpg");
    EXPECT_EQ(picture.media_type, "image/jpeg");
    EXPECT_TRUE(picture.body.starts_with("\xFF\xD8\xFF")) << picture.body.substr(0, 200);
    const auto told = get("/api/v1/cert/print?certificate=" + number).at("result").get_object();
    EXPECT_EQ(text(told, "hash"), sha256(as_bytes(pdf.body)).hex());
    EXPECT_FALSE(told.at("draft").get_bool());
    EXPECT_FALSE(told.contains("written"));
    EXPECT_EQ(text(get("/api/v1/cert/print?certificate=" + number + "&out=x.pdf", 400), "code"), "invalid");
    const std::string listed = ask(Method::get, "/api/v1/dossier/list?format=csv").body;
    EXPECT_EQ(listed.find(",district,"), std::string::npos) << listed;
    EXPECT_NE(listed.find("Cấp huyện"), std::string::npos) << listed;
    const std::string decision = "/api/v1/papers/decision/" + story.decision.hex();
    EXPECT_TRUE(ask(Method::get, decision + ".pdf").body.starts_with("%PDF-"));
    EXPECT_TRUE(ask(Method::get, decision + ".docx").body.starts_with("PK"));
    EXPECT_TRUE(ask(Method::get, "/api/v1/papers/minutes/" + story.meeting.hex() + ".docx").body.starts_with("PK"));
    EXPECT_TRUE(ask(Method::get, "/api/v1/papers/report/2023.docx").body.starts_with("PK"));
    for (const char* none : {"report/1999.docx", "package/none.zip", "certificate/none.jpg", "certificate/none.pdf",
                             "certificate/none.docx", "minutes/", "decision/.pdf", "other/1.pdf", "1.pdf"})
        EXPECT_EQ(ask(Method::get, std::string("/api/v1/papers/") + none).status, 404u) << none;
    EXPECT_NE(ask(Method::post, decision + ".pdf").status, 200u);
    cookie_.clear();
    EXPECT_EQ(ask(Method::get, decision + ".pdf").status, 401u);
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

}  // namespace
}  // namespace hoso::client::local_api
