#pragma once

#include <gtest/gtest.h>

#include "shared/io/whole_log.hpp"
#include "tests/support/log_builder.hpp"

namespace hoso::tests {

// A whole log on disk in `folder`: its database in db, its watermark in log.
class DiskLog {
public:
    struct How {
        bool read_only = false;
        std::optional<Hash> accept_head = {};
        std::uint64_t reserve_bytes = 0;
        io::Database::Size size = io::Database::Size::desk;
    };
    explicit DiskLog(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Result<void> open() { return open({}); }
    Result<void> open(const How& how) {
        close();
        io::Database::Options options;
        options.size = how.size;
        options.create = !how.read_only;
        options.read_only = how.read_only;
        options.reserve_bytes = how.reserve_bytes;
        io::RocksLog::Options log_options;
        log_options.accept_head = how.accept_head;
        log_options.stream_of = stream_of;
        auto opened = io::open_whole_log(folder_ / "db", folder_ / "log", options, log_options);
        if (!opened) return opened.error();
        database_ = std::move(opened->database);
        log_ = std::move(opened->log);
        return {};
    }
    void close() {
        log_.reset();
        database_.reset();
    }
    io::RocksLog& log() { return *log_; }
    io::Database& database() { return *database_; }
    bool is_open() const { return log_ != nullptr; }

    // What a server does: reads all, or says that it cannot. True when something was found to be wrong.
    bool finds_damage(std::span<const log::Event> acknowledged) {
        const auto opened = open({.read_only = true});
        if (!opened || log().amnesia()) return true;
        const auto read = log().read(0, acknowledged.size() + 1, ~std::size_t{0});
        EXPECT_TRUE(read && std::equal(read->begin(), read->end(), acknowledged.begin(), acknowledged.end())) << "silent loss";
        return false;
    }

private:
    std::filesystem::path folder_;
    std::unique_ptr<io::Database> database_;
    std::unique_ptr<io::RocksLog> log_;
};

}  // namespace hoso::tests
