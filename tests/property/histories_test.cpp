#include <gtest/gtest.h>

#include "tests/property/history.hpp"

// A thousand random histories: every replica that folds one comes to the state of the one who admitted it, whole or in part, and
// the run has reached every kind, outcome and reason.
namespace hoso::tests {
namespace {

using namespace domain;
using replica::Replica;
using Check = Replica::Check;

constexpr std::uint64_t histories = 1'000;
constexpr int moves = 45;

// A replica of some scopes, folded event by event.
struct Follower {
    std::set<UnitId> scopes;  // empty: the whole log
    Check check = Check::judge;
    Replica replica{2};

    void fold(std::span<const log::Event> events) {
        for (const log::Event& event : events) {
            if (!scopes.empty() && !scopes.contains(event.head.scope)) continue;
            const auto folded = replica.fold(event, check);
            ASSERT_TRUE(folded) << folded.error().detail;
        }
    }
};

struct Coverage {
    std::set<std::pair<std::size_t, Outcome>> kinds;
    std::map<Reason, std::size_t> reasons_seen;

    void add(std::span<const log::Event> events) {
        for (const log::Event& event : events) {
            const auto action = decode(event.action);
            ASSERT_TRUE(action);
            const Verdict verdict = World::verdict(event);
            kinds.emplace(action->body.index(), verdict.outcome);
            ++reasons_seen[verdict.reason];
        }
    }
    bool has(std::size_t kind, Outcome outcome) const { return kinds.contains({kind, outcome}); }
};

void expect_same_streams(const Replica& one, const Replica& other, std::uint64_t seed) {
    for (const auto& [id, stream] : one.state().streams) {
        if (!other.state().stream(id)) continue;
        EXPECT_EQ(replica::stream_hash(one.state(), id), replica::stream_hash(other.state(), id)) << "seed " << seed;
    }
}

TEST(Histories, FoldAlikeWholeAndInPart) {
    const Beginning beginning;
    const World& base = beginning.world;
    const auto unit = [&](const char* name) { return base.units.at(name); };
    Follower ready[] = {{{}, Check::judge},
                        {{}, Check::everything},
                        {{registry_scope, unit("a1"), unit("a2")}, Check::judge},
                        {{registry_scope, unit("a1"), unit("b1"), unit("a")}, Check::judge}};
    for (Follower& follower : ready) follower.fold(base.events);
    Coverage coverage;
    coverage.add(base.events);
    for (std::uint64_t seed = 1; seed <= histories && !testing::Test::HasFailure(); ++seed) {
        History history{beginning, seed};
        for (int i = 0; i < moves; ++i) history.go_on();
        const auto events = std::span{history.world.events}.subspan(base.events.size());
        coverage.add(events);
        const Hash admitted = replica::state_hash(history.world.replica.state());
        std::vector<Follower> followers(std::begin(ready), std::end(ready));
        if (seed % 4 != 0) followers[1] = followers[0];  // signatures cost more than all the rest
        for (Follower& follower : followers) follower.fold(events);
        EXPECT_EQ(replica::state_hash(followers[0].replica.state()), admitted) << "seed " << seed;
        EXPECT_EQ(replica::state_hash(followers[1].replica.state()), admitted) << "seed " << seed;
        expect_same_streams(followers[2].replica, followers[0].replica, seed);
        expect_same_streams(followers[3].replica, followers[0].replica, seed);
        expect_same_streams(followers[2].replica, followers[3].replica, seed);
    }
    for (std::uint16_t reason = 0; reason < reasons; ++reason) {
        EXPECT_TRUE(coverage.reasons_seen.contains(static_cast<Reason>(reason))) << name(static_cast<Reason>(reason));
    }
    for (std::size_t kind = 0; kind < std::variant_size_v<AnyBody>; ++kind) {
        EXPECT_TRUE(coverage.has(kind, Outcome::effective)) << "kind " << kind << " never took effect";
        EXPECT_TRUE(coverage.has(kind, Outcome::voided)) << "kind " << kind << " was never void";
    }
    if (std::getenv("HOSO_COVERAGE")) {
        for (const auto& [reason, count] : coverage.reasons_seen) std::printf("%-24s %zu\n", name(reason), count);
    }
}

}  // namespace
}  // namespace hoso::tests
