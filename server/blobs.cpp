#include "server/blobs.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace hoso::server {
namespace {

using sync::BlobState;
using sync::BlobWant;
namespace conversation = sync::server;

constexpr std::uint64_t slice_bytes = 1 << 20;  // a millisecond or two
constexpr auto scrub_pause_min = std::chrono::milliseconds(10);
constexpr auto scrub_pause_max = std::chrono::milliseconds(std::chrono::minutes(1));

BlobWant said(const log::FileId& file, BlobState state, Position position = 0) {
    return {file, 0, 0, state, position, state == BlobState::stored ? file.size : 0};
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
    post([this] {
        look_for(ledger_.citations().awaited());
        look_for_lost();
        scrub_later();
    });
}

void Blobs::stop() {
    if (!pool_) return;
    ledger_.citations().watch({});
    pool_->stop();
    pool_->join();
    scrub_timer_.reset();
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

void Blobs::look_for_lost() {
    for (const log::FileId& file : ledger_.citations().stored()) {
        if (!store_.is_whole(file)) lost_.insert(file);
    }
    if (lost_.empty()) return;
    journal_.fail(std::to_string(lost_.size()) + " files that the log says are stored are not here, the first of them " +
                  lost_.begin()->root.hex() + ": desks that hold them are asked for them");
}

void Blobs::greet(std::shared_ptr<Sender> to, Answer answer) {
    post([this, peer = std::move(to), tell = std::move(answer)] {
        Wants wants;
        std::size_t files = 0;
        for (const log::FileId& file : lost_) {
            if (++files > sync::blob_offers_max) break;
            io::BlobIntake::Step step = peer->intake.begin(file, log::ChunkMap::all());
            wants.insert(wants.end(), step.wants.begin(), step.wants.end());
        }
        if (!wants.empty()) tell(conversation::Asked{std::move(wants)});
    });
}

// True at the end. What changed on disk is set aside, so that a desk that still has the file can bring it again.
bool Blobs::check_more(io::BlobStore::Checking& checking) {
    const log::FileId file = checking.file;
    if (!store_.is_whole(file)) return true;
    const auto checked = store_.go_on(checking, slice_bytes);
    if (!checked) return false;
    if (!*checked) {
        journal_.fail("the file " + file.root.hex() + " cannot be kept: " + checked->error().detail);
        if (!store_.whole(file.root)) lost_.insert(file);
    }
    return true;
}

// It could not be read as it was stored. A large one is read again before all others, in slices.
void Blobs::suspect(const Hash& root) {
    auto checking = store_.begin_check(root);
    const bool known = std::find(suspects_.begin(), suspects_.end(), root) != suspects_.end();
    if (checking && !known && !check_more(*checking)) suspects_.push_back(root);
}

// Begins with the next file when none is being read.
void Blobs::scrub() {
    if (!checking_) {
        std::optional<Hash> next;
        if (!suspects_.empty()) {
            next = suspects_.front();
            suspects_.pop_front();
        } else if (const auto file = store_.next(scrubbed_)) {
            next = scrubbed_ = file->root;
        }
        if (!next) return;
        auto checking = store_.begin_check(*next);
        if (!checking) return;
        checking_.emplace(*std::move(checking));
    }
    if (check_more(*checking_)) checking_.reset();
}

// So that each file is read again in time.
std::chrono::milliseconds Blobs::scrub_pause() {
    if (!suspects_.empty()) return scrub_pause_min;
    if (files_counted_ != store_.count()) {
        files_counted_ = store_.count();
        slices_ = 0;
        for (const log::FileId& file : store_.files()) slices_ += file.size / slice_bytes + 1;
    }
    const auto day = std::chrono::milliseconds(std::chrono::hours(limits_.scrub_hours));
    return std::clamp(day / static_cast<std::int64_t>(slices_ + 1), scrub_pause_min, scrub_pause_max);
}

void Blobs::scrub_later() {
    scrub_timer_->expires_after(scrub_pause());
    scrub_timer_->async_wait([this](const boost::system::error_code& ended) {
        if (ended) return;
        if (untold_.exchange(false)) look_for(ledger_.citations().awaited());
        scrub();
        scrub_later();
    });
}

void Blobs::tell_ledger(const log::FileId& file, Answer answer) {
    ledger_.file_stored(file, [this, file, tell = std::move(answer)](Position past) {
        if (past == no_position) untold_ = true;
        if (!tell) return;
        tell(conversation::Asked{{past == no_position ? said(file, BlobState::later) : said(file, BlobState::stored, past)}});
    });
}

void Blobs::weigh(std::shared_ptr<Sender> from, conversation::Weigh asked, Answer answer) {
    post([this, peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{weighed(*peer, wanted.offer, tell), false, true});
    });
}

Blobs::Wants Blobs::weighed(Sender& from, const sync::BlobHave& offer, const Answer& answer) {
    const log::FileId& file = offer.file;
    const auto cited = ledger_.citations().find(file);
    if (!cited) return {said(file, BlobState::not_cited)};
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
    return all_of(file, from.intake.begin(file, std::move(*held)));
}

void Blobs::keep(std::shared_ptr<Sender> from, conversation::KeepPiece asked, Answer answer) {
    post([this, peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{kept(*peer, wanted.piece, tell), true});
    });
}

