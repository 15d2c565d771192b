#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "client/audit/stored_tiles.hpp"
#include "client/audit/watermarks.hpp"

namespace hoso::client::audit {

// A data directory of a server or a desk, opened for reading only and without believing it: leaves as they are stored, and what
// else the disk says about them. Works beside the program that writes there.
class StoredLog {
public:
    // Errc::not_found (no log in that folder), version, io. Damage is no error: reading says where it lies.
    static Result<std::unique_ptr<StoredLog>> open(const std::filesystem::path& folder);
    // The newest note that the desk in this folder holds; empty if none.
    static Result<std::string> checkpoint_of(const std::filesystem::path& desk);

    Position size() const { return size_; }  // after the last stored event that can be read
    bool in_use() const { return database_ && database_->in_use(); }
    bool of_desk() const { return of_desk_; }  // else a server's: it acknowledges, and has a watermark
    bool whole() const { return whole_; }      // false: a desk's scoped copy, which has holes

    // Leaves in order, until `take` says false. What is stored and cannot be read ends it with the first position that is missing.
    using Take = std::function<bool(Position position, ByteSpan leaf)>;
    std::optional<Fault> read(const Take& take) const;

    // Empty, or what is damaged in the files of the database, indexes and all, though every event may hold.
    std::optional<std::string> damaged_files() const;
    std::unique_ptr<StoredTiles> tiles() const;  // null where the database cannot be opened
    Result<Watermarks> watermarks() const;       // beside the log
    Result<std::uint64_t> number() const;        // of the newest batch that a watermark belongs to; 0 if none
    Result<std::string> checkpoint() const;      // newest note that a desk holds; empty if none

private:
    StoredLog() = default;
    Result<void> look_at_ends();
    std::filesystem::path folder_;
    std::unique_ptr<io::Database> database_;
    std::string damage_;  // why there is no database
    Position size_ = 0;
    bool of_desk_ = false;
    bool whole_ = true;
};

}  // namespace hoso::client::audit
