#include "shared/base/hash.hpp"
#include "tests/support/cli_desk.hpp"

// The programme around the dossiers, from one desk whose officer holds every role.
namespace hoso::client {
namespace {

using namespace tests;

class CliProgramme : public CliDesk {
protected:
    void SetUp() override {
        CliDesk::SetUp();
        using domain::Role;
        for (const Role role : {Role::administrator, Role::secretary, Role::signer, Role::adviser, Role::officer}) {
            at_.world.effective(
                "founder_0", registry_stream,
                domain::MandateGranted{at_.world.new_id(), at_.slip.account, role, at_.world.units.at("p"), {}, {}, "x"});
        }
        at_.sync();
    }
    // What is recorded takes effect; what it answers.
    json::object effective(const std::vector<std::string>& args) {
        const auto said = answer(args);
        EXPECT_EQ(text(said.at("preview").get_object(), "outcome"), "effective") << args.at(0) << " " << args.at(1);
        at_.sync();
        return said;
    }
    std::string today() const { return to_text(at_.world.today()); }
    std::string day(int from_today) const { return to_text(at_.world.today() + std::chrono::days{from_today}); }
    // A story of the same province with a certificate of the district.
    Story certified() {
        Story story{at_.world, "a1"};
        story.submit();
        story.evaluate(three_stars);
        story.recognise();
        at_.sync();
        return story;
    }
    std::vector<json::object> tasks(const std::string& what, const std::vector<std::string>& more = {}) {
        std::vector<std::string> args{"task", "list"};
        args.insert(args.end(), more.begin(), more.end());
        auto rows = run(args);
        std::erase_if(rows, [&](const json::object& row) { return text(row, "task") != what; });
        return rows;
    }
};

TEST_F(CliProgramme, OfficesUnitsAndDaysOff) {
    effective({"office", "create", "--unit", "p", "--name", "Sở Nông nghiệp"});
    effective(
        {"office", "rename", "Sở Nông nghiệp", "--name", "Sở Nông nghiệp và Môi trường", "--from", day(10), "--basis", "NQ 15"});
    EXPECT_EQ(text(answer({"office", "list", "--at", day(9)}), "name"), "Sở Nông nghiệp");
    EXPECT_EQ(text(answer({"office", "list", "--at", day(10)}), "name"), "Sở Nông nghiệp và Môi trường");
    effective({"mandate", "grant", "--account", at_.slip.account.hex(), "--role", "adviser", "--unit", "p", "--basis", "QĐ 1",
               "--office", "Sở Nông nghiệp và Môi trường", "--field", "chất lượng"});
    const auto mandates = run({"mandate", "list"});
    EXPECT_EQ(std::count_if(mandates.begin(), mandates.end(), [&](const auto& row) { return text(row, "field") == "chất lượng"; }),
              1);
    effective({"unit", "rename", "p/a/a1", "--name", "Xã Tú Lý", "--from", day(3), "--basis", "NQ 20"});
    EXPECT_EQ(answer({"unit", "show", "p/a/a1"}).at("former").get_array().size(), 1u);
    effective({"calendar", "set", "2023", "--off", "2023-09-04", "--worked", "2023-09-09", "--basis", "TB 1"});
    EXPECT_EQ(text(answer({"calendar", "show"}), "basis"), "TB 1");
    run({"calendar", "set", "2023", "--off", "04/09/2023", "--basis", "TB 1"}, 2);
}

TEST_F(CliProgramme, ADocumentKeepsTheNameOfItsDay) {
    certified();
    const auto before = answer({"decision", "list"});
    effective({"unit", "rename", "p/a", "--name", "Huyện Mới", "--code", "950", "--from", day(3), "--basis", "NQ 21"});
    const auto after = answer({"decision", "list"});
    EXPECT_EQ(text(after, "path"), text(before, "path"));
    EXPECT_EQ(text(after, "unit_name"), text(before, "unit_name"));
    EXPECT_NE(text(answer({"unit", "show", "p/a"}), "name"), "Huyện Mới") << "until then it goes by what it has";
    EXPECT_EQ(text(answer({"unit", "show", "p/950", "--at", day(3)}), "name"), "Huyện Mới");
    run({"unit", "show", "p/950"}, 3);
}

TEST_F(CliProgramme, NoticesWithBothListsOfWhatRanOut) {
    std::vector<StreamId> products;
    for (int i = 0; i < 3; ++i) {
        Story story{at_.world, "a1"};
        story.take(story.registration());
        const std::string number = "OCOP-2019-" + std::to_string(i);
        const Date old = *date_from_text("2019-12-10");
        at_.world.effective("secretary_a", story.product, domain::LegacyRecognised{"1/QĐ", old, number, 3, old, "older"});
        products.push_back(story.product);
    }
    at_.sync();
    EXPECT_EQ(tasks("ask_renewal").size(), 3u);
    effective({"renewal", "answer", products[0].hex(), "--certificate", "OCOP-2019-0", "--renews", "yes"});
    effective({"renewal", "answer", products[1].hex(), "--certificate", "OCOP-2019-1", "--renews", "no"});
    EXPECT_EQ(tasks("ask_renewal").size(), 1u);
    EXPECT_EQ(tasks("revoke_expired").size(), 1u);
    EXPECT_EQ(tasks("open_re_evaluation").size(), 1u);
    const auto issued =
        effective({"notice", "issue", "--unit", "p", "--round", "2023", "--number", "332/SNN", "--title", "Triển khai",
                   "--deadline", day(30) + ":province:chấm xong", "--answers", "--registered", products[2].hex()});
    EXPECT_EQ(issued.at("continues").to_number<int>(), 1);
    EXPECT_EQ(issued.at("lapses").to_number<int>(), 1);
    const auto shown = answer({"notice", "show", "332/SNN"});
    EXPECT_EQ(shown.at("lines").get_array().size(), 3u);
    EXPECT_EQ(text(shown.at("deadlines").get_array().front().get_object(), "text"), "chấm xong");
    run({"notice", "issue", "--unit", "p", "--number", "1", "--title", "x", "--deadline", "soon"}, 2);
    run({"notice", "issue", "--unit", "p", "--number", "1", "--title", "x", "--answers", "--lapses", products[1].hex()}, 2);
    const auto steps = run({"round", "funnel", "--round", "2023"});
    EXPECT_EQ(text(steps.at(0), "step"), "notified");
    EXPECT_EQ(steps.at(0).at("products").to_number<int>(), 2) << "those that lapse are not on their way";
    effective({"reminder", "send", "--unit", "p/a", "--round", "2023", "--text", "Chấm sớm"});
    EXPECT_EQ(run({"reminder", "list"}).size(), 1u);
    const auto raised = effective({"difficulty", "raise", "--unit", "p/a/a1", "--text", "Thiếu phiếu kiểm nghiệm"});
    EXPECT_EQ(tasks("resolve_difficulty").size(), 1u);
    effective({"difficulty", "resolve", text(raised, "difficulty"), "--text", "Đã mời"});
    EXPECT_TRUE(answer({"difficulty", "list"}).at("resolved").get_bool());
    effective({"promotion", "hold", "--unit", "p", "--kind", "fair", "--title", "Hội chợ", "--venue", "Hòa Bình"});
    effective({"promotion", "join", products[0].hex(), "--promotion", "Hội chợ", "--text", "Bán 40 kg"});
    EXPECT_EQ(answer({"promotion", "list"}).at("products").to_number<int>(), 1);
}

TEST_F(CliProgramme, AnIdeaACodeAndThePapersOfADossier) {
    const std::string made = product();
    at_.sync();
    EXPECT_EQ(tasks("complete").size(), 1u);
    const auto missing = answer({"dossier", "show", made}).at("missing").get_array();
    ASSERT_EQ(missing.size(), 6u) << "a form, an opinion, four criteria";
    EXPECT_EQ(text(missing[0].get_object(), "name_vi"), "Phiếu");
    run({"idea", "review", made, "--approved", "no"}, 2);
    EXPECT_NE(said_.find("too_small"), std::string::npos) << said_;
    effective({"idea", "review", made, "--approved", "no", "--reason", "too_small", "--text", "Mới 200 m2"});
    EXPECT_FALSE(answer({"product", "show", made}).at("idea").get_object().at("approved").get_bool());
    effective({"product", "code", made, "17-4-9"});
    EXPECT_EQ(text(answer({"product", "show", made}), "code"), "17-4-9");
    run({"form", "number", made, "--unit", "p/a/a1"}, 3);
    effective({"numbers", "grant", "--device", at_.desk->identity().device.hex(), "--kind", "form", "--pattern", "{}/PĐK-17",
               "--first", "1", "--last", "9"});
    EXPECT_EQ(text(effective({"form", "number", made, "--unit", "p/a/a1"}), "number"), "1/PĐK-17");
    EXPECT_EQ(text(effective({"form", "number", made, "--unit", "p"}), "number"), "2/PĐK-17");
    EXPECT_EQ(answer({"dossier", "show", made}).at("forms").get_array().size(), 2u);
    run({"dossier", "samples", made, "--count", "0", "--stage", "province"}, 2);
    effective({"dossier", "samples", made, "--count", "3", "--stage", "province"});
    EXPECT_EQ(answer({"dossier", "show", made}).at("samples").get_array().size(), 1u);
}

TEST_F(CliProgramme, CouncilLettersAndPublication) {
    World& world = at_.world;
    world.effective(
        "founder_0", registry_stream,
        domain::MandateGranted{world.new_id(), at_.slip.account, domain::Role::secretary, world.units.at("a"), {}, {}, "x"});
    Story story{world, "a1"};
    story.submit();
    at_.sync();
    EXPECT_EQ(tasks("receive").size(), 1u);
    story.take(story.receipt());
    at_.sync();
    EXPECT_EQ(tasks("collect_samples").size(), 0u) << "the set has none";
    EXPECT_EQ(tasks("advise").size(), 1u);
    story.take(story.advice());
    at_.sync();
    EXPECT_EQ(tasks("call_meeting").size(), 1u);
    const std::string council = world.councils.at("a").hex();
    const auto post = [&](const char* officer) { return world.officers.at(officer).account.hex(); };
    effective({"council",
               "change",
               council,
               "--decision",
               "55/QĐ",
               "--date",
               today(),
               "--member",
               post("chair_a") + ":chair",
               "--member",
               at_.slip.account.hex() + ":secretary=điều phối",
               "--member",
               post("member_a"),
               "--member",
               post("secretary_a") + ":support=y tế",
               "--adviser",
               post("adviser_a") + "=nông nghiệp",
               "--quorum",
               "2",
               "--spread",
               "20"});
    const auto rows = run({"council", "list"});
    const auto changed = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return text(row, "council") == council; });
    EXPECT_EQ(changed->at("members").get_array().size(), 4u);
    EXPECT_EQ(text(changed->at("advisers").get_array().front().get_object(), "field"), "nông nghiệp");
    story.take(story.meeting_opening());
    at_.sync();
    EXPECT_EQ(tasks("score").size(), 1u);
    EXPECT_EQ(tasks("score", {"--mine"}).size(), 1u);
    EXPECT_EQ(tasks("score", {"--account", post("secretary_a")}).size(), 0u) << "it supports only";
    story.take(story.sheet("chair", three_stars));
    story.take(story.sheet("member", three_stars));
    at_.sync();
    EXPECT_EQ(tasks("score", {"--account", post("member_a")}).size(), 0u) << "its sheet is in";
    effective({"dossier", "recuse", story.product.hex(), "--council", council, "--reason", "Người nhà"});
    EXPECT_EQ(answer({"dossier", "show", story.product.hex()}).at("recusals").get_array().size(), 1u);
    run({"meeting", "minutes", story.meeting.hex(), "--number", "05/BB"}, 6);
    story.take(story.meeting_closing());
    at_.sync();
    EXPECT_EQ(tasks("tally").size(), 1u);
    effective(
        {"meeting", "minutes", story.meeting.hex(), "--number", "05/BB", "--text", "Thống nhất", "--document", file("bản quét")});
    EXPECT_EQ(answer({"meeting", "show", story.meeting.hex()}).at("minutes").get_array().size(), 1u);
    effective({"meeting", "tally", story.meeting.hex(), story.product.hex()});
    EXPECT_EQ(tasks("decide").size(), 1u);

