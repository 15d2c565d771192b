#include "shared/io/database.hpp"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "shared/base/check.hpp"
#include "shared/io/rocks_notes.hpp"
#include "shared/io/rocks_settings.hpp"

namespace hoso::io {
namespace {

constexpr std::uint64_t format_known = 1;  // of what the families hold and of the watermark beside them
constexpr std::string_view format_key = "format";

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
rocksdb::Slice slice(ByteSpan bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
ByteSpan span(const rocksdb::Slice& bytes) { return {reinterpret_cast<const Byte*>(bytes.data()), bytes.size()}; }

// RocksDB tells about its LOCK in words only. fcntl answers EAGAIN or EACCES where another process holds it.
bool lock_is_held(const std::string& text) {
    const auto says = [&text](std::string_view words) { return text.find(words) != std::string::npos; };
    if (says("lock hold by current process")) return true;
    return says("While lock file") && (says(std::strerror(EAGAIN)) || says(std::strerror(EACCES)));
}

// After a failed sync the page cache may show bytes that never reached the disk: what recovery reads must come from the disk
// itself.
void forget_cached(const std::filesystem::path& folder) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".log") && !name.starts_with("MANIFEST")) continue;
        const int file = ::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) continue;
        ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
        ::close(file);
    }
}

Result<void> check_known_families(const std::filesystem::path& folder, const rocksdb::DBOptions& options) {
    std::vector<std::string> held;
    const auto status = rocksdb::DB::ListColumnFamilies(options, folder.string(), &held);
    if (!status.ok())
        return Error{Errc::corrupt, "The database in " + folder.string() + " cannot be read: " + status.ToString() + "."};
    const auto& known = Database::families();
    for (const std::string& name : held) {
        if (name == rocksdb::kDefaultColumnFamilyName || std::find(known.begin(), known.end(), name) != known.end()) continue;
        return Error{Errc::version,
                     "The data in " + folder.string() + " were written by a newer program (family " + name + "): update this one."};
    }
    return {};
}

}  // namespace

const std::vector<std::string>& Database::families() {
    static const std::vector<std::string> names{"events", "devices", "streams", "scopes", "tiles", "quarantine", "meta", "outbox"};
    return names;
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& folder, const Options& options) {
    std::error_code error;
    if (options.create) std::filesystem::create_directories(folder, error);
    if (error) return Error{Errc::io, "The folder " + folder.string() + " cannot be made: " + error.message() + "."};
    const bool exists = std::filesystem::exists(folder / "CURRENT", error);
    if (!exists && !options.create) return Error{Errc::not_found, "There is no database in " + folder.string() + "."};

    std::unique_ptr<Database> made{new Database};
    made->folder_ = folder;
    made->options_ = options;
    RocksSettings settings = rocks_settings(options.size);
    settings.database.create_if_missing = options.create;
    if (exists) {
        forget_cached(folder);
        if (auto known = check_known_families(folder, settings.database); !known) return known.error();
    } else if (auto room = made->room(); !room) {
        return room.error();
    }
    settings.database.info_log =
        std::make_shared<RocksNotes>(options.read_only ? std::filesystem::path{} : folder);  // a look leaves no trace
    rocksdb::DB* db = nullptr;
    const auto status =
        options.read_only
            ? rocksdb::DB::OpenForReadOnly(settings.database, folder.string(), settings.families, &made->families_, &db)
            : rocksdb::DB::Open(settings.database, folder.string(), settings.families, &made->families_, &db);
    if (!status.ok()) return made->error_of(status, "Opening");
    made->db_.reset(db);
    check_settings(*db, made->families_);
    if (auto checked = made->check_format(); !checked) return checked.error();
    return made;
}

// The number lies in RocksDB's own family, which nobody empties. A database that was made just now has none yet.
Result<void> Database::check_format() {
    rocksdb::ColumnFamilyHandle* own = families_.back();
    std::string held;
    const auto status = db_->Get(rocksdb::ReadOptions{}, own, slice(format_key), &held);
    if (status.IsNotFound()) {
        if (options_.read_only) return {};
        Byte known[8];
        store_le(known, format_known);
        rocksdb::WriteBatch batch;
        CHECK(batch.Put(own, slice(format_key), slice(known)).ok());
        const auto written = write(batch);
        return written || written.error().code == Errc::full ? Result<void>{} : written;  // a full disk is opened for reading
    }
    if (!status.ok()) return error_of(status, "Reading");
    if (held.size() != 8) return Error{Errc::corrupt, "The format number of the data in " + folder_.string() + " is damaged."};
    const auto format = load_le<std::uint64_t>(as_bytes(held).data());
    if (format == format_known) return {};
    return Error{Errc::version, "The data in " + folder_.string() + " have storage format " + std::to_string(format) +
                                    ", this program knows " + std::to_string(format_known) + ": update it."};
}

Database::~Database() {
    for (rocksdb::ColumnFamilyHandle* family : families_) db_->DestroyColumnFamilyHandle(family);
}

rocksdb::ColumnFamilyHandle* Database::family(std::string_view name) const {
    const auto& names = families();
    const auto found = std::find(names.begin(), names.end(), name);
    CHECK(found != names.end());
    return families_[static_cast<std::size_t>(found - names.begin())];
}

