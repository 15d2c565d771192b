#include "shared/log/file_tree.hpp"

#include <gtest/gtest.h>

#include "shared/base/hash.hpp"
#include "tests/support/prng.hpp"

namespace hoso::log {
namespace {

Bytes some_bytes(std::size_t size, std::uint64_t seed) {
    tests::Random random{seed};
    Bytes bytes(size);
    for (Byte& byte : bytes) byte = static_cast<Byte>(random.next());
    return bytes;
}

ByteSpan chunk_of(const Bytes& file, std::uint64_t chunk) {
    return ByteSpan{file}.subspan(chunk * file_chunk_bytes, chunk_size(file.size(), chunk));
}

FileTree tree_of(const Bytes& file) {
    std::vector<Hash> hashes;
    for (std::uint64_t i = 0; i < chunks_of(file.size()); ++i) hashes.push_back(leaf_hash(chunk_of(file, i)));
    return FileTree{hashes};
}

// MTH as the RFC writes it, over the bytes themselves.
Hash root_by_definition(ByteSpan file) {
    if (file.size() <= 65'536) {
        Bytes leaf{0};
        append(leaf, file);
        return sha256(leaf);
    }
    std::size_t left = 65'536;
    while (left * 2 < file.size()) left *= 2;
    Bytes node{1};
    append(node, root_by_definition(file.first(left)).span());
    append(node, root_by_definition(file.subspan(left)).span());
    return sha256(node);
}

struct Case {
    const char* name;
    std::size_t size;
    std::uint64_t chunks;
    std::size_t last;  // bytes of the last chunk
    unsigned depth;
};

constexpr std::size_t kib64 = 65'536;
const Case cases[] = {
    {"OneByte", 1, 1, 1, 0},
    {"AlmostAChunk", kib64 - 1, 1, kib64 - 1, 0},
    {"OneChunk", kib64, 1, kib64, 0},
    {"AByteMore", kib64 + 1, 2, 1, 1},
    {"ThreeChunks", 3 * kib64, 3, kib64, 2},
    {"AlmostFour", 4 * kib64 - 5, 4, kib64 - 5, 2},
    {"SevenChunks", 7 * kib64, 7, kib64, 3},
    {"EightChunks", 8 * kib64, 8, kib64, 3},
    {"NineChunks", 8 * kib64 + 9, 9, 9, 4},
    {"FifteenChunks", 15 * kib64, 15, kib64, 4},
    {"SixteenChunks", 16 * kib64, 16, kib64, 4},
    {"SeventeenChunks", 17 * kib64, 17, kib64, 5},
};

class FileTreeTest : public testing::TestWithParam<Case> {};

TEST_P(FileTreeTest, SizesAndRoot) {
    const Case& row = GetParam();
    EXPECT_EQ(chunks_of(row.size), row.chunks);
    EXPECT_EQ(chunk_size(row.size, row.chunks - 1), row.last);
    EXPECT_EQ(proof_hashes_max(row.size), row.depth);
    const Bytes file = some_bytes(row.size, row.size);
    const FileTree tree = tree_of(file);
    EXPECT_EQ(tree.chunks().size(), row.chunks);
    EXPECT_EQ(tree.root(), root_by_definition(file));
}

TEST_P(FileTreeTest, ProofsHoldForTheirChunkOnly) {
    const Bytes file = some_bytes(GetParam().size, 1);
    const FileTree tree = tree_of(file);
    const FileId id{tree.root(), file.size()};
    const std::uint64_t chunks = chunks_of(id.size);
    unsigned longest = 0;
    for (std::uint64_t i = 0; i < chunks; ++i) {
        auto proof = tree.proof(i);
        const ByteSpan bytes = chunk_of(file, i);
        longest = std::max(longest, proof_hashes(id.size, i));
        EXPECT_EQ(proof.size(), proof_hashes(id.size, i));
        ASSERT_TRUE(chunk_holds(id, i, bytes, proof));
        for (std::uint64_t other = 0; other <= chunks; ++other) EXPECT_EQ(chunk_holds(id, other, bytes, proof), other == i);
        EXPECT_FALSE(chunk_holds(id, i, bytes.first(bytes.size() - 1), proof));
        for (Hash& step : proof) {
            step.bytes[31] ^= 0x80;
            EXPECT_FALSE(chunk_holds(id, i, bytes, proof));
            step.bytes[31] ^= 0x80;
        }
        proof.push_back(tree.root());
        EXPECT_FALSE(chunk_holds(id, i, bytes, proof)) << "longer";
        proof.pop_back();
        if (proof.empty()) continue;
        proof.pop_back();
        EXPECT_FALSE(chunk_holds(id, i, bytes, proof)) << "shorter";
    }
    EXPECT_EQ(longest, proof_hashes_max(id.size));
}

TEST_P(FileTreeTest, AnyFlippedBitIsSeen) {
    Bytes file = some_bytes(GetParam().size, 2);
    const FileTree tree = tree_of(file);
    FileId id{tree.root(), file.size()};
    tests::Random random{3};
    for (std::uint64_t i = 0; i < chunks_of(id.size); ++i) {
        Byte& byte = file[i * file_chunk_bytes + random.below(chunk_size(id.size, i))];
        const auto bit = static_cast<Byte>(1u << random.below(8));
        byte ^= bit;
        EXPECT_FALSE(chunk_holds(id, i, chunk_of(file, i), tree.proof(i)));
        byte ^= bit;
    }
    id.root.bytes[0] ^= 1;
    EXPECT_FALSE(chunk_holds(id, 0, chunk_of(file, 0), tree.proof(0)));
}

// With a wrong size some chunks may still hold, but never the last one: such a file never becomes whole.
TEST_P(FileTreeTest, AWrongSizeNeverHasItsLastChunk) {
    const Bytes file = some_bytes(GetParam().size, 4);
    const FileTree tree = tree_of(file);
    Bytes longer = file;
    longer.resize(file.size() + 2 * file_chunk_bytes);
    for (const std::size_t size : {file.size() - 1, file.size() + 1, file.size() + file_chunk_bytes, longer.size()}) {
        if (size == 0) continue;
        const FileId wrong{tree.root(), size};
        const std::uint64_t last = chunks_of(size) - 1;
        const ByteSpan claimed = ByteSpan{longer}.subspan(last * file_chunk_bytes, chunk_size(size, last));
        for (std::uint64_t i = 0; i < tree.chunks().size(); ++i) EXPECT_FALSE(chunk_holds(wrong, last, claimed, tree.proof(i)));
    }
}

INSTANTIATE_TEST_SUITE_P(Table, FileTreeTest, testing::ValuesIn(cases), [](const auto& row) { return row.param.name; });

// Computed with another program: SHA-256 of 00 and the chunk, of 01 and two hashes.
TEST(FileTreeVectors, KnownAnswers) {
    EXPECT_EQ(tree_of(Bytes{'a'}).root().hex(), "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c");
    EXPECT_EQ(tree_of(Bytes(65'536, 0)).root().hex(), "3266304f31be278d06c3bd3eb9aa3e00c59bedec0a890de466568b0b90b0e01f");
    EXPECT_EQ(tree_of(Bytes(3 * 65'536 + 1, 'x')).root().hex(), "d6a4498f13a071ee796117ae8fc205993af7b5e2dded7fbfa465c617cc6624c1");
    EXPECT_EQ(tree_of(Bytes(5 * 65'536, 'y')).root().hex(), "e56c060e33be4179817fea465e314eaf0e5e7c5516342636aa0e67c2a779f5b1");
}

TEST(FileSizes, TheLargest) {
    EXPECT_EQ(chunks_of(file_bytes_max), 65'536u);
    EXPECT_EQ(proof_hashes_max(file_bytes_max), 16u);
    EXPECT_EQ(chunks_of(~0ull), 1ull << 48) << "a size that a peer made up";
    EXPECT_EQ(chunks_of(0), 0u);
    EXPECT_EQ(proof_hashes_max(0), 0u);
    EXPECT_FALSE(chunk_holds({Hash{}, 0}, 0, ByteSpan{}, {}));
}

TEST(ChunkMapTest, BitsAndSizes) {
    ChunkMap map = ChunkMap::none(10);
    EXPECT_EQ(map.bits().size(), 2u);
    EXPECT_FALSE(map.is_all());
    map.set(0, true);
    map.set(9, true);
    EXPECT_EQ(map.bits()[0], 1);
    EXPECT_EQ(map.bits()[1], 2);
    EXPECT_TRUE(map.holds(9));
    EXPECT_FALSE(map.holds(8));
    EXPECT_FALSE(map.holds(100));
    EXPECT_EQ(ChunkMap::from(map.bits(), 10), map);
    map.set(9, false);
    EXPECT_FALSE(map.holds(9));

    EXPECT_TRUE(ChunkMap::all().holds(7));
    EXPECT_EQ(ChunkMap::from({}, 10), ChunkMap::all());
    EXPECT_FALSE(ChunkMap::from(Bytes{1}, 10)) << "too short";
    EXPECT_FALSE(ChunkMap::from(Bytes{1, 0, 0}, 10)) << "too long";
    EXPECT_FALSE(ChunkMap::from(Bytes{1, 4}, 10)) << "a bit for no chunk";
    EXPECT_TRUE(ChunkMap::from(Bytes{255}, 8));
}

}  // namespace
}  // namespace hoso::log
