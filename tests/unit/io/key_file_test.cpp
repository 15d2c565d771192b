#include "shared/io/key_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "tests/support/files.hpp"
#include "tests/support/temp_folder.hpp"

namespace hoso::io {
namespace {

class KeyFile : public testing::Test {
protected:
    std::filesystem::path file() const { return folder_ / "a.key"; }
    static mode_t mode(const std::filesystem::path& path) {
        struct stat status {};
        EXPECT_EQ(::stat(path.c_str(), &status), 0);
        return status.st_mode & 0777;
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{folder_.path()}, {}));
    }

    tests::TempFolder folder_;
    SigningKey key_ = new_signing_key();
};

TEST_F(KeyFile, DeviceKeyComesBack) {
    ASSERT_TRUE(save_key(file(), key_));
    EXPECT_EQ(mode(file()), 0600u);
    EXPECT_EQ(files(), 1u) << "no temporary file stays";
    const auto loaded = load_key(file());
    ASSERT_TRUE(loaded) << loaded.error().detail;
    EXPECT_EQ(loaded->seed(), key_.seed());
    EXPECT_EQ(save_key(file(), new_signing_key()).error().code, Errc::exists);
    EXPECT_EQ(load_key(file())->seed(), key_.seed());
    EXPECT_EQ(files(), 1u);
    EXPECT_EQ(load_key(folder_ / "none").error().code, Errc::not_found);
    EXPECT_FALSE(save_key(folder_ / "no" / "folder", key_));
}

TEST_F(KeyFile, EveryFlippedBitOfADeviceKeyIsSeen) {
    ASSERT_TRUE(save_key(file(), key_));
    const std::size_t size = std::filesystem::file_size(file());
    for (std::size_t i = 0; i < size * 8; ++i) {
        tests::flip_bit(file(), i / 8, i % 8);
        const auto loaded = load_key(file());
        ASSERT_FALSE(loaded) << "bit " << i;
        ASSERT_TRUE(loaded.error().code == Errc::corrupt || loaded.error().code == Errc::version);
        tests::flip_bit(file(), i / 8, i % 8);
    }
    EXPECT_TRUE(load_key(file()));
}

TEST_F(KeyFile, LockedKeyNeedsItsPassphrase) {
    ASSERT_TRUE(save_locked_key(file(), key_, "mật khẩu", Work::training));
    EXPECT_EQ(mode(file()), 0600u);
    EXPECT_EQ(load_locked_key(file(), "mật khẩu")->seed(), key_.seed());
    for (const char* wrong : {"", "mật khẩ", "mat khau", "mật khẩu "})
        EXPECT_EQ(load_locked_key(file(), wrong).error().code, Errc::denied);
    EXPECT_EQ(load_key(file()).error().code, Errc::corrupt) << "another kind of key file";
    EXPECT_EQ(save_locked_key(file(), key_, "other", Work::training).error().code, Errc::exists);
    const Bytes bytes = tests::read_bytes(file());
    const auto seed = key_.seed();
    EXPECT_EQ(std::search(bytes.begin(), bytes.end(), seed.begin(), seed.end()), bytes.end());
    EXPECT_EQ(load_le<std::uint64_t>(bytes.data() + 56), 8u << 10) << "the least memory that libsodium allows";
}

TEST_F(KeyFile, FullWorkIsWhatItPromises) {
    ASSERT_TRUE(save_locked_key(file(), key_, "x", Work::full));
    const Bytes bytes = tests::read_bytes(file());
    EXPECT_EQ(load_le<std::uint64_t>(bytes.data() + 48), 3u);
    EXPECT_EQ(load_le<std::uint64_t>(bytes.data() + 56), 64u << 20);
    EXPECT_TRUE(load_locked_key(file(), "x"));
}

TEST_F(KeyFile, EveryDamagedByteOfALockedKeyIsSeen) {
    ASSERT_TRUE(save_locked_key(file(), key_, "x", Work::training));
    const Bytes whole = tests::read_bytes(file());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const bool in_memory = i >= 56 && i < 64;  // asking for more memory is honoured up to its bound, which takes time
        tests::flip_bit(file(), i, in_memory ? 7 : i % 8);
        const auto loaded = load_locked_key(file(), "x");
        ASSERT_FALSE(loaded) << "byte " << i;
        ASSERT_TRUE(loaded.error().code == Errc::corrupt || loaded.error().code == Errc::version ||
                    loaded.error().code == Errc::denied);
        tests::write_bytes(file(), whole);
    }
    for (std::size_t size = 0; size < whole.size(); ++size) {
        tests::write_bytes(file(), ByteSpan{whole}.first(size));
        ASSERT_EQ(load_locked_key(file(), "x").error().code, Errc::corrupt) << size;
    }
}

TEST_F(KeyFile, WholeFilesAreReplacedOrKept) {
    const Bytes one(5'000, 1);
    const Bytes two(10, 2);
    ASSERT_TRUE(write_file(file(), one, 0640));
    EXPECT_EQ(mode(file()), 0640u);
    EXPECT_EQ(*read_file(file(), 5'000), one);
    EXPECT_EQ(read_file(file(), 4'999).error().code, Errc::limit);
    ASSERT_TRUE(write_file(file(), two, 0600));
    EXPECT_EQ(*read_file(file(), 10), two);
    EXPECT_EQ(write_new_file(file(), one, 0600).error().code, Errc::exists);
    EXPECT_EQ(*read_file(file(), 10), two);
    EXPECT_EQ(files(), 1u);
    EXPECT_EQ(read_file(folder_ / "none", 10).error().code, Errc::not_found);
}

TEST(Random, IdsAscendAndAreVersionSeven) {
    constexpr Instant now = 1'700'000'000'123'456;
    std::set<Uuid> seen;
    Uuid last;
    for (int i = 0; i < 10'000; ++i) {  // more than fit one millisecond, and a clock that steps back
        const Uuid id = uuid_v7(i % 100 == 0 ? now - 1'000'000 : now);
        ASSERT_LT(last, id);
        ASSERT_EQ(id.bytes[6] >> 4, 7);
        ASSERT_EQ(id.bytes[8] >> 6, 2);
        seen.insert(id);
        last = id;
    }
    EXPECT_EQ(seen.size(), 10'000u);
    std::uint64_t milliseconds = 0;
    for (int i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | seen.begin()->bytes[static_cast<std::size_t>(i)];
    EXPECT_NEAR(static_cast<std::int64_t>(milliseconds), now / 1000, 1'001);
}

TEST(Random, BoxesOpenForTheirKeyOnly) {
    const BoxPrivateKey key = new_box_key();
    const Bytes plain(100, 9);
    const Bytes sealed = seal_box(box_public_key(key), plain);
    EXPECT_EQ(open_sealed(key, sealed), plain);
    EXPECT_FALSE(open_sealed(new_box_key(), sealed));
    EXPECT_NE(seal_box(box_public_key(key), plain), sealed);
    EXPECT_NE(random_hash(), random_hash());
}

}  // namespace
}  // namespace hoso::io
