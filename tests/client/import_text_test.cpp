#include <gtest/gtest.h>

#include <fstream>

#include "client/cli/csv.hpp"
#include "client/cli/import_cells.hpp"
#include "client/cli/import_columns.hpp"
#include "client/cli/import_run.hpp"
#include "client/cli/sheet_file.hpp"
#include "client/text/unicode.hpp"
#include "tests/support/temp_folder.hpp"

// The text of tables: separators and quotes, headings, cells.
namespace hoso::client::cli {
namespace {

struct Table {
    const char* name;
    std::string text;
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> records;
};
const Table tables[] = {
    {"Comma", "a,b\n1,2\n", {"a", "b"}, {{"1", "2"}}},
    {"Semicolon", "a;b\r\n1,5;2\r\n", {"a", "b"}, {{"1,5", "2"}}},
    {"Tab", "a\tb\n1;5\t2,5\n", {"a", "b"}, {{"1;5", "2,5"}}},
    {"OldMac", "a,b\r1,2\r3,4\r", {"a", "b"}, {{"1", "2"}, {"3", "4"}}},
    {"NoEndOfLine", "a,b\n1,2", {"a", "b"}, {{"1", "2"}}},
    {"CommaInTheHeadings", "xã, phường;b\n1;2\n3;4\n", {"xã, phường", "b"}, {{"1", "2"}, {"3", "4"}}},
    {"QuotedSemicolon", "\"a;c\",b\n1,2\n", {"a;c", "b"}, {{"1", "2"}}},
    {"NamedSeparator", "sep=;\r\na;b,c\r\n1;2\r\n", {"a", "b,c"}, {{"1", "2"}}},
    {"OneColumn", "a\n1\n2\n", {"a"}, {{"1"}, {"2"}}},
    {"EmptyLines", "\n,,\na,b\n\n , \n1,2\n,\n", {"a", "b"}, {{"1", "2"}}},
    {"Quotes", "a,b\n\"1 \"\"x\"\"\",\"2\r\n3\"\n", {"a", "b"}, {{"1 \"x\"", "2\n3"}}},
    {"QuoteInTheMiddle", "a,b\n5\" ống,2\n", {"a", "b"}, {{"5\" ống", "2"}}},
    {"OddCounts", "a,b\n1\n1,2,3\n", {"a", "b"}, {{"1"}, {"1", "2", "3"}}},
};

class CsvTable : public testing::TestWithParam<Table> {};
TEST_P(CsvTable, Row) {
    const auto sheet = read_csv_sheet(GetParam().text);
    ASSERT_TRUE(sheet) << sheet.error().detail;
    EXPECT_EQ(sheet->headings, GetParam().headings);
    ASSERT_EQ(sheet->records.size(), GetParam().records.size());
    for (std::size_t i = 0; i < sheet->records.size(); ++i) EXPECT_EQ(sheet->records[i].cells, GetParam().records[i]);
}
INSTANTIATE_TEST_SUITE_P(Table, CsvTable, testing::ValuesIn(tables), [](const auto& row) { return row.param.name; });

TEST(Csv, CountsRowsAsASpreadsheetDoes) {
    const auto sheet = read_csv_sheet("a,b\n\n\"1\n2\",x\n3,y\n");
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->records[0].row, 3u);
    EXPECT_EQ(sheet->records[1].row, 4u);
    EXPECT_EQ(sheet->records[1].line, 5u);
}

TEST(Csv, HasLimits) {
    EXPECT_TRUE(read_csv_sheet("a\n" + std::string(csv_cell_bytes_max, 'x')));
    EXPECT_EQ(read_csv_sheet("a\n" + std::string(csv_cell_bytes_max + 1, 'x')).error().code, Errc::limit);
    EXPECT_EQ(read_csv_sheet(std::string(csv_file_bytes_max + 1, '\n')).error().code, Errc::limit);
    EXPECT_EQ(read_csv_sheet(std::string(csv_columns_max, ',') + "\n").error().code, Errc::limit);
    EXPECT_EQ(read_csv_sheet("").error().code, Errc::invalid);
    EXPECT_EQ(read_csv_sheet("a\nb\xFF\n").error().detail.substr(0, 8), "line 2: ");
}

TEST(Cells, AreReadAsPeopleWriteThem) {
    const auto clean = [](const char* cell) { return clean_cell(cell, Language::en); };
    EXPECT_EQ(*clean("  Chè \n Shan\xC2\xA0tuyết "), "Chè Shan tuyết");
    EXPECT_EQ(*clean("a\xE2\x80\x8B"), "a");
    EXPECT_EQ(*clean("–"), "");
    EXPECT_EQ(*clean("'=1"), "=1");
    EXPECT_EQ(*clean("''=1"), "'=1");
    EXPECT_EQ(*clean("'Chè'"), "'Chè'");
    EXPECT_FALSE(clean("a\x07"));
    EXPECT_FALSE(clean("a\xE2\x80\xAE"));
    for (const char* shortened : {"5.4E+09", "1,23E+11", "1E+05"}) EXPECT_FALSE(clean(shortened)) << shortened;
    for (const char* whole : {"E+05", "5E+", "12E+A1", "OCOP-E+1"}) EXPECT_TRUE(clean(whole)) << whole;
    EXPECT_EQ(year_from_cell("2023"), 2023);
    EXPECT_FALSE(year_from_cell("23"));
    EXPECT_EQ(yes_no_from_cell("Có"), true);
    EXPECT_EQ(yes_no_from_cell("không"), false);
    EXPECT_EQ(yes_no_from_cell("có thể"), std::nullopt);
    for (const char* said :
         {"có", "x", "Thu hồi", "Đã thu hồi", "Bị thu hồi", "Thu hồi ngày 01/02/2022", "đã thu hồi ngày 1.2.2022"})
        EXPECT_EQ(revoked_from_cell(said), true) << said;
    for (const char* said : {"không", "Chưa thu hồi", "Còn hiệu lực"}) EXPECT_EQ(revoked_from_cell(said), false) << said;
    for (const char* said : {"thu hồi một phần", "Không rõ", "thu hồi ngày mai"})
        EXPECT_EQ(revoked_from_cell(said), std::nullopt) << said;
}

TEST(Cells, AGuardIsTakenAwayAsItWasPut) {
    for (const std::string text : {"=1", "'=1", "''+x", "'a", "-12", "'-12", "@x", "+84"}) {
        const tests::TempFolder folder;
        const auto file = folder.path() / "list.csv";
        ASSERT_TRUE(write_csv({{"a"}, {{text}}, {}}, file));
        std::ifstream in(file);
        const auto sheet = read_csv_sheet(std::string((std::istreambuf_iterator<char>(in)), {}));
        ASSERT_TRUE(sheet);
        const std::string& cell = sheet->records.at(0).cells.at(0);
        EXPECT_EQ(without_guard(cell), text);
        EXPECT_TRUE(text == "-12" || std::string("=+-@").find(cell[0]) == std::string::npos) << cell;
    }
}

TEST(Names, AreOneInEverySpellingWithTheSameAccents) {
    EXPECT_EQ(name_key("Hoà Bình"), name_key("hòa  bình "));
    EXPECT_EQ(name_key("THUỶ"), name_key("thủy"));
    EXPECT_NE(name_key("Tân Mỹ"), name_key("Tân My"));
    EXPECT_NE(name_key("Đà"), name_key("Dà"));
    EXPECT_NE(name_key("bò á"), name_key("bó à"));
}

TEST(Columns, AreFoundByTheirHeadings) {
    const auto found = find_columns(
        ImportKind::products, {"STT", "TÊN SẢN PHẨM (ghi đầy đủ)", "xa/phuong", "Bộ  sản-phẩm", "Chủ thể (*)", "set of things"},
        Language::vi);
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(found->at.at(Field::name), 1u);
    EXPECT_EQ(found->at.at(Field::unit), 2u);
    EXPECT_EQ(found->at.at(Field::set), 3u);
    EXPECT_EQ(found->at.at(Field::subject), 4u);
    EXPECT_EQ(found->ignored, (std::vector<std::string>{"STT", "set of things"}));
}

TEST(Training, AListDoesNotGoIntoARealLog) {
    const auto sheet = read_csv_sheet("Tên,Loại\nA,b\n" + std::string(training_mark) + ",\n");
    ASSERT_TRUE(sheet);
    EXPECT_EQ(may_import(*sheet, false, Language::en).error().code, Errc::denied);
    EXPECT_TRUE(may_import(*sheet, true, Language::en));
    EXPECT_TRUE(may_import(*read_csv_sheet("Tên,Loại\nA,b\n"), false, Language::en));
}

}  // namespace
}  // namespace hoso::client::cli
