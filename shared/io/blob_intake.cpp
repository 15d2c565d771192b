#include "shared/io/blob_intake.hpp"

#include <algorithm>

namespace hoso::io {
namespace {

constexpr int rounds_max = 3;

}  // namespace

BlobIntake::Wanted* BlobIntake::find(const log::FileId& file) {
    const auto found = std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& each) { return each.file == file; });
    return found == wanted_.end() ? nullptr : &*found;
}

bool BlobIntake::awaits(const log::FileId& file) const {
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& each) { return each.file == file; });
}

void BlobIntake::forget(const log::FileId& file) {
    const auto found = std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& each) { return each.file == file; });
    if (found == wanted_.end()) return;
    open_ -= found->open;
    wanted_.erase(found);
}

// The next range of the file that is missing here and held there; false when there is none.
bool BlobIntake::ask(Wanted& wanted, Step& step) {
    while (wanted.next < wanted.file.size) {
        const auto range = store_->missing(wanted.file, wanted.next, sync::blob_window_bytes - open_);
        if (!range) break;
        const std::uint64_t chunk = range->offset / log::file_chunk_bytes;
        const std::uint64_t chunk_end = std::min((chunk + 1) * log::file_chunk_bytes, wanted.file.size);
        if (!wanted.held.holds(chunk)) {
            wanted.next = chunk_end;
            continue;
        }
        // A peer with holes is asked chunk by chunk.
        const std::uint64_t end = range->offset + range->bytes;
        const std::uint64_t to = wanted.held.is_all() ? end : std::min(end, chunk_end);
        const std::uint64_t bytes = to - range->offset;
        wanted.next = to;
        wanted.open += bytes;
        open_ += bytes;
        step.wants.push_back({.file = wanted.file,
                              .offset = range->offset,
                              .bytes = static_cast<std::uint32_t>(bytes),
                              .held = store_->held_bytes(wanted.file)});
        return true;
    }
    wanted.next = wanted.file.size;
    return false;
}

// In ranges of a fair length: not before half of the window has come.
void BlobIntake::refill(Step& step) {
    if (open_ > sync::blob_window_bytes / 2) return;
    for (std::size_t i = 0; i < wanted_.size() && open_ < sync::blob_window_bytes;) {
        Wanted& wanted = wanted_[i];
        while (open_ < sync::blob_window_bytes && ask(wanted, step)) {
        }
        if (!wanted.exhausted()) {
            ++i;
            continue;
        }
        step.ended.push_back(wanted.file);
        wanted_.erase(wanted_.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

BlobIntake::Step BlobIntake::begin(const log::FileId& file, log::ChunkMap held) {
    Step step;
    if (store_->is_whole(file)) return step;
    if (Wanted* known = find(file)) {
        known->held = std::move(held);
    } else {
        wanted_.push_back({file, std::move(held)});
    }
    refill(step);
    return step;
}

BlobIntake::Step BlobIntake::drop(const log::FileId& file) {
    Step step;
    forget(file);
    refill(step);
    return step;
}

Result<BlobIntake::Step> BlobIntake::take(const sync::BlobChunk& piece) {
    Step step;
    Wanted* wanted = find(piece.file);
    if (!wanted) return step;
    const std::uint64_t come = std::min<std::uint64_t>(piece.bytes.size(), wanted->open);
    wanted->open -= come;
    open_ -= come;
    const auto taken = store_->take(piece.file, piece.offset, piece.bytes, piece.proof);
    const bool lost = !taken && (taken.error().code == Errc::unauthentic || taken.error().code == Errc::gap);
    if (!taken && !lost) {
        forget(piece.file);
        return taken.error();
    }
    step.whole = store_->is_whole(piece.file);
    if (step.whole) {
        forget(piece.file);
    } else if (wanted->exhausted()) {
        // All that was asked for has come: what was lost of it is asked for again, but not for ever.
        if (++wanted->rounds > rounds_max) {
            forget(piece.file);
            return taken ? Error{Errc::unauthentic, "The file did not come whole."} : taken.error();
        }
        wanted->next = 0;
    }
    refill(step);
    return step;
}

}  // namespace hoso::io
