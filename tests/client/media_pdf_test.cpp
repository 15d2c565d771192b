#include <sys/wait.h>

#include "tests/client/media_folder.hpp"

// First pages of PDF, of those too that were made to do harm.
namespace hoso::client::media {
namespace {

const std::string pdf = "application/pdf";

// Objects are numbered from 1; the first is the catalogue.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer = "") {
    std::string text = "%PDF-1.5\n", table;
    for (std::size_t at = 0; at < objects.size(); ++at) {
        char line[32];
        std::snprintf(line, sizeof line, "%010zu 00000 n \n", text.size());
        table += line;
        text += std::to_string(at + 1) + " 0 obj\n" + objects[at] + "\nendobj\n";
    }
    const std::string size = std::to_string(objects.size() + 1), start = std::to_string(text.size());
    return text + "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer <</Size " + size + " /Root 1 0 R " + trailer +
           ">>\nstartxref\n" + start + "\n%%EOF\n";
}

std::string stream(const std::string& contents, const std::string& entries = "") {
    return "<<" + entries + "/Length " + std::to_string(contents.size()) + ">> stream\n" + contents + "\nendstream";
}

struct Page {
    std::string contents;
    std::string box = "0 0 595 842";
    std::string entries = {};
    std::vector<std::string> further = {};  // objects from 5 on
    std::string trailer = {};
};

std::string page(const Page& wish) {
    std::vector<std::string> objects{
        "<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [" + wish.box + "] /Contents 4 0 R " + wish.entries + ">>", stream(wish.contents)};
    objects.insert(objects.end(), wish.further.begin(), wish.further.end());
    return pdf_of(objects, wish.trailer);
}

const std::string red_above = "0.86 0.12 0.12 rg 0 421 595 421 re f";

class Pdf : public Media {
protected:
    ~Pdf() override { EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left"; }

    Result<Bytes> made(const std::string& text) const {
        testing::internal::CaptureStderr();
        auto result = preview(put("a.pdf", as_bytes(text)), pdf);
        EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
        const auto left = std::distance(std::filesystem::directory_iterator{folder_.path()}, {});
        EXPECT_EQ(left, 1) << "a file is left";
        if (result) {
            EXPECT_LE(result->size(), preview_bytes_max);
        }
        return result;
    }
    Errc fault_of(const std::string& text) const {
        const auto result = made(text);
        EXPECT_FALSE(result.has_value());
        if (result) return Errc::internal;
        EXPECT_EQ(result.error().detail.back(), '.');
        return result.error().code;
    }
};

TEST_F(Pdf, FirstPage) {
    const auto result = made(page({red_above}));
    ASSERT_TRUE(result.has_value()) << result.error().detail;
    const Seen seen = see_jpeg(*result);
    EXPECT_EQ(seen.height, 480U);
    EXPECT_NEAR(seen.width, 340, 1);
    EXPECT_TRUE(near(seen.at(100, 100), red));
    EXPECT_TRUE(near(seen.at(100, 400), white));
}

TEST_F(Pdf, NamesThatLookLikeOptions) {
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(folder_.path());
    for (const char* name : {"-v", "-h ảnh hồ sơ.jpg", "--", "-", "a\nb'\"$(x)%d.pdf"}) {  // the letters are NFD
        put(name, as_bytes(page({red_above})));
        EXPECT_EQ(*media_type(name), pdf);
        EXPECT_TRUE(near(see_preview(name, pdf).at(100, 100), red)) << name;
    }
    std::filesystem::current_path(before);
}

TEST_F(Pdf, BrokenOnes) {
    EXPECT_EQ(fault_of("<html><body>Not a PDF</body></html>"), Errc::invalid);
    EXPECT_EQ(fault_of(""), Errc::invalid);
    EXPECT_EQ(fault_of("%PDF-1.4\n"), Errc::invalid);
    EXPECT_EQ(fault_of("%PDF-1.4\n" + std::string(100'000, '<')), Errc::invalid);
    EXPECT_EQ(fault_of(page({red_above}).substr(0, 60)), Errc::invalid);
    EXPECT_EQ(fault_of(pdf_of({"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [] /Count 0>>"})), Errc::invalid);
}

TEST_F(Pdf, CutAnywhere) {
    const std::string whole = page({red_above});
    for (std::size_t size = 8; size < whole.size(); size += 60) {
        const auto result = made(whole.substr(0, size));
        if (!result) {
            EXPECT_EQ(result.error().code, Errc::invalid);
        }
    }
}

TEST_F(Pdf, Encrypted) {
    const std::string word(64, 'a');  // of no password that we know
    const std::string trailer = "/ID [<00><00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <" + word + "> /U <" + word + ">>>";
    const auto result = made(page({.contents = red_above, .trailer = trailer}));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, Errc::invalid);
    EXPECT_NE(result.error().detail.find("password"), std::string::npos);
}

TEST_F(Pdf, BoxesOfEverySize) {
    for (const char* box : {"0 0 100000000 100000000", "0 0 1e30 1e30", "0 0 0 0", "0 0 1 100000", "0 0 100000 1", "-1 -1 -1 -1",
                            "0 0 nan inf", "0 0 2147483648 4294967296"}) {
        const auto result = made(page({red_above, box}));
        if (!result) {
            EXPECT_TRUE(result.error().code == Errc::invalid || result.error().code == Errc::limit) << box;
            continue;
        }
        const Seen seen = see_jpeg(*result);
        EXPECT_LE(std::max(seen.width, seen.height), preview_side_px_max) << box;
    }
}

TEST_F(Pdf, ObjectsInObjects) {
    const std::string deep(1'000'000, '[');
    const auto result = made(page({.contents = red_above, .entries = "/Resources " + deep}));
    if (!result) {
        EXPECT_EQ(result.error().code, Errc::invalid);
    }
    const auto of_itself = made(pdf_of({"<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [2 0 R] /Count 1>>"}));
    EXPECT_FALSE(of_itself.has_value());
    const auto contents = made(page({deep}));
    if (!contents) {
        EXPECT_EQ(contents.error().code, Errc::invalid);
    }
}

TEST_F(Pdf, MillionsOfOperators) {
    std::string contents;
    for (int times = 0; times < 300'000; ++times) contents += "0 0 m 595 842 l 9 9 l\n";
    const auto result = made(page({contents + "S"}));
    if (!result) {
        EXPECT_EQ(result.error().code, Errc::limit);
    }
}

// Each form draws the next one ten times.
TEST_F(Pdf, EndlessForms) {
    const int forms = 9;
    std::vector<std::string> further;
    for (int form = 0; form < forms; ++form) {
        const std::string next = std::to_string(6 + form), entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] ";
        std::string calls;
        for (int times = 0; times < 10; ++times) calls += "/F Do ";
        const bool last = form + 1 == forms;
        further.push_back(
            stream(last ? red_above : calls, entries + (last ? "" : "/Resources <</XObject <</F " + next + " 0 R>>>>")));
    }
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(fault_of(page({"/F Do", "0 0 595 842", "/Resources <</XObject <</F 5 0 R>>>>", further})), Errc::limit);
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{25});
}

// Each operator keeps a state of some kilobytes.
TEST_F(Pdf, MemoryBomb) {
    std::string contents;
    for (int times = 0; times < 1'000'000; ++times) contents += "q ";
    const auto result = made(page({contents}));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, Errc::limit);
    EXPECT_NE(result.error().detail.find("memory"), std::string::npos) << result.error().detail;
}

// A pdftoppm that is not installed, or that is another program.
class OtherPath : public Pdf {
protected:
    OtherPath() { ::setenv("PATH", bin_.path().c_str(), 1); }
    ~OtherPath() override { ::setenv("PATH", before_.c_str(), 1); }
    void install(const std::string& script) const {
        tests::write_bytes(bin_ / "pdftoppm", as_bytes("#!/bin/sh\n" + script + "\n"));
        std::filesystem::permissions(bin_ / "pdftoppm", std::filesystem::perms::owner_all);
    }
    tests::TempFolder bin_;
    std::string before_ = std::getenv("PATH");
};

TEST_F(OtherPath, NotInstalled) {
    const auto result = made(page({red_above}));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, Errc::io);
    EXPECT_NE(result.error().detail.find("poppler-utils"), std::string::npos);
}

TEST_F(OtherPath, Misbehaves) {
    for (const char* script : {"kill -SEGV $$", "exit 1", "exit 0", "echo no picture", "printf '\\377\\330\\377'"}) {
        install(script);
        EXPECT_EQ(fault_of(page({red_above})), Errc::invalid) << script;
    }
    install("exit 127");
    EXPECT_EQ(fault_of(page({red_above})), Errc::io);
    install("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done");
    EXPECT_EQ(fault_of(page({red_above})), Errc::limit);
}

}  // namespace
}  // namespace hoso::client::media
