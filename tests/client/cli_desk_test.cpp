#include "tests/support/cli_desk.hpp"

namespace hoso::client {
namespace {

using namespace tests;

TEST_F(CliDesk, FilesADossierFromRegistrationToSubmission) {
    const std::string id = product();
    const auto assessed = answer({"dossier", "assess", "Trà xanh", "--scores", "1.1=20,1.2=10,2=25,3=15"});
    EXPECT_EQ(text(assessed.at("self_assessment").get_object(), "options"), "03020302");
    EXPECT_EQ(text(assessed.at("self_assessment").get_object(), "total"), "70");
    answer({"dossier", "document", id, "--document", "form", "--title", "Phiếu"});
    const auto opinion = answer({"dossier", "opinion", id, "--scores", "1.1=10", "--agrees", "yes", "--text", "Đúng"});
    EXPECT_EQ(opinion.at("criteria").get_array().size(), 1u);
    const auto submitted = answer({"dossier", "submit", id});
    EXPECT_EQ(text(submitted.at("preview").get_object(), "outcome"), "effective");
    EXPECT_EQ(text(answer({"dossier", "show", "Trà xanh"}), "phase"), "submitted") << "what is pending shows at once";
    EXPECT_EQ(text(answer({"status"}), "status"), "waiting");
    const auto unsent = run({"product", "history", id});
    ASSERT_FALSE(unsent.empty());
    EXPECT_NE(text(unsent.back(), "sentence").find("Submitted"), std::string::npos)
        << "what is recorded here alone has its sentence too";
    at_.sync();
    EXPECT_EQ(answer({"status"}).at("waiting").to_number<int>(), 0);
    const auto history = run({"product", "history", id});
    ASSERT_FALSE(history.empty());
    EXPECT_EQ(text(history.front(), "kind"), "productRegistered");
    EXPECT_EQ(text(history.back(), "kind"), "submitted");
    EXPECT_EQ(run({"outbox", "list"}).size(), 0u);
    EXPECT_EQ(run({"outbox", "list", "--all"}).size(), at_.desk->outbox().size());
}

TEST_F(CliDesk, RefusesWhatWouldBeVoidAndSaysWhy) {
    const std::string id = product();
    const auto before = at_.desk->outbox().size();
    run({"dossier", "submit", id}, 6);
    EXPECT_NE(said_.find("assessment_incomplete"), std::string::npos) << said_;
    EXPECT_EQ(at_.desk->outbox().size(), before);
    run({"dossier", "assess", id, "--scores", "1.1=7"}, 2);
    EXPECT_NE(said_.find("1.1 offers 0; 10; 20, not 7"), std::string::npos) << said_;
    run({"dossier", "assess", id, "--file", file(R"({"1.1": 9.996})")}, 2);
    EXPECT_NE(said_.find("9.996"), std::string::npos) << "points are never rounded to an answer: " << said_;
    run({"dossier", "show", "không có"}, 3);
    run({"subject", "register", "--unit", "p/a/zz", "--name", "x", "--type", "cooperative", "--registration", "1"}, 3);
    run({"--force", "dossier", "submit", id});
    EXPECT_EQ(at_.desk->outbox().size(), before + 1) << "forced: the province judges";
}

TEST_F(CliDesk, NeedsAnUnlockedOfficer) {
    at_.desk->lock(at_.slip.account);
    run({"subject", "register", "--unit", "a1", "--name", "x", "--type", "cooperative", "--registration", "1"}, 6);
    EXPECT_NE(said_.find("--passphrase-file"), std::string::npos);
    std::ofstream(at_.temp / "pass") << passphrase << "\r\n";
    run({"--passphrase-file", (at_.temp / "pass").string(), "subject", "register", "--unit", "a1", "--name", "x", "--type",
         "cooperative", "--registration", "1"});
    EXPECT_FALSE(at_.desk->unlocked(at_.slip.account)) << "unlocked for that command only";
    std::ofstream(at_.temp / "wrong") << "sai\n";
    run({"--passphrase-file", (at_.temp / "wrong").string(), "unlock"}, 6);
    run({"--passphrase-file", (at_.temp / "pass").string(), "unlock"});
    EXPECT_TRUE(at_.desk->unlocked(at_.slip.account));
    run({"lock"});
    EXPECT_FALSE(at_.desk->unlocked(at_.slip.account));
}

TEST_F(CliDesk, RecordsAFileWithNames) {
    const std::string lines =
        R"({"stream": "$htx", "body": {"subjectRegistered": {"unit": {"unit": "a1"}, "name": "HTX", "type": "cooperative",)"
        R"( "registration": "1", "representative": {"commitment": ")" +
        std::string(64, '0') + R"("}, "phone": {"commitment": ")" + std::string(64, '0') + R"("}, "address": {"commitment": ")" +
        std::string(64, '0') +
        R"("}}}})"
        "\n\n"
        R"({"stream": "$tra", "body": {"productRegistered": {"unit": {"unit": "p/a/a1"}, "subject": "$htx", "name": "Trà", "productSet": "tea"}}})"
        "\n"
        R"({"stream": "$tra", "body": {"dossierOpened": {"dossier": "$hs", "kind": "first", "ruleSetHash": {"ruleset": "practice"},)"
        R"( "round": {"round": "2023"}, "filingDate": ")" +
        to_text(at_.world.today()) +
        R"(", "subjectName": "HTX", "subjectType": "cooperative"}}})"
        "\n"
        R"({"stream": "$tra", "body": {"noteAdded": {"dossier": "$hs", "text": "$chưa đủ"}}})"
        "\n";
    const auto answers = run({"record", "-"}, 0, lines);
    ASSERT_EQ(answers.size(), 5u);
    EXPECT_EQ(answers.back().at("recorded").to_number<int>(), 4);
    EXPECT_EQ(answers[3].at("line").to_number<int>(), 5);
    EXPECT_EQ(text(answers[1], "stream"), text(answers.back().at("ids").get_object(), "tra"));
    EXPECT_EQ(text(answer({"dossier", "show", "Trà"}), "dossier"), text(answers.back().at("ids").get_object(), "hs"));
}

