#include "shared/domain/files.hpp"

#include <gtest/gtest.h>

#include "tests/support/dossier_bench.hpp"

// What files a document may cite, and when a dossier waits for them.
namespace hoso::domain {
namespace {

using namespace tests;

Hash root(Byte number) {
    Hash made;
    made.bytes.fill(number);
    return made;
}
FileReference original(Byte number, std::uint64_t size = 1'000) { return {root(number), size, "image/jpeg", "form"}; }
FileReference preview(Byte number, std::uint64_t size = 9'000) { return {root(number), size, preview_type, preview_role}; }

struct Case {
    const char* name;
    std::vector<FileReference> files;
    std::optional<Reason> refused;
};

FileReference with(FileReference file, const std::function<void(FileReference&)>& change) {
    change(file);
    return file;
}

const Case cases[] = {
    {"None", {}, std::nullopt},
    {"One", {original(1)}, std::nullopt},
    {"WithPreview", {original(1), preview(2)}, std::nullopt},
    {"Several", {original(1), preview(2), original(3), original(4), preview(5)}, std::nullopt},
    {"PreviewIsTheFile", {original(1, 9'000), preview(1)}, std::nullopt},
    {"SameFileTwice", {original(1), original(1)}, std::nullopt},
    {"PreviewFirst", {preview(2), original(1)}, Reason::malformed},
    {"TwoPreviews", {original(1), preview(2), preview(3)}, Reason::malformed},
    {"OtherRole", {with(original(1), [](auto& file) { file.role = "tests"; })}, Reason::malformed},
    {"NoRoot", {with(original(1), [](auto& file) { file.root = {}; })}, Reason::malformed},
    {"NoType", {with(original(1), [](auto& file) { file.media_type.clear(); })}, Reason::malformed},
    {"Empty", {original(1, 0)}, Reason::malformed},
    {"OneByte", {original(1, 1)}, std::nullopt},
    {"TwoSizes", {original(1, 5), original(1, 6)}, Reason::malformed},
    {"SizeAgainstEarlier", {original(90, 77)}, Reason::malformed},
    {"EarlierAgain", {original(90, 78)}, std::nullopt},
    {"Largest", {original(1, 50'000)}, std::nullopt},
    {"TooLarge", {original(1, 50'001)}, Reason::unfit_file},
    {"OtherType", {with(original(1), [](auto& file) { file.media_type = "text/html"; })}, Reason::unfit_file},
    {"LargestPreview", {original(1), preview(2, preview_bytes_max)}, std::nullopt},
    {"PreviewTooLarge", {original(1), preview(2, preview_bytes_max + 1)}, Reason::unfit_file},
    {"PreviewOfOtherType", {original(1), with(preview(2), [](auto& file) { file.media_type = "image/png"; })}, Reason::unfit_file},
};

class Files : public testing::TestWithParam<Case> {};
TEST_P(Files, Row) {
    const FileRules rules{{"image/jpeg", "application/pdf"}, 50'000, false};
    Product product;
    product.files[root(90)] = {78, no_position};
    const auto refused = refuse_files(rules, product, "form", GetParam().files);
    EXPECT_EQ(refused ? std::optional{refused->reason} : std::nullopt, GetParam().refused);
}
INSTANTIATE_TEST_SUITE_P(Table, Files, testing::ValuesIn(cases), [](const auto& row) { return row.param.name; });

TEST(FileRules, WithoutAnyEveryTypeAndSizeWillDo) {
    const FileReference film{root(1), file_bytes_max, "video/x-unknown", "form"};
    EXPECT_FALSE(refuse_files({}, {}, "form", std::span{&film, 1}));
    const FileReference larger{root(1), file_bytes_max + 1, "video/x-unknown", "form"};
    EXPECT_TRUE(refuse_files({}, {}, "form", std::span{&larger, 1}));
    EXPECT_TRUE(refuse_files({}, {}, "form", std::vector<FileReference>(document_files_max + 1, original(1))));
}

// A dossier with one document that cites a photo, its preview and a contract without one.
class MissingFiles : public testing::Test {
protected:
    MissingFiles() {
        bench_.draft();
        Dossier& dossier = bench_.product.dossiers.at(bench_.file);
        const std::vector<FileReference> files{original(1), preview(2), original(3)};
        dossier.documents.push_back({"form", "Phiếu", {}, false, cite(bench_.product, files)});
        bench_.record(bench_.submission());
    }
    std::vector<Hash> missing() const {
        std::vector<Hash> roots;
        for (const auto& each : missing_files(bench_.product, bench_.dossier()))
            roots.push_back(each.preview ? each.file->preview : each.file->root);
        return roots;
    }
    std::optional<Reason> refused(const Body& body) const {
        const auto refusal = bench_.refusal(body);
        return refusal ? std::optional{refusal->reason} : std::nullopt;
    }
    Bench bench_;
};

TEST_F(MissingFiles, KeepADossierFromBeingReceived) {
    EXPECT_EQ(missing(), (std::vector{root(2), root(1), root(3)}));
    EXPECT_EQ(refused(bench_.receipt()), Reason::files_missing);
    bench_.record(FileStored{root(1), 1'000});
    bench_.record(FileStored{root(2), 9'000});
    EXPECT_EQ(missing(), (std::vector{root(3)}));
    EXPECT_EQ(refused(bench_.receipt()), Reason::files_missing);
    bench_.record(FileStored{root(3), 1'000});
    EXPECT_TRUE(missing().empty());
    EXPECT_EQ(refused(bench_.receipt()), std::nullopt);
}

TEST_F(MissingFiles, AreStoredOnceAndAsTheyWereCited) {
    EXPECT_EQ(refused(FileStored{root(4), 1'000}), Reason::unknown_record);
    EXPECT_EQ(refused(FileStored{root(1), 1'001}), Reason::unknown_record);
    bench_.record(FileStored{root(1), 1'000});
    const Position at = bench_.position - 1;
    const auto again = bench_.refusal(FileStored{root(1), 1'000});
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, (Refusal{Reason::already_exists, at}));
}

TEST_F(MissingFiles, AreNotAskedForAgainByADossierThatCarriesThemOn) {
    for (const FileStored& stored : {FileStored{root(1), 1'000}, FileStored{root(2), 9'000}, FileStored{root(3), 1'000}})
        bench_.record(stored);
    bench_.record(bench_.withdrawal());
    DossierOpened again = bench_.opening();
    again.carries_from = bench_.file;
    again.dossier = id(77);
    bench_.record(again);
    const Dossier& carried = bench_.product.dossiers.at(again.dossier);
    EXPECT_EQ(carried.documents.back().files.size(), 2u);
    EXPECT_TRUE(missing_files(bench_.product, carried).empty());
}

}  // namespace
}  // namespace hoso::domain
