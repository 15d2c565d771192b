#include <algorithm>

#include "tests/client/local_api_desk.hpp"
#include "tests/support/story.hpp"

// What the pages are told of what they asked for, and asked for again.
namespace hoso::client::local_api {
namespace {

class Answers : public LocalApi {
protected:
    // The program ends and is started again: what it held in memory is gone.
    void restart() {
        api_.reset();
        link_.reset();
        ASSERT_TRUE(at_.reopen().has_value());
        api_ = std::make_unique<Api>(*at_.desk, link(), Api::Options{{doors, "hoso-8620"}, Api::Door{office_doors, "hoso-office"}});
        let_in();
    }
    Request registration(const std::string& key) {
        auto asked = request(Method::post, "/api/v1/subject/register", json::serialize(subject("Hợp tác xã")));
        asked.idempotency_key = key;
        return asked;
    }
    // The same request from another page of the same browser: with its session and token.
    Response again(Request asked) {
        asked.cookie = cookie_;
        asked.token = token_;
        return api_->answer(asked);
    }
};

bool is_vietnamese(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) > 0x7F; });
}

TEST_F(Answers, ErrorsAreSaidInBothLanguages) {
    sign_in();
    auto elsewhere = subject("Hợp tác xã");
    elsewhere["unit"] = "nowhere";
    const json::object problems[] = {
        post("/api/v1/subject/register", elsewhere, 404),    post("/api/v1/evidence/settings", {{"hours", "soon"}}, 400),
        get("/api/v1/evidence/show?file=abcdef012345", 404), get("/api/v1/evidence/show?file=ab", 400),
        get("/api/v1/ruleset/show?ruleset=none", 404),       get("/api/v1/subject/list?limit=0", 400),
        get("/api/v1/subject/list?at=yesterday", 400),       get("/api/v1/count/nothing", 404),
    };
    for (const json::object& problem : problems) {
        const std::string vi = text(problem, "message_vi"), en = text(problem, "message_en");
        EXPECT_TRUE(is_vietnamese(vi)) << vi;
        EXPECT_FALSE(is_vietnamese(en)) << en;
        EXPECT_EQ(text(problem, "detail"), vi);
    }
}

TEST_F(Answers, ARefusedFileIsNamedAsTheBrowserCallsIt) {
    Story story{at_.world, "a1"};
    story.draft();
    at_.sync();
    sign_in();
    const auto refused = post("/api/v1/evidence/add",
                              {{"product", story.product.hex()},
                               {"document", "form"},
                               {"file", json::array{json::object{{"name", "ảnh \"1\".jpg"}, {"text", ""}}}}},
                              400);
    EXPECT_EQ(text(refused, "message_vi"), "Tệp ảnh \"1\".jpg rỗng: 0 byte.");
    EXPECT_EQ(text(refused, "message_en"), "ảnh \"1\".jpg is empty: it has 0 bytes.");
}

TEST_F(Answers, ARequestIsRecordedOnceAlsoWhenTheProgramEndedBeforeItAnswered) {
    sign_in();
    const auto asked = registration("0197-1");
    const auto first = object(api_->answer(asked)).at("result").get_object();
    const auto size = at_.desk->outbox().size();
    restart();
    const auto told = object(again(asked));
    const auto& second = told.at("result").get_object();
    for (const char* key : {"action", "subject", "stream", "kind", "seq", "recorded", "preview"}) {
        ASSERT_TRUE(first.contains(key) && second.contains(key)) << key;
        EXPECT_EQ(first.at(key), second.at(key)) << key;
    }
    EXPECT_TRUE(second.at("recorded_before").get_bool());
    EXPECT_EQ(told.at("said").get_array().size(), 1u);
    EXPECT_EQ(at_.desk->outbox().size(), size);
    EXPECT_EQ(text(object(again(registration("0197-2")), 401), "code"), "officer_locked") << "another key is another request";
}

TEST_F(Answers, ARequestIsForgottenAfterAWeek) {
    sign_in();
    const auto asked = registration("0197-1");
    object(api_->answer(asked));
    restart();
    at_.world.now += request_lasts + 1;
    let_in();
    EXPECT_EQ(text(object(again(asked), 401), "code"), "officer_locked") << "it would be recorded anew";
}

TEST_F(Answers, ARuleSetNamesWhatItHas) {
    Story story{at_.world, "a1"};
    story.draft();
    at_.sync();
    const auto id = text(get("/api/v1/ruleset/list").at("rows").get_array().at(0).get_object(), "ruleset");
    const auto rules = get("/api/v1/ruleset/show?ruleset=" + id).at("result").get_object();
    for (const char* list : {"subject_types", "grounds"}) {
        ASSERT_FALSE(rules.at(list).get_array().empty()) << list;
        for (const json::value& each : rules.at(list).get_array()) {
            EXPECT_TRUE(each.at("name_vi").is_string());
            EXPECT_TRUE(each.at("name_en").is_string());
        }
    }
}

