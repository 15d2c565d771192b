#pragma once

#include <optional>
#include <set>

#include "shared/sync/blob_queue.hpp"

namespace hoso::sync::server {

// What happens to the server's end of one conversation. Each is the answer to an effect, a frame, or news.
struct Opened {     // the WebSocket stands
    Hash exporter;  // of the TLS connection
    Hash nonce;     // 32 fresh random bytes
    Instant now = 0;
};
struct Received {
    Frame frame;
    Hash message_hash;
};
struct Known {  // answers Identify; nothing when the device is not enrolled
    std::optional<PublicKey> key;
    LogId log;
    ChainHead head;
    std::vector<UnitId> scopes;  // {whole_log_scope()} for a desk that follows everything; at most scopes_max
    std::string checkpoint;      // of log_size
    Position log_size = 0;
    Position scopes_at = 0;    // log size at which any desk's scopes may last have changed
    std::string amnesia = {};  // why nothing is shown to this desk; empty for a log that can be shown
};
struct Logged {  // answers Store and StoreEnrolment, in the order they were asked
    std::uint64_t first_seq = 0;
    Bytes heads;
    Bytes genesis;  // only for StoreEnrolment
    std::string checkpoint;
};
struct Refused {  // answers Store and StoreEnrolment
    ByeReason reason = ByeReason::protocol;
    std::string detail;
    std::uint32_t retry_after_ms = 0;  // 0: as usual for the reason
};
struct Fetched {  // answers Fetch
    Events events;
};
struct Asked {  // answers Weigh and KeepPiece: what is asked for next, or what became of files
    std::vector<BlobWant> wants;
    bool of_piece = false;  // it answers KeepPiece
    bool of_offer = false;  // it answers Weigh or Withdraw; both false: news of a file
};
struct PieceRead {  // answers ReadPiece; nothing: it is not here, or not for this desk
    log::FileId file;
    std::optional<BlobChunk> piece;
};
struct Grew {  // the log is longer and durable
    Position log_size = 0;
    std::string checkpoint;  // of log_size
    Position scopes_at = 0;  // as in Known
};
struct Tick {
    Instant now = 0;
};
struct Stop {  // the program is going down, a newer connection of this device came, or its bytes were no frame (protocol)
    ByeReason reason = ByeReason::shutdown;
    std::string detail = {};
};
using Input = std::variant<Opened, Received, Known, Logged, Refused, Fetched, Asked, PieceRead, Grew, Tick, Stop>;

struct Send {
    Frame frame;
};
// Before Ready, and again when scopes may have changed.
struct Identify {
    DeviceId device;
    std::uint32_t epoch = 0;
    std::string checkpoint = {};  // that the desk shows, unchecked
};
struct Store {
    log::Push push;
};
struct StoreEnrolment {
    log::Push push;
};
// Own events come back head only. One at a time; about 100 KiB at most, what exceeds a frame may be fetched twice.
struct Fetch {
    DeviceId receiver;
    std::vector<log::ScopeCursor> cursors;
};
struct Weigh {  // a file that the desk offers
    BlobHave offer;
};
struct Withdraw {  // it does not hold the file after all: what was asked for does not come
    log::FileId file;
};
struct KeepPiece {
    BlobChunk piece;
};
struct ReadPiece {
    log::FileId file;
    std::uint64_t offset = 0;
    std::size_t bytes_max = 0;
    std::vector<UnitId> scopes;  // the desk may see files that are cited in these
};
struct Close {
    ByeReason reason = ByeReason::done;
    bool by_desk = false;     // who said Bye
    std::string detail = {};  // of the desk's Bye
};
using Effect = std::variant<Send, Identify, Store, StoreEnrolment, Fetch, Weigh, Withdraw, KeepPiece, ReadPiece, Close>;
using Effects = std::vector<Effect>;

// One conversation as the server sees it. No socket, no disk, no clock: the same inputs give the same effects everywhere.
class Session {
public:
    // Carry out every effect, in order, before the next step.
    Effects step(Input input);
    bool ready() const { return phase_ == Phase::ready; }
    const DeviceId& device() const { return device_; }

private:
    enum class Phase { opening, greeting, identifying, authenticating, enrolling, ready, closed };

    Effects on(const Opened& opened);
    Effects on(Received&& received);
    Effects on(const Known& known);
    Effects on(Logged&& logged);
    Effects on(const Refused& refused);
    Effects on(Fetched&& fetched);
    Effects on(Asked&& asked);
    Effects on(PieceRead&& read);
    Effects on(const Grew& grew);
    Effects on(const Tick& tick);
    Effects on(const Stop& stop);

    Effects take(const Hello& hello, const Hash& message_hash);
    Effects take(const Enrol& enrol);
    Effects take(const Auth& auth);
    Effects take(Push&& push);
    Effects take(const Credit& credit);
    Effects take(const BlobHave& have);
    Effects take(const BlobWant& want);
    Effects take(BlobChunk&& piece);
    Effects take(const Bye& bye);
    template <typename Other>
    Effects take(const Other& other);

    void set_cursors(const std::vector<UnitId>& scopes);
    Welcome welcome(const Known& known) const;
    Effects bye(ByeReason reason, std::string detail, std::uint32_t retry_after_ms = 0);
    Effects scopes_again(const Known& known);
    void send_events(Events&& fetched, Effects& effects);
    void read_piece(Effects& effects);
    void reach(Position through);  // every scope is complete through here
    // What may follow now: the next fetch, else the news that everything is sent.
    void advance(Effects& effects);
    Position through() const;

    Phase phase_ = Phase::opening;
    DeviceId device_;
    std::uint32_t epoch_ = 0;
    Instant now_ = 0;       // as told last
    Instant deadline_ = 0;  // of the phases before Ready
    Hash exporter_;
    Hash nonce_;
    Hash hello_hash_;
    Hash welcome_hash_;
    PublicKey key_;
    Hello hello_;
    std::uint32_t unanswered_ = 0;  // pushes stored without an answer
    std::vector<log::ScopeCursor> cursors_;
    Position log_size_ = 0;
    std::string checkpoint_;  // of log_size_
    Position checkpoint_sent_ = 0;
    Position through_sent_ = 0;  // what the desk knows its scopes to be complete through
    std::uint32_t credit_ = event_frames_in_flight_max;
    std::uint32_t news_left_ = 0;  // frames without an event that may still leave before the next Tick
    bool fetching_ = false;
    Position scopes_at_ = 0;    // of the scopes in cursors_
    std::optional<Grew> held_;  // news that waits until they were looked at again
    BlobQueue queue_;           // what the desk asked for
    BlobDebt debt_;             // what we asked it for
    std::set<log::FileId> offered_;
    std::size_t pieces_open_ = 0;  // handed over to be kept
    std::size_t offers_open_ = 0;  // handed over to be weighed or withdrawn
};

}  // namespace hoso::sync::server
