#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "shared/log/file_tree.hpp"

namespace hoso::io {

// Which chunks are asked for from which peer, where several peers hold the same file: each comes from one of them. What a peer
// that goes away was asked for is free again. Peers are told apart by numbers.
class BlobClaims {
public:
    static constexpr std::size_t peers_max = 4;  // of a file at a time: so many of its chunks may be coming (BlobPart)

    // True when this peer may be asked for it. False where another one is, or where enough of them bring this file already.
    bool claim(const log::FileId& file, std::uint64_t chunk, std::uint64_t peer);
    void came(const log::FileId& file, std::uint64_t chunk, std::uint64_t peer);
    void release(const log::FileId& file, std::uint64_t peer);  // nothing more of it comes from there
    // Files of which somebody was refused a chunk that has become free since: they may be asked for again. Told once.
    std::set<log::FileId> take_freed();

private:
    struct File {
        std::map<std::uint64_t, std::uint64_t> peer_of;  // by chunk
        bool refused = false;                            // to somebody
    };
    static bool brings(const File& claims, std::uint64_t peer);
    static bool may_begin(const File& claims, std::uint64_t peer);
    void freed(std::map<log::FileId, File>::iterator at);

    std::map<log::FileId, File> files_;
    std::set<log::FileId> freed_;
};

}  // namespace hoso::io
