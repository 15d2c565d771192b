#include "shared/sync/client_session.hpp"

// Files: offered once everything else is sent, and sent piece by piece whenever nothing else waits.
namespace hoso::sync::client {

void Session::ask(const std::vector<BlobWant>& wants, Effects& effects) {
    for (const BlobWant& want : wants) {
        debt_.ask(want);
        effects.push_back(Send{want});
    }
}

Effects Session::on(const Files& files) {
    if (phase_ != Phase::ready || !looking_) return {};
    looking_ = false;
    no_files_ = files.offers.empty() && files.wants.empty();
    Effects effects;
    for (const BlobHave& offer : files.offers) {
        offered_.insert(offer.file);
        effects.push_back(Send{offer});
    }
    ask(files.wants, effects);
    settle(effects);
    return effects;
}

Effects Session::on(const FilesChanged&) {
    if (phase_ != Phase::ready) return {};
    no_files_ = false;
    idle_ = false;
    Effects effects;
    settle(effects);
    return effects;
}

Effects Session::take(const BlobWant& want) {
    if (phase_ != Phase::ready) return close(ByeReason::protocol, "BlobWant comes after Ready");
    Effects effects;
    if (want.bytes > 0) {
        if (!queue_.ask(want)) return close(ByeReason::protocol, "more ranges of files than may wait");
        read_piece(effects);
        return effects;
    }
    queue_.forget(want.file);
    offered_.erase(want.file);
    if (want.state == BlobState::stored) logged_ = std::max(logged_, want.position);
    no_files_ = false;
    effects.push_back(FileAnswered{want.file, want.state});
    settle(effects);
    return effects;
}

void Session::read_piece(Effects& effects) {
    if (!quiet_) return;
    if (const auto next = queue_.next()) effects.push_back(ReadPiece{next->file, next->offset, next->bytes_max});
}

Effects Session::on(const Drained&) {
    if (phase_ != Phase::ready) return {};
    quiet_ = true;
    Effects effects;
    read_piece(effects);
    return effects;
}

Effects Session::on(PieceRead&& read) {
    if (phase_ != Phase::ready) return {};
    Effects effects;
    if (!read.piece) {
        queue_.failed(read.file);
        offered_.erase(read.file);
        no_files_ = false;
        effects.push_back(Send{BlobHave{read.file, false, {}}});
        effects.push_back(FileAnswered{read.file, BlobState::later});
        settle(effects);
    } else if (queue_.sent(*read.piece)) {
        effects.emplace_back(Send{std::move(*read.piece)});
    } else {
        read_piece(effects);
    }
    return effects;
}

Effects Session::take(BlobChunk&& piece) {
    if (phase_ != Phase::ready || !debt_.come(piece)) return close(ByeReason::protocol, "a piece of a file that was not asked for");
    return one_effect<Effects>(KeepPiece{std::move(piece)});
}

Effects Session::on(const PieceKept& kept) {
    if (phase_ != Phase::ready) return {};
    Effects effects;
    ask(kept.wants, effects);
    if (debt_.empty()) no_files_ = false;
    settle(effects);
    return effects;
}

// The province does not hold what was asked for, or not for this desk.
Effects Session::take(const BlobHave& have) {
    if (phase_ != Phase::ready || have.any) return close(ByeReason::protocol, "a desk asks for files, it is not offered any");
    debt_.forget(have.file);
    no_files_ = false;
    Effects effects{FileAnswered{have.file, BlobState::later}};
    settle(effects);
    return effects;
}

}  // namespace hoso::sync::client
