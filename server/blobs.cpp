#include "server/blobs.hpp"

#include <boost/asio/post.hpp>

namespace hoso::server {
namespace {

using sync::BlobState;
using sync::BlobWant;
namespace conversation = sync::server;

BlobWant said(const log::FileId& file, BlobState state, Position position = 0) {
    return {file, 0, 0, state, position, state == BlobState::stored ? file.size : 0};
}

// What is asked for, and what this desk can do no more about.
std::vector<BlobWant> all_of(io::BlobIntake::Step step) {
    for (const log::FileId& file : step.ended) step.wants.push_back(said(file, BlobState::later));
    return std::move(step.wants);
}

}  // namespace

template <typename Work>
void Blobs::post(Work work) {
    boost::asio::post(*pool_, std::move(work));
}

Blobs::Blobs(io::BlobStore& store, Ledger& ledger, const run::Clock& clock, const Limits& limits, const Journal& journal)
    : store_(store), ledger_(ledger), clock_(clock), limits_(limits), journal_(journal), budget_(limits.device_file_bytes_per_day) {
    // What was whole before the log could say so, and what a later action cites that lies here already.
    ledger_.citations().watch(
        [this](std::vector<log::FileId> files) { post([this, cited = std::move(files)] { look_for(cited); }); });
    post([this] { look_for(ledger_.citations().awaited()); });
}

void Blobs::stop() {
    if (!pool_) return;
    ledger_.citations().watch({});
    pool_->stop();
    pool_->join();
    pool_.reset();
}

std::shared_ptr<Sender> Blobs::sender(const DeviceId& device) {
    return std::make_shared<Sender>(Sender{device, io::BlobIntake(store_)});
}

void Blobs::look_for(const std::vector<log::FileId>& files) {
    for (const log::FileId& file : files) {
        if (store_.is_whole(file)) tell_ledger(file, {});
    }
}

void Blobs::tell_ledger(const log::FileId& file, Answer answer) {
    ledger_.file_stored(file, [file, tell = std::move(answer)](Position past) {
        if (!tell) return;
        tell(conversation::Asked{{past == no_position ? said(file, BlobState::later) : said(file, BlobState::stored, past)}});
    });
}

void Blobs::weigh(std::shared_ptr<Sender> from, conversation::Weigh asked, Answer answer) {
    post([this, peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{weighed(*peer, wanted.offer, tell)});
    });
}

Blobs::Wants Blobs::weighed(Sender& from, const sync::BlobHave& offer, const Answer& answer) {
    const log::FileId& file = offer.file;
    const auto cited = ledger_.citations().find(file.root);
    if (!cited || cited->size != file.size) return {said(file, BlobState::not_cited)};
    if (store_.is_whole(file)) {
        if (cited->awaiting.empty()) return {said(file, BlobState::stored, cited->past)};
        tell_ledger(file, answer);
        return {};
    }
    if (budget_.spent(from.device, clock_.now())) {
        if (budget_.first_refusal(from.device, clock_.now()))
            journal_.warn("device " + from.device.hex() + " has sent the files of a day; the rest waits for tomorrow");
        return {said(file, BlobState::quota)};
    }
    auto held = log::ChunkMap::from(offer.chunks, log::chunks_of(file.size));
    if (!held) return {said(file, BlobState::later)};
    return all_of(from.intake.begin(file, std::move(*held)));
}

void Blobs::keep(std::shared_ptr<Sender> from, conversation::KeepPiece asked, Answer answer) {
    post([this, peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{kept(*peer, wanted.piece, tell), true});
    });
}

Blobs::Wants Blobs::kept(Sender& from, const sync::BlobChunk& piece, const Answer& answer) {
    budget_.spend(from.device, piece.bytes.size(), clock_.now());
    auto taken = from.intake.take(piece);
    if (!taken) return {refused(piece.file, taken.error())};
    if (taken->whole) tell_ledger(piece.file, answer);
    return all_of(std::move(*taken));
}

BlobWant Blobs::refused(const log::FileId& file, const Error& error) {
    const bool full = error.code == Errc::full;
    if (!full || !full_) journal_.warn("the file " + file.root.hex() + " is not kept: " + error.detail);
    full_ = full;
    return said(file, full ? BlobState::full : BlobState::later);
}

void Blobs::withdraw(std::shared_ptr<Sender> from, conversation::Withdraw asked, Answer answer) {
    post([peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{all_of(peer->intake.drop(wanted.file))});
    });
}

void Blobs::read(conversation::ReadPiece asked, Answer answer) {
    post([this, wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::PieceRead{wanted.file, piece_for(wanted)});
    });
}

std::optional<sync::BlobChunk> Blobs::piece_for(const conversation::ReadPiece& asked) {
    if (!ledger_.citations().seen_from(asked.file.root, asked.scopes)) return std::nullopt;
    auto piece = store_.read(asked.file, asked.offset, asked.bytes_max);
    if (piece) return sync::BlobChunk{asked.file, asked.offset, std::move(piece->bytes), std::move(piece->proof)};
    if (piece.error().code == Errc::not_found) return std::nullopt;
    journal_.fail("the file " + asked.file.root.hex() + " cannot be read: " + piece.error().detail);
    // What changed on disk is set aside, so that a desk that still has the file can bring it again.
    if (piece.error().code == Errc::corrupt) {
        if (const auto checked = store_.check(asked.file.root); !checked) journal_.fail(checked.error().detail);
    }
    return std::nullopt;
}

}  // namespace hoso::server
