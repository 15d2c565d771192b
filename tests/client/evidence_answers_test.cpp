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