TEST_F(CliDesk, RecordsNothingOfAFileWithAWrongLine) {
    const std::string id = product();
    const std::string dossier = text(answer({"dossier", "show", id}), "dossier");
    const std::string good = R"({"stream": ")" + id + R"(", "body": {"noteAdded": {"dossier": ")" + dossier +
                             R"(", "text": "a"}}})"
                             "\n";
    const auto before = at_.desk->outbox().size();
    run({"record", file(good + "{\"stream\": \"here\"}\n" + good)}, 2);
    EXPECT_NE(said_.find("line 2"), std::string::npos) << said_;
    const std::string hopeless = R"({"stream": ")" + id + R"(", "body": {"withdrawn": {"dossier": ")" + dossier +
                                 R"(", "turn": 7, "reason": "x"}}})"
                                 "\n";
    run({"record", file(good + hopeless)}, 6);
    EXPECT_NE(said_.find("line 2"), std::string::npos) << said_;
    EXPECT_NE(said_.find("wrong_phase"), std::string::npos) << said_;
    EXPECT_EQ(at_.desk->outbox().size(), before);
    const auto kept = run({"record", "--keep-going", file(good + "no json\n" + hopeless + good)}, 1);
    EXPECT_EQ(kept.back().at("recorded").to_number<int>(), 2);
    EXPECT_EQ(kept.back().at("refused").to_number<int>(), 1);
    EXPECT_EQ(kept.back().at("wrong").to_number<int>(), 1);
    EXPECT_EQ(at_.desk->outbox().size(), before + 2);
}

