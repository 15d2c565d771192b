#include "shared/io/chunk_cache.hpp"

#include <algorithm>

namespace hoso::io {

std::shared_ptr<const log::Chunk> ChunkCache::find(Position position) const {
    const std::lock_guard lock{mutex_};
    const auto found = std::find_if(chunks_.rbegin(), chunks_.rend(), [position](const auto& chunk) {
        return chunk->first() <= position && position <= chunk->last();
    });
    if (found == chunks_.rend()) return nullptr;
    std::rotate(found.base() - 1, found.base(), chunks_.end());
    return chunks_.back();
}

void ChunkCache::put(std::shared_ptr<const log::Chunk> chunk) {
    const std::lock_guard lock{mutex_};
    if (chunks_.size() == chunks_max_) chunks_.erase(chunks_.begin());
    chunks_.push_back(std::move(chunk));
}

}  // namespace hoso::io
