#include "tests/support/import_desk.hpp"

// Which unit, subject or product a row means, and what is refused because nobody can say.
namespace hoso::client {
namespace {

using namespace tests;

// The path of the one subject that a unit as it is written there brings.
class ImportUnits : public ImportDesk {
protected:
    std::string placed(const std::string& unit, const std::string& district = {}) {
        const std::string name = "HTX " + std::to_string(++count_);
        const auto answers =
            import("subjects", "Tên;Loại;Đơn vị;Huyện\n" + name + ";cooperative;" + unit + ";" + district + "\n", 0);
        if (text(answers.at(0), "outcome") != "new") return why(answers, 0);
        for (const auto& subject : run({"subject", "list"})) {
            if (text(subject, "name") == name) return text(subject, "path");
        }
        return "nowhere";
    }
    std::string refusal(const std::string& unit, const std::string& district = {}) {
        const auto answers = import("subjects", "Tên;Loại;Đơn vị;Huyện\nX;cooperative;" + unit + ";" + district + "\n", 1);
        return text(answers.at(0), "reason") + ": " + why(answers, 0);
    }
    int count_ = 0;
};

TEST_F(ImportUnits, AreKnownByCodePathOrName) {
    for (const char* written : {"04867", "4867", "p/150/04867", "Xã Tú Lý", "XÃ TÚ LÝ", "xa tu ly", "Tú Lý", "tu ly", "X. Tú Lý",
                                "Xã Tú Lý, huyện Đà Bắc", "Tú Lý, Đà Bắc, tỉnh p"}) {
        EXPECT_EQ(placed(written), "p/150/04867") << written;
    }
    EXPECT_EQ(placed("Xã Hòa Sơn"), "p/152/04924");
    EXPECT_EQ(placed(at_.world.units.at("04867").hex()), "p/150/04867");
    EXPECT_EQ(placed("h. Đà Bắc"), "p/150");
    EXPECT_EQ(placed("Cao Sơn", "Lương Sơn"), "p/152/04957");
    EXPECT_EQ(placed("Xã Cao Sơn", "huyen da bac"), "p/150/04876");
    EXPECT_EQ(placed("Cao Sơn, h.Đà Bắc"), "p/150/04876");
}

TEST_F(ImportUnits, TwoOfOneNameAreRefusedWithTheCandidates) {
    const std::string both = "p/150/04876 Xã Cao Sơn (Huyện Đà Bắc); p/152/04957 Xã Cao Sơn (Huyện Lương Sơn)";
    for (const char* written : {"Xã Cao Sơn", "cao son"}) {
        const std::string said = refusal(written);
        EXPECT_EQ(said.find("conflict: Unit: several units are called"), 0u) << said;
        EXPECT_NE(said.find(both), std::string::npos) << said;
    }
    EXPECT_NE(refusal("Tú Lý", "Lương Sơn").find("not_found"), std::string::npos);
    EXPECT_NE(refusal("Tú Lý", "Huyện Nào").find("Huyện Nào"), std::string::npos);
    EXPECT_NE(refusal("Phường Tú Lý").find("not_found"), std::string::npos) << "a ward is no xã";
}

TEST_F(ImportUnits, AccentsDecideWhereTheyAreWritten) {
    add(at_.world, "05001", "152", "commune", "Xã Tân Mỹ");
    add(at_.world, "05002", "152", "commune", "Xã Tân Mý");
    at_.sync();
    EXPECT_EQ(placed("Xã Tân Mỹ"), "p/152/05001");
    EXPECT_EQ(placed("tân mý"), "p/152/05002");
    EXPECT_NE(refusal("xa tan my").find("conflict"), std::string::npos);
}

TEST_F(ImportUnits, ACodeAndANameMustAgree) {
    const std::string headings = "Tên,Loại,Mã xã,Xã\n";
    EXPECT_EQ(
        outcomes(import("subjects", headings + "A,cooperative,04867,Tú Lý\nB,cooperative,04876,\nC,cooperative,04957,Cao Sơn\n")),
        "new new new");
    const auto answers = import("subjects", headings + "D,cooperative,04867,Cao Sơn\n", 1);
    EXPECT_NE(why(answers, 0).find("the code 04867 is that of p/150/04867 Xã Tú Lý"), std::string::npos) << why(answers, 0);
    EXPECT_EQ(outcomes(import("subjects", "Tên,Loại,Mã xã\nE,cooperative,04867\n")), "new") << "a code is enough";
}

// Codes are given anew: what one means depends on the day of the row.
TEST_F(ImportUnits, ACodeIsThatOfTheRowsDay) {
    World& world = at_.world;
    const UnitId tu_ly = world.units.at("04867");
    add(world, "04891", "150", "commune", "Xã Vầy Nưa");
    close(world, "04891", {{tu_ly, true}});
    add(world, "04891", "150", "commune", "Xã Tiền Phong", to_text(world.today()).c_str());
    at_.sync();
    EXPECT_EQ(outcomes(import("certificates",
                              certificate_headings + "OCOP-1,3,10/12/2019,Cá,04891,tea,HTX Cá,cooperative,1/QĐ,10/12/2019,x\n")),
              "new");
    EXPECT_EQ(placed("04891"), "p/150/04891");
    const auto products = run({"product", "list"});
    EXPECT_EQ(text(products.at(0), "path"), "p/150/04867") << "the old one went there as a whole";
    EXPECT_EQ(placed("Xã Vầy Nưa"), "p/150/04867") << "nothing else was ever called so";
}

TEST_F(ImportUnits, ADividedUnitIsRefusedWithItsSuccessors) {
    World& world = at_.world;
    add(world, "04891", "150", "commune", "Xã Vầy Nưa");
    at_.sync();
    EXPECT_EQ(placed("Xã Vầy Nưa"), "p/150/04891");
    close(world, "04891", {{world.units.at("04867"), false}, {world.units.at("04876"), false}});
    at_.sync();
    const std::string said = refusal("Xã Vầy Nưa");
    EXPECT_NE(said.find("is closed; write one of its successors: p/150/04867 Xã Tú Lý"), std::string::npos) << said;
    EXPECT_EQ(outcomes(import("subjects", subject_headings + "HTX 1,cooperative,,Xã Vầy Nưa\n")), "exists")
        << "what was there before is known";
}

TEST_F(ImportUnits, WhatATakeoverMovedIsStillTheSame) {
    World& world = at_.world;
    add(world, "04891", "150", "commune", "Xã Vầy Nưa");
    at_.sync();
    const std::string row = "Chè,Xã Vầy Nưa,tea,HTX Chè,cooperative\n";
    EXPECT_EQ(outcomes(import("products", product_headings + row)), "new");
    close(world, "04891", {{world.units.at("04867"), true}});
    at_.sync();
    EXPECT_EQ(outcomes(import("products", product_headings + row + "Chè,Xã Tú Lý,tea,HTX Chè,\n")), "exists exists");
}

// ---- subjects and products ----------------------------------------------------------------------------------------------

TEST_F(ImportDesk, FindsTheSubjectOfAProduct) {
    import("subjects", subject_headings +
                           "HTX Chè,cooperative,0101,Xã Tú Lý\n"
                           "Hộ Mai,household,7,Xã Tú Lý\n"
                           "Hộ Mai,household,8,Xã Tú Lý\n");
    const std::string headings = "Tên,Đơn vị,Bộ sản phẩm,Chủ thể,Loại chủ thể,Số đăng ký,Đơn vị của chủ thể\n";
    const auto answers = import("products",
                                headings +
                                    "Một,Xã Tú Lý,tea,htx chè,,,\n"             // by its name
                                    "Hai,Xã Hòa Sơn,Chè,HTX Chè,,01 01,\n"      // by its number, made elsewhere
                                    "Ba,Xã Hòa Sơn,TEA,HTX Chè,,,Xã Tú Lý\n"    // by its unit
                                    "Bốn,Xã Tú Lý,tea,Hộ Mai,,8,\n"             // of two of one name
                                    "Năm,Xã Tú Lý,tea,HTX Mới,Hợp tác xã,9,\n"  // new
                                    "Một,Xã Tú Lý,,,,,\n",                      // the only one of this name
                                0);
    EXPECT_EQ(outcomes(answers), "new new new new new exists") << said_;
    const std::string chè = text(answers[0], "subject");
    EXPECT_EQ(text(answers[1], "subject"), chè);
    EXPECT_EQ(text(answers[2], "subject"), chè);
    EXPECT_EQ(run({"subject", "list"}).size(), 4u);
    const auto refused = import("products",
                                headings +
                                    "A,Xã Tú Lý,tea,Hộ Mai,,,\n"
                                    "B,Xã Tú Lý,tea,HTX Lạ,,,\n"
                                    "C,Xã Tú Lý,tea,,,,\n"
                                    "D,Xã Tú Lý,gỗ,HTX Chè,,,\n"
                                    "E,Xã Tú Lý,,HTX Chè,,,\n"
                                    "F,Xã Tú Lý,tea,HTX Lạ,công ty gì đó,,\n",
                                1);
    EXPECT_EQ(outcomes(refused), "refused refused refused refused refused refused");
    EXPECT_NE(why(refused, 0).find("Hộ Mai, 7, p/150/04867; Hộ Mai, 8, p/150/04867"), std::string::npos) << why(refused, 0);
    EXPECT_NE(why(refused, 1).find("hoso import subjects"), std::string::npos) << why(refused, 1);
    EXPECT_EQ(why(refused, 2), "Subject: nothing is written there");
    EXPECT_EQ(text(refused[3], "reason"), "unknown_product_set");
    EXPECT_EQ(why(refused, 4), "Set: nothing is written there");
    EXPECT_NE(why(refused, 5).find("write one of: cooperative"), std::string::npos) << why(refused, 5);
}

TEST_F(ImportDesk, GivesAProductThatIsThereItsCertificate) {
    import("products", product_headings + "Chè,Xã Tú Lý,tea,HTX Một,cooperative\nChè,Xã Tú Lý,tea,HTX Hai,cooperative\n");
    at_.sync();
    const std::string headings = "Số giấy chứng nhận;Hạng sao;Ngày cấp;Tên sản phẩm;Đơn vị;Chủ thể;Hết hạn\n";
    const std::vector<std::string> decision{"--decision", "2365/QĐ-UBND", "--date", "2019-12-10", "--ruleset", "ocop-1048-2019"};
    auto answers = import("certificates", headings + "OCOP-1;★★★★;10/12/2019;Chè;Tú Lý;HTX Hai;9/12/2022\n", 0, decision);
    EXPECT_EQ(outcomes(answers), "new") << said_;
    EXPECT_EQ(answers[0].at("kinds").get_array().size(), 1u);
    EXPECT_EQ(why(answers, 0), "the file says its last day is 2022-12-09, here it is 2022-12-10");
    const auto listed = run({"cert", "list"});
    ASSERT_EQ(listed.size(), 1u);
    EXPECT_EQ(text(listed[0], "subject_name"), "HTX Hai");
    EXPECT_EQ(number(listed[0], "stars"), 4);
    EXPECT_EQ(text(listed[0], "decision"), "2365/QĐ-UBND");
    EXPECT_EQ(text(listed[0], "ruleset"), "ocop-1048-2019");
    answers = import("certificates", headings + "OCOP-1;4;10/12/2019;Chè;Tú Lý;;\nOCOP-2;4;10/12/2019;Chè;Tú Lý;;\n", 1, decision);
    EXPECT_EQ(outcomes(answers), "exists refused") << "which of two products holds the first is clear";
    EXPECT_NE(why(answers, 1).find("several products are called Chè"), std::string::npos) << why(answers, 1);
    answers = import("certificates", headings + "OCOP-3;3;10/12/2019;Chè;Tú Lý;HTX Hai;\n", 1);
    EXPECT_NE(why(answers, 0).find("--decision"), std::string::npos) << why(answers, 0);
}

}  // namespace
}  // namespace hoso::client