    effective({"package", "send", "--unit", "p/a", "--stage", "district", "--number", "88/UBND", "--to", "UBND tỉnh", "--product",
               story.product.hex()});
    EXPECT_EQ(answer({"package", "list"}).at("dossier_count").to_number<int>(), 1);
    story.recognise();
    at_.sync();
    EXPECT_EQ(tasks("publish_results").size(), 1u);
    EXPECT_EQ(run({"dossier", "list", "--round", "2023", "--step", "recognised"}).size(), 1u);
    EXPECT_EQ(run({"dossier", "list", "--round", "2023", "--step", "open"}).size(), 0u);
    EXPECT_EQ(run({"product", "list", "--round", "2023", "--step", "recognised_3"}).size(), 1u);
    EXPECT_EQ(run({"product", "list", "--round", "2023", "--step", "declined"}).size(), 0u);
    run({"product", "list", "--round", "2023", "--step", "nosuch"}, 2);
    run({"product", "list", "--step", "tallied"}, 2);
    run({"dossier", "list", "--step", "nosuch"}, 2);
    const auto report = at_.temp / "BC.docx";
    EXPECT_EQ(text(answer({"round", "draft", "2023", "--out", report.string()}), "written"), report.string());
    effective({"decision", "publish", story.decision.hex(), "--place", "Cổng thông tin"});
    EXPECT_EQ(tasks("publish_results").size(), 0u);
    const auto pace = run({"round", "pace", "--round", "2023"});
    EXPECT_EQ(pace.back().at("done").to_number<int>(), 1);
    EXPECT_EQ(text(pace.back(), "pace"), "0,25") << "one in four weeks";
}

