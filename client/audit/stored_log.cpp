#include "client/audit/stored_log.hpp"

#include <rocksdb/db.h>

#include "client/audit/chunk_walk.hpp"

namespace hoso::client::audit {
namespace {

constexpr std::string_view scopes_name = "desk.scopes";  // as client/desk.cpp writes it: per scope its unit and a u64
constexpr std::string_view checkpoint_name = "desk.checkpoint";
constexpr std::string_view number_name = "watermark";
constexpr io::Database::Options look{.size = io::Database::Size::desk, .create = false, .read_only = true};

Result<std::string> note_in(const io::Database& database) {
    auto note = database.get("meta", checkpoint_name);
    if (!note && note.error().code == Errc::not_found) return std::string{};
    return note;
}

}  // namespace

Result<std::unique_ptr<StoredLog>> StoredLog::open(const std::filesystem::path& folder) {
    std::unique_ptr<StoredLog> log{new StoredLog};
    log->folder_ = folder;
    auto database = io::Database::open(folder / "db", look);
    if (!database && database.error().code != Errc::corrupt) return database.error();
    if (!database) {
        log->damage_ = database.error().detail;
        return log;
    }
    log->database_ = std::move(*database);
    if (const auto looked = log->look_at_ends(); !looked) return looked.error();
    return log;
}

Result<std::string> StoredLog::checkpoint_of(const std::filesystem::path& desk) {
    const auto database = io::Database::open(desk / "db", look);
    if (!database) return database.error();
    return note_in(**database);
}

Result<void> StoredLog::look_at_ends() {
    const auto scopes = database_->get("meta", scopes_name);
    if (scopes && scopes->size() >= 16) {
        of_desk_ = true;
        whole_ = scopes->size() == 24 && UnitId::from(as_bytes(*scopes).first(16)) == whole_log_scope();
    }
    // Chunks are few beside events: looking at their keys is cheap, and only the last one is opened.
    std::string last;
    Position first = 0;
    const auto scanned = database_->scan("events", {}, {}, [&](ByteSpan key, ByteSpan value) {
        if (key.size() == 8) first = load_be64(key.data());
        last.assign(as_text(value));
        return true;
    });
    const auto acknowledged = watermarks();
    const bool lost = !scanned || (acknowledged && acknowledged->number > 0);
    if (last.empty() && !lost) return Error{Errc::not_found, "There is no log yet in " + folder_.string() + ": sync first."};
    if (last.empty()) return {};
    ChunkWalk walk(as_bytes(last), first);
    size_ = first;
    while (walk.next()) {
        const auto head = walk.leaf().size() < log::head_size ? Result<log::Head>{Error{Errc::corrupt, {}}}
                                                              : log::decode_head(walk.leaf().first(log::head_size));
        size_ = (whole_ || !head ? walk.position() : head->position) + 1;
    }
    return {};
}

std::optional<Fault> StoredLog::read(const Take& take) const {
    if (!database_) return Fault{0, 0, Errc::corrupt, "its database cannot be opened: " + damage_};
    std::optional<Fault> fault;
    Position next = 0;
    const auto scanned = database_->scan("events", {}, {}, [&](ByteSpan key, ByteSpan value) {
        const Position first = key.size() == 8 ? load_be64(key.data()) : 0;
        ChunkWalk walk(value, first);
        while (walk.next()) {
            if (!take(walk.position(), walk.leaf())) return false;
            next = walk.position() + 1;
        }
        if (walk.fault()) fault = Fault{walk.position(), walk.position(), Errc::corrupt, *walk.fault()};
        return !fault;
    });
    if (!scanned && !fault) fault = Fault{next, next, Errc::corrupt, "it cannot be read: " + scanned.error().detail};
    return fault;
}

std::unique_ptr<StoredTiles> StoredLog::tiles() const { return database_ ? std::make_unique<StoredTiles>(*database_) : nullptr; }

Result<Watermarks> StoredLog::watermarks() const { return read_watermarks(folder_ / "log"); }

Result<std::uint64_t> StoredLog::number() const {
    const auto held = database_->get("meta", number_name);
    if (!held && held.error().code == Errc::not_found) return std::uint64_t{0};
    if (!held) return held.error();
    if (held->size() != 8) return Error{Errc::corrupt, "The log's number of its watermark is damaged."};
    return load_le<std::uint64_t>(as_bytes(*held).data());
}

Result<std::string> StoredLog::checkpoint() const { return note_in(*database_); }

std::optional<std::string> StoredLog::damaged_files() const {
    if (!database_) return damage_;
    const auto status = database_->rocks().VerifyChecksum();
    return status.ok() ? std::nullopt : std::optional{status.ToString()};
}

}  // namespace hoso::client::audit
