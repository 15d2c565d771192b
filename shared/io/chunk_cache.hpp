#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "shared/log/chunk.hpp"

namespace hoso::io {

// The chunks read last, so that a reader who comes back for the next events does not decompress a chunk per event. For every
// thread.
class ChunkCache {
public:
    explicit ChunkCache(std::size_t chunks_max) : chunks_max_(chunks_max) {}
    std::shared_ptr<const log::Chunk> find(Position position) const;  // the one whose range holds `position`, or null
    void put(std::shared_ptr<const log::Chunk> chunk);

private:
    const std::size_t chunks_max_;
    mutable std::mutex mutex_;
    mutable std::vector<std::shared_ptr<const log::Chunk>> chunks_;  // the one used last at the end
};

}  // namespace hoso::io
