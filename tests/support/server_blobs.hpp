#pragma once

#include <gtest/gtest.h>

#include <fstream>

#include "server/blobs.hpp"
#include "tests/support/server_ledger.hpp"
#include "tests/support/story.hpp"

// The province's files beside a ledger on disk, and a desk's store that brings them.
namespace hoso::server::test {

namespace conversation = sync::server;
using sync::BlobState;

class BlobsTest : public LedgerTest {
protected:
    void SetUp() override {
        desk_ = *io::BlobStore::open(folder_.path() / "desk", {});
        photo_ = *desk_->add(Bytes(150'000, 7));
        story_.draft();
        story_.take(citing(photo_));
        story_.take(story_.submission());
        LedgerTest::SetUp();
    }
    void TearDown() override { close_blobs(); }

    tests::Step citing(const log::FileId& file) {
        tests::Step step = story_.document();
        step.files = {{file.root, file.size, "image/jpeg", "form"}};
        return step;
    }
    void open_blobs(io::BlobStore::Options options = {}) {
        open();
        store_ = *io::BlobStore::open(files_.blobs, options);
        blobs_ = std::make_unique<Blobs>(*store_, *ledger_, clock_, limits_, journal_);
        sender_ = blobs_->sender(device("officer_a1"));
    }
    void close_blobs() {
        if (ledger_) ledger_->stop();
        if (blobs_) blobs_->stop();
        close();
        blobs_.reset();
    }
    // What is said to an offer; waits for what follows a whole file, too.
    std::vector<sync::BlobWant> offer(const log::FileId& file) {
        Answers heard;
        blobs_->weigh(sender_, {{file, true, {}}}, heard.next());
        auto wants = wants_of(heard.wait(1));
        return wants.empty() ? wants_of(heard.wait(2)) : wants;
    }
    static std::vector<sync::BlobWant> wants_of(const std::vector<conversation::Input>& inputs) {
        std::vector<sync::BlobWant> wants;
        for (const auto& input : inputs) {
            for (const auto& want : std::get<conversation::Asked>(input).wants) wants.push_back(want);
        }
        return wants;
    }
    // Sends what is asked for until somebody says how it ended.
    sync::BlobWant send(const log::FileId& file) { return answer_all(offer(file)); }
    sync::BlobWant answer_all(const std::vector<sync::BlobWant>& wants) {
        std::deque<sync::BlobWant> asked(wants.begin(), wants.end());
        while (!asked.empty() && asked.front().bytes > 0) {
            sync::BlobWant& next = asked.front();
            const log::FileId file = next.file;
            auto piece = desk_->read(file, next.offset, std::min<std::size_t>(next.bytes, sync::piece_bytes_max));
            const bool last = next.offset + piece->bytes.size() == file.size;
            Answers heard;
            blobs_->keep(sender_, {{file, next.offset, piece->bytes, piece->proof}}, heard.next());
            next.offset += piece->bytes.size();
            next.bytes -= static_cast<std::uint32_t>(piece->bytes.size());
            if (next.bytes == 0) asked.pop_front();
            for (const auto& want : wants_of(heard.wait(last && asked.empty() ? 2 : 1))) asked.push_back(want);
        }
        return asked.empty() ? sync::BlobWant{} : asked.front();
    }
    const domain::Product& product() const { return *province_->book.replica.state().product(story_.product); }
    Position stored(const log::FileId& file) const { return product().files.at(file.root).stored; }

    tests::Story story_{world_, "a1"};
    std::unique_ptr<io::BlobStore> desk_, store_;
    log::FileId photo_;
    std::unique_ptr<Blobs> blobs_;
    std::shared_ptr<Sender> sender_;
};

}  // namespace hoso::server::test
