#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "client/paper/canvas.hpp"
#include "client/paper/facts_parts.hpp"
#include "client/paper/papers.hpp"
#include "client/paper/plain_text.hpp"
#include "client/paper/proof.hpp"
#include "client/paper/template.hpp"
#include "client/text/unicode.hpp"
#include "tests/support/hand_made.hpp"
#include "tests/support/story.hpp"
#include "tests/support/temp_folder.hpp"

// Papers as other programs read them: Poppler, ZBar, unzip and Python's XML parser.
namespace hoso::client::paper {
namespace {

using namespace tests;

constexpr const char* long_name = "Chè Shan tuyết cổ thụ Hồng Thái – Trà đặc sản ướp hương Ổi, Ỡm Ờ, Kỷ Niệm";
constexpr const char* hostile = "</w:t></w:r></w:p><w:p>Chè & \"trà\" <b>'1'</b> {{number}} ]]> \x01\xE2\x80\xAE";

CertificateFacts certificate() {
    CertificateFacts facts;
    facts.authority = {"Huyện Đà Bắc", "Chủ tịch Ủy ban nhân dân huyện", "101/QĐ-UBND", day("2023-10-30")};
    facts.number = "OCOP-17-150/2023-001";
    facts.product = long_name;
    facts.code = "17-150-04831-12-2023";
    facts.subject = "Hợp tác xã nông nghiệp hữu cơ Cao Sơn";
    facts.address = "Xã Cao Sơn, huyện Đà Bắc, tỉnh Hòa Bình";
    facts.stars = 4;
    facts.issued = day("2023-12-31");
    facts.last_day = day("2026-12-30");
    facts.proof = "hoso:gcn:1:" + std::string(64, 'a') + ":" + std::string(64, 'b') + ":" + facts.number;
    return facts;
}

DecisionFacts decision(std::size_t rows) {
    DecisionFacts facts;
    facts.authority = certificate().authority;
    facts.regulations = {"Quyết định 148/QĐ-TTg (24/02/2023)"};
    facts.minutes = {"số 05/BB-HĐ ngày 20/10/2023"};
    facts.months = 36;
    for (std::size_t i = 0; i < rows; ++i)
        facts.rows.push_back({"Sản phẩm " + std::to_string(i + 1), "Hợp tác xã Ế Ỡ", "Xã Cao Sơn, huyện Đà Bắc",
                              "OCOP-" + std::to_string(i + 1), 3});
    return facts;
}

MinutesFacts minutes() {
    MinutesFacts facts;
    facts.unit = "Huyện Đà Bắc";
    facts.date = day("2023-10-20");
    facts.stage = "cấp huyện";
    facts.closed = true;
    facts.chair = "Phó Chủ tịch";
    facts.secretary = "Thư ký OCOP";
    facts.members = {{"Phó Chủ tịch", "chủ tịch", "", "1/1"}};
    facts.results = {{"Trà xanh", "Hợp tác xã", "3", "71,5", "4 sao"}};
    facts.scores = {{"Trà xanh", "Phó Chủ tịch", "70,25"}};
    return facts;
}

ReportFacts report() {
    ReportFacts facts;
    facts.unit = "Tỉnh Hòa Bình";
    facts.round = "Đợt đánh giá năm 2023";
    facts.date = day("2023-11-23");
    facts.deadline = day("2023-12-15");
    facts.days_left = 22;
    facts.as_of = "vị trí 48 211, 23/11/2023 08:00";
    facts.rows.resize(2);
    facts.rows[0].unit = "Huyện Đà Bắc";
    facts.rows[0].registered = 41;
    facts.total.registered = 97;
    return facts;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class Papers : public testing::Test {
protected:
    std::string file(const Result<std::string>& bytes, const char* name) {
        EXPECT_TRUE(bytes) << (bytes ? "" : bytes.error().detail);
        const auto path = temp_.path() / name;
        std::ofstream(path, std::ios::binary) << (bytes ? *bytes : std::string{});
        return path.string();
    }
    // What a program of the machine says.
    std::string said_by(const std::string& command) {
        const auto out = temp_.path() / "said";
        EXPECT_EQ(std::system((command + " > " + out.string()).c_str()), 0) << command;
        std::ostringstream text;
        text << std::ifstream(out).rdbuf();
        return text.str();
    }
    // One blank between words, whatever the lines.
    std::string text_of(const Result<std::string>& pdf) {
        return plain_text(said_by("pdftotext -raw " + file(pdf, "a.pdf") + " -"));
    }
    // The texts of a DOCX, a line for each run; fails where a part is no XML.
    std::string runs_of(const Result<std::string>& docx) {
        const std::string program =
            "import sys,zipfile,xml.etree.ElementTree as e\n"
            "z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n"
            "r=[e.fromstring(z.read(n)) for n in z.namelist()]\n"
            "w='{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'\n"
            "print(len(z.namelist()), [n for n in z.namelist()][0])\n"
            "for d in r:\n"
            "  for t in d.iter(w+'t'): print(t.text)\n";
        std::ofstream(temp_.path() / "runs.py") << program;
        const std::string made = file(docx, "a.docx");
        said_by("unzip -t " + made);
        return said_by("PYTHONIOENCODING=utf-8 python3 " + (temp_.path() / "runs.py").string() + " " + made);
    }
    TempFolder temp_;
};

TEST_F(Papers, TheSameFactsGiveTheSameBytes) {
    EXPECT_EQ(*certificate_pdf(certificate()), *certificate_pdf(certificate()));
    EXPECT_EQ(*decision_pdf(decision(40)), *decision_pdf(decision(40)));
    EXPECT_EQ(*decision_docx(decision(40)), *decision_docx(decision(40)));
    EXPECT_EQ(*minutes_docx(minutes()), *minutes_docx(minutes()));
    const std::string info = said_by("TZ=UTC pdfinfo " + file(certificate_pdf(certificate()), "a.pdf"));
    EXPECT_TRUE(has(info, "Dec 30 17:00:00 2023")) << info;
}

TEST_F(Papers, EveryAccentComesOutOfThePdf) {
    CertificateFacts facts = certificate();
    const std::string composed = text_of(certificate_pdf(facts));
    for (const std::string& part : {std::string(long_name), facts.number, facts.subject, facts.address, std::string("31/12/2023"),
                                    std::string("30/12/2026"), std::string("101/QĐ-UBND"), std::string("30/10/2023")})
        EXPECT_TRUE(has(composed, part)) << part << "\n" << composed;
    const std::string taken_apart = "Chè Đà Bắc: e\xCC\x82\xCC\x81, o\xCC\x9B\xCC\x83, u\xCC\x9B\xCC\xA3";
    facts.product = taken_apart;
    EXPECT_TRUE(has(text_of(certificate_pdf(facts)), "Chè Đà Bắc: ế, ỡ, ự"));
    EXPECT_TRUE(has(text_of(decision_pdf(decision(1))), "Hợp tác xã Ế Ỡ"));
}

TEST_F(Papers, ThePageIsNotBlankAndBringsItsFonts) {
    const std::string pdf = file(certificate_pdf(certificate()), "a.pdf");
    std::istringstream fonts(said_by("pdffonts " + pdf));
    std::string line;
    int embedded = 0;
    for (int i = 0; std::getline(fonts, line); ++i) {
        if (i < 2) continue;  // the heading
        EXPECT_TRUE(has(line, "yes yes")) << line;
        EXPECT_TRUE(has(line, "LiberationSerif")) << line;
        ++embedded;
    }
    EXPECT_GE(embedded, 2);
    said_by("pdftoppm -gray -r 40 -singlefile " + pdf + " " + (temp_.path() / "page").string());
    std::ifstream picture(temp_.path() / "page.pgm", std::ios::binary);
    std::ostringstream bytes;
    bytes << picture.rdbuf();
    const std::string pixels = bytes.str().substr(20);
    const auto dark = std::count_if(pixels.begin(), pixels.end(), [](char grey) { return static_cast<unsigned char>(grey) < 160; });
    EXPECT_GT(dark, 2000);
    EXPECT_TRUE(has(said_by("pdfinfo " + pdf), "Pages:           1"));
}

TEST_F(Papers, TheCodeSaysWhichCertificateOfWhichLog) {
    const std::string pdf = file(certificate_pdf(certificate()), "a.pdf");
    said_by("pdftoppm -png -r 150 -singlefile " + pdf + " " + (temp_.path() / "page").string());
    EXPECT_EQ(said_by("zbarimg -q --raw " + (temp_.path() / "page.png").string()), certificate().proof + "\n");
}

TEST_F(Papers, TheCodeOfANumberWithAccentsIsReadAlikeEverywhere) {
    CertificateFacts facts = certificate();
    facts.proof = proof_text({{}, {}, "1/2023/OCOP-ĐB"}, "");
    EXPECT_TRUE(has(facts.proof, ":1/2023/OCOP-%C4%90B")) << facts.proof;
    said_by("pdftoppm -png -r 150 -singlefile " + file(certificate_pdf(facts), "a.pdf") + " " + (temp_.path() / "page").string());
    EXPECT_EQ(said_by("zbarimg -q --raw " + (temp_.path() / "page.png").string()), facts.proof + "\n");
}

TEST_F(Papers, WithAPublicLookupTheCodeIsTheAddressOfTheCertificatesPage) {
    CertificateFacts facts = certificate();
    facts.proof = proof_text({{}, {}, "1/2023/OCOP-ĐB"}, "https://tra-cuu-ocop.hoabinh.example:8443");
    EXPECT_TRUE(facts.proof.starts_with("https://tra-cuu-ocop.hoabinh.example:8443/v/1/2023/OCOP-%C4%90B#gcn:1:")) << facts.proof;
    said_by("pdftoppm -png -r 150 -singlefile " + file(certificate_pdf(facts), "a.pdf") + " " + (temp_.path() / "page").string());
    EXPECT_EQ(said_by("zbarimg -q --raw " + (temp_.path() / "page.png").string()), facts.proof + "\n");
}

TEST_F(Papers, AReportSaysOfWhichPositionItsFiguresAre) {
    const std::string runs = runs_of(report_docx(report()));
    for (const char* part : {"Số liệu tại vị trí 48 211, 23/11/2023 08:00.", "ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH", "Huyện Đà Bắc",
                             "\n41\n", "\n97\n", "đợt đánh giá có 97 hồ sơ", "15/12/2023, còn 22 ngày"})
        EXPECT_TRUE(has(runs, part)) << part << "\n" << runs;
    ReportFacts late = report();
    late.days_left = -3;
    EXPECT_TRUE(has(runs_of(report_docx(late)), "đã quá 3 ngày"));
    EXPECT_EQ(*report_docx(report()), *report_docx(report()));
}

TEST_F(Papers, AHostileNameStaysText) {
    DecisionFacts facts = decision(1);
    facts.rows[0].product = facts.rows[0].subject = facts.authority.unit = hostile;
    const std::string expected = "</w:t></w:r></w:p><w:p>Chè & \"trà\" <b>'1'</b> {{number}} ]]>\n";
    EXPECT_TRUE(has(runs_of(decision_docx(facts)), expected)) << runs_of(decision_docx(facts));
    MinutesFacts of_council = minutes();
    of_council.results[0].product = of_council.members[0].title = of_council.agreed = hostile;
    EXPECT_TRUE(has(runs_of(minutes_docx(of_council)), expected));
    ReportFacts of_round = report();
    of_round.rows[0].unit = of_round.round = of_round.basis = hostile;
    EXPECT_TRUE(has(runs_of(report_docx(of_round)), expected));
    CertificateFacts given = certificate();
    given.product = plain_text(hostile);
    EXPECT_TRUE(has(text_of(certificate_pdf(given)), "{{number}}"));
}

TEST_F(Papers, ATemplateWithoutAnAnswerIsSaid) {
    EXPECT_FALSE(fill("a {{missing}}", {}));
    EXPECT_FALSE(fill("{{#rows}} no end", {{}, {{"rows", {}}}}));
    EXPECT_FALSE(fill("{{open", {}));
    EXPECT_EQ(*fill("{{#rows}}<{{a}}>{{/rows}}{{b}}", {{{"b", "{{a}}"}}, {{"rows", {{{"a", "1"}}, {{"a", "&"}}}}}}),
              "<1><&amp;>{{a}}");
}

TEST_F(Papers, ALongListGoesOnOverPages) {
    const std::string text = text_of(decision_pdf(decision(90)));
    EXPECT_TRUE(has(text, "Sản phẩm 90"));
    EXPECT_TRUE(has(text, "Điều 3."));
    std::size_t headings = 0;
    for (auto at = text.find("STT"); at != std::string::npos; at = text.find("STT", at + 1)) ++headings;
    EXPECT_GE(headings, 3u) << "the heading stands on every page of the list";
    DecisionFacts revokes = decision(1);
    revokes.kind = domain::DecisionKind::revocation;
    EXPECT_TRUE(has(text_of(decision_pdf(revokes)), "thu hồi"));
}

// A product of a district's world, from its tally to its certificate.
class PapersOfALog : public Papers {
protected:
    void SetUp() override {
        story_.submit();
        story_.evaluate(three_stars);
    }
    const replica::State& state() const { return world_.replica.state(); }
    Source source() const {
        return {state(), state(), state().log, false, [this](const domain::Decision& decision) -> Result<Signing> {
                    const auto& event = world_.events.at(decision.position);
                    return Signing{action_id(event.action), domain::decode(event.action)->header.actor};
                }};
    }
    std::string number() const {
        const auto& line = state().registry.decisions.at(story_.decision).lines.front();
        return state().registry.blocks.at(line.certificate.block).text(line.certificate.value);
    }
    World world_;
    Story story_{world_, "a1"};
};

TEST_F(PapersOfALog, ACertificateIsADraftUntilTheProductIsRecognised) {
    EXPECT_FALSE(certificate_facts(source(), "none"));
    const ActionId signs = story_.take(story_.decision_signing());
    auto facts = certificate_facts(source(), number());
    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_TRUE(facts->marks.draft);
    EXPECT_TRUE(facts->proof.empty());
    EXPECT_TRUE(has(text_of(certificate_pdf(*facts)), "BẢN DỰ THẢO"));
    story_.take(story_.recognition());
    facts = certificate_facts(source(), number());
    ASSERT_TRUE(facts);
    EXPECT_FALSE(facts->marks.draft);
    EXPECT_FALSE(has(text_of(certificate_pdf(*facts)), "DỰ THẢO"));
    EXPECT_EQ(facts->proof, "hoso:gcn:1:" + state().log.hex() + ":" + signs.hex() + ":" + number());
    EXPECT_EQ(facts->stars, 3);
    EXPECT_EQ(facts->address, "a1, a, p");
    EXPECT_EQ(facts->subject, story_.subject_name);
    EXPECT_EQ(facts->last_day, end_of_term(facts->issued, 36));
}

TEST_F(PapersOfALog, ADecisionThatIsNotAnsweredYetIsADraft) {
    const replica::State before = state();
    story_.take(story_.decision_signing());
    Source waiting = source();
    const Source pending{views::Look{before, state()}, before, state().log, true, waiting.signing};
    const auto draft = decision_facts(pending, story_.decision);
    ASSERT_TRUE(draft) << draft.error().detail;
    const std::string text = text_of(decision_pdf(*draft));
    EXPECT_TRUE(has(text, "BẢN DỰ THẢO"));
    EXPECT_TRUE(has(text, "TẬP HUẤN")) << text;
    EXPECT_TRUE(has(runs_of(decision_docx(*draft)), "BẢN DỰ THẢO\n"));
    const auto effective = decision_facts(source(), story_.decision);
    ASSERT_TRUE(effective);
    EXPECT_FALSE(has(text_of(decision_pdf(*effective)), "DỰ THẢO"));
    EXPECT_FALSE(has(runs_of(decision_docx(*effective)), "DỰ THẢO"));
    EXPECT_EQ(effective->months, 36u);
    ASSERT_EQ(effective->rows.size(), 1u);
    EXPECT_EQ(effective->rows[0].certificate, number());
}

TEST_F(PapersOfALog, MinutesHoldMembersScoresAndResults) {
    const auto facts = minutes_facts(source(), story_.meeting);
    ASSERT_TRUE(facts) << facts.error().detail;
    EXPECT_EQ(facts->members.size(), 3u);
    EXPECT_EQ(facts->scores.size(), 3u);
    ASSERT_EQ(facts->results.size(), 1u);
    EXPECT_EQ(facts->results[0].stars, "3 sao");
    const std::string runs = runs_of(minutes_docx(*facts));
    for (const auto& score : facts->scores) EXPECT_TRUE(has(runs, score.points + "\n")) << runs;
    EXPECT_TRUE(has(runs, facts->results[0].average + "\n"));
}

}  // namespace
}  // namespace hoso::client::paper
