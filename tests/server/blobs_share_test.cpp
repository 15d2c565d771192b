#include <map>

#include "tests/support/server_blobs.hpp"

// Several desks that hold the same files, and large ones that are read again beside them.
namespace hoso::server::test {
namespace {

class BlobsShareTest : public BlobsTest {
protected:
    // One conversation's end: what it was asked for, and what it sends of it.
    struct Peer {
        std::shared_ptr<Sender> sender;
        std::unique_ptr<Answers> heard = std::make_unique<Answers>();
        std::size_t read = 0;  // of the answers
        std::deque<sync::BlobWant> asked{};
        std::map<log::FileId, BlobState> said{};
        std::uint64_t sent = 0;
    };
    void TearDown() override {
        close_blobs();
        peers_.clear();
    }
    Peer& arrive(const std::string& officer) {
        peers_.push_back({.sender = blobs_->sender(device(officer))});
        blobs_->greet(peers_.back().sender, peers_.back().heard->next());
        return peers_.back();
    }
    // Everything handed over before is done, and what the peers heard is noted.
    void settle() {
        for (int times = 0; times < 2; ++times) {
            Answers done;
            blobs_->read({{}, 0, 1, {}}, done.next());
            done.wait(1);
        }
        for (Peer& peer : peers_) {
            const auto inputs = peer.heard->wait(peer.read);
            for (; peer.read < inputs.size(); ++peer.read) {
                for (const auto& want : std::get<conversation::Asked>(inputs[peer.read]).wants) {
                    if (want.bytes > 0) peer.asked.push_back(want);
                    if (want.bytes == 0) peer.said[want.file] = want.state;
                }
            }
        }
    }
    void offer_from(Peer& peer, const log::FileId& file) {
        blobs_->weigh(peer.sender, {{file, true, {}}}, peer.heard->next());
        settle();
    }
    // One piece, if anything is asked for.
    bool send_one(Peer& peer) {
        if (peer.asked.empty()) return false;
        sync::BlobWant& next = peer.asked.front();
        const log::FileId file = next.file;
        const auto piece = desk_->read(file, next.offset, std::min<std::size_t>(next.bytes, sync::piece_bytes_max));
        if (!piece) {
            std::erase_if(peer.asked, [&](const auto& want) { return want.file == file; });
            blobs_->withdraw(peer.sender, {file}, peer.heard->next());
        } else {
            const std::uint64_t offset = std::exchange(next.offset, next.offset + piece->bytes.size());
            next.bytes -= static_cast<std::uint32_t>(piece->bytes.size());
            peer.sent += piece->bytes.size();
            if (next.bytes == 0) peer.asked.pop_front();
            blobs_->keep(peer.sender, {{file, offset, piece->bytes, piece->proof}}, peer.heard->next());
        }
        settle();
        return true;
    }
    bool said_within(Peer& peer, const log::FileId& file, BlobState state) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!peer.said.contains(file) && std::chrono::steady_clock::now() < until) settle();
        return peer.said.contains(file) && peer.said[file] == state;
    }
    // A document cites them all, and the desk holds them.
    std::vector<log::FileId> cite(std::size_t count, std::size_t bytes) {
        std::vector<log::FileId> files;
        tests::Step step = citing(photo_);
        step.files.clear();
        for (std::size_t i = 0; i < count; ++i) {
            Bytes content(bytes, static_cast<Byte>(i));
            content.front() = 0xEE;
            files.push_back(*desk_->add(content));
            step.files.push_back({files.back().root, files.back().size, "image/jpeg", "form"});
        }
        const tests::Officer& by = world_.officers.at(step.officer);
        tests::How how;
        how.files = step.files;
        store(world_.seal(by.desk, {world_.make(by, step.stream, step.body, how)}));
        return files;
    }

    std::deque<Peer> peers_;
};

