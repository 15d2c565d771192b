#include <rocksdb/write_batch.h>

#include "server/clerk.hpp"

namespace hoso::server {
namespace {

constexpr std::string_view family = "quarantine";

// The number after the newest that is kept.
std::uint64_t next_number(const io::Database& database) {
    std::uint64_t next = 0;
    const auto scanned = database.scan(family, {}, {}, [&next](ByteSpan key, ByteSpan) {
        if (key.size() == sizeof next) next = load_be64(key.data()) + 1;
        return true;
    });
    return scanned ? next : 0;
}

}  // namespace

// What was refused as a whole stays for a person to look at, as it came; past the limit the oldest goes.
void Clerk::quarantine(const log::Push& push, const Error& error) {
    io::Database& database = *province_.book.database;
    if (!quarantined_) quarantined_ = next_number(database);
    std::string key;
    append_be64(key, *quarantined_);
    const Bytes frame = sync::encode(sync::Push{push});
    std::string value = error.detail.substr(0, 1000) + "\n";
    value += as_text(frame);
    rocksdb::WriteBatch batch;
    batch.Put(database.family(family), key, value);
    if (*quarantined_ >= limits_.quarantine_max) {
        std::string oldest;
        append_be64(oldest, *quarantined_ - limits_.quarantine_max);
        batch.Delete(database.family(family), oldest);
    }
    ++*quarantined_;
    if (const auto written = database.write(batch); !written && written.error().code != Errc::full) stop_dead(written.error());
}

}  // namespace hoso::server
