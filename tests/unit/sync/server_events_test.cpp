#include <gtest/gtest.h>

#include "tests/support/server_talk.hpp"

namespace hoso::sync::server::test {
namespace {

std::vector<log::Event> events(Position first, std::size_t count, std::size_t words = 20) {
    Random random{first};
    std::vector<log::Event> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(event(first + i, action(random, words)));
    return made;
}

TEST(ServerEvents, StartAtTheDesksCursors) {
    Talk talk;
    Hello greeting = hello();
    greeting.cursors = {{commune, 0, 3}, {other_commune, 0, 5}};
    talk.ready(known(), greeting);
    const auto fetch = only<Fetch>(talk.last);
    ASSERT_EQ(fetch.size(), 1u);
    EXPECT_EQ(fetch[0].receiver, desk_id);
    ASSERT_EQ(fetch[0].cursors.size(), 2u);  // the scopes are the server's word; one the desk has no cursor for starts at 0
    EXPECT_EQ(fetch[0].cursors[0].scope, registry_scope);
    EXPECT_EQ(fetch[0].cursors[0].after, 0u);
    EXPECT_EQ(fetch[0].cursors[1].scope, commune);
    EXPECT_EQ(fetch[0].cursors[1].after, 3u);
}

TEST(ServerEvents, BackfillAndLiveAreTheSame) {
    Talk talk;
    talk.ready();
    EXPECT_EQ(only<Fetch>(talk.step(Grew{8, note(8)})).size(), 1u);
    EXPECT_TRUE(talk.step(Grew{9, note(9)}).empty());  // one fetch at a time
    talk.step(Fetched{{8, events(5, 3)}});
    EXPECT_EQ(sent<Events>(talk.last).at(0), (Events{8, events(5, 3)}));
    EXPECT_TRUE((sent<NewCheckpoint>(talk.last)).empty());  // not everything is sent
    ASSERT_EQ(only<Fetch>(talk.last).size(), 1u);
    EXPECT_EQ(only<Fetch>(talk.last)[0].cursors[0].after, 8u);
    talk.step(Fetched{{9, events(8, 1)}});
    EXPECT_EQ(sent<Events>(talk.last).at(0).through, 9u);
    EXPECT_TRUE(only<Fetch>(talk.last).empty());
    EXPECT_TRUE(talk.step(frame(Credit{1})).empty());
    EXPECT_EQ(sent<NewCheckpoint>(talk.step(frame(Credit{1}))).at(0).note, note(9));  // once the desk holds what it covers
}

TEST(ServerEvents, NothingIsSentAheadOfItsNews) {
    Talk talk;
    talk.ready();
    talk.step(Grew{6, note(6)});
    talk.step(Fetched{{8, events(5, 3)}});  // read after the log had grown again
    EXPECT_EQ(sent<Events>(talk.last).at(0), (Events{6, events(5, 1)}));
    EXPECT_EQ(sent<NewCheckpoint>(talk.step(frame(Credit{1}))).at(0).note, note(6));
    EXPECT_EQ(only<Fetch>(talk.step(Grew{8, note(8)})).at(0).cursors[0].after, 6u);
    EXPECT_TRUE(talk.step(Grew{8, note(8)}).empty());
    talk.step(Fetched{{9, {}}});  // the same of what holds no event for this desk
    EXPECT_EQ(sent<Events>(talk.last).at(0), (Events{8, {}}));
}

// A unit below the desk's own was created at position 6: what lies in it must not pass for complete.
TEST(ServerEvents, UnitsThatCameEndTheConversation) {
    for (const bool concerned : {true, false}) {
        Talk talk;
        talk.ready();
        talk.step(Grew{6, note(6)});
        const auto asked = only<Identify>(talk.step(Grew{8, note(8), 7}));
        ASSERT_EQ(asked.size(), 1u);
        EXPECT_EQ(asked[0].device, desk_id);
        EXPECT_EQ(asked[0].epoch, 1u);
        EXPECT_TRUE(talk.step(Grew{9, note(9), 7}).empty()) << "asked once";
        talk.step(Fetched{{9, events(5, 4)}});
        EXPECT_EQ(sent<Events>(talk.last).at(0).through, 6u);
        EXPECT_TRUE(only<Fetch>(talk.last).empty());
        Known now = known();
        now.scopes_at = 7;
        if (concerned) now.scopes.push_back(other_commune);
        talk.step(now);
        if (concerned) {
            EXPECT_EQ(sent<Bye>(talk.last).at(0).reason, ByeReason::done);
            EXPECT_EQ(sent<Bye>(talk.last).at(0).retry_after_ms, 0u);
            continue;
        }
        EXPECT_EQ(only<Fetch>(talk.last).at(0).cursors[0].after, 6u);
        talk.step(Fetched{{9, events(6, 3)}});
        EXPECT_EQ(sent<Events>(talk.last).at(0).through, 9u);
        EXPECT_TRUE(only<Identify>(talk.step(Grew{10, note(10), 7})).empty()) << "known already";
        EXPECT_EQ(only<Identify>(talk.step(Grew{11, note(11), 11})).size(), 1u);
    }
}

TEST(ServerEvents, AnAnswerOlderThanTheNewsIsAskedForAgain) {
    Talk talk;
    talk.ready();
    EXPECT_EQ(only<Identify>(talk.step(Grew{6, note(6), 6})).size(), 1u);
    EXPECT_TRUE(talk.step(Grew{8, note(8), 8}).empty());
    Known now = known();
    now.scopes_at = 6;
    EXPECT_EQ(only<Identify>(talk.step(now)).size(), 1u);
    now.scopes_at = 8;
    EXPECT_EQ(only<Fetch>(talk.step(now)).size(), 1u);
}

TEST(ServerEvents, NewsWithoutEventsIsRationed) {
    Talk talk;
    talk.ready();
    std::size_t frames = 0;
    Position size = 5;
    for (int i = 0; i < 100; ++i) {
        ++size;
        talk.step(Grew{size, note(size)});
        ASSERT_EQ(only<Fetch>(talk.last).size(), 1u);
        talk.step(Fetched{{size, {}}});
        frames += only<Send>(talk.last).size();
    }
    EXPECT_GT(frames, 0u);
    EXPECT_LE(frames, 8u);  // a cursor and a checkpoint, four times
    talk.step(Tick{102 * second});
    EXPECT_EQ(sent<Events>(talk.last).at(0), (Events{size, {}}));  // but the desk learns in the end
    EXPECT_EQ(sent<NewCheckpoint>(talk.last).at(0).note, note(size));
    EXPECT_TRUE(talk.step(Tick{103 * second}).empty());
}

TEST(ServerEvents, KeepTheDesksCredit) {
    Talk talk;
    talk.ready();
    std::size_t frames = 0;
    talk.step(Grew{1000, note(1000)});
    for (Position next = 5; !only<Fetch>(talk.last).empty(); ++next) {
        talk.step(Fetched{{next + 1, events(next, 1)}});
        frames += sent<Events>(talk.last).size();
    }
    EXPECT_EQ(frames, event_frames_in_flight_max);
    talk.step(frame(Credit{1}));
    EXPECT_EQ(only<Fetch>(talk.last).size(), 1u);
    talk.step(frame(Credit{1'000'000}));  // never more than the limit
    frames = 0;
    for (Position next = 13; frames == 0 || !only<Fetch>(talk.last).empty(); ++next) {
        talk.step(Fetched{{next + 1, events(next, 1)}});
        frames += sent<Events>(talk.last).size();
    }
    EXPECT_EQ(frames, event_frames_in_flight_max);
    talk.step(frame(Credit{3}));
    talk.step(frame(Credit{0}));  // "send me no events": what was being read is dropped
    talk.step(Fetched{{30, events(21, 9)}});
    EXPECT_TRUE(only<Send>(talk.last).empty());
    talk.step(frame(Credit{1}));
    EXPECT_EQ(only<Fetch>(talk.last).at(0).cursors[0].after, 21u);
}

TEST(ServerEvents, AreCutToFrames) {
    Talk talk;
    talk.ready();
    talk.step(Grew{305, note(305)});
    const auto all = events(5, 300, 200);  // about 500 KiB of noise
    talk.step(Fetched{{305, all}});
    std::vector<log::Event> received;
    Position through = 5;
    for (const Events& one : sent<Events>(talk.last)) {
        EXPECT_LE(encode(one).size(), frame_bytes_max);
        received.insert(received.end(), one.events.begin(), one.events.end());
        EXPECT_GT(one.through, through);
        through = one.through;
        if (through < 305) {
            EXPECT_EQ(received.back().head.position, through - 1);
        }
    }
    EXPECT_EQ(received, all);
    EXPECT_EQ(through, 305u);
}

TEST(ServerEvents, WhatFindsNoCreditIsFetchedAgain) {
    Talk talk;
    talk.ready();
    talk.step(Grew{105, note(105)});
    talk.step(frame(Credit{0}));
    talk.step(frame(Credit{2}));
    talk.step(Fetched{{105, events(5, 100, 1000)}});
    const auto frames = sent<Events>(talk.last);
    ASSERT_EQ(frames.size(), 2u);
    EXPECT_TRUE(only<Fetch>(talk.last).empty());
    talk.step(frame(Credit{1}));
    EXPECT_EQ(only<Fetch>(talk.last).at(0).cursors[0].after, frames[1].through);
}

TEST(ServerEvents, AReaderThatLagsDoesNotSpin) {
    Talk talk;
    talk.ready();
    talk.step(Grew{7, note(7)});
    EXPECT_TRUE(talk.step(Fetched{{5, {}}}).empty());
    EXPECT_EQ(only<Fetch>(talk.step(Tick{101 * second})).size(), 1u);
}

}  // namespace
}  // namespace hoso::sync::server::test
