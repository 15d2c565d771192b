#pragma once

#include <stdlib.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "server/ledger.hpp"
#include "shared/io/key_file.hpp"
#include "tests/support/world.hpp"

// A province's data directory made from a world in memory, and what a test needs around the ledger.
namespace hoso::server::test {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "hoso-server-XXXXXX").string();
        CHECK(mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline const net::Identity& identity() {
    static const net::Identity made = net::make_identity("test");
    return made;
}

// Appends the world's events from `from` on, and writes the keys.
inline void write_province(const std::filesystem::path& folder, const tests::World& world, std::size_t from = 0) {
    std::filesystem::create_directories(folder);
    const Files files(folder);
    io::Database::Options options;
    options.create = true;
    options.reserve_bytes = 0;
    auto database = io::Database::open(files.db, options);
    CHECK(database.has_value());
    auto log = io::RocksLog::open(**database, files.log, io::RocksLog::Options{});
    CHECK(log.has_value());
    const auto appended = (*log)->append(std::span{world.events}.subspan(from));
    CHECK(appended.has_value());
    if (from > 0) return;
    CHECK(io::save_key(files.log_key, *world.desks[0].key).has_value());
    CHECK(io::write_file(files.tls_key, as_bytes(identity().key_pem), 0600).has_value());
    CHECK(io::write_file(files.tls_certificate, as_bytes(identity().certificate_pem), 0644).has_value());
}

// Begins at the world's time.
class WorldClock final : public run::Clock {
public:
    explicit WorldClock(const tests::World& world) : now_(world.now) {}
    Instant now() const override { return now_; }
    bool handed_in() const override { return true; }
    void advance(Instant by) { now_ += by; }

private:
    Instant now_;
};

// Answers as they come from the ledger's thread.
class Answers {
public:
    Answer next() {
        return [this](sync::server::Input input) {
            const std::lock_guard lock(mutex_);
            inputs_.push_back(std::move(input));
            arrived_.notify_all();
        };
    }
    // Waits until `count` answers are there.
    std::vector<sync::server::Input> wait(std::size_t count) {
        std::unique_lock lock(mutex_);
        CHECK(arrived_.wait_for(lock, std::chrono::seconds(60), [&] { return inputs_.size() >= count; }));
        return inputs_;
    }
    template <typename What>
    What only() {
        const auto all = wait(1);
        CHECK(std::holds_alternative<What>(all.front()));
        return std::get<What>(all.front());
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<sync::server::Input> inputs_;
};

// Files below a folder; none where there is no such folder.
inline std::size_t files_below(const std::filesystem::path& folder) {
    std::error_code none;
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, none)) count += entry.is_regular_file();
    return count;
}

// `count` subjects registered by the officer of commune a1 in one push; the desk's chain goes on as if they were logged.
inline log::Push subjects(tests::World& world, std::size_t count, const std::string& commune = "a1") {
    const tests::Officer& by = world.officers.at("officer_" + commune);
    std::vector<log::SignedAction> actions;
    for (std::size_t i = 0; i < count; ++i) {
        const domain::SubjectRegistered subject{world.units.at(commune), "Hợp tác xã", "cooperative", "1", {}, {}, {}};
        actions.push_back(world.make(by, world.new_id(), subject, {}, i));
    }
    log::Push push = world.seal(by.desk, std::move(actions));
    tests::Desk& desk = world.desks[by.desk];
    desk.next_seq = push.seal.last_seq + 1;
    desk.seal_hash = log::seal_hash(world.replica.state().log, push.device, push.epoch, push.seal);
    return push;
}

}  // namespace hoso::server::test