TEST_F(CliProgramme, ARegulationSaysWhatItLaysDown) {
    const auto times = answer({"ruleset", "show", "practice"}).at("times").get_object();
    EXPECT_EQ(text(times, "revocation_days"), "15");
    EXPECT_EQ(text(times, "notices"), "180, 30");
    EXPECT_EQ(text(times, "decided_by.upgrade.2023-01-01"), "2023-06-06");
    EXPECT_FALSE(times.contains("re_evaluation.filed_from_days")) << "it lays none down";
}

// A district is gone: what was left there counts, and is asked for, where it went.
TEST_F(CliProgramme, ACountAndATaskGoWhereTheirUnitWent) {
    Story story{at_.world, "a1"};
    story.submit();
    at_.world.effective("founder_0", registry_stream,
                        domain::UnitClosed{at_.world.units.at("a1"), at_.world.today(), {{at_.world.units.at("a2"), true}}});
    at_.sync();
    const auto rows = [&](int days) { return run({"round", "pace", "--round", "2023", "--at", day(days)}); };
    EXPECT_EQ(text(rows(1).front(), "geography"), day(1));
    EXPECT_EQ(rows(1).back().at("left").to_number<int>(), 1);
    at_.world.effective("founder_0", registry_stream,
                        domain::UnitClosed{at_.world.units.at("a"), at_.world.today(), {{at_.world.units.at("b"), true}}});
    at_.sync();
    const auto left = [&](int days, const std::string& path) {
        int found = -1;
        for (const auto& row : rows(days)) {
            if (row.contains("path") && row.at("path").is_string() && text(row, "path") == path)
                found = row.at("left").to_number<int>();
        }
        return found;
    };
    EXPECT_EQ(left(0, "p/a"), 1);
    EXPECT_EQ(left(0, "p/b"), 0);
    EXPECT_EQ(left(1, "p/a"), -1) << "there is no such district any more";
    EXPECT_EQ(left(1, "p/b"), 1);
    EXPECT_EQ(text(tasks("receive", {"--at", day(0)}).front(), "path"), "p/a");
    EXPECT_EQ(text(tasks("receive", {"--at", day(1)}).front(), "path"), "p/b");
}

