#pragma once

#include "shared/io/rocks_log_parts.hpp"

namespace hoso::io {

// The positions of one scope from a cursor on, ascending, as the index of scopes has them.
class ScopeWalk {
public:
    ScopeWalk(const LogParts& parts, const log::ScopeCursor& cursor);
    Result<void> start();                      // Errc::corrupt, io; so next()
    Position position() const { return at_; }  // no_position at the end
    Result<void> next();

private:
    // Stands on the last key at or before `sequence` and reads its runs; false if the scope has none there.
    Result<bool> seek(std::uint64_t sequence);
    Result<void> take();    // reads what the iterator stands on: the end, if that is another scope
    Result<void> settle();  // moves on to the first position at or after the cursor
    bool on_scope() const;
    bool begins_late() const { return runs_.front().first > cursor_.after; }

    const LogParts& parts_;
    log::ScopeCursor cursor_;
    std::unique_ptr<rocksdb::Iterator> iterator_;
    std::vector<log::Run> runs_;
    std::size_t run_ = 0;
    Position at_ = no_position;
};

}  // namespace hoso::io
