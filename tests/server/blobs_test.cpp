#include "tests/support/server_blobs.hpp"

// The province's files: what is taken from whom, and what the log says of it.
namespace hoso::server::test {
namespace {

TEST_F(BlobsTest, AFileThatIsWholeIsLoggedBeforeAnybodyIsTold) {
    open_blobs();
    EXPECT_EQ(stored(photo_), no_position);
    const auto end = send(photo_);
    EXPECT_EQ(end.state, BlobState::stored);
    EXPECT_TRUE(store_->is_whole(photo_));
    EXPECT_EQ(end.position, log().size());
    const auto event = log().at(log().size() - 1);
    ASSERT_TRUE(event);
    EXPECT_TRUE(std::holds_alternative<domain::FileStored>(domain::decode(event->action)->body));
    close_blobs();
    open_blobs();
    EXPECT_EQ(stored(photo_), end.position - 1);
}

TEST_F(BlobsTest, TheSameFileAgainIsNotLoggedAgain) {
    open_blobs();
    send(photo_);
    const Position size = log().size();
    const auto again = offer(photo_);
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].state, BlobState::stored);
    EXPECT_LE(again[0].position, size);
    EXPECT_EQ(log().size(), size);
}

TEST_F(BlobsTest, OnlyWhatIsCitedIsTaken) {
    open_blobs();
    const auto other = *desk_->add(Bytes(1'000, 9));
    EXPECT_EQ(offer(other).at(0).state, BlobState::not_cited);
    EXPECT_EQ(offer({photo_.root, photo_.size + 1}).at(0).state, BlobState::not_cited);
}

TEST_F(BlobsTest, WhatLiesHereAlreadyIsStoredOnceItIsCited) {
    const auto early = *desk_->add(Bytes(1'000, 9));
    open_blobs();
    ASSERT_TRUE(store_->add(Bytes(1'000, 9)));
    const tests::Step step = citing(early);
    const tests::Officer& by = world_.officers.at(step.officer);
    tests::How how;
    how.files = step.files;
    store(world_.seal(by.desk, {world_.make(by, step.stream, step.body, how)}));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (offer(early).at(0).state != BlobState::stored && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    EXPECT_NE(stored(early), no_position);
}

// The process ended between the sync of the file and the event.
TEST_F(BlobsTest, AFileThatIsWholeAtTheStartIsLoggedThen) {
    open_blobs();
    close_blobs();
    {
        const auto store = *io::BlobStore::open(files_.blobs, {});
        ASSERT_TRUE(store->add(Bytes(150'000, 7)));
    }
    open_blobs();
    EXPECT_EQ(offer(photo_).at(0).state, BlobState::stored);
    EXPECT_NE(stored(photo_), no_position);
}

TEST_F(BlobsTest, WhatCameBeforeARestartIsNotAskedForAgain) {
    open_blobs();
    const auto first = offer(photo_).at(0);
    EXPECT_EQ(first.offset, 0u);
    const auto piece = *desk_->read(photo_, 0, 10'000);
    Answers heard;
    blobs_->keep(sender_, {{photo_, 0, piece.bytes, piece.proof}}, heard.next());
    heard.wait(1);
    close_blobs();
    open_blobs();
    const auto next = offer(photo_).at(0);
    EXPECT_EQ(next.offset, 10'000u);
    EXPECT_EQ(next.held, 10'000u);
}

TEST_F(BlobsTest, ADeviceSendsSoMuchADay) {
    limits_.device_file_bytes_per_day = 100'000;
    open_blobs();
    EXPECT_EQ(send(photo_).state, BlobState::quota);
    EXPECT_EQ(offer(photo_).at(0).state, BlobState::quota);
    clock_.advance(86'400'000'000);
    const auto next = offer(photo_).at(0);
    EXPECT_EQ(next.state, BlobState::wanted);
    EXPECT_GE(next.offset, 100'000u) << "what came stays";
}

// A citation that is judged while the file's event is on its way to disk awaits an event of its own.
TEST(CitationsTest, ForgetNoStreamThatCitedAFileMeanwhile) {
    replica::State state;
    Citations citations(state);
    const log::FileId file{sha256(as_bytes("photo")), 100};
    const StreamId first = *StreamId::from(Bytes(16, 1)), second = *StreamId::from(Bytes(16, 2));
    const auto cite = [&](const StreamId& stream) {
        replica::Stream content;
        domain::Product product;
        product.files[file.root] = {file.size, no_position};
        content.content = product;
        citations.look_at(stream, content);
    };
    cite(first);
    cite(second);
    citations.stored(file, 10, [&](const StreamId& stream) { return stream == first; });
    EXPECT_EQ(citations.find(file)->awaiting, std::vector{second});
    EXPECT_EQ(citations.awaited(), std::vector{file});
    EXPECT_FALSE(citations.find({file.root, 101})) << "another size is another file";
}

TEST_F(BlobsTest, AFullDiskIsSaidAndTheFileComesLater) {
    open_blobs({.reserve_bytes = 1ull << 60});
    EXPECT_EQ(send(photo_).state, BlobState::full);
    EXPECT_EQ(stored(photo_), no_position);
    close_blobs();
    open_blobs();
    EXPECT_EQ(send(photo_).state, BlobState::stored);
}

TEST_F(BlobsTest, APieceIsReadForWhoSeesTheStreamAlone) {
    open_blobs();
    send(photo_);
    const auto read_for = [&](const UnitId& scope) {
        Answers heard;
        blobs_->read({photo_, 0, 1'000, {scope}}, heard.next());
        return heard.only<conversation::PieceRead>().piece.has_value();
    };
    EXPECT_TRUE(read_for(world_.units.at("a1")));
    EXPECT_TRUE(read_for(whole_log_scope()));
    EXPECT_FALSE(read_for(world_.units.at("b1")));
    EXPECT_FALSE(read_for(registry_scope));
}

// The scrub finds it without anybody asking, and the next desk that comes is asked for it.
TEST_F(BlobsTest, AFileThatChangedOnDiskComesAgainFromADeskThatHoldsIt) {
    limits_.scrub_hours = 0;
    open_blobs();
    send(photo_);
    const Position size = log().size();
    const std::string name = photo_.root.hex();
    const auto path = files_.blobs / name.substr(0, 2) / name;
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(500);
        file.put('x');
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::filesystem::exists(path) && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    ASSERT_FALSE(std::filesystem::exists(path)) << "set aside";
    sender_ = blobs_->sender(device("officer_a1"));
    Answers heard;
    blobs_->greet(sender_, heard.next());
    const auto asked = heard.only<conversation::Asked>().wants;
    ASSERT_FALSE(asked.empty());
    EXPECT_EQ(asked.front().file, photo_);
    EXPECT_EQ(answer_all(asked).state, BlobState::stored);
    EXPECT_TRUE(std::filesystem::exists(path));
    EXPECT_EQ(log().size(), size) << "the log says so already";
}

TEST_F(BlobsTest, AFileThatIsGoneAtTheStartIsAskedFor) {
    open_blobs();
    send(photo_);
    close_blobs();
    std::filesystem::remove_all(files_.blobs);
    open_blobs();
    Answers heard;
    blobs_->greet(sender_, heard.next());
    EXPECT_EQ(answer_all(heard.only<conversation::Asked>().wants).state, BlobState::stored);
}

TEST_F(BlobsTest, AFileThatChangedOnDiskIsSetAsideAndNotServed) {
    open_blobs();
    send(photo_);
    const std::string name = photo_.root.hex();
    const auto path = files_.blobs / name.substr(0, 2) / name;
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(500);
        file.put('x');
    }
    Answers heard;
    blobs_->read({photo_, 0, 1'000, {whole_log_scope()}}, heard.next());
    EXPECT_FALSE(heard.only<conversation::PieceRead>().piece.has_value());
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace hoso::server::test
