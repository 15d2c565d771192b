#include <gtest/gtest.h>

#include "tests/support/server_ledger.hpp"

// A log that holds less than it acknowledged, or something else, says so and acknowledges nothing more.
namespace hoso::server::test {
namespace {

using sync::ByeReason;

class Amnesia : public LedgerTest {};

TEST_F(Amnesia, IsReadAndNotWritten) {
    keep_copy();
    open();
    ASSERT_TRUE(std::holds_alternative<sync::server::Logged>(store(subjects(world_, 1))));
    close();
    bring_back_copy();
    open();
    ASSERT_TRUE(province_->book.amnesia);
    const log::Push push = subjects(world_, 1);
    for (int i = 0; i < 2; ++i) EXPECT_EQ(refusal(push), ByeReason::amnesia);
    EXPECT_EQ(files_below(files_.quarantine), 1u) << "kept, once";
    EXPECT_EQ(log().read(0, 100'000, 1 << 30)->size(), world_.events.size());
    const auto known = identify(device("officer_a1"));
    EXPECT_TRUE(known.checkpoint.empty()) << "nothing was signed before, and nothing is signed now";
    EXPECT_FALSE(known.amnesia.empty());
}

TEST_F(Amnesia, ShowsWhatWasSignedBefore) {
    open();
    store(subjects(world_, 3));
    const sync::server::Grew earlier = ledger_->newest();
    close();
    keep_copy();
    open();
    store(subjects(world_, 1));
    close();
    bring_back_copy();
    open();
    ASSERT_TRUE(province_->book.amnesia);
    const auto known = identify(device("officer_a1"));
    EXPECT_EQ(known.checkpoint, earlier.checkpoint);
    EXPECT_EQ(known.log_size, earlier.log_size);
    EXPECT_TRUE(known.amnesia.empty());
}

TEST_F(Amnesia, IsShownByADeskThatSawMore) {
    const Hash other{{1, 2, 3}};
    const auto stranger = world_.new_key();
    const Position size = world_.events.size();
    struct Case {
        const char* name;
        std::string shown;
        bool proves;
    };
    const Case cases[] = {
        {"Nothing", {}, false},
        {"NoNote", "hoso\n" + std::to_string(size + 1) + "\nx\n", false},
        {"Ours", note(size, world_.root(size)), false},
        {"Earlier", note(size - 1, world_.root(size - 1)), false},
        {"LongerUnderAnotherKey", note(size + 1, other, &*stranger), false},
        {"Longer", note(size + 1, other), true},
        {"OtherHistory", note(size, other), true},
    };
    for (const Case& row : cases) {
        open();
        const auto known = identify(device("officer_a1"), row.shown);
        EXPECT_EQ(!known.amnesia.empty(), row.proves) << row.name;
        if (row.proves) {
            EXPECT_TRUE(identify(device("officer_b1")).amnesia.empty()) << row.name << ": others may read";
            EXPECT_EQ(refusal(subjects(world_, 1)), ByeReason::amnesia) << row.name;
            close();
            open();
            EXPECT_EQ(refusal(subjects(world_, 1)), ByeReason::amnesia) << row.name << ": a restart heals nothing";
            EXPECT_EQ(log().size(), size);
        }
        close();
        std::filesystem::remove(files_.evidence);
    }
    ASSERT_TRUE(io::write_file(files_.evidence, as_bytes(note(size, world_.root(size))), 0644));
    open();
    EXPECT_FALSE(province_->book.amnesia) << "the log holds what was shown: it was brought back";
}

}  // namespace
}  // namespace hoso::server::test
