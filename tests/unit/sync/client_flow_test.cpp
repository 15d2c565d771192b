#include <gtest/gtest.h>

#include "tests/support/client_talk.hpp"

namespace hoso::sync::client::test {
namespace {

TEST(ClientPushes, GoAheadOfAnswersWithinTheCredit) {
    Talk talk;
    talk.ready(with([](Welcome& w) { w.credit = 2; }));
    talk.step(Prepared{push_at(4)});
    EXPECT_EQ(sent<Push>(talk.last).size(), 1u);
    EXPECT_EQ(only<Prepare>(talk.last).at(0).first_seq, 6u);
    talk.step(Prepared{push_at(6)});
    EXPECT_EQ(sent<Push>(talk.last).size(), 1u);
    EXPECT_TRUE(only<Prepare>(talk.last).empty());
    talk.step(frame(Results{4, heads(push_at(4), 12)}));
    EXPECT_EQ(only<Answered>(talk.last).at(0).results.first_seq, 4u);
    EXPECT_EQ(only<Prepare>(talk.last).at(0).first_seq, 8u);
}

TEST(ClientPushes, NeverMoreThanTheLimit) {
    Talk talk;
    talk.ready(with([](Welcome& w) { w.credit = 1000; }));
    std::size_t pushes = 0;
    for (std::uint64_t seq = 4; !only<Prepare>(talk.last).empty(); seq += 2) {
        talk.step(Prepared{push_at(seq)});
        pushes += sent<Push>(talk.last).size();
    }
    EXPECT_EQ(pushes, pushes_in_flight_max);
}

TEST(ClientPushes, AskAgainWhenTheOutboxGrows) {
    Talk talk;
    talk.ready();
    talk.step(OutboxGrew{});
    EXPECT_TRUE(only<Prepare>(talk.last).empty());  // one is asked already
    talk.step(Prepared{});                          // which may have been answered before the action was recorded
    EXPECT_EQ(only<Prepare>(talk.last).size(), 1u);
    talk.step(Prepared{});
    EXPECT_TRUE(only<Prepare>(talk.last).empty());
    talk.step(OutboxGrew{});
    EXPECT_EQ(only<Prepare>(talk.last).at(0).first_seq, 4u);
}

TEST(ClientEvents, AreSavedBeforeTheyAreCredited) {
    Talk talk;
    talk.ready();
    talk.step(frame(events_to(19)));
    EXPECT_EQ(only<Save>(talk.last).at(0).events, events_to(19));
    EXPECT_TRUE(only<Send>(talk.last).empty());
    talk.step(Saved{});
    EXPECT_EQ(sent<Credit>(talk.last).at(0).frames, 1u);
}

TEST(ClientEvents, ACheckpointIsSavedAfterWhatItCovers) {
    Talk talk;
    talk.ready();
    EXPECT_TRUE(only<SaveCheckpoint>(talk.last).empty());
    talk.step(frame(events_to(25)));
    EXPECT_EQ(only<Save>(talk.last).at(0).checkpoint, note(25));
    talk.step(frame(events_to(30)));
    talk.step(frame(NewCheckpoint{note(30)}));
    EXPECT_TRUE(only<SaveCheckpoint>(talk.last).empty());
    EXPECT_TRUE(only<SaveCheckpoint>(talk.step(Saved{})).empty());
    talk.step(Saved{});
    EXPECT_EQ(only<SaveCheckpoint>(talk.last).at(0).note, note(30));
}

TEST(ClientIdle, IsWhenAllIsSentAnsweredAndHere) {
    Talk talk;
    talk.drained();
    EXPECT_TRUE(only<Idle>(talk.last).empty());
    talk.step(frame(events_to(25)));
    EXPECT_EQ(only<Idle>(talk.step(Saved{})).size(), 1u);
    talk.step(frame(events_to(26)));
    EXPECT_TRUE(only<Idle>(talk.step(Saved{})).empty());  // past the checkpoint: more is coming
    talk.step(frame(NewCheckpoint{note(26)}));
    EXPECT_EQ(only<Idle>(talk.last).size(), 1u);
    EXPECT_TRUE(only<Idle>(talk.step(Tick{101 * second})).empty());  // said once
}

TEST(ClientIdle, WaitsForOwnEventsToComeBack) {
    Talk talk;
    talk.ready();
    talk.step(frame(events_to(25)));
    talk.step(Saved{});
    talk.step(Prepared{push_at(4, 6)});
    talk.step(Prepared{});
    talk.step(frame(Results{4, heads(push_at(4, 6), 25)}));  // logged at 25 to 30, beyond what is here
    EXPECT_TRUE(only<Idle>(talk.last).empty());
    talk.step(frame(events_to(31)));
    talk.step(Saved{});
    talk.step(frame(NewCheckpoint{note(31)}));
    EXPECT_EQ(only<Idle>(talk.last).size(), 1u);
}

TEST(ClientIdle, AtOnceWhenNothingIsNew) {
    Facts idle = facts();
    idle.answered = 10;
    idle.checkpoint = note(25);
    idle.cursors = {{registry_scope, 0, 25}, {commune, 0, 25}};
    Talk talk{idle};
    talk.ready(with([](Welcome& w) { w.head = facts().head; }));
    EXPECT_TRUE(only<Idle>(talk.last).empty());
    EXPECT_EQ(only<Idle>(talk.step(Prepared{})).size(), 1u);
}

TEST(ClientScopes, FollowTheProvincesWord) {
    Talk talk;
    talk.drained();
    talk.step(frame(events_to(25)));
    talk.step(Saved{});
    talk.step(frame(Scope{{other_commune, commune}, {registry_scope}, "why"}));
    EXPECT_EQ(only<UseScopes>(talk.last).at(0).scopes, (std::vector<UnitId>{commune, other_commune}));
    talk.step(OutboxGrew{});
    EXPECT_TRUE(only<Idle>(talk.step(Prepared{})).empty());  // nothing of the new scope is here
    talk.step(frame(events_to(25)));
    EXPECT_EQ(only<Idle>(talk.step(Saved{})).size(), 1u);
}

}  // namespace
}  // namespace hoso::sync::client::test
