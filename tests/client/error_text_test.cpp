#include <gtest/gtest.h>

#include <boost/algorithm/string/join.hpp>
#include <regex>
#include <sstream>

#include "client/cli/error_words.hpp"
#include "client/cli/parse.hpp"
#include "client/text/words.hpp"

namespace hoso::client {
namespace {

TEST(ErrorText, SaysInVietnameseWhatItNamesAndWhatItQuotes) {
    const auto vi = [](const std::string& detail) { return cli::explained(Language::vi, detail); };
    EXPECT_EQ(vi("There is no file a {}.pdf."), "Không có tệp a {}.pdf.");
    EXPECT_EQ(vi("There is no product Trà here. If it is new, sync first."),
              "Ở đây không có sản phẩm Trà. Nếu mới có, hãy gửi nhận trước.");
    EXPECT_EQ(vi("line 3: a quote is not closed."), "dòng 3: một dấu nháy chưa đóng.");
    EXPECT_EQ(vi("units.csv line 3: a quote is not closed. Nothing was recorded."),
              "units.csv dòng 3: một dấu nháy chưa đóng. Chưa ghi gì.");
    EXPECT_EQ(vi("wrong_phase: nothing was recorded, because the action would have no effect."),
              std::string(sentence(Language::vi, domain::Reason::wrong_phase)) +
                  " (wrong_phase: chưa ghi gì, vì hành động sẽ không có hiệu lực.)");
    EXPECT_EQ(vi("The province does not know this desk (the handshake took too long): enrol it with a slip."),
              "Tỉnh không biết máy này (bắt tay quá lâu): hãy ghi danh bằng phiếu.");
    EXPECT_EQ(vi("documents_missing: nothing was recorded, because the action would have no effect. Missing: Giấy (a)."),
              std::string(sentence(Language::vi, domain::Reason::documents_missing)) +
                  " (documents_missing: chưa ghi gì, vì hành động sẽ không có hiệu lực. Còn thiếu: Giấy (a).)");
    EXPECT_EQ(vi("The ZIP file could not be written: No space left on device. Make room or choose another folder, and try again."),
              "Không ghi được tệp ZIP: ổ đĩa đã đầy. Hãy dọn chỗ trống hoặc chọn thư mục khác rồi thử lại.");
    EXPECT_EQ(vi("Said by nobody."), "Said by nobody.");
    EXPECT_EQ(cli::explained(Language::en, "There is no file a.pdf."), "There is no file a.pdf.");
}

// A line that cannot be read is answered in the language that it asks for, whatever is wrong with it.
TEST(ErrorText, OfTheCommandLineIsVietnameseToo) {
    const std::vector<std::string> lines[] = {
        {"dossier"},
        {"dossier", "open"},
        {"dossier", "opne"},
        {"round", "list", "--nothing"},
        {"round", "list", "one", "two"},
        {"dossier", "assess"},
        {"cert", "list", "--expiring", "soon"},
        {"cert", "list", "--at", "soon"},
        {"evidence", "get", "3f9a01cc", "--wait"},
        {"legacy", "add", "P", "--stars", "many"},
        {"renewal", "answer", "P", "--renews", "perhaps"},
        {"round", "list", "--csv"},
        {},
    };
    for (auto line : lines) {
        line.insert(line.begin(), {"--lang", "vi"});
        std::ostringstream out, err;
        const auto parsed = cli::parse(line, out, err);
        const std::string shown = boost::algorithm::join(line, " ") + ": " + err.str();
        ASSERT_TRUE(std::holds_alternative<int>(parsed)) << shown;
        EXPECT_FALSE(std::regex_search(err.str(), std::regex("required|expected|given|argument|Run hoso|Did you|missing|not in")))
            << shown;
        EXPECT_TRUE(std::regex_search(err.str(), std::regex("[\x80-\xff]"))) << shown;
    }
}

}  // namespace
}  // namespace hoso::client
