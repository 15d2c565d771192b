#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/log/merkle.hpp"
#include "shared/replica/replica.hpp"

namespace hoso::client::audit {

// The first event that does not hold. Where events are vouched for only as a group, by the watermark they were acknowledged with,
// the change lies in one of position..last; else both are the same.
struct Fault {
    Position position = 0;
    Position last = 0;
    Errc code = Errc::corrupt;
    std::string detail;
};

struct Counts {
    std::uint64_t effective = 0;
    std::uint64_t held = 0;
    std::uint64_t voided = 0;
    void add(const log::Event& event);
};

// Checks a whole log leaf by leaf, from genesis on: that positions are dense, that the bytes are a leaf, that seals, signatures,
// sessions, slips and verdicts hold when everything is judged again, that every root an action quotes is the root of the events
// before it, and that bytes and roots are those which were written beside the log when it was acknowledged.
class Verifier {
public:
    // What vouches for the events besides themselves. Both may be empty.
    using LeafHash = std::function<std::optional<Hash>(Position)>;
    Verifier(LeafHash leaf_hash, std::map<std::uint64_t, Hash> roots)
        : leaf_hash_(std::move(leaf_hash)), roots_(std::move(roots)) {}

    std::optional<Fault> take(ByteSpan leaf);
    std::optional<Fault> finish() const;  // the log does not end in the middle of a push
    // A root that is known from now on, for a size that was or will be reached.
    std::optional<Fault> expect_root(std::uint64_t size, const Hash& root, const std::string& said_by);

    const replica::Replica& replica() const { return replica_; }
    const Counts& counts() const { return counts_; }
    std::uint64_t size() const { return tree_.size(); }
    Hash root() const { return tree_.root(); }

private:
    Hash root_at(std::uint64_t size) const { return size == 0 ? log::empty_root() : past_roots_[size - 1]; }
    std::optional<Fault> check_quote(const log::Event& event) const;
    Fault blame(const log::Event& event, Errc code, std::string detail) const;

    LeafHash leaf_hash_;
    std::map<std::uint64_t, Hash> roots_;
    replica::Replica replica_;
    log::CompactTree tree_;
    std::vector<Hash> past_roots_;  // after every event: any earlier size may be quoted
    Position vouched_ = 0;          // events before this one are vouched for
    Counts counts_;
};

}  // namespace hoso::client::audit
