#include "shared/sync/blob_queue.hpp"

#include <algorithm>

namespace hoso::sync {

bool BlobQueue::ask(const BlobWant& want) {
    if (ranges_.size() >= blob_wants_max) return false;
    ranges_.push_back({want.file, want.offset, want.bytes});
    return true;
}

std::optional<BlobQueue::Next> BlobQueue::next() {
    if (reading_ || ranges_.empty()) return std::nullopt;
    reading_ = true;
    const Range& first = ranges_.front();
    const std::uint64_t to_chunk_end = log::file_chunk_bytes - first.offset % log::file_chunk_bytes;
    return Next{first.file, first.offset, std::min({first.bytes, to_chunk_end, std::uint64_t{piece_bytes_max}})};
}

bool BlobQueue::sent(const BlobChunk& piece) {
    reading_ = false;
    if (ranges_.empty()) return false;
    Range& first = ranges_.front();
    if (first.file != piece.file || first.offset != piece.offset || piece.bytes.size() > first.bytes) return false;
    first.offset += piece.bytes.size();
    first.bytes -= piece.bytes.size();
    if (first.bytes == 0) ranges_.pop_front();
    return true;
}

void BlobQueue::failed(const log::FileId& file) {
    reading_ = false;
    forget(file);
}

void BlobQueue::forget(const log::FileId& file) {
    std::erase_if(ranges_, [&](const Range& range) { return range.file == file; });
}

bool BlobDebt::come(const BlobChunk& piece) {
    const auto owed = bytes_.find(piece.file);
    if (owed == bytes_.end() || owed->second < piece.bytes.size()) return false;
    owed->second -= piece.bytes.size();
    if (owed->second == 0) bytes_.erase(owed);
    return true;
}

}  // namespace hoso::sync
