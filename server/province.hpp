#pragma once

#include <filesystem>
#include <functional>

#include "shared/io/whole_log.hpp"
#include "shared/net/tls.hpp"
#include "shared/replica/replica.hpp"

namespace hoso::server {

// The files of a province's data directory. `db` and `log` lie as on a desk, so that an auditor opens both alike.
struct Files {
    explicit Files(const std::filesystem::path& folder);
    std::filesystem::path db, log, log_key, tls_key, tls_certificate, recovery_key, join, address, quarantine;
    std::filesystem::path blobs;     // what dossiers cite (io::BlobStore)
    std::filesystem::path evidence;  // a signed note, shown by a desk, that the log did not match
};

// The log as it lies on disk and the state folded from it.
struct Book {
    std::unique_ptr<io::Database> database;
    std::unique_ptr<io::RocksLog> log;
    replica::Replica replica;
    std::optional<Error> amnesia;  // why it is not all that was acknowledged: then it is read and nothing is logged
};

struct Province {
    Book book;
    SigningKey log_key;
    net::Identity identity;
    Bytes genesis;  // its leaf
    Files files;
};

// Called now and then while the log is folded.
using Progress = std::function<void(Position done, Position size)>;

// Errc::not_found (no province there), locked (another server holds it), version, corrupt, conflict (judging again gives another
// verdict), denied, io. An amnesiac log is opened for reading and says why. `accept_head` as in RocksLog::Options.
Result<Book> open_book(const std::filesystem::path& folder, const io::Database::Options& options, const Progress& progress,
                       const std::optional<Hash>& accept_head = std::nullopt);
Result<Province> open_province(const std::filesystem::path& folder, std::uint64_t disk_reserve_bytes, const Progress& progress,
                               const std::optional<Hash>& accept_head = std::nullopt);

// True for a note that this log's key signed over what the log still holds.
bool note_holds(const Book& book, std::string_view note);

}  // namespace hoso::server
