#include "client/cli/xlsx_read.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <fstream>

#include "client/cli/sheet_file.hpp"
#include "client/cli/xlsx_parts.hpp"
#include "tests/support/temp_folder.hpp"

// Workbooks as spreadsheet programs write them, and as nobody should.
namespace hoso::client::cli {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string content(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A workbook that libxlsxwriter makes.
template <typename Fill>
std::string workbook(Fill fill) {
    const tests::TempFolder folder;
    const std::string file = (folder.path() / "book.xlsx").string();
    lxw_workbook* book = workbook_new(file.c_str());
    fill(book);
    EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
    return content(file);
}

std::string zipped(const Parts& parts) {
    const tests::TempFolder folder;
    const std::string file = (folder.path() / "book.xlsx").string();
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_open_filename(zip, file.c_str());
    for (const auto& [name, bytes] : parts) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        EXPECT_EQ(archive_write_header(zip, entry), ARCHIVE_OK);
        EXPECT_EQ(archive_write_data(zip, bytes.data(), bytes.size()), static_cast<la_ssize_t>(bytes.size()));
        archive_entry_free(entry);
    }
    archive_write_free(zip);
    return content(file);
}

constexpr const char* one_page = R"(<workbook xmlns:r="urn:r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>)";
constexpr const char* one_relation = R"(<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>)";

// A workbook of one sheet, whose XML is given as it stands.
std::string sheet_of(const std::string& rows, Parts more = {}) {
    Parts parts{{"xl/workbook.xml", one_page},
                {"xl/_rels/workbook.xml.rels", one_relation},
                {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}};
    parts.insert(parts.end(), more.begin(), more.end());
    return zipped(parts);
}

using Cells = std::vector<std::vector<std::string>>;
Cells cells_of(const CsvSheet& sheet) {
    Cells all{sheet.headings};
    for (const CsvRecord& record : sheet.records) all.push_back(record.cells);
    return all;
}

TEST(Xlsx, CellsAreReadAsTheSpreadsheetShowsThem) {
    const std::string bytes = workbook([](lxw_workbook* book) {
        lxw_worksheet* page = workbook_add_worksheet(book, "Danh sách");
        lxw_format* day = workbook_add_format(book);
        format_set_num_format(day, "dd/mm/yyyy");
        lxw_format* quoted = workbook_add_format(book);
        format_set_num_format(quoted, "0 \"ngày d\"");
        worksheet_write_string(page, 0, 0, "Tên", nullptr);
        worksheet_write_string(page, 0, 1, "Ngày", nullptr);
        worksheet_write_string(page, 0, 2, "Số", nullptr);
        worksheet_write_string(page, 2, 0, "Chè \"Shan\" <tuyết> & ca\u0300", nullptr);
        lxw_datetime date{2019, 12, 31, 13, 5, 0};
        worksheet_write_datetime(page, 2, 1, &date, day);
        worksheet_write_number(page, 2, 2, 0.1 + 0.2, nullptr);
        worksheet_write_string(page, 3, 0, "=1+1", nullptr);
        worksheet_write_boolean(page, 3, 1, 1, nullptr);
        worksheet_write_formula_num(page, 3, 2, "=40+2", nullptr, 42);
        worksheet_write_number(page, 4, 1, 1e15, nullptr);
        worksheet_write_number(page, 4, 2, 7, quoted);
    });
    const auto sheet = read_sheet(bytes);
    ASSERT_TRUE(sheet) << sheet.error().detail;
    EXPECT_EQ(cells_of(*sheet), (Cells{{"Tên", "Ngày", "Số"},
                                       {"Chè \"Shan\" <tuyết> & cà", "2019-12-31", "0.3"},
                                       {"'=1+1", "1", "42"},
                                       {"", "1000000000000000", "7"}}));
    EXPECT_EQ(sheet->records[0].row, 3u) << "an empty row counts";
}