TEST_F(BlobsShareTest, TwoDesksThatHoldAFileSendEachRangeOnce) {
    open_blobs();
    const log::FileId large = cite(1, 1'500'000).front();
    Peer& first = arrive("officer_a1");
    Peer& second = arrive("officer_b1");
    offer_from(first, large);
    offer_from(second, large);
    ASSERT_FALSE(first.asked.empty());
    ASSERT_FALSE(second.asked.empty());
    while (send_one(first) | send_one(second)) {
    }
    EXPECT_TRUE(store_->is_whole(large));
    EXPECT_EQ(first.sent + second.sent, large.size) << "nothing crossed twice";
    EXPECT_GT(std::min(first.sent, second.sent), large.size / 4);
    EXPECT_TRUE(said_within(first, large, BlobState::stored));
    EXPECT_TRUE(said_within(second, large, BlobState::stored)) << "who did not send the last piece hears of it, too";
}

TEST_F(BlobsShareTest, ASmallFileIsSentByOneAndTheOtherHearsOfIt) {
    open_blobs();
    Peer& first = arrive("officer_a1");
    Peer& second = arrive("officer_b1");
    offer_from(first, photo_);
    offer_from(second, photo_);
    EXPECT_TRUE(second.asked.empty());
    while (send_one(first)) {
    }
    EXPECT_EQ(first.sent, photo_.size);
    EXPECT_TRUE(said_within(second, photo_, BlobState::stored));
}

TEST_F(BlobsShareTest, WhenOneGoesAwayTheOtherContinues) {
    open_blobs();
    const auto files = cite(2, 600'000);
    close_blobs();
    for (const bool withdraws : {false, true}) {
        open_blobs();
        const log::FileId& large = files[withdraws];
        Peer& first = arrive("officer_a1");
        Peer& second = arrive("officer_b1");
        offer_from(first, large);
        offer_from(second, large);
        send_one(first);
        while (send_one(second)) {
        }
        EXPECT_FALSE(store_->is_whole(large)) << "the first was asked for the rest";
        if (withdraws) blobs_->withdraw(first.sender, {large}, first.heard->next());
        if (!withdraws) blobs_->leave(first.sender);
        settle();
        while (send_one(second)) {
        }
        EXPECT_TRUE(store_->is_whole(large));
        EXPECT_EQ(first.sent + second.sent, large.size);
        EXPECT_TRUE(said_within(second, large, BlobState::stored));
        close_blobs();
        peers_.clear();
    }
}

// A disk was lost: each desk is asked for a few of the files at a time, and for all of them in the end.
TEST_F(BlobsShareTest, EveryLostFileIsAskedForInTheEnd) {
    open_blobs();
    const auto files = cite(50, 3'000);
    Peer& bringer = arrive("officer_a1");
    for (const auto& file : files) offer_from(bringer, file);
    while (send_one(bringer)) {
    }
    for (const auto& file : files) ASSERT_TRUE(said_within(bringer, file, BlobState::stored));
    close_blobs();
    peers_.clear();
    std::filesystem::remove_all(files_.blobs);
    for (std::size_t i = 0; i < files.size(); i += 7) ASSERT_TRUE(desk_->evict(files[i].root)) << "gone there as well";
    open_blobs();
    Peer& holder = arrive("officer_a1");
    settle();
    EXPECT_LE(holder.asked.size(), sync::blob_offers_max);
    while (send_one(holder)) {
    }
    for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(store_->is_whole(files[i]), i % 7 != 0) << i;
}

// While a large file is read again, pieces of others are served between its slices.
TEST_F(BlobsShareTest, ALargeFileIsReadAgainInSlices) {
    limits_.scrub_hours = 0;
    open_blobs();
    constexpr std::size_t bytes = 40 << 20;
    const log::FileId large = cite(1, bytes).front();
    Peer& bringer = arrive("officer_a1");
    offer_from(bringer, large);
    while (send_one(bringer)) {
    }
    ASSERT_TRUE(store_->is_whole(large));
    const std::string name = large.root.hex();
    const auto path = files_.blobs / name.substr(0, 2) / name;
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(bytes) - 1);
        file.put('x');
    }
    // 40 slices with a pause after each: it takes a while until the last byte is seen, and nobody waits for it.
    std::size_t served = 0;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (; std::filesystem::exists(path) && std::chrono::steady_clock::now() < until; ++served) settle();
    EXPECT_FALSE(std::filesystem::exists(path)) << "found and set aside";
    EXPECT_GT(served, 20u);
    settle();
}

}  // namespace
}  // namespace hoso::server::test