Blobs::Wants Blobs::kept(Sender& from, const sync::BlobChunk& piece, const Answer& answer) {
    budget_.spend(from.device, piece.bytes.size(), clock_.now());
    io::BlobIntake::Step taken = from.intake.take(piece);
    if (taken.whole) {
        lost_.erase(piece.file);
        tell_ledger(piece.file, answer);
    } else if (budget_.spent(from.device, clock_.now()) && from.intake.awaits(piece.file)) {
        Wants wants = all_of(piece.file, std::move(taken));
        for (BlobWant& want : all_of(piece.file, from.intake.drop(piece.file))) wants.push_back(std::move(want));
        std::erase_if(wants, [&](const BlobWant& want) { return want.file == piece.file; });
        wants.push_back(said(piece.file, BlobState::quota));
        return wants;
    }
    return all_of(piece.file, std::move(taken));
}

// What is asked for, and what this desk can do no more about.
Blobs::Wants Blobs::all_of(const log::FileId& file, io::BlobIntake::Step step) {
    for (const log::FileId& ended : step.ended) step.wants.push_back(said(ended, BlobState::later));
    if (step.failed) step.wants.push_back(refused(file, *step.failed));
    return std::move(step.wants);
}

BlobWant Blobs::refused(const log::FileId& file, const Error& error) {
    const bool full = error.code == Errc::full;
    if (!full || !full_) journal_.warn("the file " + file.root.hex() + " is not kept: " + error.detail);
    full_ = full;
    return said(file, full ? BlobState::full : BlobState::later);
}

void Blobs::withdraw(std::shared_ptr<Sender> from, conversation::Withdraw asked, Answer answer) {
    post([this, peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{all_of(wanted.file, peer->intake.drop(wanted.file)), false, true});
    });
}

void Blobs::read(conversation::ReadPiece asked, Answer answer) {
    post([this, wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::PieceRead{wanted.file, piece_for(wanted)});
    });
}

std::optional<sync::BlobChunk> Blobs::piece_for(const conversation::ReadPiece& asked) {
    if (!ledger_.citations().seen_from(asked.file, asked.scopes)) return std::nullopt;
    auto piece = store_.read(asked.file, asked.offset, asked.bytes_max);
    if (piece) return sync::BlobChunk{asked.file, asked.offset, std::move(piece->bytes), std::move(piece->proof)};
    if (piece.error().code == Errc::not_found) {
        if (store_.is_whole(asked.file)) suspect(asked.file.root);  // somebody removed it
        return std::nullopt;
    }
    journal_.fail("the file " + asked.file.root.hex() + " cannot be read: " + piece.error().detail);
    if (piece.error().code == Errc::corrupt) suspect(asked.file.root);
    return std::nullopt;
}

}  // namespace hoso::server