TEST(Xlsx, DaysAreCountedAsSpreadsheetsDo) {
    const std::string styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    const std::string rows =
        "<row r=\"1\"><c t=\"str\"><v>a</v></c></row><row r=\"2\"><c s=\"1\"><v>1</v></c></row><row r=\"3\"><c "
        "s=\"1\"><v>59</v></c>"
        "</row><row r=\"4\"><c s=\"1\"><v>61</v></c></row><row r=\"5\"><c s=\"1\"><v>45275.75</v></c></row>"
        "<row r=\"6\"><c s=\"1\"><v>60</v></c></row><row r=\"7\"><c t=\"d\"><v>2023-12-15T08:00:00</v></c></row>";
    const auto sheet = read_xlsx_sheet(sheet_of(rows, {{"xl/styles.xml", styles}}));
    ASSERT_TRUE(sheet) << sheet.error().detail;
    EXPECT_EQ(cells_of(*sheet),
              (Cells{{"a"}, {"1900-01-01"}, {"1900-02-28"}, {"1900-03-01"}, {"2023-12-15"}, {"60"}, {"2023-12-15"}}));
    const auto old = read_xlsx_sheet(zipped(
        {{"xl/workbook.xml",
          "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>"},
         {"xl/_rels/workbook.xml.rels", one_relation},
         {"xl/styles.xml", styles},
         {"xl/worksheets/sheet1.xml",
          "<worksheet><row r=\"1\"><c t=\"str\"><v>a</v></c></row><row r=\"2\"><c s=\"1\"><v>43813</v></c></row></worksheet>"}}));
    ASSERT_TRUE(old) << old.error().detail;
    EXPECT_EQ(cells_of(*old), (Cells{{"a"}, {"2023-12-15"}}));
}

TEST(Xlsx, TextsOfSeveralRunsJoinAndColumnsKeepTheirPlace) {
    const std::string texts = "<sst><si><r><t>Chè </t></r><r><t>Shan</t></r><rPh><t>đọc</t></rPh></si><si><t>b</t></si></sst>";
    const auto sheet = read_xlsx_sheet(sheet_of(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>"
        "<row><c r=\"B2\" t=\"inlineStr\"><is><t>x</t></is></c></row><row><c t=\"s\"><v>9</v></c><c t=\"str\"><v>y</v></c></row>",
        {{"xl/sharedStrings.xml", texts}}));
    ASSERT_TRUE(sheet) << sheet.error().detail;
    EXPECT_EQ(cells_of(*sheet), (Cells{{"Chè Shan", "", "b"}, {"", "x", ""}, {"", "y", ""}}));
    EXPECT_EQ(sheet->records[1].row, 3u);
}

TEST(Xlsx, OneSheetShowsCells) {
    const auto book = [](bool hidden) {
        return workbook([hidden](lxw_workbook* made) {
            worksheet_write_string(workbook_add_worksheet(made, "Một"), 0, 0, "a", nullptr);
            lxw_worksheet* second = workbook_add_worksheet(made, "Hai");
            worksheet_write_string(second, 0, 0, "b", nullptr);
            if (hidden) worksheet_hide(second);
            workbook_add_worksheet(made, "Trống");
        });
    };
    const auto one = read_xlsx_sheet(book(true));
    ASSERT_TRUE(one) << one.error().detail;
    EXPECT_EQ(one->headings, std::vector<std::string>{"a"});
    const auto two = read_xlsx_sheet(book(false));
    ASSERT_FALSE(two);
    EXPECT_NE(two.error().detail.find("Một, Hai"), std::string::npos) << two.error().detail;
}

TEST(Xlsx, WhatIsExportedReadsTheSame) {
    const Sheet list{{"Tên", "Số"}, {{"=cmd|x", "12"}, {"'+84", "007"}, {"Chè\nShan", "-3"}}, {}};
    const tests::TempFolder folder;
    ASSERT_TRUE(write_xlsx(list, folder.path() / "a.xlsx"));
    ASSERT_TRUE(write_csv(list, folder.path() / "a.csv"));
    const auto xlsx = read_sheet(content(folder.path() / "a.xlsx"));
    const auto csv = read_sheet(content(folder.path() / "a.csv"));
    ASSERT_TRUE(xlsx && csv) << (xlsx ? csv.error().detail : xlsx.error().detail);
    EXPECT_EQ(cells_of(*xlsx), cells_of(*csv));
}