TEST_F(Answers, AMeetingSaysWhoHasHandedInAndOnlyThenWhat) {
    Story story{at_.world, "a1"};
    story.submit();
    story.receive();
    story.take(story.meeting_opening());
    story.take(story.sheet("member", three_stars));
    at_.sync();
    const std::string path = "/api/v1/meeting/show?meeting=" + story.meeting.hex();
    const auto open = get(path).at("result").get_object();
    EXPECT_NE(text(open, "unit_name"), "");
    const auto& before = open.at("dossiers").at(0).get_object();
    std::size_t in = 0;
    for (const json::value& seat : before.at("seats").get_array()) {
        in += seat.at("handed_in").get_bool() ? 1 : 0;
        EXPECT_FALSE(seat.get_object().contains("total"));
    }
    EXPECT_EQ(in, 1u);
    EXPECT_GT(before.at("seats").get_array().size(), in);
    EXPECT_FALSE(before.contains("sheets"));
    const auto tasks = get("/api/v1/task/list?filter.task=score").at("rows").get_array();
    ASSERT_FALSE(tasks.empty());
    EXPECT_EQ(text(tasks.at(0).get_object(), "meeting"), story.meeting.hex());
}

TEST_F(Answers, AClosedMeetingHasPointsBySection) {
    Story story{at_.world, "a1"};
    story.submit();
    story.evaluate(three_stars);
    at_.sync();
    const auto closed = get("/api/v1/meeting/show?meeting=" + story.meeting.hex()).at("result").get_object();
    const auto& dossier = closed.at("dossiers").at(0).get_object();
    const auto sum = [](const json::array& sections, const char* key) {
        int hundredths = 0;
        for (const json::value& each : sections)
            hundredths += static_cast<int>(*cli::points_from_text(std::string_view(each.at(key).get_string())));
        return hundredths;
    };
    ASSERT_FALSE(dossier.at("sheets").get_array().empty());
    for (const json::value& sheet : dossier.at("sheets").get_array())
        EXPECT_EQ(sum(sheet.at("sections").get_array(), "points"),
                  static_cast<int>(*cli::points_from_text(std::string_view(sheet.at("total").get_string()))));
    EXPECT_FALSE(dossier.at("grade").at("sections").get_array().empty());
    EXPECT_NE(text(get("/api/v1/meeting/list").at("rows").at(0).get_object(), "unit_name"), "?");
}

TEST_F(Answers, ASearchNamesTheUnit) {
    sign_in();
    post("/api/v1/subject/register", subject("Chè Shan"));
    const auto found = get("/api/v1/search?text=shan").at("rows").at(0).get_object();
    EXPECT_EQ(text(found, "unit_name"), text(get("/api/v1/me").at("desk").get_object(), "unit_name"));
}

TEST_F(Answers, ThePaceOfARoundIsToldDayByDayAtOnce) {
    Story story{at_.world, "a1"};
    story.submit();
    at_.sync();
    const auto rounds = get("/api/v1/round/list").at("rows").get_array();
    ASSERT_FALSE(rounds.empty());
    const std::string round = text(rounds.at(0).get_object(), "round");
    const std::string today = text(get("/api/v1/me"), "today");
    const auto days = get("/api/v1/round/pace?by=week&limit=1000&round=" + round + "&from=" + today.substr(0, 4) + "-01-01");
    const auto& rows = days.at("rows").get_array();
    ASSERT_GT(rows.size(), 1u);
    EXPECT_EQ(rows.front().at("registered").to_number<int>(), 0);
    EXPECT_EQ(text(rows.back().get_object(), "day"), today);
    const auto progress = get("/api/v1/progress?round=" + round).at("rows").get_array();
    for (const char* key : {"registered", "submitted", "received", "tallied", "recognised"})
        EXPECT_EQ(rows.back().at(key), progress.back().at(key)) << key;
    EXPECT_EQ(text(get("/api/v1/round/pace?by=hour&round=" + round, 400), "code"), "invalid");
    EXPECT_EQ(text(get("/api/v1/round/pace?by=day&from=2000-01-01&round=" + round, 413), "code"), "limit");
}

TEST_F(Answers, SettingsAreReadAndSet) {
    const auto before = get("/api/v1/evidence/settings").at("result").get_object();
    EXPECT_EQ(get("/api/v1/evidence/settings?originals=all", 400).at("errors").get_array().size(), 1u);
    const std::string other = text(before, "originals") == "all" ? "demand" : "all";
    post("/api/v1/evidence/settings", {{"originals", other}});
    EXPECT_EQ(text(get("/api/v1/evidence/settings").at("result").get_object(), "originals"), other);
}

}  // namespace
}  // namespace hoso::client::local_api
