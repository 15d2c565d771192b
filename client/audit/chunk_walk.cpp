#include "client/audit/chunk_walk.hpp"

#include <zstd.h>

#include <algorithm>

#include "shared/log/chunk.hpp"

namespace hoso::client::audit {
namespace {

constexpr std::string_view magic = "HCK1";
constexpr std::uint32_t plain = 0;
constexpr std::uint32_t zstd = 1;
constexpr std::size_t raw_bytes_max = 2 * log::chunk_bytes_max + log::action_bytes_max;

}  // namespace

ChunkWalk::ChunkWalk(ByteSpan value, Position first) : first_(first), position_(first) { open(value); }

void ChunkWalk::open(ByteSpan value) {
    if (value.size() < log::chunk_head || as_text(value.first(4)) != magic) {
        fault_ = "the stored chunk does not begin as one";
        return;
    }
    events_ = load_le<std::uint32_t>(value.data() + 4);
    const auto codec = load_le<std::uint32_t>(value.data() + 8);
    const auto raw_size = load_le<std::uint32_t>(value.data() + 12);
    const ByteSpan body = value.subspan(log::chunk_head);
    if ((codec != plain && codec != zstd) || raw_size > raw_bytes_max || (codec == plain && raw_size != body.size())) {
        fault_ = "the head of the stored chunk does not hold";
        return;
    }
    raw_.resize(raw_size);
    if (codec == plain) {
        std::copy(body.begin(), body.end(), raw_.begin());
    } else {
        const std::size_t unpacked = ZSTD_decompress(raw_.data(), raw_.size(), body.data(), body.size());
        if (ZSTD_isError(unpacked) || unpacked != raw_.size()) {
            fault_ = "the stored chunk does not unpack";
            return;
        }
    }
    rest_ = raw_;
}

bool ChunkWalk::next() {
    if (fault_ || (taken_ == events_ && rest_.empty())) return false;
    position_ = taken_ == 0 ? first_ : position_ + 1;
    if (taken_ == events_ || rest_.empty()) {
        fault_ = "the stored chunk does not hold as many events as it says";
        return false;
    }
    const auto record = log::next_record(rest_);
    if (!record || record->head_only) {
        fault_ = record ? "it is stored as a head alone" : record.error().detail;
        return false;
    }
    leaf_ = record->bytes;
    ++taken_;
    return true;
}

}  // namespace hoso::client::audit