TEST_F(CliDesk, AFileThatEndsInTheMiddleSaysWhatWasRecorded) {
    const std::string id = product();
    const std::string dossier = text(answer({"dossier", "show", id}), "dossier");
    const auto note = [&](const std::string& by) {
        return R"({"stream": ")" + id + R"(", "as": ")" + by + R"(", "body": {"noteAdded": {"dossier": ")" + dossier +
               R"(", "text": "Ghi chú"}}})" + "\n";
    };
    std::string lines;
    for (int i = 0; i < 2'001; ++i) lines += note(at_.slip.account.hex());
    const auto before = at_.desk->outbox().size();
    const auto answers = run({"record", "--keep-going", file(lines + note(at_.world.new_id().hex()))}, 6);
    EXPECT_EQ(at_.desk->outbox().size(), before + 2'000) << "in the second batch somebody acts whose key is locked";
    EXPECT_EQ(answers.back().at("recorded").to_number<int>(), 2'000);
    EXPECT_EQ(answers.back().at("last_line").to_number<int>(), 2'000);
    EXPECT_NE(said_.find("Lines up to 2000 are done, 2000 of them recorded"), std::string::npos) << said_;
    EXPECT_NE(said_.find("written up to line 2000, 2000/2002"), std::string::npos) << said_;
}

// The officer's mandate ends before the province hears of what was recorded under it.
class CliHeld : public CliDesk {
protected:
    struct Registered {
        StreamId stream;
        ActionId action;
    };
    void SetUp() override {
        CliDesk::SetUp();
        const Uuid mandate = at_.world.registry().mandates_of.at(at_.slip.account).front();
        at_.world.effective("founder_0", registry_stream, domain::MandateEnded{mandate, "nghỉ việc"});
        for (Registered& one : held_) {
            const Proposal proposal = at_.subject();
            one = {proposal.stream, at_.desk->record(proposal)->id};
        }
        at_.sync();
    }
    template <typename Act>
    void settle(const Registered& one) {
        at_.world.effective("signer_a", one.stream, Act{{one.action}, "đã xem"});
        at_.sync();
    }
    Registered held_[2];
};

TEST_F(CliHeld, TheStatusRecoversOnceAPersonHasDecided) {
    auto status = answer({"status"});
    EXPECT_EQ(text(status, "status"), "needs_you");
    EXPECT_EQ(status.at("held").to_number<int>(), 2);
    EXPECT_EQ(run({"outbox", "list"}).size(), 2u);
    settle<domain::Adopted>(held_[0]);
    const auto left = run({"outbox", "list"});
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(text(left[0], "action"), held_[1].action.hex());
    settle<domain::Annulled>(held_[1]);
    status = answer({"status"});
    EXPECT_EQ(status.at("held").to_number<int>(), 0);
    EXPECT_EQ(status.at("refused").to_number<int>(), 1) << "its author has to know that it was annulled";
    ASSERT_TRUE(at_.reopen());
    EXPECT_EQ(answer({"status"}).at("refused").to_number<int>(), 1) << "the log says so again";
    const auto all = run({"outbox", "list", "--all"});
    EXPECT_EQ(text(all[all.size() - 2], "settled"), "adopted");
    EXPECT_EQ(text(all.back(), "settled"), "annulled");
    answer({"outbox", "seen", "--all"});
    EXPECT_EQ(text(answer({"status"}), "status"), "all_sent");
}

TEST_F(CliDesk, AVoidResultIsAskedForUntilItWasLookedAt) {
    const auto seq = std::to_string(at_.desk->record(at_.hopeless(), {.force = true})->seq);
    run({"outbox", "seen", seq}, 3);
    at_.sync();
    auto status = answer({"status"});
    EXPECT_EQ(text(status, "status"), "needs_you");
    EXPECT_EQ(status.at("refused").to_number<int>(), 1);
    run({"outbox", "seen"}, 2);
    run({"outbox", "seen", "x"}, 2);
    run({"outbox", "seen", "1000"}, 3);
    answer({"outbox", "seen", seq});
    status = answer({"status"});
    EXPECT_EQ(text(status, "status"), "all_sent");
    EXPECT_EQ(text(status, "last_exchange"), to_text(at_.desk->last_exchange()));
    ASSERT_TRUE(at_.reopen());
    EXPECT_EQ(text(answer({"status"}), "status"), "all_sent") << "also after a restart";
    EXPECT_EQ(run({"outbox", "list"}).size(), 0u);
    EXPECT_EQ(run({"outbox", "list", "--all"}).size(), at_.desk->outbox().size());
}

// Fifteen points in the last criterion are a gate of three stars; under a stricter regulation twenty-five are.
TEST_F(CliDesk, JudgesAgainUnderAnotherRegulation) {
    Story story{at_.world, "a1"};
    story.submit();
    story.evaluate(three_stars);
    Story open{at_.world, "a1"};
    open.submit();
    std::string stricter = world_rules_json("stricter");
    const std::string gates = R"({"points":1500,"gate":3},{"points":2500,"gate":4})";
    stricter.replace(stricter.find(gates), gates.size(), R"({"points":1500},{"points":2500,"gate":3})");
    at_.world.publish(stricter);
    at_.sync();
    const auto rows = run({"ruleset", "rejudge", "--under", "stricter"});
    ASSERT_EQ(rows.size(), 1u) << "the other was not tallied";
    EXPECT_EQ(text(rows[0], "average"), "50");
    EXPECT_EQ(text(rows[0], "average_under"), "50");
    EXPECT_EQ(rows[0].at("stars"), 3);
    EXPECT_EQ(rows[0].at("stars_under"), 2);
    EXPECT_EQ(text(rows[0], "why"), "gates missed: 3");
    EXPECT_TRUE(run({"ruleset", "rejudge", "--under", "practice", "--changes"}).empty());
    const std::string named = file(world_rules_json("cloths", "cloth"));
    EXPECT_EQ(text(run({"ruleset", "rejudge", "--under", named}).at(0), "why"), "no such product set");
    std::string other = world_rules_json("other");
    other.replace(other.find(R"("no":"1.2","nameVi":"b")"), 23, R"("no":"1.2","nameVi":"x")");
    const auto apart = run({"ruleset", "rejudge", "--under", file(other)});
    EXPECT_EQ(text(apart.at(0), "why"), "criteria without a counterpart: 1.2");
    EXPECT_TRUE(apart.at(0).at("stars_under").is_null());
    EXPECT_EQ(at_.desk->outbox().size(), at_.desk->outbox().answered()) << "nothing was recorded";
}

TEST_F(CliDesk, FindsNamesWithOrWithoutAccents) {
    const auto register_product = [&](const std::string& name) {
        at_.world.effective("officer_a1", at_.world.new_id(),
                            domain::ProductRegistered{at_.world.units.at("a1"), {}, name, "tea", "17-" + name});
    };
    register_product("Chè Đà");
    register_product("Che da");
    at_.sync();
    const auto rows = run({"search", "chè đà"});
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(text(run({"search", "Chè Đà"}).at(0), "name"), "Chè Đà") << "as it was typed comes first";
    EXPECT_EQ(text(run({"search", "Che da"}).at(0), "name"), "Che da");
    EXPECT_EQ(run({"search", "CHE DA", "--limit", "1"}).size(), 1u);
    EXPECT_EQ(text(run({"search", "17-che"}).at(0), "kind"), "product");
    EXPECT_TRUE(run({"search", "nowhere"}).empty());
    run({"search", ""}, 2);
}

TEST_F(CliDesk, CountsWhatHoldsAGoodCertificate) {
    Story story{at_.world, "a1"};
    story.submit();
    story.evaluate(three_stars);
    story.recognise();
    at_.sync();
    for (const auto& [by, group] : {std::pair{"stars", "3"}, {"sector", "Thực phẩm"}, {"unit", "a"}, {"year", "2023"}}) {
        const auto rows = run({"product", "count", "--by", by});
        ASSERT_EQ(rows.size(), 1u) << by;
        EXPECT_EQ(text(rows[0], "group"), group);
        EXPECT_EQ(rows[0].at("products"), 1);
        EXPECT_EQ(rows[0].at("recognised_3"), 1);
    }
    EXPECT_TRUE(run({"product", "count", "--by", "stars", "--at", "2023-05-31"}).empty()) << "not issued yet";
    EXPECT_TRUE(run({"product", "count", "--by", "stars", "--at", "2026-06-02"}).empty()) << "run out";
    run({"product", "count", "--by", "colour"}, 2);
}

TEST_F(CliDesk, ComparesAndChecksRegulations) {
    const std::string mine = file(world_rules_json("mine"));
    const auto same = run({"ruleset", "compare", "practice", mine});
    EXPECT_TRUE(same.empty()) << "but for the id they are alike";
    std::string shorter = world_rules_json("mine");
    shorter.replace(shorter.find("\"months\":36"), 11, "\"months\":12");
    const auto rows = run({"ruleset", "compare", "practice", file(shorter)});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(text(rows[0], "part"), "certificate.months");
    run({"ruleset", "compare", "practice", "nowhere"}, 3);
    run({"ruleset", "compare", "practice", mine, "--set", "nothing"}, 3);
}

TEST_F(CliDesk, ListsWhatItKnows) {
    EXPECT_EQ(run({"unit", "list", "--under", "p/a"}).size(), 3u);
    EXPECT_EQ(text(answer({"unit", "show", "a1"}), "path"), "p/a/a1");
    EXPECT_EQ(text(answer({"ruleset", "show", "practice"}), "ruleset"), "practice");
    EXPECT_EQ(answer({"ruleset", "show", "practice", "--set", "tea"}).at("criteria").get_array().size(), 4u);
    EXPECT_FALSE(answer({"ruleset", "show", "practice", "--set", "tea"}).at("sections").get_array().empty());
    EXPECT_EQ(run({"council", "list"}).size(), 3u);
    EXPECT_EQ(run({"round", "list"}).size(), 1u);
    EXPECT_EQ(text(answer({"whoami"}), "path"), "p/a/a1");
    const auto progress = run({"progress", "--round", "2023"});
    ASSERT_EQ(progress.size(), 3u);
    EXPECT_TRUE(progress.back().at("total").get_bool());
    const auto hash = answer({"state-hash"});
    EXPECT_EQ(text(hash, "state_hash"), replica::state_hash(at_.desk->confirmed().state()).hex());
    EXPECT_TRUE(hash.at("root").is_null()) << "a commune's desk holds no whole log";
}

// An auditor's commands look at the folder, not at the desk: also while it is held.
TEST_F(CliDesk, ReplaysItsOwnCopyAndLeavesVerifyingToWholeLogs) {
    product();
    at_.sync();
    std::istringstream in;
    std::ostringstream out, err;
    EXPECT_EQ(cli::run_program({"--json", "--data", at_.folder.string(), "audit", "replay"}, in, out, err), 0) << err.str();
    EXPECT_EQ(json::parse(out.str()).as_object().at("state_hash").as_string(),
              replica::state_hash(at_.desk->confirmed().state()).hex());
    const auto replay_at = [&](const std::string& at) {
        return cli::run_program({"--data", at_.folder.string(), "audit", "replay", "--at", at}, in, out, err);
    };
    const Position end = at_.desk->log()->size();
    EXPECT_EQ(replay_at(std::to_string(end - 1)), 0);
    EXPECT_EQ(replay_at(std::to_string(end)), 3);
    EXPECT_NE(err.str().find("the last is " + std::to_string(end - 1)), std::string::npos) << err.str();
    const auto moved = [&](std::vector<std::string> more) {
        std::vector<std::string> args{"--json", "--data", at_.folder.string(), "audit", "diff", "--from"};
        args.insert(args.end(), more.begin(), more.end());
        out.str({});
        EXPECT_EQ(cli::run_program(args, in, out, err), 0) << err.str();
        return out.str();
    };
    EXPECT_NE(moved({"0"}).find("\"certificate_before\":null"), std::string::npos) << out.str();
    EXPECT_NE(moved({"0", "--unit", "p/a/a1"}), "") << "the product is of this commune";
    EXPECT_EQ(moved({"0", "--unit", "p/b"}), "") << "no other district has it";
    EXPECT_EQ(moved({std::to_string(end - 1)}), "") << "nothing comes after the end";
    EXPECT_EQ(cli::run_program({"--data", at_.folder.string(), "audit", "diff", "--from", "2", "--to", "1"}, in, out, err), 2);
    EXPECT_EQ(cli::run_program({"--json", "--data", at_.folder.string(), "audit", "verify"}, in, out, err), 2);
    EXPECT_NE(err.str().find("own units"), std::string::npos) << err.str();
}

}  // namespace
}  // namespace hoso::client
