#include <boost/json/serialize.hpp>

#include "tests/support/import_desk.hpp"

// What is imported from tables, and what of it is not.
namespace hoso::client {
namespace {

using namespace tests;

TEST_F(ImportDesk, ReadsTablesAsSpreadsheetProgramsWriteThem) {
    const std::pair<const char*, std::string> tables[] = {
        {"comma", "Tên,Loại,Số đăng ký,Đơn vị\nHTX Chè,Hợp tác xã,1,Xã Tú Lý\n"},
        {"mark and ends", "\xEF\xBB\xBFTên,Loại,Số đăng ký,Đơn vị\r\nHTX Mật,Hợp tác xã,2,Xã Tú Lý\r\n,,,\r\n\r\n"},
        {"semicolon", "Ten;Loai;So dang ky;Don vi\r\n\"HTX \"\"Rau\"\", củ\";cooperative;3;04867\r\n"},
        {"tab", "NAME\tTYPE\tREGISTRATION\tUNIT\nHTX Gạo\tCooperative\t4\tp/150/04867\n"},
        {"separator line", "sep=;\r\nTên;Loại;Đơn vị\r\nHTX Cam;hop tac xa;Tú Lý\r\n"},
        {"order", "Xã;Số đăng ký;Loại hình (*);Tên chủ thể\nxa tu ly;6;HỢP TÁC XÃ;HTX Mía\n"},
        {"decomposed", "Te\xCC\x82n,Loa\xCC\xA3i,\xC4\x90\xC6\xA1n vi\xCC\xA3\nHTX Che\xCC\x80,cooperative,Hoa\xCC\x80 Sơn\n"},
        {"short rows", "Tên,Loại,Đơn vị,Điện thoại,Địa chỉ\nHTX Lúa,cooperative,Xã Tú Lý\n"},
    };
    for (const auto& [called, table] : tables) {
        const auto answers = import("subjects", table);
        EXPECT_EQ(outcomes(answers), "new") << called << ": " << said_;
        ASSERT_EQ(answers.size(), 2u) << called;
        EXPECT_EQ(number(answers.back(), "recorded"), 1) << called;
    }
    const auto listed = run({"subject", "list"});
    ASSERT_EQ(listed.size(), std::size(tables));
    std::set<std::string> names;
    for (const auto& subject : listed) {
        EXPECT_EQ(text(subject, "type"), "cooperative");
        names.insert(text(subject, "name") + " " + text(subject, "path"));
    }
    EXPECT_TRUE(names.contains("HTX \"Rau\", củ p/150/04867"));
    EXPECT_TRUE(names.contains("HTX Chè p/152/04924")) << "composed, and the tone mark stands on either letter";
}

TEST_F(ImportDesk, NamesTheMissingColumnBeforeAnythingIsDone) {
    const auto before = recorded();
    import("subjects", "Tên,Địa chỉ\nHTX,Xã Tú Lý\n", 2);
    EXPECT_NE(said_.find("A column is missing: Unit, Type"), std::string::npos) << said_;
    import("products", "Tên;Đơn vị;Chủ thể\nA;B;C\n", 2, {"--lang", "vi"});
    EXPECT_NE(said_.find("Thiếu cột: Bộ sản phẩm. Tệp có: Tên, Đơn vị, Chủ thể"), std::string::npos) << said_;
    import("subjects", "Tên,Loại,Đơn vị,Tên chủ thể\na,b,c,d\n", 2);
    EXPECT_NE(said_.find("Two columns say the same: Tên, Tên chủ thể"), std::string::npos) << said_;
    import("subjects", "", 2);
    EXPECT_EQ(recorded(), before);
}

TEST_F(ImportDesk, SaysWhichColumnsItDoesNotUse) {
    const auto answers = import("subjects", "STT,Tên,Loại,Đơn vị,Ghi chú\n1,HTX,cooperative,04867,cũ\n");
    const auto& ignored = answers.back().at("ignored_columns").get_array();
    ASSERT_EQ(ignored.size(), 2u);
    EXPECT_EQ(ignored[0], "STT");
    EXPECT_EQ(ignored[1], "Ghi chú");
}

TEST_F(ImportDesk, RecordsNothingWhenARowIsRefused) {
    const auto before = recorded();
    const std::string table = subject_headings +
                              "HTX Một,cooperative,1,Xã Tú Lý\n"
                              "HTX Hai,cooperative,2,Xã Không Có\n"
                              ",cooperative,3,Xã Tú Lý\n"
                              "HTX Bốn,cooperative,4,Xã Tú Lý\n";
    auto answers = import("subjects", table, 1);
    EXPECT_EQ(outcomes(answers), "new refused refused new");
    EXPECT_EQ(number(answers[1], "row"), 3);
    EXPECT_EQ(text(answers[1], "name"), "HTX Hai");
    EXPECT_EQ(text(answers[1], "reason"), "not_found");
    EXPECT_NE(why(answers, 1).find("no unit has the name or code Xã Không Có"), std::string::npos) << why(answers, 1);
    EXPECT_EQ(why(answers, 2), "Name: nothing is written there");
    EXPECT_EQ(number(answers.back(), "recorded"), 0);
    EXPECT_EQ(number(answers.back(), "refused"), 2);
    EXPECT_NE(said_.find("--skip-refused"), std::string::npos) << said_;
    EXPECT_EQ(recorded(), before);
    answers = import("subjects", table, 1, {"--skip-refused"});
    EXPECT_EQ(number(answers.back(), "recorded"), 2);
    EXPECT_EQ(recorded(), before + 2);
}

TEST_F(ImportDesk, ADryRunSaysTheSameAndRecordsNothing) {
    const auto before = recorded();
    const std::string table =
        product_headings + "Chè,Xã Tú Lý,tea,HTX Chè,cooperative\nChè xanh,Xã Tú Lý,tea,HTX Chè,cooperative\n";
    auto dry = import("products", table, 0, {"--dry-run"});
    EXPECT_EQ(recorded(), before);
    EXPECT_TRUE(run({"subject", "list"}).empty());
    EXPECT_TRUE(dry.back().at("dry_run").get_bool());
    auto done = import("products", table);
    ASSERT_EQ(dry.size(), done.size());
    for (std::size_t i = 0; i + 1 < dry.size(); ++i) {
        EXPECT_FALSE(dry[i].contains("product")) << "an id that nothing has";
        for (const char* key : {"row", "name", "outcome", "kinds", "why"}) EXPECT_EQ(dry[i].at(key), done[i].at(key)) << key;
    }
    EXPECT_EQ(dry[0].at("kinds").get_array().size(), 2u) << "the subject and its product";
    EXPECT_EQ(dry[1].at("kinds").get_array().size(), 1u) << "the subject is that of the row above";
    EXPECT_EQ(recorded(), before + 3);
}

TEST_F(ImportDesk, TheSameFileTwiceChangesNothing) {
    const std::string tables[][2] = {
        {"subjects", subject_headings + "HTX Một,cooperative,1,Xã Tú Lý\nHộ Hai,household,,04924\n"},
        {"products", product_headings + "Chè,Xã Tú Lý,tea,HTX Một,\nChè,Xã Tú Lý,tea,HTX Ba,cooperative\n"},
        {"certificates", certificate_headings +
                             "OCOP-1,3,10/12/2019,Chè,Xã Tú Lý,,HTX Một,,2365/QĐ,10/12/2019,ocop-1048-2019\n"
                             "OCOP-2,4 sao,2020-01-02,Mật,Hòa Sơn,tea,HTX Mật,cooperative,2365/QĐ,10/12/2019,ocop-1048-2019\n"}};
    for (const auto& [what, table] : tables) {
        EXPECT_EQ(number(import(what, table).back(), "refused"), 0) << said_;
        const auto after = recorded();
        for (int again = 0; again < 3; ++again) {
            const auto answers = import(what, table);
            EXPECT_EQ(outcomes(answers), "exists exists") << what;
            EXPECT_EQ(number(answers.back(), "recorded"), 0);
            EXPECT_EQ(recorded(), after);
            if (again == 0) at_.sync();  // then it is the log that knows
            if (again == 1) {
                ASSERT_TRUE(at_.reopen());
                at_.unlock();
            }
        }
    }
}

TEST_F(ImportDesk, ARowThatIsThereTwiceIsTakenOnce) {
    const auto subjects = import("subjects", subject_headings +
                                                 "HTX Một,cooperative,1,Xã Tú Lý\n"
                                                 "htx  một,cooperative,,Xã Tú Lý\n"
                                                 "HTX Một (đổi tên),cooperative,1,Xã Tú Lý\n"
                                                 "HTX Một,cooperative,2,Xã Tú Lý\n"
                                                 "HTX Một,cooperative,1,Xã Hòa Sơn\n");
    EXPECT_EQ(outcomes(subjects), "new exists exists new new") << "another number, another unit: another subject";
    EXPECT_EQ(why(subjects, 1), "the same as row 2");
    EXPECT_EQ(why(subjects, 2), "the same as row 2; known here as: HTX Một, 1, p/150/04867");
    const std::string row = "OCOP-1,3,10/12/2019,Chè,Xã Tú Lý,tea,HTX Chè,cooperative,2365/QĐ,10/12/2019,ocop-1048-2019\n";
    const auto twice = import("certificates", certificate_headings + row + row);
    EXPECT_EQ(outcomes(twice), "new exists");
    EXPECT_EQ(why(twice, 1), "the same as row 2");
    EXPECT_EQ(number(twice.back(), "recorded"), 3);
}

TEST_F(ImportDesk, ACertificateOfAnotherProductIsRefused) {
    const auto row = [](const std::string& name, const std::string& subject) {
        return "OCOP-1,3,10/12/2019," + name + ",Xã Tú Lý,tea," + subject + ",cooperative,2365/QĐ,10/12/2019,ocop-1048-2019\n";
    };
    const auto answers =
        import("certificates", certificate_headings + row("Chè", "HTX Một") + row("Chè", "HTX Hai") + row("Mật", "HTX Một"), 1,
               {"--skip-refused"});
    EXPECT_EQ(outcomes(answers), "new refused refused");
    EXPECT_NE(why(answers, 1).find("Certificate: OCOP-1 is that of another product: Chè, HTX Một"), std::string::npos)
        << why(answers, 1);
    EXPECT_EQ(run({"product", "list"}).size(), 1u);
}

TEST_F(ImportDesk, WhatWaitsForAPersonIsNotEnteredAgain) {
    const Uuid mandate = at_.world.registry().mandates_of.at(at_.slip.account).front();
    at_.world.effective("founder_0", registry_stream, domain::MandateEnded{mandate, "chuyển công tác"});
    const std::string table = product_headings + "Chè,Xã Tú Lý,tea,HTX Chè,cooperative\n";
    EXPECT_EQ(outcomes(import("products", table)), "new") << "this desk has not heard of it";
    at_.sync();
    EXPECT_EQ(run({"outbox", "list"}).size(), 2u) << "held";
    EXPECT_EQ(outcomes(import("products", table)), "exists");
}

TEST_F(ImportDesk, MakesAllActionsOfARowOrNone) {
    // The secretary's mandate ends: certificates are refused, what they rest on is not.
    const Uuid mandate = at_.world.registry().mandates_of.at(at_.slip.account).back();
    at_.world.effective("founder_0", registry_stream, domain::MandateEnded{mandate, "chuyển công tác"});
    at_.sync();
    const auto before = recorded();
    const auto refused = import(
        "certificates", certificate_headings + "OCOP-1,3,10/12/2019,Chè,Xã Tú Lý,tea,HTX Chè,cooperative,1/QĐ,10/12/2019,x\n", 1,
        {"--skip-refused"});
    EXPECT_EQ(text(refused[0], "reason"), "mandate_ended") << why(refused, 0);
    EXPECT_EQ(recorded(), before) << "neither the subject nor the product";
    EXPECT_TRUE(run({"subject", "list"}).empty());
}

TEST_F(ImportDesk, ARowThatFollowsARefusedOneStandsAlone) {
    const auto answers = import("certificates",
                                certificate_headings +
                                    "OCOP-1,3,10/12/2023,Chè,Xã Tú Lý,tea,HTX Chè,cooperative,1/QĐ,10/12/2019,x\n"
                                    "OCOP-2,3,10/12/2019,Chè,Xã Tú Lý,tea,HTX Chè,cooperative,1/QĐ,10/12/2019,x\n",
                                1, {"--skip-refused"});
    EXPECT_EQ(outcomes(answers), "refused new");
    EXPECT_EQ(text(answers[0], "reason"), "not_legacy");
    EXPECT_EQ(answers[1].at("kinds").get_array().size(), 3u) << "the row above brought no subject";
    EXPECT_EQ(number(answers.back(), "recorded"), 3);
    EXPECT_EQ(run({"subject", "list"}).size(), 1u);
    EXPECT_EQ(run({"product", "list"}).size(), 1u);
}

TEST_F(ImportDesk, SealsWhatIsPersonal) {
    const std::string table =
        "Tên,Loại,Đơn vị,Người đại diện,Điện thoại,Địa chỉ\nHTX,cooperative,04867,Bà A,0912 345 678,\"Xóm 1, Tú Lý\"\n";
    import("subjects", table, 0, {"--dry-run"});
    EXPECT_FALSE(std::filesystem::exists(at_.folder / "private.ndjson"));
    const auto answers = import("subjects", table);
    EXPECT_EQ(json::serialize(answers[0]).find("0912"), std::string::npos);
    const auto action = at_.desk->outbox().decoded(recorded() - 1);
    ASSERT_TRUE(action);
    const auto& subject = std::get<domain::SubjectRegistered>(action->body);
    EXPECT_EQ(at_.desk->open_field(subject.phone.commitment), "0912 345 678");
    EXPECT_EQ(at_.desk->open_field(subject.representative.commitment), "Bà A");
    EXPECT_EQ(at_.desk->open_field(subject.address.commitment), "Xóm 1, Tú Lý");
    const Bytes bytes = domain::encode(*action);
    EXPECT_EQ(std::string(as_text(bytes)).find("0912"), std::string::npos);
}

TEST_F(ImportDesk, TenThousandRows) {
    std::string table = product_headings;
    for (int i = 0; i < 10'000; ++i) {
        const std::string own = std::to_string(i);
        table += "Chè " + own + ",Xã Tú Lý,tea,HTX " + std::to_string(i / 4) + ",cooperative\n";
    }
    auto answers = import("products", table);
    EXPECT_EQ(number(answers.back(), "new"), 10'000);
    EXPECT_EQ(number(answers.back(), "recorded"), 12'500);
    EXPECT_NE(said_.find("checked 10000/10000"), std::string::npos);
    answers = import("products", table);
    EXPECT_EQ(number(answers.back(), "exists"), 10'000);
    EXPECT_EQ(number(answers.back(), "recorded"), 0);
}

}  // namespace
}  // namespace hoso::client
