#include <gtest/gtest.h>

#include <deque>

#include "tests/support/client_talk.hpp"
#include "tests/support/server_talk.hpp"

// Files in a conversation: after everything else, one piece at a time, and never more than was asked for.
namespace hoso::sync::test {
namespace {

const log::FileId photo{filled<Hash>(0x41), 200'000};
const log::FileId other{filled<Hash>(0x42), 100'000};

BlobWant want(const log::FileId& file, std::uint64_t offset, std::uint32_t bytes) {
    return {.file = file, .offset = offset, .bytes = bytes};
}
BlobWant said(const log::FileId& file, BlobState state, Position position = 0) { return {file, 0, 0, state, position, 0}; }
BlobChunk piece(const log::FileId& file, std::uint64_t offset, std::size_t bytes) { return {file, offset, Bytes(bytes, 1), {}}; }

// ---- the desk -----------------------------------------------------------------------------------------------------------

// Everything else is sent and received, and the desk is asked for files.
class DeskFiles : public testing::Test {
protected:
    DeskFiles() {
        talk_.has_files = true;
        talk_.drained();
        talk_.step(client::test::frame(client::test::events_to(25)));
        talk_.step(client::Saved{});
    }
    client::Effects& hear(Frame frame) { return talk_.step(client::test::frame(std::move(frame))); }
    client::test::Talk talk_;
};

TEST_F(DeskFiles, AreLookedForWhenEverythingElseIsDone) {
    EXPECT_EQ(only<client::LookForFiles>(talk_.last).size(), 1u);
    EXPECT_TRUE(only<client::Idle>(talk_.last).empty());
    talk_.step(client::Files{});
    EXPECT_EQ(only<client::Idle>(talk_.last).size(), 1u);
}

TEST_F(DeskFiles, KeepItFromBeingIdleUntilTheProvinceHasThem) {
    talk_.step(client::Files{{{photo, true, {}}, {other, true, {}}}, {}});
    EXPECT_EQ(sent<BlobHave>(talk_.last).size(), 2u);
    EXPECT_TRUE(only<client::Idle>(talk_.last).empty());
    hear(said(other, BlobState::full));
    EXPECT_EQ(only<client::FileAnswered>(talk_.last).at(0).state, BlobState::full);
    EXPECT_TRUE(only<client::Idle>(talk_.last).empty());
    hear(said(photo, BlobState::stored, 30));
    EXPECT_TRUE(only<client::LookForFiles>(talk_.last).empty()) << "the event that says so is not here yet";
    hear(NewCheckpoint{note(30)});
    hear(client::test::events_to(30));
    talk_.step(client::Saved{});
    EXPECT_EQ(only<client::LookForFiles>(talk_.last).size(), 1u) << "there may be more by now";
    talk_.step(client::Files{});
    EXPECT_EQ(only<client::Idle>(talk_.last).size(), 1u);
}

TEST_F(DeskFiles, AreSentOnePieceAtATimeAndOnlyWhenNothingElseWaits) {
    talk_.step(client::Files{{{photo, true, {}}}, {}});
    hear(want(photo, 0, 40'000));
    EXPECT_TRUE(only<client::ReadPiece>(talk_.last).empty()) << "the offer has not left yet";
    talk_.step(client::Drained{});
    const auto first = only<client::ReadPiece>(talk_.last);
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].offset, 0u);
    EXPECT_EQ(first[0].bytes_max, piece_bytes_max);
    talk_.step(client::PieceRead{photo, piece(photo, 0, piece_bytes_max)});
    EXPECT_EQ(sent<BlobChunk>(talk_.last).size(), 1u);
    EXPECT_TRUE(only<client::ReadPiece>(talk_.last).empty()) << "not before it has left";
    talk_.step(client::Drained{});
    talk_.step(client::PieceRead{photo, piece(photo, piece_bytes_max, piece_bytes_max)});
    talk_.step(client::Drained{});
    EXPECT_EQ(only<client::ReadPiece>(talk_.last).at(0).bytes_max, 40'000u - 2 * piece_bytes_max) << "no more than was asked for";
}

TEST_F(DeskFiles, AreReadWithinAChunk) {
    talk_.step(client::Files{{{photo, true, {}}}, {}});
    talk_.step(client::Drained{});
    hear(want(photo, 60'000, 40'000));
    EXPECT_EQ(only<client::ReadPiece>(talk_.last).at(0).bytes_max, log::file_chunk_bytes - 60'000);
}

TEST_F(DeskFiles, ThatCannotBeReadAreWithdrawn) {
    talk_.step(client::Files{{{photo, true, {}}}, {}});
    talk_.step(client::Drained{});
    hear(want(photo, 0, 40'000));
    talk_.step(client::PieceRead{photo, std::nullopt});
    EXPECT_EQ(sent<BlobHave>(talk_.last).at(0), (BlobHave{photo, false, {}}));
    EXPECT_EQ(only<client::LookForFiles>(talk_.last).size(), 1u);
    talk_.step(client::Drained{});
    EXPECT_TRUE(only<client::ReadPiece>(talk_.last).empty());
}

TEST_F(DeskFiles, ThatWereAskedForAreKeptAndThenMoreIsAskedFor) {
    talk_.step(client::Files{{}, {want(photo, 0, 30'000)}});
    EXPECT_EQ(sent<BlobWant>(talk_.last).size(), 1u);
    hear(piece(photo, 0, 16'000));
    EXPECT_EQ(only<client::KeepPiece>(talk_.last).size(), 1u);
    talk_.step(client::PieceKept{{want(photo, 30'000, 9'000)}});
    EXPECT_EQ(sent<BlobWant>(talk_.last).size(), 1u);
    hear(piece(photo, 16'000, 14'000));
    talk_.step(client::PieceKept{});
    EXPECT_TRUE(only<client::LookForFiles>(talk_.last).empty());
    hear(piece(photo, 30'000, 9'000));
    talk_.step(client::PieceKept{});
    EXPECT_EQ(only<client::LookForFiles>(talk_.last).size(), 1u);
}

TEST_F(DeskFiles, ThatTheProvinceLacksAreNotWaitedFor) {
    talk_.step(client::Files{{}, {want(photo, 0, 30'000)}});
    hear(BlobHave{photo, false, {}});
    EXPECT_EQ(only<client::FileAnswered>(talk_.last).at(0).state, BlobState::later);
    EXPECT_EQ(only<client::LookForFiles>(talk_.last).size(), 1u);
}

TEST_F(DeskFiles, ThatNobodyAskedForEndTheConversation) {
    hear(piece(photo, 0, 10));
    EXPECT_EQ(only<client::Close>(talk_.last).at(0).reason, ByeReason::protocol);
}

TEST_F(DeskFiles, BeyondTheRangeAskedForEndTheConversation) {
    talk_.step(client::Files{{}, {want(photo, 0, 10'000)}});
    hear(piece(photo, 0, 10'001));
    EXPECT_EQ(only<client::Close>(talk_.last).at(0).reason, ByeReason::protocol);
}

TEST_F(DeskFiles, AskedForInTooManyRangesEndTheConversation) {
    talk_.step(client::Files{{{photo, true, {}}}, {}});
    for (std::size_t i = 0; i < blob_wants_max; ++i) EXPECT_TRUE(only<client::Close>(hear(want(photo, i, 1))).empty());
    EXPECT_EQ(only<client::Close>(hear(want(photo, 99, 1))).at(0).reason, ByeReason::protocol);
}

// Counted, on a line that takes a frame now and then: of pieces that stand in the queue ahead of a push there is at most one.
TEST(FilesAndFacts, AtMostOnePieceStandsAheadOfAPush) {
    client::test::Talk talk;
    talk.has_files = true;
    Random random{7};
    std::deque<Frame> outgoing;
    std::uint64_t offset = 0;
    std::size_t pieces = 0, pushes = 0, worst = 0;
    const auto carry_out = [&](const client::Effects& effects) {
        for (const client::Effect& effect : effects) {
            const auto* send = std::get_if<client::Send>(&effect);
            if (!send) continue;
            if (std::holds_alternative<Push>(send->frame)) {
                std::size_t ahead = 0;
                for (const Frame& waiting : outgoing) ahead += std::holds_alternative<BlobChunk>(waiting);
                worst = std::max(worst, ahead);
                ++pushes;
            }
            pieces += std::holds_alternative<BlobChunk>(send->frame);
            outgoing.push_back(send->frame);
        }
    };
    std::uint64_t next_seq = 4;
    std::size_t unanswered = 0;
    const log::FileId large{filled<Hash>(0x43), 1ull << 31};
    std::function<void(client::Input)> step = [&](client::Input input) {
        const client::Effects effects = talk.step(std::move(input));
        carry_out(effects);
        if (!only<client::LookForFiles>(effects).empty()) step(client::Files{{{large, true, {}}}, {}});
        for (const auto& read : only<client::ReadPiece>(effects)) {
            offset = read.offset;
            step(client::PieceRead{large, piece(large, read.offset, read.bytes_max)});
        }
        for (const auto& asked : only<client::Prepare>(effects)) {
            const bool has = next_seq == asked.first_seq && random.one_in(3) && unanswered < 2;
            if (has) ++unanswered;
            step(client::Prepared{has ? std::optional{client::test::push_at(asked.first_seq)} : std::nullopt});
        }
    };
    talk.greeted();
    step(client::test::frame(Ready{}));
    step(client::test::frame(client::test::events_to(25)));
    step(client::Saved{});
    for (int i = 0; i < 5'000; ++i) {
        if (!outgoing.empty() && random.one_in(2)) {
            if (const auto* push = std::get_if<Push>(&outgoing.front())) {
                next_seq = push->push.seal.last_seq + 1;
                step(client::test::frame(Results{push->push.seal.first_seq, heads(push->push, 5)}));
                --unanswered;
            }
            outgoing.pop_front();
            if (outgoing.empty()) step(client::Drained{});
        }
        if (random.one_in(10)) step(client::OutboxGrew{});
        if (random.one_in(8)) step(client::test::frame(want(large, offset + piece_bytes_max, 50'000)));
    }
    EXPECT_GT(pieces, 100u);
    EXPECT_GT(pushes, 20u);
    EXPECT_EQ(worst, 1u);
}

// ---- the server ---------------------------------------------------------------------------------------------------------

class ServerFiles : public testing::Test {
protected:
    ServerFiles() { talk_.ready(); }
    server::Effects& hear(Frame frame) { return talk_.step(server::test::frame(std::move(frame))); }
    server::test::Talk talk_;
};

TEST_F(ServerFiles, AreAskedForAsTheStoreSays) {
    hear(BlobHave{photo, true, {}});
    EXPECT_EQ(only<server::Weigh>(talk_.last).at(0).offer.file, photo);
    talk_.step(server::Asked{{want(photo, 0, 30'000)}});
    EXPECT_EQ(sent<BlobWant>(talk_.last).at(0), want(photo, 0, 30'000));
    hear(piece(photo, 0, 16'000));
    EXPECT_EQ(only<server::KeepPiece>(talk_.last).size(), 1u);
    talk_.step(server::Asked{{said(photo, BlobState::stored, 9)}, true});
    EXPECT_EQ(sent<BlobWant>(talk_.last).at(0).state, BlobState::stored);
}

TEST_F(ServerFiles, AreSentOnePieceAtATimeForTheScopesOfTheDesk) {
    hear(want(photo, 0, 20'000));
    const auto read = only<server::ReadPiece>(talk_.last);
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0].scopes, (std::vector<UnitId>{registry_scope, commune}));
    hear(want(other, 0, 20'000));
    EXPECT_TRUE(only<server::ReadPiece>(talk_.last).empty());
    talk_.step(server::PieceRead{photo, piece(photo, 0, piece_bytes_max)});
    ASSERT_EQ(talk_.last.size(), 2u);
    EXPECT_TRUE(std::holds_alternative<server::Send>(talk_.last[0])) << "it leaves before the next is read";
    EXPECT_EQ(only<server::ReadPiece>(talk_.last).at(0).offset, piece_bytes_max);
    talk_.step(server::PieceRead{photo, std::nullopt});
    EXPECT_EQ(sent<BlobHave>(talk_.last).at(0).any, false);
    EXPECT_EQ(only<server::ReadPiece>(talk_.last).at(0).file, other);
}

TEST_F(ServerFiles, ThatTheDeskDoesNotHoldAfterAllAreForgotten) {
    hear(BlobHave{photo, true, {}});
    talk_.step(server::Asked{{want(photo, 0, 30'000)}});
    hear(BlobHave{photo, false, {}});
    EXPECT_EQ(only<server::Withdraw>(talk_.last).at(0).file, photo);
    hear(piece(photo, 0, 10));
    EXPECT_EQ(sent<Bye>(talk_.last).at(0).reason, ByeReason::protocol) << "it is not asked for any more";
}

// A refusal crosses with the pieces that are on their way: they come, and nobody is thrown out for it.
TEST_F(ServerFiles, ThatAreRefusedMayStillArrive) {
    hear(BlobHave{photo, true, {}});
    talk_.step(server::Asked{{want(photo, 0, 30'000)}, false, true});
    hear(piece(photo, 0, 16'000));
    talk_.step(server::Asked{{said(photo, BlobState::full)}, true});
    hear(piece(photo, 16'000, 14'000));
    EXPECT_TRUE(sent<Bye>(talk_.last).empty());
    hear(BlobHave{photo, true, {}});
    EXPECT_EQ(only<server::Weigh>(talk_.last).size(), 1u) << "and it may be offered again";
}

struct Breach {
    const char* name;
    std::function<void(server::test::Talk&)> lead;
};
const Breach breaches[] = {
    {"UnaskedPiece", [](auto& talk) { talk.step(server::test::frame(piece(photo, 0, 10))); }},
    {"MoreThanAsked",
     [](auto& talk) {
         talk.step(server::test::frame(BlobHave{photo, true, {}}));
         talk.step(server::Asked{{want(photo, 0, 10)}});
         talk.step(server::test::frame(piece(photo, 0, 11)));
     }},
    {"TooManyOffers",
     [](auto& talk) {
         for (std::uint64_t i = 0; i <= blob_offers_max; ++i)
             talk.step(server::test::frame(BlobHave{{filled<Hash>(1), i + 1}, true, {}}));
     }},
    {"OfferedTwice",
     [](auto& talk) {
         for (int i = 0; i < 2; ++i) talk.step(server::test::frame(BlobHave{photo, true, {}}));
     }},
    {"TooManyQuestions",
     [](auto& talk) {
         for (std::size_t i = 0; i <= 2 * blob_offers_max; ++i) talk.step(server::test::frame(BlobHave{photo, false, {}}));
     }},
    {"TooManyRanges",
     [](auto& talk) {
         for (std::size_t i = 0; i <= blob_wants_max; ++i) talk.step(server::test::frame(want(photo, i, 1)));
     }},
    {"PiecesTooSmall",
     [](auto& talk) {
         talk.step(server::test::frame(BlobHave{photo, true, {}}));
         talk.step(server::Asked{{want(photo, 0, 1'000)}});
         for (std::size_t i = 0; i <= 2 * blob_window_bytes / piece_bytes_max; ++i)
             talk.step(server::test::frame(piece(photo, i, 1)));
     }},
};
class ServerBreach : public testing::TestWithParam<Breach> {};
TEST_P(ServerBreach, EndsTheConversation) {
    server::test::Talk talk;
    talk.ready();
    GetParam().lead(talk);
    ASSERT_EQ(sent<Bye>(talk.last).size(), 1u);
    EXPECT_EQ(sent<Bye>(talk.last)[0].reason, ByeReason::protocol);
}
INSTANTIATE_TEST_SUITE_P(Table, ServerBreach, testing::ValuesIn(breaches), [](const auto& row) { return row.param.name; });

TEST(ServerFilesEarly, AreNotTakenBeforeReady) {
    for (const Frame& frame : {Frame{BlobHave{photo, true, {}}}, Frame{want(photo, 0, 10)}, Frame{piece(photo, 0, 10)}}) {
        server::test::Talk talk;
        talk.welcome();
        talk.step(server::test::frame(frame));
        EXPECT_EQ(sent<Bye>(talk.last).at(0).reason, ByeReason::protocol);
    }
}

}  // namespace
}  // namespace hoso::sync::test
