#pragma once

#include <filesystem>
#include <functional>

#include "shared/io/rocks_log.hpp"
#include "shared/net/tls.hpp"
#include "shared/replica/replica.hpp"

namespace hoso::server {

// The files of a province's data directory. `db` and `log` lie as on a desk, so that an auditor opens both alike.
struct Files {
    explicit Files(const std::filesystem::path& folder);
    std::filesystem::path db, log, log_key, tls_key, tls_certificate, recovery_key, join, address;
};

// The log as it lies on disk and the state folded from it.
struct Book {
    std::unique_ptr<io::Database> database;
    std::unique_ptr<io::RocksLog> log;
    replica::Replica replica;
    bool amnesia = false;  // the disk holds less than was acknowledged: reads only
};

struct Province {
    Book book;
    SigningKey log_key;
    net::Identity identity;
    Bytes genesis;  // its leaf
};

// Called now and then while the log is folded.
using Progress = std::function<void(Position done, Position size)>;

// Errc::not_found (no province there), locked (another server holds it), version, corrupt, conflict (judging again gives another
// verdict), io. An amnesiac log is opened for reading, with the flag set.
Result<Book> open_book(const std::filesystem::path& folder, const io::Database::Options& options, const Progress& progress);
Result<Province> open_province(const std::filesystem::path& folder, std::uint64_t disk_reserve_bytes, const Progress& progress);

}  // namespace hoso::server
