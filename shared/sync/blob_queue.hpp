#pragma once

#include <deque>
#include <map>
#include <optional>

#include "shared/sync/frame.hpp"

namespace hoso::sync {

// Ranges of files that the peer asked for. One piece is read at a time: whoever sends asks for the next when the last has left, so
// that never more than one stands ahead of anything else.
class BlobQueue {
public:
    struct Next {
        log::FileId file;
        std::uint64_t offset = 0;
        std::size_t bytes_max = 0;
    };
    // False past blob_wants_max ranges: the peer asks for more than it may.
    bool ask(const BlobWant& want);
    // What is to be read now; nothing while that is under way or where nothing is asked for.
    std::optional<Next> next();
    // The piece that was read leaves. False for one that is not what was asked for: nobody wants it any more.
    bool sent(const BlobChunk& piece);
    // It could not be read: nothing of the file is sent any more.
    void failed(const log::FileId& file);
    void forget(const log::FileId& file);  // the peer wants nothing of it any more
    bool empty() const { return ranges_.empty(); }

private:
    struct Range {
        log::FileId file;
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
    };
    std::deque<Range> ranges_;
    bool reading_ = false;
};

// Bytes that this side asked for and that have not come.
class BlobDebt {
public:
    void ask(const BlobWant& want) {
        if (want.bytes > 0) bytes_[want.file] += want.bytes;
    }
    // False for more than was asked for.
    bool come(const BlobChunk& piece);
    void forget(const log::FileId& file) { bytes_.erase(file); }
    bool empty() const { return bytes_.empty(); }

private:
    std::map<log::FileId, std::uint64_t> bytes_;
};

}  // namespace hoso::sync
