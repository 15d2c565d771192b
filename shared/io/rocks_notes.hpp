#pragma once

#include <rocksdb/env.h>

#include <atomic>
#include <filesystem>

namespace hoso::io {

// RocksDB's own warnings, in the file LOG of the database. Its own logger aborts the program when it writes to a full disk; this
// one lets the line go, and keeps the file small.
class RocksNotes final : public rocksdb::Logger {
public:
    explicit RocksNotes(const std::filesystem::path& folder);  // without one, lines go nowhere
    ~RocksNotes() override;
    using rocksdb::Logger::Logv;
    void Logv(const char* format, va_list values) override;
    void LogHeader(const char*, va_list) override {}  // all the options, at every start

private:
    int file_ = -1;
    std::atomic<std::size_t> bytes_{0};
};

}  // namespace hoso::io
