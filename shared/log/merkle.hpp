#pragma once

#include <functional>
#include <span>
#include <vector>

#include "shared/base/hash.hpp"

// RFC 6962 section 2.1 with SHA-256.
namespace hoso::log {

Hash leaf_hash(ByteSpan leaf);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();  // SHA-256 of nothing

// The right edge of a growing tree: O(log n) memory, O(1) amortised append.
class CompactTree {
public:
    CompactTree() = default;
    // Resumes from the frontier of a tree of `size` leaves, largest subtree first.
    CompactTree(std::uint64_t size, std::vector<Hash> frontier);
    void append(const Hash& leaf) {
        append(leaf, [](unsigned, const Hash&) {});
    }
    // Tells `closed(level, hash)` of the leaf, level 0, and of each complete subtree that ends with it, the smallest first.
    template <typename Closed>
    void append(const Hash& leaf, Closed closed);
    std::uint64_t size() const { return size_; }
    Hash root() const;
    const std::vector<Hash>& frontier() const { return frontier_; }

private:
    std::uint64_t size_ = 0;
    std::vector<Hash> frontier_;
};

template <typename Closed>
void CompactTree::append(const Hash& leaf, Closed closed) {
    Hash hash = leaf;
    unsigned level = 0;
    closed(level, hash);
    for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
        hash = node_hash(frontier_.back(), hash);
        frontier_.pop_back();
        closed(++level, hash);
    }
    frontier_.push_back(hash);
    ++size_;
}

// Reads the hash of the complete subtree at (level, index): leaves are level 0.
using NodeReader = std::function<Hash(unsigned level, std::uint64_t index)>;

// PATH(position, D[size]) and PROOF(first, D[second]) of RFC 6962. position < size; 0 < first <= second.
std::vector<Hash> inclusion_proof(std::uint64_t position, std::uint64_t size, const NodeReader& node);
std::vector<Hash> consistency_proof(std::uint64_t first, std::uint64_t second, const NodeReader& node);

bool verify_inclusion(const Hash& leaf, std::uint64_t position, std::uint64_t size, std::span<const Hash> proof, const Hash& root);
bool verify_consistency(std::uint64_t first, const Hash& first_root, std::uint64_t second, const Hash& second_root,
                        std::span<const Hash> proof);

}  // namespace hoso::log
