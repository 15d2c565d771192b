#include "shared/sync/server_session.hpp"

// Files, behind everything else: the next piece is read when the one before has left, and what it waits behind is looked at first.
namespace hoso::sync::server {
namespace {

// A window of the smallest pieces that an honest desk cuts: each ends a chunk or a range.
constexpr std::size_t pieces_open_max = 2 * blob_window_bytes / piece_bytes_max;

}  // namespace

Effects Session::take(const BlobHave& have) {
    if (phase_ != Phase::ready) return bye(ByeReason::protocol, "BlobHave comes after Ready");
    if (++offers_open_ > 2 * blob_offers_max) return bye(ByeReason::protocol, "more offers than may wait for an answer");
    if (!have.any) {
        offered_.erase(have.file);
        debt_.forget(have.file);
        return {Withdraw{have.file}};
    }
    if (!offered_.insert(have.file).second) return bye(ByeReason::protocol, "a file offered twice before it was answered");
    if (offered_.size() > blob_offers_max) return bye(ByeReason::protocol, "more files offered than may wait for an answer");
    return {Weigh{have}};
}

// What was asked for may still be on its way when the file is refused: it is taken, and nobody keeps it.
Effects Session::on(Asked&& asked) {
    if (phase_ != Phase::ready) return {};
    if (asked.of_piece) --pieces_open_;
    if (asked.of_offer) --offers_open_;
    Effects effects;
    for (BlobWant& want : asked.wants) {
        debt_.ask(want);
        if (want.bytes == 0) offered_.erase(want.file);
        effects.emplace_back(Send{std::move(want)});
    }
    return effects;
}

Effects Session::take(BlobChunk&& piece) {
    if (phase_ != Phase::ready || !debt_.come(piece)) return bye(ByeReason::protocol, "a piece of a file that was not asked for");
    if (++pieces_open_ > pieces_open_max) return bye(ByeReason::protocol, "a file in smaller pieces than are taken");
    return one_effect<Effects>(KeepPiece{std::move(piece)});
}

Effects Session::take(const BlobWant& want) {
    if (phase_ != Phase::ready) return bye(ByeReason::protocol, "BlobWant comes after Ready");
    Effects effects;
    if (want.bytes == 0) {
        queue_.forget(want.file);
        return effects;
    }
    if (!queue_.ask(want)) return bye(ByeReason::protocol, "more ranges of files than may wait");
    read_piece(effects);
    return effects;
}

void Session::read_piece(Effects& effects) {
    const auto next = queue_.next();
    if (!next) return;
    std::vector<UnitId> scopes;
    for (const log::ScopeCursor& cursor : cursors_) scopes.push_back(cursor.scope);
    effects.push_back(ReadPiece{next->file, next->offset, next->bytes_max, std::move(scopes)});
}

Effects Session::on(PieceRead&& read) {
    if (phase_ != Phase::ready) return {};
    Effects effects;
    if (!read.piece) {
        queue_.failed(read.file);
        effects.push_back(Send{BlobHave{read.file, false, {}}});
    } else if (queue_.sent(*read.piece)) {
        effects.emplace_back(Send{std::move(*read.piece)});
    }
    read_piece(effects);
    return effects;
}

}  // namespace hoso::sync::server
