#include "shared/io/blob_intake.hpp"

#include <algorithm>

namespace hoso::io {
namespace {

constexpr int rounds_max = 3;
constexpr std::size_t ranges_max = sync::blob_wants_max / 2;  // the peer has other askers' ranges to hold as well

}  // namespace

std::deque<BlobIntake::Wanted>::iterator BlobIntake::find(const log::FileId& file) {
    return std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& each) { return each.file == file; });
}

bool BlobIntake::awaits(const log::FileId& file) const {
    return std::any_of(wanted_.begin(), wanted_.end(), [&](const Wanted& each) { return each.file == file; });
}

void BlobIntake::forget(const log::FileId& file) {
    const auto found = find(file);
    if (found == wanted_.end()) return;
    open_ -= found->open;
    wanted_.erase(found);
    release(file);
    std::erase_if(ranges_, [&](const Range& range) { return range.file == file; });
}

void BlobIntake::come(Wanted& wanted, std::uint64_t bytes) {
    bytes = std::min(bytes, wanted.open);
    wanted.open -= bytes;
    open_ -= bytes;
    for (auto range = ranges_.begin(); range != ranges_.end() && bytes > 0;) {
        const std::uint64_t part = range->file == wanted.file ? std::min(bytes, range->bytes) : 0;
        bytes -= part;
        range->bytes -= part;
        range = range->bytes == 0 ? ranges_.erase(range) : range + 1;
    }
}

bool BlobIntake::claim(const log::FileId& file, std::uint64_t chunk) { return !claims_ || claims_->claim(file, chunk, number_); }

void BlobIntake::release(const log::FileId& file) {
    if (claims_) claims_->release(file, number_);
}

bool BlobIntake::may_ask() const { return open_ < sync::blob_window_bytes && ranges_.size() < ranges_max; }

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
        if (!claim(wanted.file, chunk)) {
            wanted.passed = true;
            wanted.next = chunk_end;
            continue;
        }
        // A peer with holes is asked chunk by chunk.
        const std::uint64_t end = range->offset + range->bytes;
        std::uint64_t to = std::min(end, chunk_end);
        while (wanted.held.is_all() && to < end && claim(wanted.file, to / log::file_chunk_bytes))
            to = std::min(end, to + log::file_chunk_bytes);
        const std::uint64_t bytes = to - range->offset;
        wanted.next = to;
        wanted.open += bytes;
        open_ += bytes;
        ranges_.push_back({wanted.file, bytes});
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
    for (std::size_t i = 0; i < wanted_.size() && may_ask();) {
        Wanted& wanted = wanted_[i];
        while (may_ask() && ask(wanted, step)) {
        }
        if (!wanted.exhausted() || wanted.passed) {
            ++i;
            continue;
        }
        step.ended.push_back(wanted.file);
        release(wanted.file);
        wanted_.erase(wanted_.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

BlobIntake::Step BlobIntake::begin(const log::FileId& file, log::ChunkMap held) {
    Step step;
    if (store_->is_whole(file)) return step;
    if (const auto known = find(file); known != wanted_.end()) {
        known->held = std::move(held);
    } else if (const auto fits = store_->fits(file); fits) {
        wanted_.push_back({file, std::move(held)});
    } else {
        step.failed = fits.error();
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

BlobIntake::Step BlobIntake::go_on(const log::FileId& file) {
    Step step;
    const auto wanted = find(file);
    if (wanted == wanted_.end() || !wanted->exhausted()) return step;  // it comes round to it
    wanted->next = 0;
    wanted->passed = false;
    refill(step);
    return step;
}

void BlobIntake::leave() {
    for (const Wanted& wanted : wanted_) release(wanted.file);
    wanted_.clear();
    ranges_.clear();
    open_ = 0;
}

// All that was asked for has come: what was lost of it is asked for again, but not for ever.
Result<void> BlobIntake::go_round(Wanted& wanted, const Result<BlobStore::Took>& taken) {
    wanted.next = 0;
    const bool passed = std::exchange(wanted.passed, false), lost = std::exchange(wanted.lost, false);
    if ((passed && !lost) || ++wanted.rounds <= rounds_max) return {};
    return taken ? Error{Errc::unauthentic, "The file did not come whole."} : taken.error();
}

BlobIntake::Step BlobIntake::take(const sync::BlobChunk& piece) {
    Step step;
    const auto wanted = find(piece.file);
    if (wanted == wanted_.end()) return step;
    come(*wanted, piece.bytes.size());
    const auto taken = store_->take(piece.file, piece.offset, piece.bytes, piece.proof);
    const bool lost = !taken && (taken.error().code == Errc::unauthentic || taken.error().code == Errc::gap);
    if (claims_ && taken && *taken == BlobStore::Took::chunk)
        claims_->came(piece.file, piece.offset / log::file_chunk_bytes, number_);
    wanted->lost = wanted->lost || lost;
    step.whole = store_->is_whole(piece.file);
    if (!taken && !lost) {
        step.failed = taken.error();
    } else if (!step.whole && wanted->exhausted()) {
        if (const auto again = go_round(*wanted, taken); !again) step.failed = again.error();
    }
    if (step.whole || step.failed) forget(piece.file);
    refill(step);
    return step;
}

}  // namespace hoso::io
