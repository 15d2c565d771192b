#pragma once

#include "client/audit/audit.hpp"

// docs/audit_bundle.md
namespace hoso::client::audit {

struct Exported {
    std::uint64_t size = 0;  // events
    std::uint64_t bytes = 0;
    Hash root;
    Hash end;  // SHA-256 of everything before it
};

// The log up to its newest signed checkpoint, as one file; checked on the way, so that nothing is exported that does not hold.
// Replaces `file`, or leaves it as it was. Errc::invalid for a scoped copy, not_found without a checkpoint, and the code of the
// fault where the log does not hold; full, io, denied.
Result<Exported> export_bundle(const StoredLog& log, const std::filesystem::path& file, const Progress& progress);

// Everything a Verifier checks, and that the file is no more than that. Errc::not_found, io where it cannot be read; what does not
// hold is a fault.
Result<Verified> verify_bundle(const std::filesystem::path& file, const Known& known, const Progress& progress);

}  // namespace hoso::client::audit
