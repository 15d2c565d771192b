#include <gtest/gtest.h>

#include <fstream>

#include "tests/client/media_folder.hpp"
#include "tests/support/cli_desk.hpp"
#include "tests/support/desk_talk.hpp"

// Papers and photos on the command line: what is refused before anything is signed, what lies where, and what travels.
namespace hoso::client {
namespace {

namespace fs = std::filesystem;

class Evidence : public CliDesk {
protected:
    void SetUp() override {
        CliDesk::SetUp();
        province_ = *io::BlobStore::open(at_.temp / "province", {});
        product_ = product();
    }
    std::string put(const std::string& name, ByteSpan bytes) {
        tests::write_bytes(at_.temp / name, bytes);
        return (at_.temp / name).string();
    }
    Bytes picture(unsigned side = 200) { return tests::make_jpeg({side, side, media::plain(media::red)}); }
    std::vector<std::string> adding(const std::vector<std::string>& files) {
        std::vector<std::string> args{"evidence", "add", product_, "--document", "form"};
        args.insert(args.end(), files.begin(), files.end());
        return args;
    }
    json::object add(const std::string& file, const std::vector<std::string>& more = {}) {
        auto args = adding({file});
        args.insert(args.end(), more.begin(), more.end());
        return answer(args);
    }
    std::string refused(const std::string& file, int exit) {
        const auto before = at_.desk->outbox().size();
        run(adding({file}), exit);
        EXPECT_EQ(at_.desk->outbox().size(), before) << "nothing was signed";
        EXPECT_TRUE(at_.desk->files().store().files().empty()) << "nothing was kept";
        return said_;
    }
    std::vector<json::object> rows() { return run({"evidence", "list", product_}); }
    tests::Talk talk() {
        tests::Talk made(at_.world, *at_.desk);
        made.with_files(*province_).run();
        return made;
    }
    io::BlobStore& store() { return at_.desk->files().store(); }

