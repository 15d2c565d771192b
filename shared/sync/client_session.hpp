#pragma once

#include <deque>
#include <optional>
#include <set>

#include "shared/base/signature.hpp"
#include "shared/log/checkpoint.hpp"
#include "shared/sync/blob_queue.hpp"

namespace hoso::sync::client {

// What this desk knows when it connects.
struct Facts {
    LogId log;
    std::string origin;
    PublicKey log_key;
    DeviceId device;
    std::uint32_t epoch = 0;
    ChainHead head;              // of what this desk has sealed
    std::uint64_t answered = 0;  // first own seq without a result
    std::string checkpoint;
    std::vector<Cursor> cursors;  // empty on the first contact
    std::string software;
};

struct Opened {
    Hash exporter;
    Hash nonce;
    Instant now = 0;
};
struct Received {
    Frame frame;
    Hash message_hash;
};
struct Prepared {  // answers Prepare: the sealed push that starts at the seq asked for, or nothing left
    std::optional<log::Push> push;
};
struct OutboxGrew {};  // an action was recorded
struct Saved {};       // answers Save: durable and folded
struct Drained {};     // what was to be sent has left
struct Files {         // answers LookForFiles: what this desk can send, and what it asks for; nothing for either when all is done
    std::vector<BlobHave> offers;
    std::vector<BlobWant> wants;
};
struct FilesChanged {};  // there may be more to send or to ask for
struct PieceRead {       // answers ReadPiece; nothing: it is not here, or may not leave now
    log::FileId file;
    std::optional<BlobChunk> piece;
};
struct PieceKept {  // answers KeepPiece: what is asked for next
    std::vector<BlobWant> wants;
};
struct Tick {
    Instant now = 0;
};
struct Stop {};
using Input =
    std::variant<Opened, Received, Prepared, OutboxGrew, Saved, Drained, Files, FilesChanged, PieceRead, PieceKept, Tick, Stop>;

struct Send {
    Frame frame;
};
struct Prepare {
    std::uint64_t first_seq = 0;
};  // answer with Prepared; seal boundaries are durable before they are sent
struct Answered {
    Results results;
};  // what became of own actions
struct UseScopes {
    std::vector<UnitId> scopes;
};  // as told by Welcome or Scope
// Append, fold, then Saved, in the order asked; own events carry the head alone. Positions the desk holds already may come again
// when a scope was added. `checkpoint` is of exactly events.through, if one is known.
struct Save {
    Events events;
    std::string checkpoint;
};
struct SaveCheckpoint {
    std::string note;
};  // verified with the log key; everything it covers is saved
// Everything else is sent and received. At most blob_offers_max offers; ranges of at most a window.
struct LookForFiles {};
struct ReadPiece {
    log::FileId file;
    std::uint64_t offset = 0;
    std::size_t bytes_max = 0;
};
struct KeepPiece {
    BlobChunk piece;
};
struct FileAnswered {  // what the province says to an offer, or `later` when it does not hold what was asked for
    log::FileId file;
    BlobState state = BlobState::stored;
};
struct Idle {};  // everything sent and answered, everything known received, files too
struct Ahead {
    ChainHead server;
};  // the server holds more of this device's chain than we do: an older copy of this desk
struct Close {
    ByeReason reason = ByeReason::done;
    std::string detail;
    std::uint32_t retry_after_ms = 0;
};
using Effect = std::variant<Send, Prepare, Answered, UseScopes, Save, SaveCheckpoint, LookForFiles, ReadPiece, KeepPiece,
                            FileAnswered, Idle, Ahead, Close>;
using Effects = std::vector<Effect>;

// One conversation as the desk sees it. The order on opening: pin (by the rim), checkpoint signature, own head, and only then our
// signature.
class Session {
public:
    Session(const SigningKey& device_key, Facts facts) : key_(device_key), facts_(std::move(facts)) {}
    // Carry out every effect, in order, before the next step.
    Effects step(Input input);
    bool ready() const { return phase_ == Phase::ready; }

private:
    enum class Phase { opening, greeting, authenticating, ready, closed };
    struct Range {  // of seqs that await their results
        std::uint64_t first = 0;
        std::uint64_t last = 0;
    };

    Effects on(const Opened& opened);
    Effects on(Received&& received);
    Effects on(Prepared&& prepared);
    Effects on(const OutboxGrew& grew);
    Effects on(const Saved& saved);
    Effects on(const Drained& drained);
    Effects on(const Files& files);
    Effects on(const FilesChanged& changed);
    Effects on(PieceRead&& read);
    Effects on(const PieceKept& kept);
    Effects on(const Tick& tick);
    Effects on(const Stop& stop);

    Effects take(const Welcome& welcome, const Hash& message_hash);
    Effects take(const Ready& ready);
    Effects take(Results&& results);
    Effects take(Events&& events);
    Effects take(const NewCheckpoint& checkpoint);
    Effects take(const Scope& scope);
    Effects take(const BlobHave& have);
    Effects take(const BlobWant& want);
    Effects take(BlobChunk&& piece);
    Effects take(const Bye& bye);
    template <typename Other>
    Effects take(const Other& other);

    // Checks a checkpoint against the newest one known, and keeps it.
    std::optional<Close> learn(const std::string& note);
    std::optional<Effects> compare_heads(const ChainHead& server);
    Effects close(ByeReason reason, std::string detail);
    void prepare(Effects& effects);
    void settle(Effects& effects);  // SaveCheckpoint, LookForFiles and Idle, when their time has come
    void ask(const std::vector<BlobWant>& wants, Effects& effects);
    void read_piece(Effects& effects);  // when nothing else waits to be sent
    Position complete_through() const;

    const SigningKey& key_;
    Facts facts_;
    Phase phase_ = Phase::opening;
    Instant deadline_ = 0;  // of the handshake
    Hash exporter_;
    Hash hello_hash_;
    std::vector<UnitId> scopes_;
    std::optional<log::Checkpoint> known_;  // the newest checkpoint seen
    std::string note_;                      // of known_, until it is saved
    std::deque<Range> unanswered_;
    std::deque<Position> saving_;  // `through` of the frames being saved
    std::uint32_t credit_ = 0;     // pushes that may be unanswered
    std::uint64_t next_seq_ = 0;   // to prepare
    Position saved_ = 0;           // every scope is saved through here
    Position logged_ = 0;          // past the newest own event that Results told of
    bool preparing_ = false;
    bool grew_ = false;     // since Prepare was asked
    bool drained_ = false;  // nothing left to prepare
    bool idle_ = false;
    BlobQueue queue_;                // what the province asked for
    BlobDebt debt_;                  // what we asked it for
    std::set<log::FileId> offered_;  // and not answered for good
    bool quiet_ = false;             // nothing waits to be sent
    bool looking_ = false;           // LookForFiles is asked
    bool no_files_ = false;          // and was answered with nothing, since anything changed
};

}  // namespace hoso::sync::client
