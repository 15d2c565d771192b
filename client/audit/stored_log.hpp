#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>

#include "client/audit/verifier.hpp"
#include "shared/io/database.hpp"

namespace hoso::client::audit {

// A data directory of a server or a desk, opened for reading only and without believing it: leaves as they are stored, and what
// else the disk says about them. Works beside the program that writes there.
class StoredLog {
public:
    // Errc::not_found (no log in that folder), corrupt, version, io.
    static Result<std::unique_ptr<StoredLog>> open(const std::filesystem::path& folder);

    Position size() const { return size_; }  // after the last stored event
    bool in_use() const { return database_->in_use(); }
    bool whole() const { return whole_; }  // false: a desk's scoped copy, which has holes

    // Leaves in order, until `take` says false. A stored chunk that does not hold ends it with the first position that cannot be
    // read.
    using Take = std::function<bool(Position position, ByteSpan leaf)>;
    Result<std::optional<Fault>> read(const Take& take) const;

    // Hashes of leaves out of stored tiles, and roots out of the watermarks beside the log.
    Verifier::LeafHash leaf_hashes() const;
    Result<std::map<std::uint64_t, Hash>> watermark_roots() const;
    std::string checkpoint() const;  // newest note that a desk holds; empty if none

private:
    StoredLog() = default;
    Result<void> look_at_ends();
    std::filesystem::path folder_;
    std::unique_ptr<io::Database> database_;
    Position size_ = 0;
    bool whole_ = true;
};

}  // namespace hoso::client::audit
