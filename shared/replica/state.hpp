#pragma once

#include <map>
#include <variant>

#include "shared/domain/product.hpp"
#include "shared/domain/registry.hpp"
#include "shared/log/merkle.hpp"

namespace hoso::replica {

// A held action waits here for a person.
struct Held {
    domain::Action action;
    Position position = no_position;
    domain::Reason reason = domain::Reason::none;
};

struct Session {
    AccountId account;
    PublicKey officer_key;
    std::uint32_t epoch = 0;
    std::uint64_t first_seq = 0;
    Instant expires = 0;
};

struct DeviceStream {
    std::map<ActionId, Session> sessions;
};

struct Stream {
    Stream();
    Stream(const Stream&);
    Stream(Stream&&) noexcept;
    Stream& operator=(const Stream&);
    Stream& operator=(Stream&&) noexcept;
    ~Stream();
    UnitId scope;
    std::uint64_t version = 0;  // events filed in it
    Hash chain;
    std::map<ActionId, Held> held;
    std::variant<std::monostate, DeviceStream, domain::Subject, domain::Product>
        content;  // monostate: the registry, or an opening still held
};

struct Chain {  // of a device, where the whole log is folded
    std::uint32_t epoch = 0;
    std::uint64_t next_seq = 0;
    Hash seal_hash;
    std::uint64_t seen_size = 0;  // of its newest action: a desk forgets nothing of what it has seen
};

struct State {
    State();
    State(const State&);
    State(State&&) noexcept;
    State& operator=(const State&);
    State& operator=(State&&) noexcept;
    ~State();
    Position size = 0;                // after the last event folded
    std::uint32_t judge_version = 0;  // in force at the next position
    LogId log;
    Instant genesis_received = 0;
    Instant last_received = 0;
    domain::Registry registry;
    std::map<StreamId, Stream> streams;          // those that hold an event
    std::map<UnitId, std::uint64_t> scope_next;  // next per-scope sequence
    std::map<DeviceId, Chain> chains;

    const Stream* stream(const StreamId& id) const;
    const Session* session(const DeviceId& device, const ActionId& opening) const;
    const domain::Product* product(const StreamId& id) const;
    const domain::Subject* subject(const StreamId& id) const;
};

}  // namespace hoso::replica
