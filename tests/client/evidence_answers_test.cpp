#include <gtest/gtest.h>

#include <fstream>

#include "tests/client/media_folder.hpp"
#include "tests/support/cli_desk.hpp"
#include "tests/support/desk_talk.hpp"

// What people are told when files do not get where they should.
namespace hoso::client {
namespace {

namespace fs = std::filesystem;

class EvidenceAnswers : public CliDesk {
protected:
    void SetUp() override {
        CliDesk::SetUp();
        product_ = product();
    }
    std::string photo() {
        tests::write_bytes(at_.temp / "a.jpg", tests::make_jpeg({200, 200, media::plain(media::red)}));
        return (at_.temp / "a.jpg").string();
    }
    std::vector<std::string> adding() { return {"evidence", "add", product_, "--document", "form", "--no-preview", photo()}; }
    std::string add() { return text(answer(adding()).at("files").get_array().at(0).get_object(), "file"); }
    io::BlobStore& store() { return at_.desk->files().store(); }

    std::string product_;
};

TEST_F(EvidenceAnswers, AFolderIsNoPlaceToWriteAFile) {
    const std::string name = add();
    fs::create_directory(at_.temp / "folder");
    for (const char* out : {"folder", "folder/"}) {
        for (const bool force : {false, true}) {
            std::vector<std::string> args{"evidence", "get", name, "--out", (at_.temp / out).string()};
            if (force) args.push_back("--force");
            run(args, 2);
            EXPECT_NE(said_.find("is a folder"), std::string::npos) << said_;
            EXPECT_NE(said_.find(name.substr(0, 8)), std::string::npos) << "an example: " << said_;
        }
    }
    EXPECT_TRUE(fs::is_empty(at_.temp / "folder"));
}

// What lay here before stays when an action comes to nothing, and what was kept for it goes.
TEST_F(EvidenceAnswers, OnlyWhatWasKeptForARefusedActionGoes) {
    const std::string name = add();
    std::vector<std::string> files = adding();
    for (int i = 0; i < 100; ++i) {
        Bytes other = tests::make_jpeg({8, 8, media::plain(media::red)});
        append_le(other, static_cast<std::uint64_t>(i));
        const auto path = at_.temp / ("other-" + std::to_string(i) + ".jpg");
        tests::write_bytes(path, other);
        files.push_back(path.string());
    }
    run(files, 2);
    EXPECT_NE(said_.find("more than one document"), std::string::npos) << said_;
    ASSERT_EQ(store().count(), 1u);
    EXPECT_EQ(store().files().front().root.hex(), name);
}

}  // namespace
}  // namespace hoso::client
