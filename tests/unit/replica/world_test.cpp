#include "tests/support/world.hpp"

#include <gtest/gtest.h>

namespace hoso::tests {
namespace {

using replica::Replica;

TEST(World, IsTheSameEveryTime) {
    const World one, other;
    ASSERT_EQ(one.events.size(), other.events.size());
    EXPECT_EQ(replica::state_hash(one.replica.state()), replica::state_hash(other.replica.state()));
}

TEST(World, FoldsFromItsEventsWithEverythingChecked) {
    const World world;
    Replica auditor;
    for (const log::Event& event : world.events) {
        const auto folded = auditor.fold(event, Replica::Check::everything);
        ASSERT_TRUE(folded) << folded.error().detail;
    }
    EXPECT_TRUE(auditor.sealed());
    EXPECT_EQ(replica::state_hash(auditor.state()), replica::state_hash(world.replica.state()));
}

}  // namespace
}  // namespace hoso::tests
