#pragma once

#include <map>

#include "shared/base/hash.hpp"
#include "shared/log/filing.hpp"

// Events for tests of logs: a log holds bytes, so these actions are any bytes that begin with their stream's id.
namespace hoso::tests {

inline Uuid made_id(Byte kind, Byte number) {
    Uuid id;
    id.bytes[0] = kind;
    id.bytes[15] = number;
    return id;
}
inline UnitId unit(Byte number) { return made_id(1, number); }
inline DeviceId device(Byte number) { return made_id(2, number); }
inline StreamId product(Byte number) { return made_id(3, number); }

inline StreamId stream_of(ByteSpan action) { return *StreamId::from(action.first(StreamId::size)); }

// Grows a log: positions, versions, sequences and seals continue as a ledger would have them.
class LogBuilder {
public:
    LogBuilder() { push(device(0), {{registry_stream, registry_scope}}); }

    struct Act {
        StreamId stream;
        UnitId scope;
    };
    // One push: its events stand at the end of events().
    void push(const DeviceId& from, const std::vector<Act>& acts, std::size_t bytes = 64) {
        std::uint64_t& seq = next_seq_[from];
        const std::uint64_t first_seq = seq;
        std::vector<ActionId> ids;
        for (const Act& act : acts) {
            events_.push_back(make(from, act, seq++, bytes));
            ids.push_back(action_id(events_.back().action));
        }
        if (log_.is_nil()) log_ = {ids.front().bytes};
        events_.back().seal = log::make_seal(key_, log_, from, 0, first_seq, previous_[from], ids);
        previous_[from] = log::seal_hash(log_, from, 0, *events_.back().seal);
    }
    // `count` events in pushes of eight, spread over three units and the registry.
    void grow(std::size_t count, std::size_t bytes = 64) {
        for (std::size_t made = 0; made < count;) {
            std::vector<Act> acts;
            const auto turn = static_cast<Byte>(events_.size() % 5);
            const Act act = turn < 3 ? Act{product(turn), unit(turn)} : Act{registry_stream, registry_scope};
            for (; acts.size() < 8 && made < count; ++made) acts.push_back(act);
            push(device(turn), acts, bytes);
        }
    }

    const std::vector<log::Event>& events() const { return events_; }
    const LogId& log() const { return log_; }

private:
    log::Event make(const DeviceId& from, const Act& act, std::uint64_t seq, std::size_t bytes) {
        log::Event event;
        event.head.judge_version = 1;
        event.head.position = events_.size();
        event.head.received = static_cast<Instant>(1'700'000'000'000'000 + events_.size());
        event.head.stream_version = next_version_[act.stream]++;
        event.head.scope_sequence = next_sequence_[act.scope]++;
        event.head.scope = act.scope;
        event.head.device = from;
        event.head.seq = seq;
        append(event.action, act.stream.span());
        append_le(event.action, static_cast<std::uint64_t>(events_.size()));
        while (event.action.size() < bytes) append(event.action, sha256(event.action).span());  // which no codec makes smaller
        event.action.resize((bytes + 7) & ~std::size_t{7});
        if (events_.size() % 3 == 0)
            event.signatures.push_back({log::officer_signature, Bytes(64, static_cast<Byte>(events_.size()))});
        return event;
    }

    SigningKey key_ = SigningKey::from_seed({});
    LogId log_;
    std::vector<log::Event> events_;
    std::map<DeviceId, std::uint64_t> next_seq_;
    std::map<DeviceId, Hash> previous_;
    std::map<StreamId, std::uint64_t> next_version_;
    std::map<UnitId, std::uint64_t> next_sequence_;
};

}  // namespace hoso::tests
