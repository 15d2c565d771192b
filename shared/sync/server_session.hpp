#pragma once

#include <deque>
#include <optional>

#include "shared/sync/frame.hpp"

namespace hoso::sync::server {

// What happens to the server's end of one conversation. Each is the answer to an effect, a frame, or news.
struct Opened {           // the WebSocket stands
    Hash exporter;        // of the TLS connection
    Hash nonce;           // 32 fresh random bytes
    Instant now = 0;
};
struct Received {
    Frame frame;
    Hash message_hash;
};
struct Known {            // answers Identify; nothing when the device is not enrolled
    std::optional<PublicKey> key;
    LogId log;
    ChainHead head;
    std::vector<UnitId> scopes;  // {whole_log_scope()} for a desk that follows everything
    std::string checkpoint;
    Position log_size = 0;
};
struct Logged {           // answers Store and StoreEnrolment, in the order they were asked
    std::uint64_t first_seq = 0;
    Bytes heads;
    Bytes genesis;        // only for StoreEnrolment
    std::string checkpoint;
};
struct Refused {          // answers Store and StoreEnrolment
    ByeReason reason = ByeReason::protocol;
    std::string detail;
};
struct Fetched {          // answers Fetch
    Events events;
};
struct Grew {             // the log is longer and durable
    Position log_size = 0;
    std::string checkpoint;
};
struct Tick {
    Instant now = 0;
};
struct Stop {             // the program is going down, or a newer connection of this device came
    ByeReason reason = ByeReason::shutdown;
};
using Input = std::variant<Opened, Received, Known, Logged, Refused, Fetched, Grew, Tick, Stop>;

struct Send { Frame frame; };
struct Identify { DeviceId device; std::uint32_t epoch = 0; };
struct Store { log::Push push; };
struct StoreEnrolment { log::Push push; };
struct Fetch { DeviceId receiver; std::vector<log::ScopeCursor> cursors; };  // own events come back head only
struct Close { ByeReason reason = ByeReason::done; };
using Effect = std::variant<Send, Identify, Store, StoreEnrolment, Fetch, Close>;
using Effects = std::vector<Effect>;

// One conversation as the server sees it. No socket, no disk, no clock: the same inputs give the same effects everywhere.
class Session {
public:
    // Carry out every effect, in order, before the next step.
    Effects step(const Input& input);
    bool ready() const { return phase_ == Phase::ready; }
    const DeviceId& device() const { return device_; }

private:
    enum class Phase { opening, greeting, identifying, authenticating, enrolling, ready, closed };
    Phase phase_ = Phase::opening;
    DeviceId device_;
};

}  // namespace hoso::sync::server
