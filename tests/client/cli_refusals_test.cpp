#include "tests/support/cli_desk.hpp"

// What is refused at the desk before anything is signed, and what is chosen where nothing was said.
namespace hoso::client {
namespace {

using namespace tests;

// The desk's officer holds every role of the province.
class CliRefusals : public CliDesk {
protected:
    void SetUp() override {
        CliDesk::SetUp();
        using domain::Role;
        for (const Role role : {Role::administrator, Role::secretary, Role::signer, Role::officer}) {
            at_.world.effective(
                "founder_0", registry_stream,
                domain::MandateGranted{at_.world.new_id(), at_.slip.account, role, at_.world.units.at("p"), {}, {}, "x"});
        }
        at_.sync();
    }
    // Refused as wrong, nothing is recorded, and people are told why.
    void refused(const std::vector<std::string>& args, const std::string& says, int code = 2) {
        const auto before = at_.desk->outbox().size();
        run(args, code);
        EXPECT_NE(said_.find(says), std::string::npos) << args[0] << " " << args[1] << ": " << said_;
        EXPECT_EQ(at_.desk->outbox().size(), before) << args[0] << " " << args[1];
    }
    std::string today() const { return to_text(at_.world.today()); }
    // A product with a certificate from before this log.
    StreamId legacy(const std::string& number, const std::string& issued = "2019-12-10") {
        Story story{at_.world, "a1"};
        story.take(story.registration());
        const Date old = *date_from_text(issued);
        at_.world.effective("secretary_a", story.product, domain::LegacyRecognised{"1/QĐ", old, number, 3, old, "older"});
        return story.product;
    }
};

TEST_F(CliRefusals, ANumberThatDoesNotFitIsNotRecordedAsAnother) {
    refused({"round", "open", "--title", "T", "--year", "67562", "--deadline", "2026-12-15", "--basis", "B"},
            "--year is at most 65535");
    const std::string device = at_.desk->identity().device.hex();
    refused({"numbers", "grant", "--device", device, "--kind", "form", "--pattern", "{}", "--first", "4294967297", "--last", "9"},
            "--first is at most 4294967295");
    refused({"numbers", "grant", "--device", device, "--kind", "form", "--pattern", "{}", "--first", "1", "--last", "4294967297"},
            "--last is at most 4294967295");
    const std::string council = at_.world.councils.at("a").hex();
    refused({"council", "change", council, "--decision", "D", "--date", today(), "--member", at_.slip.account.hex(), "--quorum",
             "65541", "--spread", "20"},
            "--quorum is at most 65535");
    const std::string made = product();
    const auto paper = [&](const char* sheets, const char* stars) {
        return std::vector<std::string>{"meeting", "paper",     made,       "--council", council,     "--minutes", "05/BB",
                                        "--date",  today(),     "--sheets", sheets,      "--average", "A=20",      "--average",
                                        "B=20",    "--average", "C=20",     "--stars",   stars};
    };
    refused(paper("65539", "3"), "is at most 65535");
    refused(paper("3", "261"), "is at most 255");
    refused({"unlock", "--hours", "4294967297"}, "--hours is at most");
}

TEST_F(CliRefusals, ANameIsOneLineThatAListHoldsAndReadsAgain) {
    refused(
        {"subject", "register", "--unit", "a1", "--name", std::string(4'097, 'x'), "--type", "cooperative", "--registration", "1"},
        "--name is longer than 4096 bytes");
    const auto made =
        answer({"subject", "register", "--unit", "a1", "--name", "HTX\r\nChè", "--type", "cooperative", "--registration", "1"});
    EXPECT_EQ(text(made, "name"), "HTX Chè");
    const auto turned = answer({"subject", "register", "--unit", "a1", "--name", "\u202EHTX\u200B Mật\u2069", "--type",
                                "cooperative", "--registration", "2"});
    EXPECT_EQ(text(turned, "name"), "HTX Mật") << "nothing that nobody sees, or that turns round what follows";
}

TEST_F(CliRefusals, TheLogIsNotAskedForWhatItCannotHold) {
    at_.desk.reset();  // log list reads the folder itself
    const auto asked = [&](std::vector<std::string> args, int expected) {
        std::ostringstream out, err;
        std::istringstream in;
        const std::vector<std::string> globals{"--data", at_.folder.string(), "--lang", "en"};
        args.insert(args.begin(), globals.begin(), globals.end());
        EXPECT_EQ(cli::run_program(args, in, out, err), expected) << err.str();
        return out.str() + err.str();
    };
    EXPECT_NE(asked({"log", "list", "--kind", "nosuch"}, 2).find("there are genesis, unitCreated"), std::string::npos);
    EXPECT_NE(asked({"log", "list", "--actor", "nobody"}, 3).find("No post in this log"), std::string::npos);
    const std::string all = asked({"log", "list", "--json"}, 0);
    const auto newest_are = [&](const std::string& count, std::size_t lines) {
        const std::string newest = asked({"log", "list", "--json", "--last", count}, 0);
        EXPECT_TRUE(all.ends_with(newest)) << newest;
        EXPECT_EQ(static_cast<std::size_t>(std::count(newest.begin(), newest.end(), '\n')), lines);
    };
    const auto lines = static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n'));
    ASSERT_GT(lines, 4u);
    newest_are("3", 3);
    newest_are("100000", lines);
    newest_are("18446744073709551614", lines);
    const auto list = at_.temp / "log.csv";
    asked({"log", "list", "--since", "2999-01-01", "--csv", list.string()}, 0);
    std::ifstream in(list);
    const std::string written((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(written, "\xEF\xBB\xBFposition,received,what happened,verdict\r\nTRAINING / TẬP HUẤN,,,\r\n");
}

// What no recognition could follow is not signed: it would spoil its number, and paper stays.
TEST_F(CliRefusals, ADecisionListsWhatItsStageHasEarned) {
    Story story{at_.world, "a1"};
    story.submit();
    story.evaluate(five_stars);
    at_.sync();
    for (const std::string kind : {"decision", "certificate"}) {
        answer({"numbers", "grant", "--device", at_.desk->identity().device.hex(), "--kind", kind, "--pattern", "{}/" + kind,
                "--first", "1", "--last", "9"});
    }
    const auto sign = [&](const std::string& unit, const std::string& stage) {
        return std::vector<std::string>{"decision", "sign",    "--kind", "recognition", "--unit",
                                        unit,       "--stage", stage,    "--product",   story.product.hex()};
    };
    refused(sign("p/a", "district"), "stars_not_earned", 4);
    refused(sign("p", "province"), "wrong_stage", 4);
    story.take(story.forwarding());
    at_.sync();
    refused(sign("p", "province"), "wrong_phase", 4);
}

TEST_F(CliRefusals, ARevocationRestsOnARegulationThatHasItsGround) {
    const std::string held = legacy("OCOP-1").hex();
    at_.sync();
    answer({"numbers", "grant", "--device", at_.desk->identity().device.hex(), "--kind", "decision", "--pattern", "{}/QĐ",
            "--first", "1", "--last", "9"});
    const std::string decision = text(answer({"decision", "sign", "--kind", "revocation", "--unit", "p", "--stage", "province",
                                              "--product", held, "--certificate", "OCOP-1"}),
                                      "decision");
    refused({"cert", "revoke", held, "--certificate", "OCOP-1", "--decision", decision, "--ground", "nosuch"},
            "unknown_ground: no rule set in force on " + today(), 3);
    const auto done = answer({"cert", "revoke", held, "--certificate", "OCOP-1", "--decision", decision, "--ground", "misuse"});
    EXPECT_EQ(text(done.at("preview").get_object(), "outcome"), "effective");
}

TEST_F(CliRefusals, EventsNameWhoTookPart) {
    const std::string made = product();
    at_.sync();
    answer({"promotion", "hold", "--unit", "p", "--kind", "fair", "--title", "Hội chợ", "--venue", "Hòa Bình"});
    at_.sync();
    answer({"promotion", "join", made, "--promotion", "Hội chợ"});
    const auto listed = answer({"promotion", "list"});
    ASSERT_EQ(listed.at("participants").get_array().size(), 1u);
    EXPECT_EQ(listed.at("participants").get_array().front().as_string(), "Trà xanh");
    for (const auto& council : run({"council", "list"})) {
        EXPECT_FALSE(text(council, "decision").empty());
        EXPECT_FALSE(council.at("members").get_array().empty());
    }
}

TEST_F(CliRefusals, TheProvinceIsNotClosed) { refused({"unit", "close", "p", "--last-day", today()}, "is not closed"); }

TEST_F(CliRefusals, ASubmissionNamesThePapersThatAreMissing) {
    const std::string made = product();
    answer({"dossier", "assess", made, "--scores", "1.1=20,1.2=10,2=25,3=15"});
    answer({"dossier", "opinion", made, "--scores", "1.1=10", "--agrees", "yes", "--text", "Đúng"});
    refused({"dossier", "submit", made, "--lang", "vi"}, "Missing: Phiếu (form)", 6);
}

TEST_F(CliRefusals, AKeyThatNoRegulationHas) {
    const std::string made = product();
    refused({"dossier", "list", "--phase", "nosuch"}, "there are drafting, submitted");
    refused({"subject", "register", "--unit", "a1", "--name", "x", "--type", "nosuch", "--registration", "1"},
            "nosuch is no subject type of a published rule set; there are ");
    refused({"notice", "issue", "--unit", "p", "--number", "1", "--title", "x", "--deadline", today() + ":nosuch"},
            "nosuch is no stage of a published rule set; there are ");
    refused({"dossier", "return", made, "--item", "nosuch=R"}, "nosuch is no paper");
    refused({"decision", "sign", "--kind", "recognition", "--unit", "p/a", "--stage", "nosuch", "--product", made},
            "nosuch is no stage");
    refused({"package", "send", "--unit", "p/a", "--stage", "nosuch", "--number", "1", "--to", "x", "--product", made},
            "nosuch is no stage");
}

TEST_F(CliRefusals, WhatIsNamedTwice) {
    const std::string made = product();
    refused({"meeting", "open", "--council", at_.world.councils.at("a").hex(), "--dossier", made, "--dossier", "Trà xanh"},
            "Trà xanh is named twice");
    refused({"package", "send", "--unit", "p/a", "--stage", "district", "--number", "1", "--to", "x", "--product", made,
             "--product", made},
            "Trà xanh is named twice");
    const std::string held = legacy("OCOP-1").hex();
    at_.sync();
    answer({"numbers", "grant", "--device", at_.desk->identity().device.hex(), "--kind", "decision", "--pattern", "{}/QĐ",
            "--first", "1", "--last", "9"});
    at_.sync();
    refused({"decision", "sign", "--kind", "revocation", "--unit", "p", "--stage", "province", "--product", held, "--product", held,
             "--certificate", "OCOP-1", "--certificate", "OCOP-1"},
            "is named twice");
}

TEST_F(CliRefusals, ACertificateThatAnotherProductHolds) {
    const std::string first = legacy("OCOP-1").hex(), second = legacy("OCOP-2").hex();
    at_.sync();
    const std::vector<std::string> args{"legacy", "add",        second,       "--decision", "1/QĐ",
                                        "--date", "2019-12-10", "--stars",    "3",          "--certificate",
                                        "ocop-1", "--issued",   "2019-12-10", "--ruleset",  "older"};
    refused(args, "is that of another product: Trà xanh", 4);
}

TEST_F(CliRefusals, UnitsThatAreThereAreNotMadeAgain) {
    const std::string headings = "level,code,name_vi,kind,parent_code,valid_from\n";
    const std::string table = headings + "district,150,Huyện Đà Bắc,district,p,\ncommune,04867,Xã Tú Lý,commune,150,\n";
    EXPECT_EQ(run({"unit", "import", file(table)}).back().at("recorded").to_number<int>(), 2);
    at_.sync();
    const auto again = run({"unit", "import", file(table + "commune,04876,Xã Cao Sơn,commune,150,\n")});
    ASSERT_EQ(again.size(), 4u);
    EXPECT_EQ(text(again[0], "outcome") + " " + text(again[1], "outcome") + " " + text(again[2], "outcome"), "exists exists new");
    EXPECT_EQ(again.back().at("recorded").to_number<int>(), 1);
    const auto before = at_.desk->outbox().size();
    run({"unit", "import", file(headings + "commune,04867,Xã Khác,commune,150,\n")}, 4);
    EXPECT_NE(said_.find("line 2: the code 04867 is in force for Xã Tú Lý"), std::string::npos) << said_;
    EXPECT_EQ(at_.desk->outbox().size(), before);
}

TEST_F(CliRefusals, TasksOfWhoActs) {
    const std::string made = product();
    at_.sync();
    const std::string adviser = at_.world.officers.at("adviser_a").account.hex();
    EXPECT_FALSE(run({"task", "list", "--mine"}).empty());
    EXPECT_TRUE(run({"--as", adviser, "task", "list", "--mine"}).empty()) << "no task of this desk's first officer";
}

TEST_F(CliRefusals, AListOfAnswersLeavesOutWhatWasRecognisedSince) {
    const StreamId renewed = legacy("OCOP-1"), open = legacy("OCOP-2");
    for (const auto& [product, number] : {std::pair{renewed, "OCOP-1"}, std::pair{open, "OCOP-2"}})
        at_.world.effective("officer_a1", product, domain::RenewalAnswered{number, true, at_.world.today()});
    const Date later = *date_from_text("2022-06-01");
    at_.world.effective("secretary_a", renewed, domain::LegacyRecognised{"2/QĐ", later, "OCOP-3", 3, later, "older"});
    at_.sync();
    const auto issued = answer({"notice", "issue", "--unit", "p", "--number", "400/SNN", "--title", "Hết hạn", "--answers"});
    EXPECT_EQ(issued.at("continues").to_number<int>(), 1);
}

}  // namespace
}  // namespace hoso::client
