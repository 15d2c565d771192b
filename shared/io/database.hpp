#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace rocksdb {
class DB;
class ColumnFamilyHandle;
class Status;
class WriteBatch;
}  // namespace rocksdb

namespace hoso::io {

// One RocksDB with the settings frozen in docs/decisions/0002; everything that touches RocksDB goes through here or RocksLog.
class Database {
public:
    enum class Size { server, desk };  // desk: the small configuration
    struct Options {
        Size size = Size::server;
        bool create = false;
        bool read_only = false;                     // an auditor's look at a log that may be in use
        std::uint64_t reserve_bytes = 64ull << 20;  // writing stops, with Errc::full, before the disk has less than this free
    };
    // Errc::locked when another process holds it, denied without the right to the folder, not_found without `create`, corrupt, io,
    // full, version (written in a format or with a family that this program does not know).
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder, const Options& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    static const std::vector<std::string>& families();  // events devices streams scopes tiles quarantine meta outbox
    rocksdb::ColumnFamilyHandle* family(std::string_view name) const;
    rocksdb::DB& rocks() const { return *db_; }
    const Options& options() const { return options_; }
    // By another process: then a read-only look is always a little behind. Not to be asked by the process that holds it itself: its
    // lock would be given up.
    static bool in_use(const std::filesystem::path& folder);
    bool in_use() const;

    // Durable on return. Errc::full when the reserve is reached or the disk is full: nothing is written, and the next write may
    // succeed. Errc::io when the disk fails: then the process must end, and nothing more is written. One writer.
    Result<void> write(rocksdb::WriteBatch& batch);
    // The same without waiting for the disk, for what can be computed again.
    Result<void> write_later(rocksdb::WriteBatch& batch);
    Result<std::string> get(std::string_view family, std::string_view key) const;  // Errc::not_found
    // Keys with `prefix`, ascending, from `from` on, until `take` says false.
    Result<void> scan(std::string_view family, std::string_view from, std::string_view prefix,
                      const std::function<bool(ByteSpan key, ByteSpan value)>& take) const;
    Result<void> room() const;  // Errc::full when the reserve is reached
    Error error_of(const rocksdb::Status& status, std::string_view doing) const;

private:
    Database() = default;
    std::uint64_t free_bytes() const;
    Result<void> resume(std::uint64_t bytes);
    Result<void> check_format();
    Result<void> put(rocksdb::WriteBatch& batch, bool sync);

    std::filesystem::path folder_;
    Options options_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> families_;  // as families() names them, then RocksDB's own
    bool was_full_ = false;
    std::optional<Error> failed_;
};

}  // namespace hoso::io
