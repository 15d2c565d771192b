#include "shared/io/rocks_settings.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/listener.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include "shared/base/check.hpp"

namespace hoso::io {
namespace {

constexpr std::size_t KiB = 1024;
constexpr std::size_t MiB = 1024 * KiB;

// RocksDB has a thread of its own that resumes after a full disk, once there is room for every buffer it might ever fill: more than
// a small disk has. Database::write resumes instead.
class NoAutoRecovery final : public rocksdb::EventListener {
public:
    void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* auto_recovery) override {
        *auto_recovery = false;
    }
};

void set_safety(rocksdb::DBOptions& options) {
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;  // the watermark sees what it drops
    options.manual_wal_flush = false;
    options.recycle_log_file_num = 0;
    options.paranoid_checks = true;
    options.flush_verify_memtable_count = true;
    options.verify_sst_unique_id_in_manifest = true;
    options.track_and_verify_wals_in_manifest = true;
    options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
    options.max_bgerror_resume_count = 0;  // after an error we decide, not a background thread
    options.listeners.push_back(std::make_shared<NoAutoRecovery>());
    options.best_efforts_recovery = false;
    options.allow_mmap_writes = false;
    options.allow_mmap_reads = false;
    options.use_direct_reads = false;
    options.use_direct_io_for_flush_and_compaction = false;
}

void set_common(rocksdb::DBOptions& options) {
    options.create_missing_column_families = true;
    options.allow_concurrent_memtable_write = false;  // there is one writer
    options.bytes_per_sync = 1 * MiB;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
}

void set_server(rocksdb::DBOptions& options, rocksdb::ColumnFamilyOptions& family, rocksdb::BlockBasedTableOptions& table) {
    options.max_background_jobs = 2;
    options.max_open_files = 1024;
    options.db_write_buffer_size = 128 * MiB;
    options.max_total_wal_size = 256 * MiB;
    family.write_buffer_size = 64 * MiB;
    table.block_size = 16 * KiB;
    table.block_cache = rocksdb::NewLRUCache(64 * MiB);
}

void set_desk(rocksdb::DBOptions& options, rocksdb::ColumnFamilyOptions& family, rocksdb::BlockBasedTableOptions& table) {
    options.max_background_jobs = 1;
    options.max_open_files = 32;
    options.max_total_wal_size = 4 * MiB;
    family.write_buffer_size = 2 * MiB;
    family.max_write_buffer_number = 2;
    family.arena_block_size = 64 * KiB;
    table.block_size = 4 * KiB;
    table.block_cache = rocksdb::NewLRUCache(2 * MiB, 0);
    table.cache_index_and_filter_blocks = true;
    options.write_buffer_manager = std::make_shared<rocksdb::WriteBufferManager>(2 * MiB, table.block_cache);
}

}  // namespace

RocksSettings rocks_settings(Database::Size size) {
    RocksSettings settings;
    rocksdb::ColumnFamilyOptions family;
    rocksdb::BlockBasedTableOptions table;
    set_safety(settings.database);
    set_common(settings.database);
    if (size == Database::Size::server) {
        set_server(settings.database, family, table);
    } else {
        set_desk(settings.database, family, table);
    }
    family.force_consistency_checks = true;
    family.paranoid_file_checks = true;
    family.compression = rocksdb::kNoCompression;  // chunks are compressed as a whole, hashes do not compress
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    for (const std::string& name : Database::families()) {
        settings.families.emplace_back(name, family);
        if (name == "streams" || name == "scopes" || name == "devices")
            settings.families.back().options.compression = rocksdb::kLZ4Compression;
    }
    settings.families.emplace_back(rocksdb::kDefaultColumnFamilyName, family);  // unused, but RocksDB insists
    return settings;
}

void check_settings(rocksdb::DB& database, const std::vector<rocksdb::ColumnFamilyHandle*>& families) {
    const rocksdb::DBOptions held = database.GetDBOptions();
    CHECK(held.wal_recovery_mode == rocksdb::WALRecoveryMode::kPointInTimeRecovery);
    CHECK(!held.manual_wal_flush && held.recycle_log_file_num == 0);
    CHECK(held.paranoid_checks && held.flush_verify_memtable_count && held.verify_sst_unique_id_in_manifest);
    CHECK(held.track_and_verify_wals_in_manifest);
    CHECK(held.file_checksum_gen_factory != nullptr);
    CHECK(held.max_bgerror_resume_count == 0 && !held.best_efforts_recovery);
    CHECK(!held.allow_mmap_writes && !held.allow_mmap_reads);
    CHECK(!held.use_direct_reads && !held.use_direct_io_for_flush_and_compaction);
    for (rocksdb::ColumnFamilyHandle* family : families) {
        const rocksdb::Options options = database.GetOptions(family);
        CHECK(options.force_consistency_checks && options.paranoid_file_checks);
    }
}

}  // namespace hoso::io
