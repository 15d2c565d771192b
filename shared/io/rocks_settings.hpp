#pragma once

#include <rocksdb/db.h>

#include <memory>

#include "shared/io/database.hpp"

// The settings that decide whether what we acknowledged survives, in one place: docs/decisions/0002.
namespace hoso::io {

struct RocksSettings {
    rocksdb::DBOptions database;
    std::vector<rocksdb::ColumnFamilyDescriptor> families;  // Database::families() and RocksDB's own
};
RocksSettings rocks_settings(Database::Size size);

// CHECKs that the open database has them: RocksDB sanitizes some options without a word.
void check_settings(rocksdb::DB& database, const std::vector<rocksdb::ColumnFamilyHandle*>& families);

}  // namespace hoso::io
