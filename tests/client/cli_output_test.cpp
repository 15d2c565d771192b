#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "client/cli/csv.hpp"
#include "client/cli/error_words.hpp"
#include "client/cli/grammar.hpp"
#include "client/cli/output.hpp"
#include "client/cli/sheet_file.hpp"
#include "client/cli/table.hpp"
#include "client/views/parts.hpp"
#include "client/views/rules_compare.hpp"
#include "tests/support/small_rules.hpp"
#include "tests/support/temp_folder.hpp"

// What commands answer with: tables, files for spreadsheets, JSON lines, two regulations side by side.
namespace hoso::client {
namespace {

using namespace tests;
namespace json = boost::json;

TEST(Points, AreReadWithAtMostTwoDecimals) {
    const std::pair<const char*, std::optional<std::uint32_t>> rows[] = {
        {"88,5", 8850}, {"88.5", 8850}, {"90", 9000}, {"0,05", 5}, {"89,75", 8975},     {"", {}},
        {"88,555", {}}, {"-1", {}},     {"1,", {}},   {"a", {}},   {"99999999999", {}}, {"3 ", {}}};
    for (const auto& [text, hundredths] : rows) EXPECT_EQ(cli::points_from_text(text), hundredths) << text;
    EXPECT_EQ(views::points_text(8850), "88,5");
    EXPECT_EQ(views::points_text(9000), "90");
    EXPECT_EQ(views::points_text(8905), "89,05");
}

TEST(Csv, ReadsQuotesAndNamesTheLine) {
    const auto rows = cli::read_csv(
        "\xEF\xBB\xBF"
        "code,name\r\n1,\"a, \"\"b\"\"\"\n\n2,\"two\nlines\"\n3,c");
    ASSERT_TRUE(rows) << rows.error().detail;
    ASSERT_EQ(rows->size(), 3u);
    EXPECT_EQ((*rows)[0]["name"], "a, \"b\"");
    EXPECT_EQ((*rows)[1]["name"], "two\nlines");
    EXPECT_EQ((*rows)[2].line, 6u);
    EXPECT_EQ((*rows)[2]["missing"], "");
    EXPECT_NE(cli::read_csv("a,b\n1,2\n1,2,3\n").error().detail.find("line 3"), std::string::npos);
    EXPECT_FALSE(cli::read_csv("a\n\"open"));
    EXPECT_FALSE(cli::read_csv("a\n\xFF\n"));
}

TEST(Table, CountsWhatIsSeen) {
    EXPECT_EQ(cli::display_width("Đà Bắc"), 6u);
    EXPECT_EQ(cli::display_width("a\xCC\x80"), 1u) << "a combining mark takes no place";
    EXPECT_EQ(cli::table({"xã", "n"}, {{"Tú Lý", "1"}, {"Bo", "20"}}), "xã     n\nTú Lý  1\nBo     20\n");
}

TEST(Table, SpellsOutWhatWouldCommandATerminal) {
    EXPECT_EQ(cli::printable("Tốt\033[2K\r\n9"), "Tốt\\u001b[2K\\u000d\\u000a9");
    EXPECT_EQ(cli::printable("a\xE2\x80\xAE"
                             "b\xC2\x9B"
                             "c"),
              "a\\u202eb\\u009bc");
    EXPECT_EQ(cli::printable("Chè Đà Bắc – 88,5"), "Chè Đà Bắc – 88,5");
    std::ostringstream out, err;
    cli::Output people(out, err, false, false, Language::en);
    people.rows({json::object{{"name", "x\033[1A"}}}, {"name"});
    people.object({{"name", "y\n\x7F"}});
    people.fail({Errc::not_found, "z\a"});
    EXPECT_EQ((out.str() + err.str()).find_first_of("\033\x7F\a"), std::string::npos) << out.str() << err.str();
}

TEST(Sheet, IsNoFormulaForAnybody) {
    const TempFolder folder;
    const auto file = folder.path() / "list.csv";
    const cli::Sheet sheet{{"tên", "điểm"},
                           {{"Chè \"Shan\", Đà Bắc", "88,5"}, {"=HYPERLINK(1)", "-12"}, {"@x", "+1"}, {"hai\ndòng", "007"}},
                           {"TRAINING / TẬP HUẤN"}};
    ASSERT_TRUE(cli::write_csv(sheet, file));
    std::ifstream in(file);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    EXPECT_EQ(text,
              "\xEF\xBB\xBF"
              "tên,điểm\r\n\"Chè \"\"Shan\"\", Đà Bắc\",\"88,5\"\r\n'=HYPERLINK(1),-12\r\n'@x,'+1\r\n\"hai\ndòng\",007\r\n"
              "TRAINING / TẬP HUẤN,\r\n");
    const auto rows = cli::read_csv(text);
    ASSERT_TRUE(rows) << rows.error().detail;
    EXPECT_EQ((*rows)[0]["tên"], "Chè \"Shan\", Đà Bắc");
    ASSERT_TRUE(cli::write_xlsx(sheet, folder.path() / "list.xlsx"));
    EXPECT_GT(std::filesystem::file_size(folder.path() / "list.xlsx"), 1000u);
    EXPECT_EQ(cli::write_xlsx(sheet, folder.path() / "none" / "list.xlsx").error().code, Errc::io);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 2) << "nothing half written is left";
}

TEST(Output, MarksTrainingAndBorrowedSheetsEverywhere) {
    std::ostringstream out, err;
    cli::Output people(out, err, false, false, Language::vi);
    people.mark_training(true);
    people.object({{"average", "91,5"}, {"illustrative", "Phiếu minh họa"}});
    EXPECT_EQ(err.str(), "TRAINING / TẬP HUẤN\n");
    EXPECT_NE(out.str().find("điểm trung bình:"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("Phiếu minh họa"), std::string::npos);
    std::ostringstream lines_out, lines_err;
    cli::Output machine(lines_out, lines_err, true, false, Language::vi);
    machine.mark_training(true);
    machine.rows({json::object{{"stars", 3}}, json::object{{"stars", 4}}}, {"stars"});
    EXPECT_EQ(lines_out.str(), "{\"stars\":3,\"training\":true}\n{\"stars\":4,\"training\":true}\n");
    EXPECT_EQ(machine.fail({Errc::not_found, "none"}), 3);
    EXPECT_EQ(lines_err.str(), "{\"error\":\"not_found\",\"detail\":\"none\",\"training\":true}\n");
    lines_err.str({});
    EXPECT_EQ(machine.fail({Errc::denied, "lost_race: too late"}), 6);
    EXPECT_NE(lines_err.str().find("\"reason\":\"lost_race\""), std::string::npos) << "a script tells it from a wrong passphrase";
}

std::string file_text(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Output, WritesAListThatComesInPiecesAsOneFile) {
    const TempFolder folder;
    std::ostringstream out, err;
    cli::Output pieces(out, err, true, true, Language::en);
    pieces.also_write(folder.path() / "list.csv", folder.path() / "list.xlsx");
    pieces.rows({json::object{{"name", "first"}}}, {"name", "stars"});
    pieces.rows({json::object{{"name", "second\nline"}, {"stars", 3}}}, {"name", "stars"});
    ASSERT_TRUE(pieces.write_files());
    EXPECT_EQ(file_text(folder.path() / "list.csv"), "\xEF\xBB\xBFname,stars\r\nfirst,\r\n\"second\nline\",3\r\n");
    cli::Output none(out, err, true, true, Language::en);
    none.also_write(folder.path() / "none.csv", {});
    EXPECT_EQ(none.write_files().error().code, Errc::invalid) << "no list at all";
    none.rows({}, {"name"});
    ASSERT_TRUE(none.write_files());
    EXPECT_EQ(file_text(folder.path() / "none.csv"), "\xEF\xBB\xBFname\r\n") << "an empty list has its headings";
}

TEST(Output, NamesTheRowThatASpreadsheetCannotHold) {
    const TempFolder folder;
    const cli::Sheet sheet{{"text"}, {{std::string(32'767, 'x')}, {std::string(32'768, 'x')}}, {}};
    const auto done = cli::write_xlsx(sheet, folder.path() / "list.xlsx");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Errc::limit);
    EXPECT_NE(done.error().detail.find("Row 3"), std::string::npos) << done.error().detail;
    EXPECT_NE(done.error().detail.find("--csv"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "list.xlsx"));
    EXPECT_TRUE(cli::write_csv(sheet, folder.path() / "list.csv"));
}

TEST(Output, ALineOfTotalsSaysSo) {
    std::ostringstream out, err;
    cli::Output people(out, err, false, true, Language::vi);
    people.rows({json::object{{"geography", "2025-06-30"}, {"district", "a"}, {"open", 1}},
                 json::object{{"total", true}, {"geography", "2025-06-30"}, {"open", 1}}},
                {"geography", "district", "open"});
    EXPECT_NE(out.str().find("tổng"), std::string::npos) << out.str();
}

TEST(Output, ErrorsThatOfficersMeetAreVietnamese) {
    using cli::explained;
    EXPECT_EQ(explained(Language::vi, "--year is at most 65535, not 67562."), "--year nhiều nhất là 65535, không phải 67562.");
    EXPECT_EQ(explained(Language::vi, "x is no phase; there are drafting, submitted."),
              "x không phải bước của hồ sơ; có: drafting, submitted.");
    EXPECT_EQ(explained(Language::vi, "No rule set is published yet."), "Chưa ban hành bộ tiêu chí nào.");
    EXPECT_EQ(explained(Language::en, "No rule set is published yet."), "No rule set is published yet.");
    EXPECT_EQ(explained(Language::vi, "something else."), "something else.");
}

// ---- regulations side by side -------------------------------------------------------------------------------------------

std::string part_of(const json::array& rows, const std::string& part) {
    for (const json::value& row : rows) {
        if (row.at("part").as_string() == part) return json::serialize(row.at("before")) + " > " + json::serialize(row.at("after"));
    }
    return "";
}

TEST(Compare, SaysOnlyWhereTwoRegulationsDiffer) {
    const domain::RuleSet one = small_rules();
    EXPECT_TRUE(views::compare(one, one).empty());
    domain::RuleSet other = one;
    other.stages.erase(other.stages.begin() + 1);  // the district
    other.stages.back().decides = {3, 4, 5};
    other.certificate_months = 24;
    other.product_sets[1].criteria[1].options[2].gate = 0;
    other.product_sets.erase(other.product_sets.begin());
    const json::array rows = views::compare(one, other);
    EXPECT_EQ(part_of(rows, "certificate.months"), R"("36" > "24")");
    EXPECT_EQ(part_of(rows, "stages.district"), R"("2. council" > null)");
    EXPECT_EQ(part_of(rows, "stages.central.decides"), R"("4, 5" > "3, 4, 5")");
    EXPECT_EQ(part_of(rows, "sets.plain"), R"("1. Chè: 40 + 25 + 35, 4" > null)");
    const char* const gated = R"x("2. Chè: 40 + 25 + 35, 3" > "2. Chè: 40 + 25 + 35, 3 (≠ 1)")x";
    EXPECT_EQ(part_of(rows, "sets.gated"), gated);
    EXPECT_EQ(part_of(rows, "bands.3"), "") << "the same in both";
    const json::array criteria = views::compare(one, other, "gated");
    ASSERT_EQ(criteria.size(), 1u);
    const char* const second = R"x("b: 0 / 10 / 25 (4)" > "b: 0 / 10 / 25")x";
    EXPECT_EQ(part_of(criteria, "sets.gated.2"), second);
}

}  // namespace
}  // namespace hoso::client