TEST_F(CliProgramme, WhatComesAfterRecognition) {
    Story story = certified();
    const std::string made = story.product.hex();
    const std::string certificate = story.state().certificates.front().text;
    EXPECT_EQ(tasks("notify_expiry").size(), 0u);
    const std::string soon = to_text(story.state().certificates.front().last_day - std::chrono::days{180});
    EXPECT_EQ(tasks("notify_expiry", {"--at", soon}).size(), 1u);
    effective({"cert", "notify", made, "--certificate", certificate, "--number", "77/SNN"});
    EXPECT_EQ(text(answer({"product", "show", made}).at("certificates").get_array().front().get_object(), "notified"), today());
    effective({"inspection", "record", made, "--kind", "ad-hoc", "--outcome", "kept", "--text", "Đạt"});
    run({"inspection", "record", made, "--kind", "periodic", "--outcome", "revoke", "--certificate", certificate, "--text", "x"},
        6);
    effective({"inspection", "record", made, "--kind", "periodic", "--outcome", "revoke", "--certificate", certificate, "--ground",
               "misuse", "--text", "Dùng sai nhãn"});
    const auto due = tasks("revoke");
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(text(due.front(), "due"), day(15)) << "the days to revoke run from the conclusion";
    EXPECT_EQ(tasks("revoke", {"--late", "--at", day(15)}).size(), 0u);
    EXPECT_EQ(tasks("revoke", {"--late", "--at", day(16)}).size(), 1u);
    run({"cert", "serve", made, "--certificate", certificate, "--to", "Chủ thể"}, 6);
    story.take(story.revocation_signing("a", certificate));
    story.take(story.revocation("a", certificate));
    at_.sync();
    EXPECT_EQ(tasks("serve_revocation").size(), 1u);
    effective({"cert", "serve", made, "--certificate", certificate, "--to", "Chủ thể", "--to", "Quản lý thị trường"});
    EXPECT_EQ(tasks("serve_revocation").size(), 0u);
    const auto filed = effective({"complaint", "file", made, "--text", "Nhãn ghi sai", "--complainant", "một người dân"});
    EXPECT_EQ(tasks("answer_complaint").size(), 1u);
    effective({"complaint", "answer", text(filed, "complaint"), "--upheld", "yes", "--text", "Đính chính"});
    EXPECT_TRUE(answer({"complaint", "list"}).at("upheld").get_bool());
    effective({"correction", "make", made, "--item", "name", "--before", "Trà xanh", "--after", "Trà Xanh", "--reason", "Chữ hoa"});
    EXPECT_EQ(text(answer({"product", "show", made}), "name"), "Trà Xanh");
}

TEST_F(CliProgramme, AReEvaluationCarriesOnTheDossierBefore) {
    const std::string made = product();
    at_.sync();
    Story story{at_.world, "a1"};
    story.product = *StreamId::from_hex(made);
    story.file = story.state().open_dossier()->id;
    story.take(story.assessment(five_stars));
    story.take(story.document());
    story.take(story.opinion());
    story.take(story.submission());
    story.evaluate(three_stars);
    story.recognise();
    at_.sync();
    effective({"dossier", "open", made, "--kind", "re-evaluation", "--ruleset", "practice", "--round", "2023", "--carry"});
    const auto shown = answer({"dossier", "show", made});
    EXPECT_TRUE(shown.at("documents").get_array().front().get_object().at("carried").get_bool());
    EXPECT_TRUE(shown.at("changed").get_array().empty());
    EXPECT_EQ(shown.at("missing").get_array().size(), 1u) << "the opinion alone";
}

}  // namespace
}  // namespace hoso::client
