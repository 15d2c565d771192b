#pragma once

#include <optional>

#include "shared/base/signature.hpp"
#include "shared/sync/frame.hpp"

namespace hoso::sync::client {

// What this desk knows when it connects.
struct Facts {
    LogId log;
    std::string origin;
    PublicKey log_key;
    DeviceId device;
    std::uint32_t epoch = 0;
    ChainHead head;                // of what this desk has sealed
    std::uint64_t answered = 0;    // first own seq without a result
    std::string checkpoint;
    std::vector<Cursor> cursors;   // empty on the first contact
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
struct Prepared {                  // answers Prepare: the sealed push that starts at the seq asked for, or nothing left
    std::optional<log::Push> push;
};
struct OutboxGrew {};              // an action was recorded
struct Saved {};                   // answers Save: durable and folded
struct Tick {
    Instant now = 0;
};
struct Stop {};
using Input = std::variant<Opened, Received, Prepared, OutboxGrew, Saved, Tick, Stop>;

struct Send { Frame frame; };
struct Prepare { std::uint64_t first_seq = 0; };     // answer with Prepared; seal boundaries are durable before they are sent
struct Answered { Results results; };                // what became of own actions
struct UseScopes { std::vector<UnitId> scopes; };    // as told by Welcome or Scope
struct Save { Events events; std::string checkpoint; };  // append, fold, then Saved; own events carry the head alone
struct SaveCheckpoint { std::string note; };         // verified with the log key
struct Idle {};                                      // everything sent and answered, everything known received
struct Ahead { ChainHead server; };                  // the server holds more of this device's chain than we do: an older copy of this desk
struct Close { ByeReason reason = ByeReason::done; std::string detail; std::uint32_t retry_after_ms = 0; };
using Effect = std::variant<Send, Prepare, Answered, UseScopes, Save, SaveCheckpoint, Idle, Ahead, Close>;
using Effects = std::vector<Effect>;

// One conversation as the desk sees it. The order on opening: pin (by the rim), checkpoint signature, own head, and only then our signature.
class Session {
public:
    Session(const SigningKey& device_key, Facts facts) : key_(device_key), facts_(std::move(facts)) {}
    // Carry out every effect, in order, before the next step.
    Effects step(const Input& input);
    bool ready() const { return phase_ == Phase::ready; }

private:
    enum class Phase { opening, greeting, authenticating, ready, closed };
    const SigningKey& key_;
    Facts facts_;
    Phase phase_ = Phase::opening;
};

}  // namespace hoso::sync::client
