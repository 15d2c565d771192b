#include "client/audit/verifier.hpp"

#include "shared/domain/action_codec.hpp"
#include "shared/domain/verdict.hpp"

namespace hoso::client::audit {
namespace {

Fault at(Position position, Errc code, std::string detail) { return {position, position, code, std::move(detail)}; }

}  // namespace

void Counts::add(const log::Event& event) {
    switch (static_cast<domain::Outcome>(event.head.outcome)) {
        case domain::Outcome::effective: ++effective; return;
        case domain::Outcome::held: ++held; return;
        case domain::Outcome::voided: ++voided; return;
    }
}

std::optional<Fault> Verifier::take(ByteSpan leaf) {
    const Position here = tree_.size();
    const Hash hash = log::leaf_hash(leaf);
    const auto vouched = leaf_hash_ ? leaf_hash_(here) : std::nullopt;
    if (vouched && *vouched != hash) return at(here, Errc::corrupt, "its bytes are not those whose hash stands in the tree");
    const auto event = log::decode_leaf(leaf);
    if (!event) return at(here, event.error().code, event.error().detail);
    if (event->head.position != here)
        return at(here, Errc::gap, "it says that it stands at " + std::to_string(event->head.position));
    if (vouched && vouched_ == here) vouched_ = here + 1;
    if (auto fault = check_quote(*event)) return fault;
    if (const auto folded = replica_.fold(*event, replica::Replica::Check::everything); !folded) {
        return blame(*event, folded.error().code, folded.error().detail);
    }
    tree_.append(hash);
    past_roots_.push_back(tree_.root());
    counts_.add(*event);
    if (const auto known = roots_.find(here + 1); known != roots_.end()) {
        return expect_root(known->first, known->second, "what was acknowledged");
    }
    return std::nullopt;
}

std::optional<Fault> Verifier::finish() const {
    if (replica_.sealed() || size() == 0) return std::nullopt;
    return at(size() - 1, Errc::corrupt, "the log ends in the middle of a push, without its seal");
}

std::optional<Fault> Verifier::expect_root(std::uint64_t size, const Hash& root, const std::string& said_by) {
    if (size > tree_.size()) return std::nullopt;
    if (root_at(size) != root) {
        const Position last = size == 0 ? 0 : size - 1;
        return Fault{std::min(vouched_, last), last, Errc::corrupt,
                     "the first " + std::to_string(size) + " events have another root than " + said_by + " says"};
    }
    vouched_ = std::max(vouched_, size);
    return std::nullopt;
}

// Asked before the event is folded, so that its own seen size cannot be past itself.
std::optional<Fault> Verifier::check_quote(const log::Event& event) const {
    const auto action = domain::decode(event.action);
    if (!action) return std::nullopt;  // folding says why
    const std::uint64_t seen = action->header.seen_size;
    const Position here = event.head.position;
    if (seen > here) {
        return blame(event, Errc::conflict, "it quotes a log of " + std::to_string(seen) + " events, more than came before it");
    }
    if (seen == 0 || root_at(seen) == action->header.seen_root) return std::nullopt;
    return blame(event, Errc::conflict, "the root it quotes of the first " + std::to_string(seen) + " events is not theirs");
}

// What does not hold here may have been changed in an event before it: all of them back to the last that is vouched for. Where
// nothing vouches for any, the event itself is named, or the push whose seal is broken.
Fault Verifier::blame(const log::Event& event, Errc code, std::string detail) const {
    const Position here = event.head.position;
    Fault fault{here, here, code, std::move(detail)};
    if (leaf_hash_ || !roots_.empty()) {
        fault.position = std::min(vouched_, here);
    } else if (code == Errc::unauthentic && event.seal && event.head.seq >= event.seal->first_seq) {
        fault.position = here - std::min(here, event.head.seq - event.seal->first_seq);
    }
    return fault;
}

}  // namespace hoso::client::audit