    std::unique_ptr<io::BlobStore> province_;
    std::string product_;
};

TEST_F(Evidence, IsKeptRecordedAndSent) {
    const auto added = add(put("ảnh.jpg", picture()), {"--criteria", "1.1", "--criteria", "1.2"});
    EXPECT_TRUE(added.at("recorded").get_bool());
    const auto& file = added.at("files").get_array().at(0).get_object();
    EXPECT_EQ(text(file, "media_type"), "image/jpeg");
    EXPECT_FALSE(text(file, "preview").empty());
    ASSERT_EQ(rows().size(), 1u);
    EXPECT_EQ(text(rows()[0], "state"), "waiting");
    EXPECT_EQ(rows()[0].at("criteria").get_array().size(), 2u) << "one file for several criteria";
    EXPECT_EQ(answer({"status"}).at("files_waiting").to_number<int>(), 1) << "a photo and its preview are one";
    EXPECT_EQ(text(answer({"status"}), "status"), "waiting");
    const auto done = talk();
    EXPECT_TRUE(done.idle);
    EXPECT_EQ(text(rows()[0], "state"), "stored");
    EXPECT_EQ(answer({"status"}).at("files_waiting").to_number<int>(), 0);
    EXPECT_EQ(text(answer({"status"}), "status"), "all_sent");
}

TEST_F(Evidence, ThatTheProvinceCannotTakeIsNeverSaidToBeSent) {
    add(put("a.jpg", picture()));
    tests::Talk without(at_.world, *at_.desk);
    without.run();
    EXPECT_TRUE(without.idle) << "there is nothing more to do now";
    EXPECT_EQ(text(answer({"status"}), "status"), "waiting");
    EXPECT_NE(text(answer({"status"}), "text").find("file"), std::string::npos);
    EXPECT_TRUE(talk().idle) << "and it comes when the province can";
    EXPECT_EQ(text(answer({"status"}), "status"), "all_sent");
}

TEST_F(Evidence, ACutCostsNothingThatHadCome) {
    Bytes large;
    Bytes begin = picture(4);
    for (std::uint64_t i = 0; large.size() < 400'000; ++i) append_le(large, i * 0x9E3779B97F4A7C15);
    large.insert(large.begin(), begin.begin(), begin.end());
    add(put("large.jpg", large), {"--no-preview"});
    std::uint64_t carried = 0;
    for (int tries = 0; tries < 200 && text(rows()[0], "state") != "stored"; ++tries) {
        tests::Talk one(at_.world, *at_.desk);
        one.with_files(*province_);
        one.run(40 + static_cast<std::size_t>(tries));
        carried += one.file_bytes;
    }
    EXPECT_EQ(text(rows()[0], "state"), "stored");
    EXPECT_EQ(carried, large.size()) << "no byte reached the province twice";
}

TEST_F(Evidence, TheSameFileIsKeptAndSentOnce) {
    const auto path = put("a.jpg", picture());
    add(path);
    const auto again = add(path);
    EXPECT_EQ(store().files().size(), 2u) << "it and its preview";
    EXPECT_EQ(rows().size(), 2u);
    const auto done = talk();
    EXPECT_EQ(done.file_bytes, store().files()[0].size + store().files()[1].size);
    EXPECT_EQ(text(rows()[1], "state"), "stored");
}

TEST_F(Evidence, AFolderIsItsFiles) {
    fs::create_directory(at_.temp / "photos");
    put("photos/b.jpg", picture(20));
    put("photos/a.jpg", picture(30));
    put("photos/.hidden", picture(40));
    const auto added = add((at_.temp / "photos").string());
    ASSERT_EQ(added.at("files").get_array().size(), 2u);
    EXPECT_EQ(text(added.at("files").get_array().at(0).get_object(), "name"), "a.jpg");
}

TEST_F(Evidence, ANameInNfdIsShownComposed) {
    const auto added = add(put("a\xCC\x89nh.jpg", picture()));  // ả as a and a hook above
    EXPECT_EQ(text(added.at("files").get_array().at(0).get_object(), "name"), "ảnh.jpg");
    EXPECT_EQ(text(rows()[0], "title"), "ảnh.jpg");
}

TEST_F(Evidence, AnEmptyFileIsRefused) { EXPECT_NE(refused(put("empty.jpg", {}), 2).find("0 bytes"), std::string::npos); }

TEST_F(Evidence, AFileThatIsNotThereIsRefused) { refused((at_.temp / "none.jpg").string(), 3); }

TEST_F(Evidence, AFileOfFourGigabytesIsRefusedWithoutBeingRead) {
    const auto path = put("film.jpg", picture());
    fs::resize_file(path, 4'300'000'000);  // a hole
    const std::string said = refused(path, 2);
    EXPECT_NE(said.find("4300,0 MB"), std::string::npos) << said;
    EXPECT_NE(said.find("50,0 MB"), std::string::npos) << "the limit of the regulation";
}

TEST_F(Evidence, ATypeThatTheRegulationDoesNotTakeIsRefusedByContent) {
    const std::string said = refused(put("page.jpg", as_bytes("<!DOCTYPE html><html><script>alert(1)</script></html>")), 2);
    EXPECT_NE(said.find("text/html"), std::string::npos) << said;
    EXPECT_NE(said.find("application/pdf, image/jpeg"), std::string::npos) << said;
}

TEST_F(Evidence, AHostilePdfIsAPaperWithoutAPreview) {
    const auto added = add(put(
        "paper.pdf", as_bytes("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")));
    const auto& file = added.at("files").get_array().at(0).get_object();
    EXPECT_EQ(text(file, "media_type"), "application/pdf");
    EXPECT_FALSE(file.contains("preview"));
    EXPECT_FALSE(text(file, "preview_trouble").empty());
}

TEST_F(Evidence, AnUnknownDocumentKeepsNoFile) {
    const auto path = put("a.jpg", picture());
    run({"evidence", "add", product_, "--document", "nothing", path}, 6);
    EXPECT_TRUE(store().files().empty());
}

TEST_F(Evidence, APhotoIsScaledOnRequest) {
    const auto path = put("big.jpg", tests::make_jpeg({2'600, 1'300, media::noise()}));
    const auto added = add(path, {"--scale"});
    const auto& file = added.at("files").get_array().at(0).get_object();
    EXPECT_LT(file.at("bytes").to_number<std::uint64_t>(), file.at("bytes_before").to_number<std::uint64_t>());
    const auto out = (at_.temp / "out.jpg").string();
    answer({"evidence", "get", text(file, "file"), "--out", out});
    EXPECT_EQ(tests::see_jpeg(*io::read_file(out, 100 << 20)).width, 1'920u);
}

TEST_F(Evidence, IsFetchedFromTheProvinceWhenItIsAskedFor) {
    const auto added = add(put("a.jpg", picture()));
    const std::string name = text(added.at("files").get_array().at(0).get_object(), "file");
    talk();
    EXPECT_EQ(answer({"evidence", "evict"}).at("files").to_number<int>(), 0) << "a small one is no burden";
    ASSERT_TRUE(store().evict(*Hash::from_hex(name)));
    EXPECT_FALSE(rows()[0].at("here").get_bool());
    EXPECT_TRUE(answer({"evidence", "get", name, "--wait", "0"}).at("queued").get_bool());
    EXPECT_TRUE(answer({"evidence", "show", name.substr(0, 10)}).at("wanted").get_bool());
    talk();
    EXPECT_TRUE(rows()[0].at("here").get_bool());
    EXPECT_FALSE(answer({"evidence", "show", name}).at("wanted").get_bool());
}

TEST_F(Evidence, OriginalsThatTheProvinceHoldsCanBeEvicted) {
    const auto path = put("big.jpg", tests::make_jpeg({800, 800, media::noise()}));
    add(path);
    EXPECT_EQ(answer({"evidence", "evict"}).at("files").to_number<int>(), 0) << "the province does not hold it yet";
    talk();
    EXPECT_EQ(answer({"evidence", "evict"}).at("files").to_number<int>(), 1);
    EXPECT_EQ(store().files().size(), 1u) << "the preview stays";
}

TEST_F(Evidence, ChangedOnDiskIsFoundAndSetAside) {
    const auto added = add(put("a.jpg", picture()), {"--no-preview"});
    const std::string name = text(added.at("files").get_array().at(0).get_object(), "file");
    EXPECT_EQ(answer({"evidence", "verify"}).at("damaged").get_array().size(), 0u);
    std::fstream file(at_.folder / "blobs" / name.substr(0, 2) / name, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file.put('x');
    file.close();
    const auto verified = run({"evidence", "verify"}, 1);
    EXPECT_EQ(verified.at(0).at("damaged").get_array().size(), 1u);
    EXPECT_FALSE(rows()[0].at("here").get_bool());
}

// From a desk that is never connected, by two small sticks in the wrong order, to the province's own desk, which sends it on.
TEST_F(Evidence, TravelsOnSticks) {
    Bytes large = picture(4);
    for (std::uint64_t i = 0; large.size() < 1'500'000; ++i) append_le(large, i * 0x9E3779B97F4A7C15);
    const auto added = add(put("large.jpg", large));
    at_.sync();  // facts alone
    const auto packed = answer({"evidence", "pack", (at_.temp / "stick").string(), "--megabytes", "1"});
    ASSERT_EQ(packed.at("parts").get_array().size(), 2u);
    run({"evidence", "pack", (at_.temp / "stick").string()}, 4);
    const log::FileId file{*Hash::from_hex(text(added.at("files").get_array().at(0).get_object(), "file")), large.size()};
    ASSERT_TRUE(store().evict(file.root)) << "as on another desk";
    const auto unpack = [&](const char* part) { return answer({"evidence", "unpack", (at_.temp / part).string()}); };
    EXPECT_EQ(unpack("stick.002").at("files").to_number<int>(), 0);
    EXPECT_FALSE(store().is_whole(file));
    unpack("stick.001");
    EXPECT_TRUE(store().is_whole(file));
    EXPECT_EQ(unpack("stick.001").at("bytes").to_number<int>(), 0) << "twice changes nothing";
    talk();
    EXPECT_EQ(text(rows()[0], "state"), "stored");
    run({"evidence", "unpack", put("other.001", as_bytes("no bundle at all"))}, 1);
}

TEST_F(Evidence, WaitsForTheHoursAndTheDayThatAreSet) {
    add(put("big.jpg", tests::make_jpeg({800, 800, media::noise()})));
    const auto set = answer({"evidence", "settings", "--hours", "03:00-03:01"});
    EXPECT_FALSE(set.at("travels_now").get_bool());
    talk();
    EXPECT_EQ(text(rows()[0], "state"), "waiting");
    EXPECT_NE(text(answer({"status"}), "text").find("hours"), std::string::npos);
    EXPECT_EQ(answer({"status"}).at("files_waiting").to_number<int>(), 1) << "previews do not wait for the hour";
    DeskFiles& files = at_.desk->files();
    EXPECT_FALSE(files.more_may_travel(at_.world.now));
    answer({"evidence", "settings", "--hours", "always"});
    EXPECT_TRUE(files.more_may_travel(at_.world.now)) << "a line that stands hears of it";
    talk();
    EXPECT_EQ(text(rows()[0], "state"), "stored");
    run({"evidence", "settings", "--hours", "25:00-3"}, 2);
}

TEST_F(Evidence, ThatIsGoneIsNotSaidToBeSent) {
    const auto added = add(put("a.jpg", picture()), {"--no-preview"});
    ASSERT_TRUE(store().evict(*Hash::from_hex(text(added.at("files").get_array().at(0).get_object(), "file"))));
    talk();
    const auto status = answer({"status"});
    EXPECT_EQ(text(status, "status"), "needs_you");
    EXPECT_EQ(status.at("files_lost").to_number<int>(), 1);
    EXPECT_NE(text(status, "text").find("add it again"), std::string::npos);
}

TEST_F(Evidence, SettingsThatAreDamagedKeepNobodyFromWorking) {
    answer({"evidence", "settings", "--originals", "all"});
    for (
        const char* broken :
        {"", "{", R"({"originals": 3})",
         R"({"originals": "all", "previews": true, "bytes_per_day": 0, "hours": "25:00-26:00", "day": "2023-06-01", "day_bytes": 0, "wanted": []})"}) {
        tests::write_bytes(at_.folder / "files.json", as_bytes(broken));
        ASSERT_TRUE(at_.reopen()) << broken;
        at_.unlock();
        EXPECT_EQ(text(answer({"evidence", "settings"}), "originals"), "demand") << broken;
        EXPECT_TRUE(fs::exists(at_.folder / "files.json.damaged"));
    }
}

// One that the province cannot give keeps the others from nothing.
TEST_F(Evidence, AFileThatTheProvinceLostKeepsNoOtherFromComing) {
    std::vector<Hash> roots;
    for (const char* name : {"a.jpg", "b.jpg", "c.jpg"}) {
        Bytes large = picture(4);
        for (std::uint64_t i = 0; large.size() < 300'000; ++i) append_le(large, (i + name[0]) * 0x9E3779B97F4A7C15);
        const auto added = add(put(name, large), {"--no-preview"});
        roots.push_back(*Hash::from_hex(text(added.at("files").get_array().at(0).get_object(), "file")));
    }
    talk();
    for (const Hash& root : roots) ASSERT_TRUE(store().evict(root));
    ASSERT_TRUE(province_->evict(std::min({roots[0], roots[1], roots[2]})));
    answer({"evidence", "settings", "--originals", "all"});
    EXPECT_TRUE(talk().idle);
    EXPECT_EQ(store().files().size(), 2u);
}

}  // namespace
}  // namespace hoso::client
