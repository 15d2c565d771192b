#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <set>

#include "server/ledger.hpp"
#include "shared/io/blob_intake.hpp"

namespace hoso::server {

// The desk at the other end of one conversation, as far as files go. Used on the thread of Blobs alone.
struct Sender {
    DeviceId device;
    io::BlobIntake intake;
    Answer tell{};                 // what follows from what others do; from greet() to leave()
    std::set<log::FileId> lost{};  // asked for of what is gone here
    log::FileId lost_to{};         // everything lost up to it was asked for
};

// The province's files, on a thread of their own beside those that talk to desks: what desks bring is kept, and once a file is
// whole and synced the ledger logs that. Takes only what the log cites.
class Blobs {
public:
    Blobs(io::BlobStore& store, Ledger& ledger, const run::Clock& clock, const Limits& limits, const Journal& journal);
    ~Blobs() { stop(); }

    // From any thread; answers on this one's. Not after stop(), before which the ledger has stopped.
    std::shared_ptr<Sender> sender(const DeviceId& device);
    // Asks for files that the log says are stored and that are not here any more, a few at a time: whoever holds one fills the
    // hole.
    void greet(std::shared_ptr<Sender> to, Answer answer);  // with Asked, as often as there is something to be asked for
    void leave(std::shared_ptr<Sender> from);               // what it was asked for, others are asked for; also after stop()
    void weigh(std::shared_ptr<Sender> from, sync::server::Weigh asked, Answer answer);     // with Asked
    void keep(std::shared_ptr<Sender> from, sync::server::KeepPiece asked, Answer answer);  // with Asked
    void withdraw(std::shared_ptr<Sender> from, sync::server::Withdraw asked, Answer answer);
    void read(sync::server::ReadPiece asked, Answer answer);  // with PieceRead
    void stop();

private:
    using Wants = std::vector<sync::BlobWant>;
    Wants weighed(Sender& from, const sync::BlobHave& offer, const Answer& answer);
    Wants kept(Sender& from, const sync::BlobChunk& piece, const Answer& answer);
    std::optional<sync::BlobChunk> piece_for(const sync::server::ReadPiece& asked);
    Wants all_of(Sender& from, const log::FileId& file, io::BlobIntake::Step step);
    sync::BlobWant refused(const log::FileId& file, const Error& error);
    void ask_for_lost(Sender& to, Wants& wants);
    std::vector<Answer> end_for_others(const Sender& from, const log::FileId& file);
    void share_freed();
    // Has it logged that the file is stored; whoever offers it is told when that is durable.
    void tell_ledger(const log::FileId& file, std::vector<Answer> answers);
    void look_for(const std::vector<log::FileId>& files);
    void look_for_lost();
    void suspect(const Hash& root);
    bool check_more(io::BlobStore::Checking& checking);
    void scrub();
    void scrub_later();
    std::chrono::milliseconds scrub_pause();
    template <typename Work>
    void post(Work work);

    io::BlobStore& store_;
    Ledger& ledger_;
    const run::Clock& clock_;
    const Limits& limits_;
    const Journal& journal_;
    DayBudget budget_;
    bool full_ = false;                 // as the journal knows
    std::atomic<bool> untold_ = false;  // the ledger could not log that a file is stored
    std::set<log::FileId> lost_;        // stored by the log's word, and not here
    io::BlobClaims claims_;
    std::set<std::shared_ptr<Sender>> here_;  // greeted, and not gone
    std::atomic<std::uint64_t> senders_ = 0;  // so far

    // Every file is read again, a slice at a time.
    Hash scrubbed_;                                      // the file that was read again last
    std::optional<io::BlobStore::Checking> checking_{};  // the next one
    std::deque<Hash> suspects_;                          // those found damaged while they were read: they come first
    std::size_t files_counted_ = 0;
    std::uint64_t slices_ = 0;  // of those files

    std::optional<boost::asio::thread_pool> pool_{std::in_place, 1};
    std::optional<boost::asio::steady_timer> scrub_timer_{std::in_place, pool_->executor()};
};

}  // namespace hoso::server
