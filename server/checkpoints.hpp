#pragma once

#include "server/province.hpp"
#include "shared/sync/server_session.hpp"

namespace hoso::server {

// What the log says of itself under its key: the newest signed note. An amnesiac log signs nothing; it shows what it signed before,
// if that lies here and is still what the log holds, and else has no note. For the ledger's thread.
class Checkpoints {
public:
    explicit Checkpoints(const Province& province);

    const sync::server::Grew& newest() const { return newest_; }
    // Of all that is durable; `scopes_at` as in Known. Not for an amnesiac log.
    void sign(Position scopes_at);
    // What `note` proves against this log: its own key signed a longer log, or another one of this size. Empty for any other note.
    std::optional<Error> disproof(const std::string& note) const;

private:
    void show_earlier();

    const Province& province_;
    sync::server::Grew newest_;
};

// Puts a note beside the log, for a day on which nothing may be signed. For the log's writer. Errc as RocksLog::put_meta_later.
Result<void> keep(io::RocksLog& log, const std::string& note);

}  // namespace hoso::server
