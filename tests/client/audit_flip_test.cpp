#include "tests/client/small_log.hpp"

// One changed byte of one event: verification fails and names its place.
namespace hoso::client::audit {
namespace {

// Takes the changed leaf and those after it, until something does not hold.
std::optional<Fault> verify_from(Verifier verifier, Position at, const Bytes& changed) {
    const auto& leaves = small_log().leaves;
    auto fault = verifier.take(changed);
    for (Position next = at + 1; !fault && next < leaves.size(); ++next) fault = verifier.take(leaves[next]);
    return fault ? fault : verifier.finish();
}

// Changes every `step`-th byte of every event and looks at what is named.
template <typename Expect>
void flip_all(Verifier verifier, std::size_t step, const Expect& expect) {
    const auto& leaves = small_log().leaves;
    for (Position at = 0; at < leaves.size(); ++at) {
        for (std::size_t byte = at % step; byte < leaves[at].size(); byte += step) {
            Bytes changed = leaves[at];
            changed[byte] ^= static_cast<Byte>(1 << byte % 8);
            const auto fault = verify_from(verifier, at, changed);
            ASSERT_TRUE(fault) << "event " << at << ", byte " << byte << ": nobody noticed";
            expect(at, byte, *fault);
            if (testing::Test::HasFailure()) return;
        }
        ASSERT_FALSE(verifier.take(leaves[at]));
    }
}

TEST(AuditFlip, TheUnchangedLogHolds) {
    const SmallLog& log = small_log();
    Verifier verifier{log.hashes(), log.roots};
    for (const Bytes& leaf : log.leaves) {
        const auto fault = verifier.take(leaf);
        ASSERT_FALSE(fault) << fault->position << ": " << fault->detail;
    }
    EXPECT_FALSE(verifier.finish());
    EXPECT_EQ(verifier.root(), log.world.root(log.leaves.size()));
    EXPECT_EQ(replica::state_hash(verifier.replica().state()), replica::state_hash(log.world.replica.state()));
}

TEST(AuditFlip, AnyByteUnderATreeNamesItsEvent) {
    flip_all({small_log().hashes(), {}}, 1, [](Position at, std::size_t byte, const Fault& fault) {
        EXPECT_EQ(fault.position, at) << "byte " << byte << ": " << fault.detail;
        EXPECT_EQ(fault.last, at);
    });
}

TEST(AuditFlip, AnyByteUnderWatermarksNamesItsGroup) {
    flip_all({{}, small_log().roots}, 1, [](Position at, std::size_t byte, const Fault& fault) {
        const auto [first, last] = small_log().group_of(at);
        EXPECT_GE(fault.position, first) << "event " << at << " byte " << byte << ": " << fault.detail;
        EXPECT_LE(fault.last, last) << "event " << at << " byte " << byte << ": " << fault.detail;
        EXPECT_LE(fault.position, at);
        EXPECT_GE(fault.last, at);
    });
}

// With nothing beside the events but a signed checkpoint at the end, a change is still never missed.
TEST(AuditFlip, AnyByteUnderOneCheckpointIsNoticed) {
    const SmallLog& log = small_log();
    const std::map<std::uint64_t, Hash> end{{log.leaves.size(), log.world.root(log.leaves.size())}};
    flip_all({{}, end}, 41, [](Position at, std::size_t, const Fault& fault) { EXPECT_LE(fault.position, at); });
}

}  // namespace
}  // namespace hoso::client::audit
