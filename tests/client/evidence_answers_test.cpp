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
    json::object status_after(sync::BlobState says) {
        tests::Talk talk(at_.world, *at_.desk);
        talk.says = says;
        EXPECT_TRUE(talk.run().idle) << "there is nothing more to do now";
        return answer({"status"});
    }
    io::BlobStore& store() { return at_.desk->files().store(); }

    std::string product_;
};

TEST_F(EvidenceAnswers, SayWhatTheProvinceSaid) {
    add();
    const std::tuple<sync::BlobState, const char*, const char*> rows[] = {
        {sync::BlobState::full, "needs_you", "the disk of the province is full"},
        {sync::BlobState::quota, "waiting", "it goes on tomorrow"},
        {sync::BlobState::not_cited, "needs_you", "ask the province"},
        {sync::BlobState::later, "waiting", "offers it again by itself"},
    };
    for (const auto& [says, state, words] : rows) {
        const auto status = status_after(says);
        EXPECT_EQ(text(status, "status"), state);
        EXPECT_NE(text(status, "text").find(words), std::string::npos) << text(status, "text");
        EXPECT_EQ(status.at("files_said").at(sync::name(says)).to_number<int>(), 1);
        EXPECT_EQ(status.at("files_waiting").to_number<int>(), 1);
    }
    const auto province = *io::BlobStore::open(at_.temp / "province", {});
    tests::Talk talk(at_.world, *at_.desk);
    talk.with_files(*province).run();
    EXPECT_EQ(text(answer({"status"}), "status"), "all_sent");
}

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

// A file lies in the place of the folder.
TEST_F(EvidenceAnswers, AFolderThatCannotBeOpenedStopsNothingElse) {
    add();
    at_.desk.reset();
    fs::rename(at_.folder / "blobs", at_.folder / "elsewhere");
    tests::write_bytes(at_.folder / "blobs", Bytes(1));
    ASSERT_TRUE(at_.reopen());
    at_.unlock();
    const auto status = answer({"status"});
    EXPECT_EQ(text(status, "status"), "needs_you");
    EXPECT_NE(text(status, "text").find("blobs"), std::string::npos) << text(status, "text");
    EXPECT_EQ(status.at("files_lost").to_number<int>(), 0) << "nobody knows, and nobody is told to add it again";
    const std::vector<std::vector<std::string>> commands{adding(),
                                                         {"evidence", "list", product_},
                                                         {"evidence", "verify"},
                                                         {"evidence", "evict"},
                                                         {"evidence", "pack", (at_.temp / "stick").string()}};
    for (const auto& command : commands) {
        const auto before = at_.desk->outbox().size();
        run(command, 4);
        EXPECT_NE(said_.find("blobs"), std::string::npos) << said_;
        EXPECT_EQ(at_.desk->outbox().size(), before);
    }
    answer({"subject", "register", "--unit", "p/a/a1", "--name", "HTX Chè Mới", "--type", "cooperative", "--registration", "2"});
    answer({"dossier", "show", product_});
    at_.sync();
    EXPECT_EQ(answer({"status"}).at("waiting").to_number<int>(), 0) << "facts travel";
    at_.desk.reset();
    fs::remove(at_.folder / "blobs");
    fs::rename(at_.folder / "elsewhere", at_.folder / "blobs");
    ASSERT_TRUE(at_.reopen());
    EXPECT_EQ(store().count(), 1u);
    EXPECT_EQ(text(answer({"status"}), "status"), "waiting");
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
