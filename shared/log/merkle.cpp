#include "shared/log/merkle.hpp"

#include <bit>

#include "shared/base/check.hpp"
#include "shared/base/hash.hpp"

namespace hoso::log {
namespace {

constexpr Byte leaf_prefix[] = {0x00};
constexpr Byte node_prefix[] = {0x01};

// The largest power of two smaller than `count`, for count > 1.
std::uint64_t split(std::uint64_t count) { return std::bit_floor(count - 1); }

// MTH(D[begin:end]); `begin` is a multiple of the range's size rounded up to a power of two.
Hash range_hash(std::uint64_t begin, std::uint64_t end, const NodeReader& node) {
    const std::uint64_t count = end - begin;
    if (std::has_single_bit(count)) {
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        return node(level, begin >> level);
    }
    const std::uint64_t middle = begin + split(count);
    return node_hash(range_hash(begin, middle, node), range_hash(middle, end, node));
}

// PATH(position, D[begin:end])
void path(std::uint64_t position, std::uint64_t begin, std::uint64_t end, const NodeReader& node, std::vector<Hash>& proof) {
    if (end - begin == 1) return;
    const std::uint64_t middle = begin + split(end - begin);
    if (position < middle) {
        path(position, begin, middle, node, proof);
        proof.push_back(range_hash(middle, end, node));
    } else {
        path(position, middle, end, node, proof);
        proof.push_back(range_hash(begin, middle, node));
    }
}

// SUBPROOF(first, D[begin:end], known): `known` while the verifier holds the hash of this very subtree.
void subproof(std::uint64_t first, std::uint64_t begin, std::uint64_t end, bool known, const NodeReader& node,
              std::vector<Hash>& proof) {
    if (first == end) {
        if (!known) proof.push_back(range_hash(begin, end, node));
        return;
    }
    const std::uint64_t middle = begin + split(end - begin);
    if (first <= middle) {
        subproof(first, begin, middle, known, node, proof);
        proof.push_back(range_hash(middle, end, node));
    } else {
        subproof(first, middle, end, false, node, proof);
        proof.push_back(range_hash(begin, middle, node));
    }
}

}  // namespace

Hash leaf_hash(ByteSpan leaf) { return sha256({leaf_prefix, leaf}); }

Hash node_hash(const Hash& left, const Hash& right) { return sha256({node_prefix, left.span(), right.span()}); }

Hash empty_root() { return sha256(ByteSpan{}); }

CompactTree::CompactTree(std::uint64_t size, std::vector<Hash> frontier) : size_(size), frontier_(std::move(frontier)) {
    CHECK(frontier_.size() == static_cast<std::size_t>(std::popcount(size_)));
}

Hash CompactTree::root() const {
    if (frontier_.empty()) return empty_root();
    Hash hash = frontier_.back();
    for (std::size_t i = frontier_.size() - 1; i > 0; --i) hash = node_hash(frontier_[i - 1], hash);
    return hash;
}

std::vector<Hash> inclusion_proof(std::uint64_t position, std::uint64_t size, const NodeReader& node) {
    CHECK(position < size);
    std::vector<Hash> proof;
    path(position, 0, size, node, proof);
    return proof;
}

std::vector<Hash> consistency_proof(std::uint64_t first, std::uint64_t second, const NodeReader& node) {
    CHECK(first > 0 && first <= second);
    std::vector<Hash> proof;
    subproof(first, 0, second, true, node, proof);
    return proof;
}

// RFC 9162, section 2.1.3.2.
bool verify_inclusion(const Hash& leaf, std::uint64_t position, std::uint64_t size, std::span<const Hash> proof, const Hash& root) {
    if (position >= size) return false;
    std::uint64_t at = position;
    std::uint64_t last = size - 1;
    Hash hash = leaf;
    for (const Hash& step : proof) {
        if (last == 0) return false;
        if ((at & 1) || at == last) {
            hash = node_hash(step, hash);
            for (; !(at & 1) && at != 0; at >>= 1) last >>= 1;
        } else {
            hash = node_hash(hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash == root;
}

// RFC 9162, section 2.1.4.2.
bool verify_consistency(std::uint64_t first, const Hash& first_root, std::uint64_t second, const Hash& second_root,
                        std::span<const Hash> proof) {
    if (first > second) return false;
    if (first == 0) return proof.empty() && first_root == empty_root();  // every log continues the empty one
    if (first == second) return proof.empty() && first_root == second_root;
    const bool starts_whole = std::has_single_bit(first);  // the verifier holds the first subtree's hash: it is the old root
    if (!starts_whole && proof.empty()) return false;
    const Hash& start = starts_whole ? first_root : proof.front();
    std::uint64_t at = first - 1;
    std::uint64_t last = second - 1;
    for (; at & 1; at >>= 1) last >>= 1;
    Hash old_hash = start;
    Hash new_hash = start;
    for (const Hash& step : proof.subspan(starts_whole ? 0 : 1)) {
        if (last == 0) return false;
        if ((at & 1) || at == last) {
            old_hash = node_hash(step, old_hash);
            new_hash = node_hash(step, new_hash);
            for (; !(at & 1) && at != 0; at >>= 1) last >>= 1;
        } else {
            new_hash = node_hash(new_hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && old_hash == first_root && new_hash == second_root;
}

}  // namespace hoso::log
