#include "shared/io/scope_walk.hpp"

#include <algorithm>

namespace hoso::io {

ScopeWalk::ScopeWalk(const LogParts& parts, const log::ScopeCursor& cursor) : parts_(parts), cursor_(cursor) {
    rocksdb::ReadOptions read;
    read.fill_cache = false;
    iterator_.reset(parts.database.rocks().NewIterator(read, parts.scopes));
}

bool ScopeWalk::on_scope() const { return iterator_->Valid() && iterator_->key().starts_with(slice(cursor_.scope.span())); }

Result<void> ScopeWalk::take() {
    at_ = no_position;
    if (!iterator_->status().ok()) return parts_.database.error_of(iterator_->status(), "Reading");
    if (!on_scope()) return {};
    auto runs = read_runs(span(iterator_->value()));
    if (!runs) return runs.error();
    runs_ = std::move(*runs);
    run_ = 0;
    at_ = runs_.front().first;
    return {};
}

Result<bool> ScopeWalk::seek(std::uint64_t sequence) {
    iterator_->SeekForPrev(slice(run_key(cursor_.scope, sequence)));
    if (auto taken = take(); !taken) return taken.error();
    return at_ != no_position;
}

// Keys are by scope sequence and a cursor is a position; both ascend together, so the place is found by halving. A reader who is up
// to date finds it at once, at the last key.
Result<void> ScopeWalk::start() {
    auto found = seek(~std::uint64_t{0});
    if (!found) return found.error();
    if (!*found) return {};
    std::uint64_t low = 0;
    std::uint64_t high = begins_late() ? load_be64(span(iterator_->key()).data() + UnitId::size) : 0;
    while (low < high) {
        const std::uint64_t middle = low + (high - low + 1) / 2;
        found = seek(middle);
        if (!found) return found.error();
        if (*found && begins_late()) {
            high = middle - 1;
        } else {
            low = middle;
        }
        if (low == high) {
            found = seek(low);
            if (!found) return found.error();
        }
    }
    if (at_ == no_position || begins_late()) {  // no key begins at or before the cursor: the scope's first one is next
        iterator_->Seek(slice(run_key(cursor_.scope, 0)));
        if (auto taken = take(); !taken) return taken;
    }
    return settle();
}

Result<void> ScopeWalk::settle() {
    while (at_ != no_position) {
        const log::Run& run = runs_[run_];
        if (cursor_.after < run.first + run.count) {
            at_ = std::max(run.first, cursor_.after);
            return {};
        }
        if (++run_ < runs_.size()) continue;
        iterator_->Next();
        if (auto taken = take(); !taken) return taken;
    }
    return {};
}

Result<void> ScopeWalk::next() {
    cursor_.after = at_ + 1;
    return settle();
}

}  // namespace hoso::io
