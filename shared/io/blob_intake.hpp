#pragma once

#include <deque>
#include <optional>

#include "shared/io/blob_store.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::io {

// What this side asks one peer for: the files that the peer holds, in that order, at most a window and a number of ranges ahead of
// what has come. Ends with the conversation; what came by then lies in the store.
class BlobIntake {
public:
    explicit BlobIntake(BlobStore& store) : store_(&store) {}

    struct Step {
        std::vector<sync::BlobWant> wants;  // to be asked for now, or nobody ever will
        std::vector<log::FileId> ended;     // not whole, and nothing more of them comes from this peer
        bool whole = false;                 // the file of the piece is here and synced
        std::optional<Error> failed{};      // nothing more of this file is asked for: full, io, limit, or unauthentic too often
    };
    // The peer holds these chunks of it. Nothing for a file that is whole here.
    [[nodiscard]] Step begin(const log::FileId& file, log::ChunkMap held);
    [[nodiscard]] Step take(const sync::BlobChunk& piece);
    // Nothing more of it comes.
    [[nodiscard]] Step drop(const log::FileId& file);
    bool awaits(const log::FileId& file) const;  // more of it is asked for, or to be asked for

private:
    struct Wanted {
        log::FileId file;
        log::ChunkMap held;
        std::uint64_t next = 0;  // bytes before it are here or asked for
        std::uint64_t open = 0;  // bytes asked for that have not come
        int rounds = 0;          // in which something was lost
        bool exhausted() const { return open == 0 && next >= file.size; }
    };
    struct Range {  // asked for, and not all of it has come
        log::FileId file;
        std::uint64_t bytes = 0;
    };
    std::deque<Wanted>::iterator find(const log::FileId& file);
    void forget(const log::FileId& file);
    void come(Wanted& wanted, std::uint64_t bytes);
    bool may_ask() const;
    void refill(Step& step);
    bool ask(Wanted& wanted, Step& step);

    BlobStore* store_;
    std::deque<Wanted> wanted_;
    std::deque<Range> ranges_;  // in the order asked, which is the order they come in
    std::uint64_t open_ = 0;
};

}  // namespace hoso::io
