#include "tests/support/import_desk.hpp"

// Tables that are broken, and cells that want to be something else.
namespace hoso::client {
namespace {

using namespace tests;

TEST_F(ImportDesk, RefusesAFileThatIsNoTable) {
    const auto before = recorded();
    const std::pair<std::string, const char*> files[] = {
        {subject_headings + "HTX \xC3\x28,cooperative,1,Xã Tú Lý\n", "line 2: the file is not UTF-8"},
        {"\xFF\xFET\0e\0n\0", "not UTF-8"},
        {subject_headings + "A,cooperative,1,Xã Tú Lý\n\"HTX,cooperative,2,Xã Tú Lý\nC,cooperative,3,Xã Tú Lý\n",
         "line 3: a quote is not closed"},
        {subject_headings + std::string(5'000, 'x') + ",cooperative,1,Xã Tú Lý\n", "line 2: a cell is longer than 4096 bytes"},
        {subject_headings + "A" + std::string(300, ',') + "\n", "more than 256 cells"},
    };
    for (const auto& [content, says] : files) {
        import("subjects", content, 2);
        EXPECT_NE(said_.find(says), std::string::npos) << said_;
    }
    std::string rows = subject_headings;
    for (int i = 0; i <= 100'000; ++i) rows += "A,b,1,c\n";
    import("subjects", rows, 2);
    EXPECT_NE(said_.find("more than 100000 rows"), std::string::npos) << said_;
    import("subjects", subject_headings + std::string(16 << 20, '\n'), 2);
    EXPECT_NE(said_.find("limit"), std::string::npos) << said_;
    run({"import", "subjects", (at_.temp / "nothing.csv").string()}, 3);
    EXPECT_EQ(recorded(), before);
}

TEST_F(ImportDesk, RefusesARowWhoseCellsDoNotFit) {
    const auto answers = import("subjects",
                                subject_headings +
                                    "Một,cooperative,1,Xã Tú Lý\n"
                                    "Hai,cooperative,2\n"                     // the unit is gone
                                    "Ba, củ,cooperative,3,Xã Tú Lý\n"         // a comma too many
                                    "Bốn,cooperative,4,Xã Tú Lý,,,\n"         // empty ones do no harm
                                    "Năm\x1B[2K,cooperative,5,Xã Tú Lý\n"     // steers a terminal
                                    "Sáu,cooperative,5.4E+09,Xã Tú Lý\n"      // lost its digits
                                    "\"Bảy\nngọt\",cooperative,7,Xã Tú Lý\n"  // two lines
                                    "Tám\xE2\x80\xAE,cooperative,8,Xã Tú Lý\n",
                                1, {"--skip-refused"});
    EXPECT_EQ(outcomes(answers), "new refused refused new refused refused new refused");
    EXPECT_EQ(why(answers, 1), "3 cells under 4 headings: look at separators and quotes");
    EXPECT_EQ(why(answers, 2), "5 cells under 4 headings: look at separators and quotes");
    EXPECT_NE(why(answers, 4).find("Name: it holds a control character: Năm\\u001b"), std::string::npos) << why(answers, 4);
    EXPECT_NE(why(answers, 5).find("make the column text"), std::string::npos) << why(answers, 5);
    EXPECT_EQ(number(answers[7], "row"), 9) << "as a spreadsheet counts, whatever the lines";
    std::set<std::string> names;
    for (const auto& subject : run({"subject", "list"})) names.insert(text(subject, "name"));
    EXPECT_EQ(names, (std::set<std::string>{"Một", "Bốn", "Bảy ngọt"}));
}

TEST_F(ImportDesk, AFormulaIsTextAndStaysIt) {
    const std::string name = "=cmd|' /C calc'!A0";
    EXPECT_EQ(outcomes(import("subjects", subject_headings + "\"" + name + "\",cooperative,+84,Xã Tú Lý\n")), "new");
    const auto listed = run({"subject", "list", "--csv", (at_.temp / "list.csv").string()});
    EXPECT_EQ(text(listed.at(0), "name"), name);
    std::ifstream in(at_.temp / "list.csv");
    const std::string written((std::istreambuf_iterator<char>(in)), {});
    EXPECT_NE(written.find("'=cmd|' /C calc'!A0,cooperative,'+84"), std::string::npos) << written;
    EXPECT_EQ(outcomes(import("subjects", written)), "exists") << "the apostrophe is the file's, not the name's";
}

TEST_F(ImportDesk, RefusesDaysAndStarsThatDoNotExist) {
    const auto row = [](const std::string& stars, const std::string& issued) {
        return "OCOP " + stars + " " + issued + "," + stars + "," + issued +
               ",Chè,Xã Tú Lý,tea,HTX Chè,cooperative,1/QĐ,10/12/2019,ocop-1048-2019\n";
    };
    const std::tuple<const char*, const char*, const char*> wrong[] = {
        {"3", "31/02/2019", "is no day that exists"},   {"3", "12/31/2019", "is no day that exists"},
        {"3", "2019-13-01", "is no day that exists"},   {"3", "10/12/19", "is no day that exists"},
        {"3", "43809", "is no day that exists"},        {"3", "hôm qua", "is no day that exists"},
        {"3", "", "nothing is written there"},          {"6", "10/12/2019", "write a number from 1 to 5"},
        {"0", "10/12/2019", "write a number"},          {"3-4", "10/12/2019", "write a number"},
        {"", "10/12/2019", "nothing is written"},       {"2", "10/12/2019", "No published rule set gives a certificate"},
        {"3", "01/06/2023", "not older than this log"},
    };
    std::string table = certificate_headings;
    for (const auto& [stars, issued, says] : wrong) table += row(stars, issued);
    const auto answers = import("certificates", table, 1);
    for (std::size_t i = 0; i < std::size(wrong); ++i) {
        EXPECT_EQ(text(answers.at(i), "outcome"), "refused") << std::get<1>(wrong[i]);
        EXPECT_NE(why(answers, i).find(std::get<2>(wrong[i])), std::string::npos) << why(answers, i);
    }
    const auto good = import("certificates", certificate_headings + row("3", "1/2/2019") + row("4 sao", "2019-02-28") +
                                                 row("★★★★★", "31.12.2018") + row("Hạng 3 sao", "29-02-2016"));
    EXPECT_EQ(outcomes(good), "new new new new") << said_;
    EXPECT_EQ(run({"cert", "list"}).at(0).at("issued").as_string(), "2019-02-01") << "the day stands first";
}

TEST_F(ImportDesk, ARevokedCertificateIsNotEnteredAsAGoodOne) {
    std::string headings = certificate_headings;
    headings.insert(headings.size() - 1, ",Thu hồi");
    const auto row = [](const std::string& number, const std::string& revoked) {
        return number + ",3,10/12/2019,Chè,Xã Tú Lý,tea,HTX,cooperative,1/QĐ,10/12/2019,x," + revoked + "\n";
    };
    const std::string table = headings + row("OCOP-1", "có") + row("OCOP-2", "không") + row("OCOP-3", "Đã thu hồi") +
                              row("OCOP-4", "Thu hồi ngày 01/02/2022");
    auto answers = import("certificates", table);
    EXPECT_EQ(outcomes(answers), "skipped new skipped skipped");
    EXPECT_EQ(why(answers, 0), "revoked: it is left out");
    EXPECT_EQ(number(answers.back(), "skipped"), 3);
    EXPECT_NE(said_.find("Left out, because they are revoked: 3"), std::string::npos) << said_;
    ASSERT_EQ(run({"cert", "list"}).size(), 1u);
    EXPECT_EQ(text(run({"cert", "list"}).at(0), "certificate"), "OCOP-2");
    answers = import("certificates", headings + row("OCOP-2", "có"));
    EXPECT_EQ(outcomes(answers), "exists");
    EXPECT_NE(why(answers, 0).find("here it is good: revoke it"), std::string::npos) << why(answers, 0);
    const auto before = recorded();
    answers = import("certificates", headings + row("OCOP-5", "thu hồi một phần"), 1);
    EXPECT_EQ(outcomes(answers), "refused");
    EXPECT_NE(why(answers, 0).find("Revoked: thu hồi một phần: write yes or no"), std::string::npos) << why(answers, 0);
    EXPECT_EQ(recorded(), before);
}

TEST_F(ImportDesk, SpeaksVietnamese) {
    std::ostringstream out, err;
    std::istringstream in;
    boost::asio::io_context context;
    Link link(*at_.desk, context);
    const std::string table = file(subject_headings + "Một,cooperative,1,Xã Tú Lý\nHai,cooperative,2,Cao Sơn\n");
    EXPECT_EQ(cli::run_command(*at_.desk, link, {"--lang", "vi", "import", "subjects", table}, in, out, err), 1);
    for (const char* says :
         {"dòng", "kết quả", "vì sao", "mới", "bị từ chối", "Đăng ký chủ thể", "nhiều đơn vị cùng tên Cao Sơn", "đã ghi:"}) {
        EXPECT_NE(out.str().find(says), std::string::npos) << says << "\n" << out.str();
    }
    EXPECT_NE(err.str().find("Chưa ghi gì"), std::string::npos) << err.str();
}

}  // namespace
}  // namespace hoso::client
