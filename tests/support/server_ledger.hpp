#pragma once

#include <gtest/gtest.h>

#include "server/ledger.hpp"
#include "shared/log/checkpoint.hpp"
#include "tests/support/server_folder.hpp"

// A ledger over a province on disk, opened and closed as a test asks.
namespace hoso::server::test {

class LedgerTest : public testing::Test {
protected:
    void SetUp() override { write_province(folder_.path() / "data", world_); }
    void TearDown() override { ledger_.reset(); }

    void open(std::uint64_t reserve = 0) {
        auto opened = open_province(folder_.path() / "data", reserve, {});
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        province_ = std::make_unique<Province>(std::move(*opened));
        ledger_ = std::make_unique<Ledger>(*province_, clock_, limits_, journal_,
                                           [this](const sync::server::Grew& news) { grown_ = news.log_size; });
    }
    void close() {
        ledger_.reset();
        province_.reset();
    }
    sync::server::Input store(log::Push push, bool enrolment = false) {
        Answers answers;
        ledger_->store(Petition{std::move(push), enrolment, answers.next()});
        return answers.wait(1).front();
    }
    sync::server::Known identify(const DeviceId& device, const std::string& checkpoint = {}, std::uint32_t epoch = 0) {
        Answers answers;
        ledger_->identify({device, epoch, checkpoint}, answers.next());
        return answers.only<sync::server::Known>();
    }
    // What the database is now, to be brought back as an old backup would be.
    void keep_copy() { std::filesystem::copy(files_.db, folder_.path() / "older", std::filesystem::copy_options::recursive); }
    void bring_back_copy() {
        std::filesystem::remove_all(files_.db);
        std::filesystem::rename(folder_.path() / "older", files_.db);
    }
    // Under the key of this log unless it says otherwise.
    std::string note(Position size, const Hash& root, const SigningKey* key = nullptr) const {
        return log::sign_note({world_.registry().genesis.origin, size, root}, key ? *key : *world_.desks[0].key);
    }
    sync::ByeReason refusal(const log::Push& push) {
        const auto input = store(push);
        return std::holds_alternative<sync::server::Refused>(input) ? std::get<sync::server::Refused>(input).reason
                                                                    : sync::ByeReason::done;
    }
    const DeviceId& device(const std::string& officer) const { return world_.desks[world_.officers.at(officer).desk].id; }
    io::RocksLog& log() { return *province_->book.log; }

    Folder folder_;
    Files files_{folder_.path() / "data"};
    tests::World world_;
    WorldClock clock_{world_};
    Limits limits_;
    Journal journal_{true};
    std::unique_ptr<Province> province_;
    std::unique_ptr<Ledger> ledger_;
    std::atomic<Position> grown_ = 0;
};

}  // namespace hoso::server::test
