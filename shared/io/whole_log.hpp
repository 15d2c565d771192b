#pragma once

#include "shared/io/rocks_log.hpp"

namespace hoso::io {

// A whole log and the database that it lies in.
struct WholeLog {
    std::unique_ptr<Database> database;
    std::unique_ptr<RocksLog> log;
};

// Opens for writing only what still holds all that was acknowledged: RocksDB, once it may write, throws away whatever lies behind
// the first record that it cannot replay. So an amnesiac log stays open for reading, and its files stay as they were found. Errc as
// Database::open and RocksLog::open.
Result<WholeLog> open_whole_log(const std::filesystem::path& database_folder, const std::filesystem::path& watermark_folder,
                                const Database::Options& database_options, const RocksLog::Options& log_options);

}  // namespace hoso::io
