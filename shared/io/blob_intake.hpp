#pragma once

#include <deque>
#include <optional>

#include "shared/io/blob_claims.hpp"
#include "shared/io/blob_store.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::io {

// What this side asks one peer for: the files that the peer holds, in that order, at most a window and a number of ranges ahead of
// what has come. Ends with the conversation; what came by then lies in the store.
class BlobIntake {
public:
    explicit BlobIntake(BlobStore& store) : store_(&store) {}
    // One of several peers, who has this number among them: is asked for nothing that another one is asked for.
    BlobIntake(BlobStore& store, BlobClaims& claims, std::uint64_t number) : store_(&store), claims_(&claims), number_(number) {}

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
    // What another peer was asked for may be asked for here.
    [[nodiscard]] Step go_on(const log::FileId& file);
    void leave();                                // nothing more comes at all
    bool awaits(const log::FileId& file) const;  // more of it is asked for, or to be asked for

private:
    struct Wanted {
        log::FileId file;
        log::ChunkMap held;
        std::uint64_t next = 0;  // bytes before it are here or asked for
        std::uint64_t open = 0;  // bytes asked for that have not come
        int rounds = 0;          // in which something was lost
        bool lost = false;       // something of this round
        bool passed = false;     // over something that others are asked for
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
    bool claim(const log::FileId& file, std::uint64_t chunk);
    void release(const log::FileId& file);
    Result<void> go_round(Wanted& wanted, const Result<BlobStore::Took>& taken);

    BlobStore* store_;
    BlobClaims* claims_ = nullptr;
    std::uint64_t number_ = 0;
    std::deque<Wanted> wanted_;
    std::deque<Range> ranges_;  // in the order asked, which is the order they come in
    std::uint64_t open_ = 0;
};

}  // namespace hoso::io
