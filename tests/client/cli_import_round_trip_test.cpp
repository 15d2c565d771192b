#include "client/cli/sheet_file.hpp"
#include "tests/support/import_desk.hpp"

// A list that was exported is imported as it is, and lists the same again.
namespace hoso::client {
namespace {

using namespace tests;

class RoundTrip : public ImportDesk {
protected:
    void SetUp() override {
        ImportDesk::SetUp();
        settle(other_);
        import("subjects", subject_headings +
                               "\"HTX \"\"Chè\"\"; Shan, Tú Lý\",cooperative,0100000001,Xã Tú Lý\n"
                               "=1+1,farm,'+84,Xã Hòa Sơn\n"
                               "Hộ Mai,household_registered,,04876\n");
        import("products",
               "Tên,Đơn vị,Bộ sản phẩm,Chủ thể,Loại chủ thể,Đơn vị của chủ thể,Mã\n"
               "Chè Shan,Xã Tú Lý,tea,\"HTX \"\"Chè\"\"; Shan, Tú Lý\",,,17-1-2023\n"
               "-12,Xã Hòa Sơn,tea,=1+1,,,-3\n"
               "Chè Shan,04957,stone,Hộ Mai,,04876,007\n");
        import(
            "certificates",
            certificate_headings +
                "OCOP-1,3,10/12/2019,Chè Shan,Xã Tú Lý,,\"HTX \"\"Chè\"\"; Shan, Tú Lý\",,2365/QĐ-UBND,09/12/2019,ocop-1048-2019\n"
                "OCOP-2,5,29/02/2020,-12,Xã Hòa Sơn,,=1+1,,2365/QĐ-UBND,10/12/2019,practice\n");
        at_.sync();
    }
    std::string exported(DeskFolder& at, const std::string& noun, const std::string& language, const std::string& kind = "csv") {
        const std::string name = (at_.temp / (noun + language + "." + kind)).string();
        run_on(at, {noun, "list", "--" + kind, name, "--lang", language});
        return name;
    }
    std::string content(const std::string& name) {
        std::ifstream in(name);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::set<std::string> lines(const std::string& name) {
        std::set<std::string> all;
        std::istringstream in(content(name));
        for (std::string line; std::getline(in, line);) all.insert(line);
        return all;
    }
    std::string id_of(const std::string& name) {
        for (const auto& product : run({"product", "list"})) {
            if (text(product, "name") == name) return text(product, "product");
        }
        return {};
    }
    void same_lists(const std::string& language, const std::vector<std::string>& nouns) {
        for (const std::string& noun : nouns) {
            const auto here = lines(exported(at_, noun, language));
            const auto there = lines(exported(other_, noun, language));
            EXPECT_GT(here.size(), 3u);
            EXPECT_EQ(here, there) << noun;
        }
    }
    void of_three_lists(const std::string& kind) {
        for (const char* language : {"vi", "en"}) {
            for (const char* what : {"subjects", "products", "certificates"}) {
                const auto answers = run_on(other_, {"import", what, exported(at_, nouns_.at(what), language, kind)});
                EXPECT_EQ(number(answers.back(), "refused"), 0) << said_;
                const bool first = std::string(language) == "vi";
                EXPECT_EQ(number(answers.back(), first ? "new" : "exists"), std::string(what) == "certificates" ? 2 : 3) << what;
            }
            same_lists(language, {"subject", "product", "cert"});
        }
        other_.sync();
        same_lists("vi", {"subject", "product", "cert"});
    }
    const std::map<std::string, std::string> nouns_{{"subjects", "subject"}, {"products", "product"}, {"certificates", "cert"}};
    DeskFolder other_{"p"};
};

TEST_F(RoundTrip, OfThreeListsInEitherLanguage) { of_three_lists("csv"); }
TEST_F(RoundTrip, OfThreeWorkbooksInEitherLanguage) { of_three_lists("xlsx"); }

TEST_F(RoundTrip, OfOneListBringsWhatItNames) {
    const auto products = run_on(other_, {"import", "products", exported(at_, "product", "vi")});
    EXPECT_EQ(outcomes(products), "new new new");
    EXPECT_EQ(number(products.back(), "recorded"), 6) << "every product with its subject";
    same_lists("vi", {"subject"});
    const auto certificates = run_on(other_, {"import", "certificates", exported(at_, "cert", "en")});
    EXPECT_EQ(number(certificates.back(), "recorded"), 2);
    same_lists("en", {"product", "cert"});
}

TEST_F(RoundTrip, OfCertificatesAlone) {
    const auto answers = run_on(other_, {"import", "certificates", exported(at_, "cert", "vi")});
    EXPECT_EQ(number(answers.back(), "recorded"), 6);
    EXPECT_EQ(lines(exported(at_, "cert", "vi")), lines(exported(other_, "cert", "vi")));
}

TEST_F(RoundTrip, OnTheSameDeskRecordsNothing) {
    for (const auto& [what, noun] : nouns_) {
        const auto answers = run({"import", what, exported(at_, noun, "vi")});
        EXPECT_EQ(number(answers.back(), "exists"), number(answers.back(), "rows")) << what;
        EXPECT_EQ(number(answers.back(), "recorded"), 0);
    }
}

// As the pages export it, with the position of the log at its foot.
TEST_F(RoundTrip, WithThePositionBelowTheList) {
    for (const std::string_view note : {cli::position_note_vi, cli::position_note_en}) {
        const std::string list = exported(at_, "subject", "vi");
        const std::string foot = std::string(note) + "48211; 23/11/2026 08:00";
        const auto answers = import("subjects", content(list) + foot + ",,,\r\n");
        EXPECT_EQ(number(answers.back(), "refused"), 0) << said_;
        EXPECT_EQ(number(import("subjects", content(list) + foot + ",farm,,04876\r\n").back(), "new"), 1) << "a name is a name";
    }
}

// What subjects answered goes along, and an answer that is there stays.
TEST_F(RoundTrip, OfAnswersOnRenewal) {
    answer({"renewal", "answer", id_of("-12"), "--certificate", "OCOP-2", "--renews", "no"});
    at_.sync();
    const std::string list = exported(at_, "cert", "vi");
    const auto answers = run_on(other_, {"import", "certificates", list});
    EXPECT_EQ(number(answers.back(), "refused"), 0) << said_;
    EXPECT_EQ(number(answers.back(), "recorded"), 7);
    EXPECT_EQ(lines(list), lines(exported(other_, "cert", "vi")));
    EXPECT_EQ(number(run_on(other_, {"import", "certificates", list}).back(), "recorded"), 0);
}

// The file still has the name that was corrected since.
TEST_F(RoundTrip, AfterACorrectionOfANameMakesNoSecondProduct) {
    const std::string certificates = exported(at_, "cert", "vi"), products = exported(at_, "product", "vi");
    answer({"correction", "make", id_of("-12"), "--item", "name", "--before", "-12", "--after", "Trà mười hai", "--reason",
            "Gõ nhầm"});
    for (int again = 0; again < 2; ++again) {
        const auto listed = run({"import", "certificates", certificates});
        EXPECT_EQ(number(listed.back(), "exists"), 2) << said_;
        EXPECT_EQ(number(listed.back(), "recorded"), 0);
        EXPECT_EQ(number(run({"import", "products", products}).back(), "recorded"), 0);
        at_.sync();
    }
    EXPECT_EQ(run({"product", "list"}).size(), 3u);
}

// A certificate that this log recognised says what it rests on, too.
TEST_F(RoundTrip, ListsTheDecisionOfEveryCertificate) {
    Story story{at_.world, "a1"};
    story.submit();
    story.evaluate(three_stars);
    story.recognise();
    at_.sync();
    const auto listed = run({"cert", "list"});
    const auto found = std::find_if(listed.begin(), listed.end(), [](const auto& row) { return text(row, "name") == "Trà xanh"; });
    ASSERT_NE(found, listed.end());
    EXPECT_EQ(text(*found, "decision"), "1/2023/decision_a");
    EXPECT_EQ(text(*found, "decision_date"), to_text(at_.world.today()));
    EXPECT_EQ(text(*found, "ruleset"), "practice");
}

}  // namespace
}  // namespace hoso::client
