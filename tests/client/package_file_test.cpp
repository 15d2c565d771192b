#include <gtest/gtest.h>

#include "client/cli/zip_file.hpp"
#include "tests/client/media_folder.hpp"
#include "tests/support/cli_desk.hpp"
#include "tests/support/desk_talk.hpp"

// What a letter takes to the next stage as one file, opened by programs of the machine.
namespace hoso::client {
namespace {

namespace fs = std::filesystem;

class PackageFile : public CliDesk {
protected:
    void SetUp() override {
        CliDesk::SetUp();
        province_ = *io::BlobStore::open(at_.temp / "province", {});
        for (const domain::Role role : {domain::Role::secretary, domain::Role::officer}) {
            at_.world.effective(
                "founder_0", registry_stream,
                domain::MandateGranted{at_.world.new_id(), at_.slip.account, role, at_.world.units.at("p"), {}, {}, "x"});
        }
        at_.sync();
        const std::string made = product();
        for (const char* name : {"a.jpg", "b.jpg"}) {
            tests::write_bytes(at_.temp / name, tests::make_jpeg({name[0] == 'a' ? 90u : 91u, 90, media::plain(media::red)}));
            const auto added = answer({"evidence", "add", made, "--document", "form", "--title", "Ảnh xưởng / kho", "--criteria",
                                       "1.1", (at_.temp / name).string()});
            files_.push_back(text(added.at("files").get_array().at(0).get_object(), "file"));
        }
        answer({"package", "send", "--unit", "p", "--stage", "district", "--number", "12/TTr-UBND", "--to", "Trung ương",
                "--product", made});
        talk();
    }
    void talk() {
        tests::Talk made(at_.world, *at_.desk);
        made.with_files(*province_).run();
    }
    std::string zip() const { return (at_.temp / "HO-SO.zip").string(); }
    // In the folder that the archive is unpacked into, by Info-ZIP.
    int in_unpacked(const std::string& command) {
        const fs::path folder = at_.temp / "unpacked";
        return std::system(("cd " + at_.temp.path().string() + " && unzip -o -q HO-SO.zip -d unpacked && cd " + folder.string() +
                            " && " + command + " >/dev/null")
                               .c_str());
    }

    std::unique_ptr<io::BlobStore> province_;
    std::vector<std::string> files_;
};

TEST_F(PackageFile, HoldsDossiersAndFilesAndTheirSums) {
    const auto shown = answer({"package", "show", "12/TTr-UBND"});
    EXPECT_EQ(shown.at("files").to_number<int>(), 2);
    EXPECT_EQ(shown.at("files_not_here").get_array().size(), 0u);
    EXPECT_EQ(text(answer({"package", "export", "12/TTr-UBND", "--out", zip()}), "written"), zip());
    EXPECT_EQ(in_unpacked("sha256sum --strict -c SHA256SUMS"), 0);
    EXPECT_EQ(in_unpacked("test $(find . -type f | wc -l) -eq $(($(wc -l < SHA256SUMS) + 1))"), 0) << "every part is summed";
    EXPECT_EQ(in_unpacked("cmp 01-tra-xanh/01-anh-xuong-kho.jpg ../a.jpg"), 0);
    EXPECT_EQ(in_unpacked("cmp 01-tra-xanh/02-anh-xuong-kho.jpg ../b.jpg"), 0);
    EXPECT_EQ(in_unpacked("python3 -c \"import json; assert json.load(open('01-tra-xanh/HO-SO.json'))['name'] == 'Trà xanh'\""), 0);
    EXPECT_EQ(in_unpacked("grep -q 'Trà xanh' DANH-SACH.csv"), 0);
    EXPECT_EQ(in_unpacked("grep -q '^01-tra-xanh/01-anh-xuong-kho.jpg,Trà xanh,.*,1.1,' MUC-LUC.csv"), 0);
}

TEST_F(PackageFile, IsNotMadeWithoutAFileThatIsCited) {
    ASSERT_TRUE(at_.desk->files().store().evict(*Hash::from_hex(files_[1])));
    const auto missing = answer({"package", "show", "12/TTr-UBND"}).at("files_not_here").get_array();
    ASSERT_EQ(missing.size(), 1u);
    EXPECT_EQ(text(missing.at(0).get_object(), "file"), files_[1]);
    run({"package", "export", "12/TTr-UBND", "--out", zip()}, 3);
    EXPECT_NE(said_.find("1 files"), std::string::npos) << said_;
    EXPECT_FALSE(fs::exists(zip()));
    EXPECT_FALSE(fs::exists(zip() + ".part"));
    answer({"evidence", "get", files_[1], "--wait", "0"});
    talk();
    run({"package", "export", "12/TTr-UBND", "--out", zip()});
}

TEST_F(PackageFile, IsWrittenOverNothing) {
    run({"package", "export", "nobody/1", "--out", zip()}, 3);
    answer({"package", "export", "12/TTr-UBND", "--out", zip()});
    run({"package", "export", "12/TTr-UBND", "--out", zip()}, 4);
    run({"package", "export", "12/TTr-UBND", "--out", zip(), "--force"});
    EXPECT_NE(run({"package", "export", "12/TTr-UBND", "--out", (at_.temp / "no" / "such.zip").string()}, 70).size(), 1u);
}

TEST(ZipFile, SaysThatAFullDiskIsFull) {
    const auto zip = cli::ZipFile::create("/dev/full", Date{});
    const Bytes bytes(1 << 20, Byte{7});
    Result<void> written = zip ? (*zip)->begin("a", bytes.size()) : Result<void>{zip.error()};
    if (written) written = (*zip)->write(bytes);
    if (written) written = (*zip)->finish();
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, Errc::full) << written.error().detail;
}

}  // namespace
}  // namespace hoso::client
