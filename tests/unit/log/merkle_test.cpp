#include "shared/log/merkle.hpp"

#include <gtest/gtest.h>

#include "shared/log/memory_log.hpp"

namespace hoso::log {
namespace {

// The eight leaves and roots that implementations of RFC 6962 test themselves with.
const char* const reference_leaves[] = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const char* const reference_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

// A tree that keeps every level, grown by definition and not by the code under test.
class Levels {
public:
    explicit Levels(std::uint64_t size) {
        rows_.emplace_back();
        for (std::uint64_t i = 0; i < size; ++i) {
            const Byte data[] = {static_cast<Byte>(i), static_cast<Byte>(i >> 8)};
            rows_[0].push_back(leaf_hash(data));
        }
        while (rows_.back().size() > 1) {
            std::vector<Hash> above;
            for (std::size_t i = 0; i + 1 < rows_.back().size(); i += 2)
                above.push_back(node_hash(rows_.back()[i], rows_.back()[i + 1]));
            rows_.push_back(above);
        }
    }
    const Hash& leaf(std::uint64_t position) const { return rows_[0][position]; }
    NodeReader reader(std::uint64_t size) const {
        return [this, size](unsigned level, std::uint64_t index) {
            EXPECT_LE((index + 1) << level, size) << "a proof may only ask for complete subtrees";
            return rows_[level][index];
        };
    }
    Hash root(std::uint64_t begin, std::uint64_t end) const {  // MTH as the RFC writes it
        if (end - begin == 1) return rows_[0][begin];
        std::uint64_t half = 1;
        while (half * 2 < end - begin) half *= 2;
        return node_hash(root(begin, begin + half), root(begin + half, end));
    }

private:
    std::vector<std::vector<Hash>> rows_;
};

constexpr std::uint64_t size_max = 70;

Hash flipped(Hash hash) {
    hash.bytes[7] ^= 1;
    return hash;
}

TEST(Merkle, ReferenceRoots) {
    CompactTree tree;
    EXPECT_EQ(tree.root().hex(), reference_roots[0]);
    for (std::size_t i = 0; i < 8; ++i) {
        tree.append(leaf_hash(*from_hex(reference_leaves[i])));
        EXPECT_EQ(tree.root().hex(), reference_roots[i + 1]) << "of " << i + 1 << " leaves";
    }
}

TEST(Merkle, FrontierResumes) {
    const Levels levels{size_max};
    CompactTree tree;
    for (std::uint64_t size = 1; size <= size_max; ++size) {
        tree = CompactTree(tree.size(), tree.frontier());
        tree.append(levels.leaf(size - 1));
        EXPECT_EQ(tree.root(), levels.root(0, size));
    }
}

TEST(Merkle, EveryInclusionProof) {
    const Levels levels{size_max};
    for (std::uint64_t size = 1; size <= size_max; ++size) {
        const Hash root = levels.root(0, size);
        for (std::uint64_t position = 0; position < size; ++position) {
            auto proof = inclusion_proof(position, size, levels.reader(size));
            const Hash& leaf = levels.leaf(position);
            ASSERT_TRUE(verify_inclusion(leaf, position, size, proof, root)) << position << " of " << size;
            ASSERT_FALSE(verify_inclusion(flipped(leaf), position, size, proof, root));
            ASSERT_FALSE(verify_inclusion(leaf, position, size, proof, flipped(root)));
            ASSERT_FALSE(verify_inclusion(leaf, size, size, proof, root));
            for (std::uint64_t other = 0; other < size; ++other) {
                ASSERT_FALSE(other != position && verify_inclusion(leaf, other, size, proof, root)) << position << " as " << other;
            }
            for (Hash& step : proof) {
                step = flipped(step);
                ASSERT_FALSE(verify_inclusion(leaf, position, size, proof, root));
                step = flipped(step);
            }
            proof.push_back(root);
            ASSERT_FALSE(verify_inclusion(leaf, position, size, proof, root)) << "longer";
            proof.pop_back();
            if (proof.empty()) continue;
            proof.pop_back();
            ASSERT_FALSE(verify_inclusion(leaf, position, size, proof, root)) << "shorter";
        }
    }
}

TEST(Merkle, EveryConsistencyProof) {
    const Levels levels{size_max};
    for (std::uint64_t second = 1; second <= size_max; ++second) {
        const Hash second_root = levels.root(0, second);
        for (std::uint64_t first = 1; first <= second; ++first) {
            const Hash first_root = levels.root(0, first);
            auto proof = consistency_proof(first, second, levels.reader(second));
            ASSERT_TRUE(verify_consistency(first, first_root, second, second_root, proof)) << first << " to " << second;
            ASSERT_FALSE(verify_consistency(first, flipped(first_root), second, second_root, proof));
            ASSERT_FALSE(verify_consistency(first, first_root, second, flipped(second_root), proof));
            ASSERT_FALSE(verify_consistency(second + 1, first_root, second, second_root, proof));
            for (Hash& step : proof) {
                step = flipped(step);
                ASSERT_FALSE(verify_consistency(first, first_root, second, second_root, proof));
                step = flipped(step);
            }
            proof.push_back(second_root);
            ASSERT_FALSE(verify_consistency(first, first_root, second, second_root, proof)) << "longer";
            proof.pop_back();
            if (proof.empty()) continue;
            proof.pop_back();
            ASSERT_FALSE(verify_consistency(first, first_root, second, second_root, proof)) << "shorter";
        }
    }
}

TEST(Merkle, EveryLogContinuesTheEmptyOne) {
    const Levels levels{3};
    EXPECT_TRUE(verify_consistency(0, empty_root(), 3, levels.root(0, 3), {}));
    EXPECT_FALSE(verify_consistency(0, levels.root(0, 1), 3, levels.root(0, 3), {}));
}

}  // namespace
}  // namespace hoso::log