bool Database::in_use() const {
    CHECK(options_.read_only);  // closing the file would give up a lock of our own
    return in_use(folder_);
}

bool Database::in_use(const std::filesystem::path& folder) {
    const int file = ::open((folder / "LOCK").c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return false;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const bool asked = ::fcntl(file, F_GETLK, &lock) == 0;  // only asks
    ::close(file);
    return asked && lock.l_type != F_UNLCK;
}

Error Database::error_of(const rocksdb::Status& status, std::string_view doing) const {
    const std::string text = std::string(doing) + " the database in " + folder_.string() + " failed: " + status.ToString() + ".";
    if (status.IsNotFound()) return {Errc::not_found, text};
    if (status.IsNoSpace())
        return {Errc::full, "The disk that holds " + folder_.string() + " is full: make room, nothing was written."};
    if (status.IsIOError() && lock_is_held(text)) {
        return {Errc::locked,
                "Another program has the data folder " + folder_.string() + " open: stop it first, or use another folder."};
    }
    if (status.IsIOError() && text.find(std::strerror(EACCES)) != std::string::npos)
        return {Errc::denied, text + " Run this program as the user that owns the folder."};
    if (status.IsCorruption()) return {Errc::corrupt, text};
    if (status.IsInvalidArgument() || status.IsNotSupported()) return {Errc::version, text};
    return {Errc::io, text};
}

std::uint64_t Database::free_bytes() const {
    struct statvfs disk {};
    return ::statvfs(folder_.c_str(), &disk) == 0 ? static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize : 0;
}

// After a full disk RocksDB stays closed for writing until it is told that there is room: it then writes out what it holds in
// memory and starts a new WAL. Told too early it fails again, so what it will need is added up first.
Result<void> Database::resume(std::uint64_t bytes) {
    constexpr std::uint64_t slack = 1 << 20;
    if (!was_full_) return {};
    std::uint64_t needed = slack + bytes;
    for (rocksdb::ColumnFamilyHandle* family : families_) {
        std::uint64_t held = 0;
        if (db_->GetIntProperty(family, rocksdb::DB::Properties::kCurSizeAllMemTables, &held)) needed += held;
    }
    if (free_bytes() < needed) {
        return Error{Errc::full, "The disk that holds " + folder_.string() + " is full: make at least " +
                                     std::to_string(needed >> 20) + " MiB of room, nothing was written."};
    }
    if (const auto status = db_->Resume(); !status.ok()) return error_of(status, "Resuming");
    was_full_ = false;
    return {};
}

Result<void> Database::room() const {
    struct statvfs disk {};
    if (::statvfs(folder_.c_str(), &disk) != 0)
        return Error{Errc::io, "The disk that holds " + folder_.string() + " does not answer."};
    const std::uint64_t free = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
    if (free >= options_.reserve_bytes) return {};
    return Error{Errc::full, "The disk that holds " + folder_.string() + " has " + std::to_string(free >> 20) +
                                 " MiB left, under the reserve of " + std::to_string(options_.reserve_bytes >> 20) +
                                 " MiB: make room, nothing was written."};
}

Result<void> Database::write(rocksdb::WriteBatch& batch) { return put(batch, true); }
Result<void> Database::write_later(rocksdb::WriteBatch& batch) { return put(batch, false); }

Result<void> Database::put(rocksdb::WriteBatch& batch, bool sync) {
    CHECK(!options_.read_only);
    if (failed_) return *failed_;
    rocksdb::WriteOptions write;
    write.sync = sync;
    // A flush that met the full disk may make itself known only now, when there is room: then it is resumed once more.
    for (int tries = 0;; ++tries) {
        if (auto enough = room(); !enough) return enough;
        if (auto resumed = resume(batch.GetDataSize()); !resumed) return resumed;
        const auto status = db_->Write(write, &batch);
        if (status.ok()) return {};
        Error error = error_of(status, "Writing");
        was_full_ = error.code == Errc::full;
        if (was_full_ && tries == 0) continue;
        if (was_full_) return error;
        failed_ = Error{Errc::io, error.detail};
        return *failed_;
    }
}

Result<std::string> Database::get(std::string_view family_name, std::string_view key) const {
    std::string value;
    const auto status = db_->Get(rocksdb::ReadOptions{}, family(family_name), slice(key), &value);
    if (!status.ok()) return error_of(status, "Reading");
    return value;
}

Result<void> Database::scan(std::string_view family_name, std::string_view from, std::string_view prefix,
                            const std::function<bool(ByteSpan key, ByteSpan value)>& take) const {
    rocksdb::ReadOptions read;
    read.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> iterator{db_->NewIterator(read, family(family_name))};
    for (iterator->Seek(slice(std::max(from, prefix))); iterator->Valid(); iterator->Next()) {
        if (!iterator->key().starts_with(slice(prefix))) break;
        if (!take(span(iterator->key()), span(iterator->value()))) break;
    }
    if (!iterator->status().ok()) return error_of(iterator->status(), "Reading");
    return {};
}

}  // namespace hoso::io
