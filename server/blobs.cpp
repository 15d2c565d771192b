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
    here_.clear();
    pool_.reset();
}

std::shared_ptr<Sender> Blobs::sender(const DeviceId& device) {
    return std::make_shared<Sender>(Sender{device, io::BlobIntake(store_, claims_, ++senders_)});
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
        peer->tell = tell;
        here_.insert(peer);
        Wants wants;
        ask_for_lost(*peer, wants);
        if (!wants.empty()) tell(conversation::Asked{std::move(wants)});
        share_freed();
    });
}

void Blobs::leave(std::shared_ptr<Sender> from) {
    if (!pool_) return;
    post([this, peer = std::move(from)] {
        here_.erase(peer);
        peer->intake.leave();
        share_freed();
    });
}

void Blobs::ask_for_lost(Sender& to, Wants& wants) {
    while (to.lost.size() < sync::blob_offers_max && !budget_.spent(to.device, clock_.now())) {
        const auto next = lost_.upper_bound(to.lost_to);
        if (next == lost_.end()) return;
        const log::FileId file = *next;
        io::BlobIntake::Step step = to.intake.begin(file, log::ChunkMap::all());
        wants.insert(wants.end(), step.wants.begin(), step.wants.end());
        for (const log::FileId& ended : step.ended) to.lost.erase(ended);
        if (step.failed) return;  // no room: there may be some when something else has come
        to.lost_to = file;
        if (to.intake.awaits(file)) to.lost.insert(file);
    }
}

// Several desks may hold the same file. It is whole now, so that nobody is asked for more of it.
std::vector<Answer> Blobs::end_for_others(const Sender& from, const log::FileId& file) {
    std::vector<Answer> offered;
    for (const auto& peer : here_) {
        if (peer.get() == &from || !peer->intake.awaits(file)) continue;
        offered.push_back(peer->tell);
        Wants wants = all_of(*peer, file, peer->intake.drop(file));
        if (!wants.empty()) peer->tell(conversation::Asked{std::move(wants)});
    }
    return offered;
}

// What one desk was asked for and does not bring is asked for from the others that hold it.
void Blobs::share_freed() {
    for (auto freed = claims_.take_freed(); !freed.empty(); freed = claims_.take_freed()) {
        for (const log::FileId& file : freed) {
            for (const auto& peer : here_) {
                if (!peer->intake.awaits(file)) continue;
                Wants wants = all_of(*peer, file, peer->intake.go_on(file));
                if (!wants.empty()) peer->tell(conversation::Asked{std::move(wants)});
            }
        }
    }
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

void Blobs::tell_ledger(const log::FileId& file, std::vector<Answer> answers) {
    ledger_.file_stored(file, [this, file, told = std::move(answers)](Position past) {
        if (past == no_position) untold_ = true;
        const BlobWant end = past == no_position ? said(file, BlobState::later) : said(file, BlobState::stored, past);
        for (const Answer& tell : told) tell(conversation::Asked{{end}});
    });
}

void Blobs::weigh(std::shared_ptr<Sender> from, conversation::Weigh asked, Answer answer) {
    post([this, peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{weighed(*peer, wanted.offer, tell), false, true});
        share_freed();
    });
}

Blobs::Wants Blobs::weighed(Sender& from, const sync::BlobHave& offer, const Answer& answer) {
    const log::FileId& file = offer.file;
    const auto cited = ledger_.citations().find(file);
    if (!cited) return {said(file, BlobState::not_cited)};
    if (store_.is_whole(file)) {
        if (cited->awaiting.empty()) return {said(file, BlobState::stored, cited->past)};
        tell_ledger(file, {answer});
        return {};
    }
    if (budget_.spent(from.device, clock_.now())) {
        if (budget_.first_refusal(from.device, clock_.now()))
            journal_.warn("device " + from.device.hex() + " has sent the files of a day; the rest waits for tomorrow");
        return {said(file, BlobState::quota)};
    }
    auto held = log::ChunkMap::from(offer.chunks, log::chunks_of(file.size));
    if (!held) return {said(file, BlobState::later)};
    return all_of(from, file, from.intake.begin(file, std::move(*held)));
}

void Blobs::keep(std::shared_ptr<Sender> from, conversation::KeepPiece asked, Answer answer) {
    post([this, peer = std::move(from), wanted = std::move(asked), tell = std::move(answer)] {
        tell(conversation::Asked{kept(*peer, wanted.piece, tell), true});
        share_freed();
    });
}

Blobs::Wants Blobs::kept(Sender& from, const sync::BlobChunk& piece, const Answer& answer) {
    budget_.spend(from.device, piece.bytes.size(), clock_.now());
    io::BlobIntake::Step taken = from.intake.take(piece);
    if (taken.whole) {
        lost_.erase(piece.file);
        std::vector<Answer> offered = end_for_others(from, piece.file);
        offered.push_back(answer);
        tell_ledger(piece.file, std::move(offered));
    } else if (budget_.spent(from.device, clock_.now()) && from.intake.awaits(piece.file)) {
        Wants wants = all_of(from, piece.file, std::move(taken));
        for (BlobWant& want : all_of(from, piece.file, from.intake.drop(piece.file))) wants.push_back(std::move(want));
        std::erase_if(wants, [&](const BlobWant& want) { return want.file == piece.file; });
        wants.push_back(said(piece.file, BlobState::quota));
        return wants;
    }
    return all_of(from, piece.file, std::move(taken));
}

// What is asked for, and what this desk can do no more about.
Blobs::Wants Blobs::all_of(Sender& from, const log::FileId& file, io::BlobIntake::Step step) {
    for (const log::FileId& ended : step.ended) step.wants.push_back(said(ended, BlobState::later));
    if (step.failed) step.wants.push_back(refused(file, *step.failed));
    for (const log::FileId& ended : step.ended) from.lost.erase(ended);
    if (!from.intake.awaits(file)) from.lost.erase(file);
    ask_for_lost(from, step.wants);
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
        tell(conversation::Asked{all_of(*peer, wanted.file, peer->intake.drop(wanted.file)), false, true});
        share_freed();
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
