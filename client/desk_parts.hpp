#pragma once

#include <algorithm>

#include "client/desk.hpp"
#include "client/desk_lock.hpp"
#include "client/private_fields.hpp"
#include "client/settlements.hpp"
#include "shared/log/checkpoint.hpp"

// What a desk consists of; desk.cpp opens it, desk_record.cpp writes our chain, desk_receive.cpp takes in the province's log, of
// which desk_copy.cpp keeps the copy.
namespace hoso::client {

// The newest session of an account, opened by our own action `seq`.
struct LiveSession {
    ActionId id;
    std::uint64_t seq = 0;
    Instant expires = 0;
};

// How far a scope was received when it was last told of.
struct ScopeMark {
    UnitId scope;
    Position after = 0;
};

struct Desk::Parts {
    Parts(const std::filesystem::path& place, run::Clock& given, Identity self, DeskLock held, SigningKey key,
          std::unique_ptr<io::Database> opened)
        : folder(place),
          clock(given),
          identity(std::move(self)),
          lock(std::move(held)),
          device_key(std::move(key)),
          fields(place / "private.ndjson"),
          database(std::move(opened)) {}

    std::filesystem::path folder;
    run::Clock& clock;
    Identity identity;
    DeskLock lock;
    SigningKey device_key;
    PrivateFields fields;
    std::unique_ptr<io::Database> database;
    std::unique_ptr<io::RocksLog> log;  // once the scopes are known
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<DeskFiles> files;

    replica::Replica confirmed;
    mutable std::optional<replica::Replica> pending;  // rebuilt when it is asked for
    mutable std::uint64_t folded_own = 0;             // own actions before this seq need no folding on top

    std::map<AccountId, SigningKey> unlocked;
    std::map<AccountId, LiveSession> sessions;  // the newest of each account

    std::vector<ScopeMark> marks;
    std::vector<UnitId> scopes;
    std::string note;                    // newest checkpoint
    log::Checkpoint seen;                // newest that is folded: what our actions quote
    std::vector<log::Checkpoint> ahead;  // those our copy has not reached yet, ascending
    Settlements settlements;             // of our own held actions, as far as the log is folded
    Instant exchanged = 0;               // when the last exchange with the province ended well
    std::optional<Error> halted;
    bool anew = false;  // the copy goes at the next contact
    std::string warning;
    std::function<void()> on_recorded = [] {};
    std::function<void()> on_files_changed = [] {};
    OnFold on_fold;  // while opening

    bool follows_whole() const { return scopes.size() == 1 && scopes.front() == whole_log_scope(); }
    Position through() const;
    // The judge measures sessions by the log's time, so a clock that is behind it must not make them end too early.
    Instant session_time() const { return std::max(clock.now(), confirmed.state().last_received); }
    domain::ClockQuality clock_quality() const;
    bool without_effect(const OwnAction& own) const;  // answered so, and nobody adopted it

    // Opening.
    Result<void> load_meta();
    Result<void> resume_seen();
    void put_meta(rocksdb::WriteBatch& batch) const;
    Result<void> save_meta();
    Result<void> load_sessions();

    // The copy of the log.
    Result<void> open_log();
    void fold_log();
    Result<void> fold_genesis();
    Result<void> fold_chunk(ByteSpan key, ByteSpan value);
    Result<void> fold_one(const log::Event& event);
    void stop_at_damage(const Error& error);
    Result<void> fetch_again();
    Result<void> renew_database();
    Result<void> expect_checkpoints();
    Result<void> note_checkpoint(std::string_view text);
    Result<void> reach_checkpoints();

    // Recording.
    domain::Header header(std::uint64_t seq, const StreamId& stream) const;
    const LiveSession* live_session(const AccountId& account) const;  // null when it is to be opened anew
    Result<domain::Action> draft(const Proposal& proposal, std::uint64_t seq) const;
    // Makes `pending` hold these streams too.
    void cover(std::span<const StreamId> streams) const;
    replica::Replica fork_pending(std::span<const StreamId> streams) const;
    // Judges one action on top of what is pending and folds it there; it becomes an entry unless it is refused.
    Result<Recorded> add(const domain::Action& action, const SigningKey* signer, bool force, std::vector<Outbox::Entry>& entries);
    Result<void> write(std::span<const Outbox::Entry> entries, const ServedRequest* request = nullptr);
    Error refusal(const domain::Verdict& verdict) const;
    Result<Recorded> record_of_device(domain::Body body, const StreamId& stream);
    Result<void> open_session(const AccountId& account, Instant expires);

    // Receiving.
    void save_warning(std::string_view text);
    Error halt(Error error, const log::Event* evidence);
    Result<std::vector<log::Event>> fold(const std::vector<log::Event>& events);
    Result<bool> known(const log::Event& event) const;
    Result<void> note_exchange();
    Result<void> save(const Province& province);  // into join.json
};

inline constexpr std::string_view join_file = "join.json";
inline constexpr std::string_view founder_file = "founder.json";
inline constexpr std::string_view device_key_file = "device.key";
std::filesystem::path officer_key_file(const std::filesystem::path& folder, const AccountId& account);

}  // namespace hoso::client