struct Hostile {
    const char* name;
    std::string (*bytes)();
    Errc code;
    const char* says;
};
std::string flipped(std::string bytes) {
    for (std::size_t i = 60; i < bytes.size(); i += 97) bytes[i] = static_cast<char>(bytes[i] ^ 0x5A);
    return bytes;
}
std::string repeated(const std::string& what, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += what;
    return all;
}
std::string cell_at(const std::string& place, const std::string& text) {
    return "<row r=\"1\"><c r=\"" + place + "\" t=\"str\"><v>" + text + "</v></c></row>";
}
const std::string head = "<row r=\"1\"><c t=\"str\"><v>a</v></c></row>";
const Hostile hostile[] = {
    {"OldKind", [] { return std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"); }, Errc::invalid, "old kind"},
    {"OnlyAnArchive",
     [] {
         return zipped(Parts{{"readme.txt", "x"}});
     },
     Errc::invalid, "no Excel workbook"},
    {"CutOff", [] { return sheet_of(head).substr(0, 300); }, Errc::invalid, "cannot be read"},
    {"Damaged", [] { return flipped(sheet_of(head)); }, Errc::invalid, ""},
    {"NoXml", [] { return sheet_of("<row><c>"); }, Errc::invalid, "sheet1.xml"},
    {"Entities",
     [] {
         return zipped(Parts{{"xl/workbook.xml", "<!DOCTYPE w [<!ENTITY a \"b\">]><w>&a;</w>"}});
     },
     Errc::invalid, "document type"},
    {"Bomb", [] { return sheet_of(head + std::string(257u << 20, ' ')); }, Errc::limit, "256 MiB"},
    {"LongMark", [] { return sheet_of(head + "<!--" + std::string(1u << 20, ' ') + "-->"); }, Errc::invalid, "one mark"},
    {"WideRow", [] { return sheet_of(cell_at("IW1", "a")); }, Errc::limit, "row 1: more than 256 cells"},
    {"FarColumn", [] { return sheet_of(cell_at("ZZZZZZZZZZZZZZZZZZ1", "a")); }, Errc::limit, "256 cells"},
    {"LongCell", [] { return sheet_of(cell_at("A1", std::string(csv_cell_bytes_max + 1, 'x'))); }, Errc::limit, "row 1: a cell"},
    {"ManyRows", [] { return sheet_of(repeated("<row><c><v>1</v></c></row>", csv_rows_max + 2)); }, Errc::limit, "100000 rows"},
    {"ManyTexts",
     [] {
         return sheet_of(head, {{"xl/sharedStrings.xml", "<sst>" + repeated("<si/>", 2'000'001) + "</sst>"}});
     },
     Errc::limit, "texts"},
    {"Empty", [] { return sheet_of(""); }, Errc::invalid, "empty"},
};
class HostileXlsx : public testing::TestWithParam<Hostile> {};
TEST_P(HostileXlsx, IsRefused) {
    const auto sheet = read_sheet(GetParam().bytes());
    ASSERT_FALSE(sheet);
    EXPECT_EQ(sheet.error().code, GetParam().code) << sheet.error().detail;
    EXPECT_NE(sheet.error().detail.find(GetParam().says), std::string::npos) << sheet.error().detail;
}
INSTANTIATE_TEST_SUITE_P(Table, HostileXlsx, testing::ValuesIn(hostile), [](const auto& row) { return row.param.name; });

TEST(Xlsx, EveryCutIsAnErrorOrTheSameSheet) {
    const std::string whole = sheet_of(head + "<row><c t=\"str\"><v>Chè</v></c></row>");
    const auto sheet = read_xlsx_sheet(whole);
    ASSERT_TRUE(sheet);
    for (std::size_t size = 4; size < whole.size(); ++size) {
        const auto cut = read_xlsx_sheet(whole.substr(0, size));
        if (cut) {
            EXPECT_EQ(cells_of(*cut), cells_of(*sheet)) << size;
        }
    }
}

}  // namespace
}  // namespace hoso::client::cli
